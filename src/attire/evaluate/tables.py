"""The report's main figures as tables for the terminal."""

import math
from collections.abc import Iterator

from rich.table import Table

from attire.evaluate.bootstrap import Value
from attire.evaluate.ledger import CAUSES
from attire.evaluate.report import Coco, Report
from attire.evaluate.score2019 import Score

__all__ = ["decimals", "report_tables"]


def decimals(figure: float, places: int = 3) -> str:
    """Write a figure, or a dash where there was nothing to measure.

    Example:
        >>> decimals(0.25), decimals(float("nan"))
        ('0.250', '–')
    """
    return "–" if math.isnan(figure) else f"{figure:.{places}f}"


def report_tables(report: Report) -> Iterator[Table]:
    """Lay out the score, average precision, attributes and the ledger, in that order."""
    yield _scores(report)
    yield _precision(report)
    if report.attributes.garments:
        yield _attributes(report)
    yield _ledger(report)


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", expand=False)
    table.add_column("", no_wrap=True)
    for column in columns:
        table.add_column(column, justify="right", no_wrap=True)
    return table


def _interval(value: Value) -> str:
    if math.isnan(value.low):
        return decimals(value.value)
    return f"{decimals(value.value)} [dim]{decimals(value.low)} – {decimals(value.high)}[/dim]"


def _scores(report: Report) -> Table:
    table = _table("Score of 2019, with 95 % intervals", "per image", "pooled", "per image and class")
    variants = {
        "with attributes": report.score,
        "categories only": report.score_categories,
        "stripped of attributes": report.score_stripped,
    }
    for name, score in variants.items():
        table.add_row(name, *(_interval(value) for value in (score.image, score.pooled, score.image_class)))
    for name, baseline in report.baselines.items():
        table.add_section()
        _baseline_row(table, f"{name}, with attributes", baseline.score)
        _baseline_row(table, f"{name}, categories only", baseline.score_categories)
    return table


def _baseline_row(table: Table, name: str, score: Score) -> None:
    table.add_row(name, *(decimals(value.value) for value in (score.image, score.pooled, score.image_class)))


def _precision(report: Report) -> Table:
    table = _table("Average precision", "AP", "AP50", "AP75", "small", "medium", "large", "AR100")
    for name, coco in {"": report.coco, **{f", {k}": v.coco for k, v in report.baselines.items()}}.items():
        for kind in ("mask", "box"):
            table.add_row(f"COCO {kind}{name}", *_coco(coco, kind))
    fashionpedia = report.fashionpedia
    for name, figures in (("IoU", fashionpedia.iou), ("IoU + F1", fashionpedia.iou_f1)):
        table.add_row(f"Fashionpedia {name}", *map(decimals, (figures.ap, figures.ap50, figures.ap75)))
    return table


def _coco(coco: Coco, kind: str) -> list[str]:
    figures = coco.mask if kind == "mask" else coco.box
    return [
        decimals(figure)
        for figure in (
            figures.ap,
            figures.ap50,
            figures.ap75,
            figures.ap_small,
            figures.ap_medium,
            figures.ap_large,
            figures.ar100,
        )
    ]


def _attributes(report: Report) -> Table:
    found = report.attributes
    title = f"Attributes of {found.garments} garments found, of {found.annotated} annotated"
    table = _table(title, "F1", "precision", "sensitivity", "whole set right", "garments")
    columns = (found.f1, found.precision, found.sensitivity, found.exact_set)
    table.add_row("all groups", *(_interval(value) for value in columns), str(found.garments))
    for group in found.groups:
        if group.garments:
            figures = (group.f1, group.precision, group.sensitivity, group.exact_set)
            table.add_row(group.name, *map(decimals, figures), str(group.garments))
    return table


def _ledger(report: Report) -> Table:
    table = _table("Where the points went", "points", "FP", "FN", "FP at 0.5", "FN at 0.5")
    table.add_column("", style="dim", ratio=1)
    score = report.score.image.value
    hits = f"{report.ledger.mean_hits:.1f} hits, {report.ledger.hits} at 0.5"
    table.add_row("scored", decimals(score), "", "", "", "", hits, style="green")
    ledger = report.ledger
    for name, cause in sorted(ledger.mean_causes.items(), key=lambda item: -item[1].points):
        first = ledger.causes[name]
        numbers = f"{cause.fp:.1f}", f"{cause.fn:.1f}", f"{first.fp:.0f}", f"{first.fn:.0f}"
        table.add_row(name.replace("_", " "), decimals(cause.points), *numbers, CAUSES[name])
    return table
