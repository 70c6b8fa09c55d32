"""Which of a photo's detections to say, and how sure of each to be."""

from attire.predict.selection.attribute_sets import AttributeSets, GroupSets
from attire.predict.selection.by_score import (
    DEFAULT_SCORE,
    REPEAT_IOU,
    RIVAL_IOU,
    Keep,
    Selector,
    drop_rivals,
    select_by_score,
)
from attire.predict.selection.decision import Target, choose, parse_target
from attire.predict.selection.features import FEATURES, detection_features, log_odds
from attire.predict.selection.hit_model import HitKind, HitModel, with_category_rate
from attire.predict.selection.learned import LearnedSelector
from attire.predict.selection.trees import Trees

__all__ = [
    "DEFAULT_SCORE",
    "FEATURES",
    "REPEAT_IOU",
    "RIVAL_IOU",
    "AttributeSets",
    "GroupSets",
    "HitKind",
    "HitModel",
    "Keep",
    "LearnedSelector",
    "Selector",
    "Target",
    "Trees",
    "choose",
    "detection_features",
    "drop_rivals",
    "log_odds",
    "parse_target",
    "select_by_score",
    "with_category_rate",
]
