"""The figures of an evaluation, one file each."""

from collections.abc import Callable

from attire.evaluate.report import Report
from attire.evaluate.sections.attributes import attributes
from attire.evaluate.sections.categories import categories
from attire.evaluate.sections.confidence import confidence
from attire.evaluate.sections.confusion import confusion
from attire.evaluate.sections.ledger import ledger
from attire.evaluate.sections.scores import scores
from attire.evaluate.sections.thresholds import thresholds
from attire.explore.sections import Section

__all__ = ["choose_sections"]


def choose_sections(report: Report) -> list[Callable[[Report], Section]]:
    """Name the figures worth drawing for a report, in reading order."""
    chosen: list[Callable[[Report], Section]] = [scores, ledger, thresholds]
    if report.categories:
        chosen += [categories, confusion]
    if report.attributes.garments:
        chosen.append(attributes)
    if report.reliability is not None:
        chosen.append(confidence)
    return chosen
