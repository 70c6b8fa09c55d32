"""Every number of the network, as one checked value."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, ClassVar, Literal, get_args

from attire.errors import RecipeError

__all__ = ["Backbone", "ModelConfig", "Norm"]

Backbone = Literal["resnet18", "resnet50", "resnet101", "mobilenet_v3_large"]
Norm = Literal["frozen", "batch", "group", "sync"]

LEVELS = 5
"""Levels of the pyramid that propose: strides 4, 8, 16 and 32, and one more at 64."""


@dataclass(frozen=True, kw_only=True)
class ModelConfig:
    """Mask R-CNN with an attribute head. The defaults are torchvision's ``maskrcnn_resnet50_fpn``.

    Example:
        >>> ModelConfig(backbone="resnet18", fpn_channels=128).box_dense
        (1024, 1024)
        >>> ModelConfig(nms_thresh=1.5)
        Traceback (most recent call last):
        ...
        attire.errors.RecipeError: Model config: nms_thresh is 1.5, expected a number from 0 to 1.
    """

    mean: tuple[float, float, float] = (0.485, 0.456, 0.406)
    """RGB mean of photos in 0 … 1, subtracted first; ImageNet's."""
    std: tuple[float, float, float] = (0.229, 0.224, 0.225)
    """RGB deviation of photos in 0 … 1, divided by then; ImageNet's."""

    backbone: Backbone = "resnet50"
    """What sees first."""
    norm: Norm = "frozen"
    """``frozen`` for fine-tuning with small batches; ``batch``, ``group`` or ``sync`` from scratch."""
    norm_eps: float = 1e-5
    """Added to each variance. torchvision's COCO weights of ``maskrcnn_resnet50_fpn`` want 0."""
    norm_in_heads: bool = False
    """Whether the pyramid and the convolutions of the heads are normalised too."""
    fpn_channels: int = 256
    """Channels of every level of the pyramid."""
    fpn_depthwise: bool = False
    """Whether its 3×3 convolutions go channel by channel, then place by place: an eighth of the work."""

    anchor_sizes: tuple[tuple[int, ...], ...] = ((32,), (64,), (128,), (256,), (512,))
    """Sides of the anchors in input pixels, for each of the five levels (strides 4, 8, 16, 32, 64)."""
    anchor_ratios: tuple[float, ...] = (0.5, 1.0, 2.0)
    """Height / width of the anchors, the same on all levels."""
    rpn_convs: int = 1
    """3×3 convolutions before the proposals are read off."""
    rpn_depthwise: bool = False
    """As ``fpn_depthwise``, for these. No norm follows: all levels share them, and differ in statistics."""
    rpn_pre_nms_train: int = 2000
    """Proposals per level that reach suppression, in training."""
    rpn_pre_nms_test: int = 1000
    """Proposals per level that reach suppression, in use."""
    rpn_post_nms_train: int = 2000
    """Proposals per photo that survive it, in training."""
    rpn_post_nms_test: int = 1000
    """Proposals per photo that survive it, in use."""
    rpn_nms: float = 0.7
    """IoU above which the weaker of two proposals goes."""
    rpn_fg_iou: float = 0.7
    """IoU with a garment from which an anchor counts as one …"""
    rpn_bg_iou: float = 0.3
    """… and below which it counts as background; between them it teaches nothing."""
    rpn_batch: int = 256
    """Anchors per photo that the loss looks at."""
    rpn_positive: float = 0.5
    """At most this share of them are garments."""

    roi_batch: int = 512
    """Proposals per photo that the heads are trained on."""
    roi_positive: float = 0.25
    """At most this share of them are garments."""
    roi_iou: float = 0.5
    """IoU with a garment from which a proposal counts as it."""
    roi_sampling: int = 2
    """Points per side that are averaged into one cell of a pooled region."""
    roi_canonical: int = 224
    """Side in input pixels of a box that is pooled from stride 16; half of it from stride 8, and so on."""
    box_pool: int = 7
    """Cells per side of the region that the box head sees."""
    box_convs: tuple[int, ...] = ()
    """Channels of its 3×3 convolutions."""
    box_dense: tuple[int, ...] = (1024, 1024)
    """Widths of its dense layers, as many as there are: the founding project's depth and width."""
    box_weights: tuple[float, float, float, float] = (10.0, 10.0, 5.0, 5.0)
    """Scale of the box corrections dx, dy, dw, dh."""
    mask_pool: int = 14
    """Cells per side of the region that the mask head sees; masks come out twice as fine."""
    mask_convs: tuple[int, ...] = (256, 256, 256, 256)
    """Channels of its 3×3 convolutions."""
    mask_depthwise: bool = False
    """As ``fpn_depthwise``, for these."""
    mask_channels: int = 256
    """Channels after its upsampling."""

    score_thresh: float = 0.05
    """Detections that score no higher than this are dropped."""
    nms_thresh: float = 0.5
    """IoU above which the weaker of two detections of one category goes."""
    detections_per_photo: int = 100
    """At most so many detections are kept, the best."""

    semantic_channels: int = 0
    """Width of the auxiliary head that says which categories are at each pixel; 0 for none."""

    attribute_hidden: int = 512
    """Width of the attribute head's dense layer."""
    embedding_dim: int = 256
    """Length of the vector by which garments are searched; attributes are read off it."""
    attribute_loss: Literal["focal", "bce"] = "focal"
    """Focal loss (Lin et al. 2017), or cross-entropy with ``attribute_pos_weights``."""
    focal_gamma: float = 2.0
    """How strongly the focal loss turns from what is right already."""
    focal_alpha: float = 0.25
    """Weight of attributes that hold in the focal loss; of the others, one minus it."""
    attribute_pos_weights: tuple[float, ...] = ()
    """Weight of each attribute where it holds, in ontology order, under ``bce``; empty means 1."""
    attribute_prior: float = 0.05
    """Probability that an untrained head gives every attribute, about the share that holds."""

    retired: ClassVar[Mapping[str, object]] = {"semantic_mask": 0.0, "semantic_score": 0.0}
    """Fields of earlier versions and the value at which they did nothing: read, and forgotten."""

    def __post_init__(self) -> None:
        """Refuse values out of range."""
        for name, allowed in (
            ("backbone", get_args(Backbone)),
            ("norm", get_args(Norm)),
            ("attribute_loss", ("focal", "bce")),
        ):
            if getattr(self, name) not in allowed:
                self._refuse(name, "one of " + ", ".join(allowed))
        for name in _COUNTS:
            if getattr(self, name) < 1:
                self._refuse(name, "a whole number from 1")
        if self.semantic_channels < 0:
            self._refuse("semantic_channels", "no negative number")
        for name in _SHARES:
            if not 0 <= getattr(self, name) <= 1:
                self._refuse(name, "a number from 0 to 1")
        for name in ("box_convs", "box_dense", "mask_convs", "anchor_ratios", "attribute_pos_weights", "std"):
            if any(value <= 0 for value in getattr(self, name)):
                self._refuse(name, "positive numbers")
        if not self.box_dense:
            self._refuse("box_dense", "at least one width")
        if not self.anchor_ratios:
            self._refuse("anchor_ratios", "at least one ratio")
        if not 0 < self.attribute_prior < 1:
            self._refuse("attribute_prior", "a number between 0 and 1")
        if self.norm_eps < 0 or self.focal_gamma < 0:
            self._refuse("norm_eps" if self.norm_eps < 0 else "focal_gamma", "no negative number")
        per_level = {len(sizes) for sizes in self.anchor_sizes}
        if len(self.anchor_sizes) != LEVELS or len(per_level) != 1 or 0 in per_level:
            self._refuse(
                "anchor_sizes", f"{LEVELS} levels with equally many sizes, because they share a head"
            )
        if any(size < 1 for sizes in self.anchor_sizes for size in sizes):
            self._refuse("anchor_sizes", "positive numbers of pixels")

    def _refuse(self, name: str, expected: str) -> None:
        raise RecipeError(f"Model config: {name} is {getattr(self, name)!r}, expected {expected}.")

    def to_dict(self) -> dict[str, Any]:
        """Give plain values, ready for JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> "ModelConfig":
        """Read back what :meth:`to_dict` gave, also by way of JSON.

        Raises:
            RecipeError: If there is a field that this version of Attire does not know.

        Example:
            >>> ModelConfig.from_dict(ModelConfig().to_dict()) == ModelConfig()
            True
        """
        values = {name: value for name, value in values.items() if (name, value) not in cls.retired.items()}
        unknown = sorted(set(values) - {f.name for f in fields(cls)})
        if unknown:
            raise RecipeError(
                f"Model config: unknown field {unknown[0]!r}. Was it made by a newer version of Attire?"
            )
        return cls(**{name: _tuples(value) for name, value in values.items()})


def _tuples(value: Any) -> Any:
    return tuple(_tuples(entry) for entry in value) if isinstance(value, list | tuple) else value


_COUNTS = (
    "fpn_channels",
    "rpn_convs",
    "rpn_pre_nms_train",
    "rpn_pre_nms_test",
    "rpn_post_nms_train",
    "rpn_post_nms_test",
    "rpn_batch",
    "roi_batch",
    "roi_sampling",
    "roi_canonical",
    "box_pool",
    "mask_pool",
    "mask_channels",
    "detections_per_photo",
    "attribute_hidden",
    "embedding_dim",
)
_SHARES = (
    "rpn_nms",
    "rpn_fg_iou",
    "rpn_bg_iou",
    "rpn_positive",
    "roi_positive",
    "roi_iou",
    "score_thresh",
    "nms_thresh",
    "focal_alpha",
)
