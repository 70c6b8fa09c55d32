"""Predictions against the truth: honest figures, with intervals, and where the points went."""

from attire.evaluate.alignment import align, at_size
from attire.evaluate.baselines import mean_shape_baseline
from attire.evaluate.bootstrap import Bootstrap, Value
from attire.evaluate.evaluating import Candidate, evaluate
from attire.evaluate.report import Provenance, Report
from attire.evaluate.score2019 import Score

__all__ = [
    "Bootstrap",
    "Candidate",
    "Provenance",
    "Report",
    "Score",
    "Value",
    "align",
    "at_size",
    "evaluate",
    "mean_shape_baseline",
]
