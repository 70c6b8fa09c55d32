"""Trends as the service gives them: pictures of examples by link."""

from typing import Any

from attire.catalog.trends import TrendsReport
from attire.serve.answers.links import picture_link
from attire.serve.schemas.trends import TrendsOut

__all__ = ["trends_out"]


def trends_out(report: TrendsReport, *, untested: bool = False) -> TrendsOut:
    """Give a report as it is answered.

    Args:
        report: What was found.
        untested: Whether to give lines of which there is too little to say anything.
    """
    told = report.to_json()
    lines = [_line(line) for line in told["lines"] if untested or line["group"] != "untested"]
    left_out = len(told["lines"]) - len(lines)
    return TrendsOut.model_validate({**told, "lines": lines, "untested": left_out})


def _line(line: dict[str, Any]) -> dict[str, Any]:
    examples = [
        {"garment_id": one["garment_id"], "picture": picture_link(one["garment_id"])}
        for one in line["examples"]
    ]
    return {**line, **line["subject"], "examples": examples}
