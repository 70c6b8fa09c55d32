"""Stated preferences crossed with what rises."""

from collections.abc import Sequence

from attire.catalog.trends.brief import Brief
from attire.catalog.trends.lines import Subject
from attire.catalog.trends.report import Crossing, Line

__all__ = ["cross"]

_RISES = ("emerging", "rising")


def cross(brief: Brief, lines: Sequence[Line], known: Sequence[Subject]) -> Crossing:
    """Sort lines by what the brief says of them.

    A line is wanted if everything it names is asked for, or if it is a combination within a wanted category
    of a wanted attribute or colour. Where the brief names no category, all are welcome.

    Args:
        brief: With the catalogue's names (:func:`attire.catalog.trends.understanding.understand`).
        lines: Of the report.
        known: Every line that the catalogue has.
    """
    wanted = {*brief.categories, *brief.attributes, *brief.colours}
    avoided = [
        i for i, line in enumerate(lines) if line.group in _RISES and _names(line.subject) & {*brief.avoid}
    ]
    welcome = [i for i in range(len(lines)) if not _names(lines[i].subject) & {*brief.avoid}]
    asked = [i for i in welcome if _asked(lines[i].subject, brief)]
    within = [
        i for i in welcome if i not in asked and _fits(lines[i].subject, brief) and lines[i].group in _RISES
    ]
    shown = {name for subject in known for name in _names(subject)}
    return Crossing(
        brief=brief,
        rising=tuple(i for i in asked if lines[i].group in _RISES),
        within=tuple(within),
        fading=tuple(i for i in asked if lines[i].group == "fading"),
        open=tuple(i for i in asked if lines[i].group not in (*_RISES, "fading")),
        missing=(*sorted(wanted - shown), *brief.unread),
        avoided=len(avoided),
    )


def _names(subject: Subject) -> set[str]:
    return {name for name in (subject.category, subject.attribute, subject.colour) if name}


def _asked(subject: Subject, brief: Brief) -> bool:
    what = subject.attribute in brief.attributes or subject.colour in brief.colours
    if subject.kind == "combinations":
        return what and (not brief.categories or subject.category in brief.categories)
    return what or subject.category in brief.categories


def _fits(subject: Subject, brief: Brief) -> bool:
    return subject.category in brief.categories if brief.categories else subject.kind != "categories"
