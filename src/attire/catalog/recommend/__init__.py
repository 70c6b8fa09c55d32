"""What to recommend: alternatives to a garment, what goes with it, an outfit, and what suits a person."""

from attire.catalog.recommend.recommendation import Recommendation, recommendation_table
from attire.catalog.recommend.recommending import (
    Mode,
    frequencies_of,
    recommend,
    recommend_for,
    worn_together,
)
from attire.catalog.recommend.taste import Taste, Wishes
from attire.catalog.recommend.wish_words import read_wishes

__all__ = [
    "Mode",
    "Recommendation",
    "Taste",
    "Wishes",
    "frequencies_of",
    "read_wishes",
    "recommend",
    "recommend_for",
    "recommendation_table",
    "worn_together",
]
