"""The report's main figures as tables for the terminal."""

import math
from collections.abc import Iterator, Mapping

from rich.box import SIMPLE_HEAD
from rich.table import Table

from attire.evaluate.bootstrap import Value
from attire.evaluate.ledger import CAUSES
from attire.evaluate.reliability import Reliability
from attire.evaluate.report import Coco, Report

__all__ = ["decimals", "interval", "left_out", "plain_table", "reliability_table", "report_tables"]

_WORTH_A_WORD = 0.0005


def decimals(figure: float, places: int = 3) -> str:
    """Write a figure, or a dash where there was nothing to measure.

    Example:
        >>> decimals(0.25), decimals(float("nan"))
        ('0.250', '–')
    """
    return "–" if math.isnan(figure) else f"{figure:.{places}f}"


def left_out(report: Report) -> str:
    """Say how many predictions do not count since nobody labelled their categories; nothing if all do."""
    if not report.left_out:
        return ""
    return (
        f" {report.left_out:,} more are of categories that the truth never shows: unknown, so they do not "
        "count (--unlabelled background counts them as errors)."
    )


def report_tables(report: Report) -> Iterator[Table]:
    """Lay out the score, average precision, attributes and the ledger, in that order."""
    yield _scores(report)
    yield _precision(report)
    if report.attributes.garments:
        yield _attributes(report)
    if report.reliability is not None:
        yield reliability_table({"scores": report.reliability})
    yield _ledger(report)


def plain_table(title: str, *columns: str) -> Table:
    """A table that fits into 80 columns."""
    table = Table(
        title=title,
        title_justify="left",
        title_style="bold",
        box=SIMPLE_HEAD,
        pad_edge=False,
        caption_justify="left",
    )
    table.add_column("", no_wrap=True)
    for column in columns:
        table.add_column(column, justify="right", no_wrap=True)
    return table


def interval(value: Value) -> str:
    """Write a figure with its interval in a paler colour."""
    if math.isnan(value.low):
        return decimals(value.value)
    return f"{decimals(value.value)} [dim]{decimals(value.low)}–{decimals(value.high)}[/dim]"


def _scores(report: Report) -> Table:
    table = plain_table("Score of 2019, with 95 % intervals", "per image", "pooled", "image and class")
    rows = {
        "with attributes": report.score,
        "categories only": report.score_categories,
        "stripped": report.score_stripped,
    }
    for name, baseline in report.baselines.items():
        rows[name] = baseline.score
        rows[f"{name}, cat."] = baseline.score_categories
    for name, score in rows.items():
        table.add_row(name, *(interval(value) for value in (score.image, score.pooled, score.image_class)))
    table.caption = "stripped: the same predictions without attributes, which only bare garments survive"
    return table


def _precision(report: Report) -> Table:
    table = plain_table("Average precision", "AP", "AP50", "AP75", "small", "med.", "large", "AR")
    for kind in ("mask", "box"):
        table.add_row(f"COCO {kind}", *_coco(report.coco, kind))
    for name, baseline in report.baselines.items():
        for kind in ("mask", "box"):
            table.add_row(f"{name} {kind}", *_coco(baseline.coco, kind))
    fashionpedia = report.fashionpedia
    for name, figures in (("IoU", fashionpedia.iou), ("IoU + F1", fashionpedia.iou_f1)):
        table.add_row(f"Fashionpedia {name}", *map(decimals, (figures.ap, figures.ap50, figures.ap75)))
    return table


def _coco(coco: Coco, kind: str) -> list[str]:
    found = coco.mask if kind == "mask" else coco.box
    sizes = found.ap_small, found.ap_medium, found.ap_large
    return [decimals(figure) for figure in (found.ap, found.ap50, found.ap75, *sizes, found.ar100)]


def _attributes(report: Report) -> Table:
    found = report.attributes
    title = f"Attributes of {found.garments} garments found, of {found.annotated} annotated"
    table = plain_table(title, "F1", "prec.", "sens.", "set right", "n")
    table.add_row(
        "all groups",
        interval(found.f1),
        decimals(found.precision.value),
        decimals(found.sensitivity.value),
        interval(found.exact_set),
        str(found.garments),
    )
    for group in found.groups:
        if group.garments:
            figures = (group.f1, group.precision, group.sensitivity, group.exact_set)
            table.add_row(group.name, *map(decimals, figures), str(group.garments))
    return table


def reliability_table(
    measured: Mapping[str, Reliability], title: str = "Confidence against the share that is right"
) -> Table:
    """Lay out how far confidence is from the share that is right, a row per name."""
    table = plain_table(title, "error", "by chance", "debiased", "Brier", "n")
    for name, found in measured.items():
        figures = decimals(found.ece), decimals(found.floor), interval(found.debiased), decimals(found.brier)
        table.add_row(name, *figures, f"{found.detections:,}")
    table.caption = "error: expected calibration error; by chance: what it would be were confidence perfect"
    return table


def _ledger(report: Report) -> Table:
    table = plain_table("Where the points went", "points", "FP", "FN", "FP at 0.5", "FN at 0.5")
    ledger = report.ledger
    table.add_row("scored", decimals(report.score.image.value), "", "", "", "", style="green")
    causes = sorted(ledger.mean_causes.items(), key=lambda item: -item[1].points)
    for name, cause in causes:
        first = ledger.causes[name]
        numbers = f"{cause.fp:.1f}", f"{cause.fn:.1f}", f"{first.fp:.0f}", f"{first.fn:.0f}"
        table.add_row(name.replace("_", " "), decimals(cause.points), *numbers)
    costly = [name for name, cause in causes if cause.points >= _WORTH_A_WORD]
    table.caption = "; ".join(f"{name.replace('_', ' ')}: {CAUSES[name]}" for name in costly)
    return table
