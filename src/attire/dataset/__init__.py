"""Records and photos → samples: reading, splits, resampling, augmentation.

The names exported here need no torch; samples and samplers for training live in
:mod:`attire.dataset.samples` and :mod:`attire.dataset.sampler`.
"""

from attire.dataset.augment import AugmentConfig
from attire.dataset.dataset import Dataset, open_dataset
from attire.dataset.joining import join_datasets
from attire.dataset.resampling import repeat_factors, resample_weak, weak_categories
from attire.dataset.splits import Splits, split_photos
from attire.dataset.stratification import stratified_subset

__all__ = [
    "AugmentConfig",
    "Dataset",
    "Splits",
    "join_datasets",
    "open_dataset",
    "repeat_factors",
    "resample_weak",
    "split_photos",
    "stratified_subset",
    "weak_categories",
]
