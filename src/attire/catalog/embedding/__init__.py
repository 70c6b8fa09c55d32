"""From what the network sees of a garment to a vector; garments alike get vectors alike."""

from attire.catalog.embedding.crop_encoder import CropEncoder, cut_out
from attire.catalog.embedding.pooling import Pooled, pool
from attire.catalog.embedding.projection import Projection, identify
from attire.catalog.embedding.roi_encoder import RoiEncoder

__all__ = ["CropEncoder", "Pooled", "Projection", "RoiEncoder", "cut_out", "identify", "pool"]
