"""Trends as the service gives them: pictures of examples by link."""

import re
from typing import Any

from attire.catalog.trends import TrendsReport
from attire.serve.answers.links import picture_link
from attire.serve.schemas.trends import TrendsOut

__all__ = ["in_words", "trends_out"]

_FLAG = re.compile(r"--([a-z]+)")


def trends_out(report: TrendsReport, *, untested: bool = False) -> TrendsOut:
    """Give a report as it is answered.

    Args:
        report: What was found.
        untested: Whether to give lines of which there is too little to say anything.
    """
    told = report.to_json()
    lines = [_line(line) for line in told["lines"] if untested or line["group"] != "untested"]
    left_out = len(told["lines"]) - len(lines)
    notes = [in_words(note) for note in told["notes"]]
    return TrendsOut.model_validate({**told, "lines": lines, "untested": left_out, "notes": notes})


def in_words(told: str) -> str:
    """Name parameters as they are called here, not as flags.

    Example:
        >>> in_words("compare them with --by source")
        'compare them with by source'
    """
    return _FLAG.sub(r"\1", told)


def _line(line: dict[str, Any]) -> dict[str, Any]:
    examples = [
        {"garment_id": one["garment_id"], "picture": picture_link(one["garment_id"])}
        for one in line["examples"]
    ]
    return {**line, **line["subject"], "examples": examples}
