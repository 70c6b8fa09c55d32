"""The evaluation as one HTML file that needs nothing else: no script, no network, no other file."""

import math
from base64 import b64encode
from collections.abc import Iterable, Sequence
from html import escape
from importlib.resources import files

from attire.evaluate.bootstrap import Value
from attire.evaluate.gallery import Pair
from attire.evaluate.report import Coco, Report
from attire.evaluate.tables import decimals, left_out
from attire.explore.gallery import to_jpeg
from attire.explore.sections import Section
from attire.wording import plural

__all__ = ["page_html"]

_OWN_STYLE = """
.pairs { display: grid; gap: 44px; margin-top: 34px }
.pairs img { width: auto; max-width: 100% }
.pairs figure { margin: 0 }
.figures { margin-top: 30px }
"""


def page_html(
    report: Report,
    sections: Sequence[tuple[Section, bytes]],
    worst: Sequence[Pair],
    best: Sequence[Pair],
    problems: Sequence[str] = (),
) -> str:
    """Lay out the page; everything that came from files is escaped.

    Args:
        report: The figures.
        sections: Each with its figure as PNG, in reading order.
        worst: Photos that scored least.
        best: Photos that scored most.
        problems: Why photos could not be drawn.
    """
    style = files("attire.explore").joinpath("page.css").read_text(encoding="utf-8") + _OWN_STYLE
    origin = report.provenance
    title = origin.split or "Evaluation"
    anchors = [("figures", "The figures"), *((section.name, section.topic) for section, _ in sections)]
    anchors += [("worst", "The worst photos")] * bool(worst) + [("best", "The best photos")] * bool(best)
    links = "".join(f'<a href="#{escape(name)}">{escape(topic)}</a>' for name, topic in anchors)
    facts = "".join(
        f"<div><dt>{escape(what)}</dt><dd>{escape(number)}</dd></div>" for number, what in _facts(report)
    )
    return "\n".join(
        [
            '<!doctype html><html lang="en"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)} · evaluation</title><style>{style}</style></head><body>",
            '<div class="sheet"><header><p class="topic">Attire · evaluation</p>',
            f'<h1>{escape(title)}</h1><p class="standfirst">{escape(_standfirst(report))}</p>',
            f'<dl class="facts">{facts}</dl><nav aria-label="Contents">{links}</nav></header><main>',
            _figures(report),
            *(_section(section, png, report) for section, png in sections),
            _pairs("worst", "The worst photos", "Where it goes wrong", worst, problems),
            _pairs("best", "The best photos", "Where it goes right", best, ()),
            f"</main><footer>{escape(_footer(report))}</footer></div></body></html>",
        ]
    )


def _facts(report: Report) -> list[tuple[str, str]]:
    return [
        (decimals(report.score.image.value), "score of 2019, per image"),
        (decimals(report.score_categories.image.value), "by category alone"),
        (decimals(report.coco.mask.ap50), "mask AP50"),
        (decimals(report.coco.box.ap50), "box AP50"),
        (decimals(report.attributes.f1.value, 2), "F1 of attributes"),
        (f"{report.photos:,}", "photos"),
    ]


def _standfirst(report: Report) -> str:
    by = report.provenance.model or report.provenance.predictions or "the predictions"
    said = plural(report.predictions, "prediction")
    there = plural(report.instances, "garment, part or decoration", "garments, parts and decorations")
    return (
        f"{said} by {by} against {there} in {plural(report.photos, 'photo')}: "
        f"{report.thresholds['score_categories'][0].tp:,} are of the right category and overlap a truth by "
        f"more than half, {report.thresholds['score'][0].tp:,} also have exactly the right attributes."
    )


def _figures(report: Report) -> str:
    variants = (
        ("with attributes", report.score),
        ("categories only", report.score_categories),
        ("stripped of attributes", report.score_stripped),
        *((f"{name}, categories only", beside.score_categories) for name, beside in report.baselines.items()),
    )
    scores = [(name, *map(_value, (s.image, s.pooled, s.image_class))) for name, s in variants]
    coco = [*_coco_rows("COCO", report.coco)]
    for name, beside in report.baselines.items():
        coco += _coco_rows(name, beside.coco)
    benchmark = report.fashionpedia
    coco += [
        (f"Fashionpedia {name}", *map(decimals, (figures.ap, figures.ap50, figures.ap75)), "", "", "", "")
        for name, figures in (("IoU", benchmark.iou), ("IoU + F1", benchmark.iou_f1))
    ]
    columns = ("Score of 2019", "Per image", "Pooled", "Per image and class")
    heads = ("Average precision", "AP", "AP50", "AP75", "Small", "Medium", "Large", "AR100")
    return (
        '<section id="figures"><p class="topic">The figures</p><h2>What it comes to</h2>'
        f'<div class="figures">{_table(columns, scores)}'
        f"{_table(heads, coco)}</div><figure><figcaption>Intervals are 95 % bootstrap intervals over photos. "
        f"Average precision ranks {plural(report.ranked, 'prediction')}; the score counts "
        f"{report.predictions:,}.{left_out(report)}</figcaption></figure></section>"
    )


def _coco_rows(name: str, coco: Coco) -> list[tuple[str, ...]]:
    return [
        (
            f"{name} {kind}",
            *map(decimals, (f.ap, f.ap50, f.ap75, f.ap_small, f.ap_medium, f.ap_large, f.ar100)),
        )
        for kind, f in (("mask", coco.mask), ("box", coco.box))
    ]


def _value(value: Value) -> str:
    if math.isnan(value.low):
        return decimals(value.value)
    return f"{decimals(value.value)} ({decimals(value.low)} to {decimals(value.high)})"


def _section(section: Section, png: bytes, report: Report) -> str:
    more = _categories(report) if section.name == "categories" else ""
    return (
        f'<section id="{escape(section.name)}"><p class="topic">{escape(section.topic)}</p>'
        f'<h2>{escape(section.headline)}</h2><figure><img src="{_data("png", png)}" '
        f'alt="{escape(section.alt, quote=True)}"><figcaption>{escape(section.caption)}</figcaption></figure>'
        f"{more}</section>"
    )


def _categories(report: Report) -> str:
    heads = (
        "Category",
        "There",
        "Said",
        "Found",
        "Sensitivity",
        "Precision",
        "Score",
        "Mask AP50",
        "Box AP50",
    )
    rows = [
        (
            row.name,
            *(f"{count:,}" for count in (row.truths, row.predictions, row.tp[0])),
            *map(decimals, (row.sensitivity, row.precision, row.score, row.mask_ap50, row.box_ap50)),
        )
        for row in report.categories
    ]
    return f"<details><summary>The numbers</summary>{_table(heads, rows)}</details>"


def _table(heads: Iterable[str], rows: Iterable[tuple[str, ...]]) -> str:
    head = "".join(f"<th>{escape(cell)}</th>" for cell in heads)
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _pairs(name: str, topic: str, headline: str, pairs: Sequence[Pair], problems: Sequence[str]) -> str:
    if not pairs and not problems:
        return ""
    figures = "".join(_pair(pair) for pair in pairs)
    notes = "".join(f"<figure><figcaption>{escape(problem)}</figcaption></figure>" for problem in problems)
    return (
        f'<section id="{escape(name)}"><p class="topic">{escape(topic)}</p><h2>{escape(headline)}</h2>'
        f'<div class="pairs">{figures}</div>{notes}</section>'
    )


def _pair(pair: Pair) -> str:
    row = pair.row
    width, height = pair.picture.size
    words = (
        f"score {row.score:.2f}, by category {row.score_categories:.2f}; {row.hits} of {row.truths} found, "
        f"{plural(row.predictions, 'prediction')}"
    )
    alt = escape(f"{row.image_id}, truth on the left, predictions on the right: {words}", quote=True)
    return (
        f'<figure class="look"><img src="{_data("jpeg", to_jpeg(pair.picture))}" width="{width}" '
        f'height="{height}" alt="{alt}" loading="lazy">'
        f"<figcaption><strong>{escape(row.image_id)}</strong> {escape(words)}</figcaption></figure>"
    )


def _footer(report: Report) -> str:
    origin = report.provenance
    parts = [
        f"Made by attire {origin.version}",
        f"data {origin.data}, fingerprint {origin.fingerprint}",
        f"model {origin.model}" if origin.model else f"predictions {origin.predictions}",
        origin.selection,
        f"masks compared at {origin.size[0]}×{origin.size[1]}"
        if origin.size
        else "masks at the photos' size",
        f"bootstrap {origin.resamples} draws, seed {origin.seed}",
        f"repeat with: {origin.command}",
    ]
    return " · ".join(part for part in parts if part)


def _data(kind: str, content: bytes) -> str:
    return f"data:image/{kind};base64,{b64encode(content).decode('ascii')}"
