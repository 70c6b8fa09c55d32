"""The report as one HTML file that needs nothing else: no script, no network, no other file."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import files

from attire.drawing import category_colors
from attire.explore.gallery import Look, to_jpeg
from attire.explore.numbers import Numbers
from attire.explore.quantiles import area_quantiles
from attire.explore.sections import Section
from attire.explore.wording import percent

__all__ = ["Page", "page_html"]


@dataclass(frozen=True, kw_only=True)
class Page:
    """Everything on the page, as plain text and pictures; :func:`page_html` escapes all of it."""

    title: str
    """Name of the data."""
    standfirst: str
    """The data in a sentence or two."""
    facts: Sequence[tuple[str, str]]
    """Headline numbers: ``(number, what it counts)``."""
    notable: Sequence[str]
    """Sentences."""
    looks: Sequence[Look]
    """The gallery."""
    gallery_caption: str
    """What the gallery shows."""
    sections: Sequence[tuple[Section, bytes]]
    """Each with its figure as PNG, in reading order."""
    numbers: Numbers
    """For the table of categories."""
    footer: str
    """Where the numbers come from."""


def page_html(page: Page) -> str:
    """Lay out the page."""
    style = files("attire.explore").joinpath("page.css").read_text(encoding="utf-8")
    anchors = [("looks", "The looks")] if page.looks else []
    anchors += [(section.name, section.topic) for section, _ in page.sections]
    facts = "".join(
        f"<div><dt>{escape(what)}</dt><dd>{escape(number)}</dd></div>" for number, what in page.facts
    )
    links = "".join(f'<a href="#{escape(name)}">{escape(topic)}</a>' for name, topic in anchors)
    return "\n".join(
        [
            '<!doctype html><html lang="en"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(page.title)} · data report</title><style>{style}</style></head><body>",
            '<div class="sheet"><header><p class="topic">Attire · data report</p>',
            f'<h1>{escape(page.title)}</h1><p class="standfirst">{escape(page.standfirst)}</p>',
            f'<dl class="facts">{facts}</dl><nav aria-label="Contents">{links}</nav></header><main>',
            _notable(page.notable),
            _gallery(page),
            *(_section(section, png, page.numbers) for section, png in page.sections),
            f"</main><footer>{escape(page.footer)}</footer></div></body></html>",
        ]
    )


def _notable(findings: Sequence[str]) -> str:
    if not findings:
        return ""
    items = "".join(f"<li>{escape(finding)}</li>" for finding in findings)
    return (
        '<section class="notable"><p class="topic">Before you train</p><h2>What stands out</h2>'
        f"<ol>{items}</ol></section>"
    )


def _gallery(page: Page) -> str:
    if not page.looks:
        return ""
    looks = "".join(_look(look) for look in page.looks)
    headline = "What the annotations see" if page.numbers.instances else "A first look"
    return (
        f'<section id="looks"><p class="topic">The looks</p><h2>{escape(headline)}</h2>'
        f'<div class="looks">{looks}</div>'
        f"<figure><figcaption>{escape(page.gallery_caption)}</figcaption></figure></section>"
    )


def _look(look: Look) -> str:
    width, height = look.picture.size
    said = "; ".join(f"{name}: {special}" if special else name for name, special in look.garments)
    alt = escape(f"{look.image_id}: {said or 'nothing annotated'}", quote=True)
    lines = "".join(f"<li><b>{escape(name)}</b> {escape(special)}</li>" for name, special in look.garments)
    return (
        f'<figure class="look"><img src="{_data("jpeg", to_jpeg(look.picture))}" width="{width}" '
        f'height="{height}" alt="{alt}" loading="lazy"><figcaption><strong>{escape(look.image_id)}</strong>'
        f"{f'<ul>{lines}</ul>' if lines else ''}</figcaption></figure>"
    )


def _section(section: Section, png: bytes, numbers: Numbers) -> str:
    table = _category_table(numbers) if section.name == "category_frequency" else ""
    return (
        f'<section id="{escape(section.name)}"><p class="topic">{escape(section.topic)}</p>'
        f'<h2>{escape(section.headline)}</h2><figure><img src="{_data("png", png)}" '
        f'alt="{escape(section.alt, quote=True)}"><figcaption>{escape(section.caption)}</figcaption></figure>'
        f"{table}</section>"
    )


def _category_table(numbers: Numbers) -> str:
    colors = category_colors(numbers.ontology)
    medians = area_quantiles(numbers)[:, 2]
    rows = []
    for c in numbers.seen.tolist():
        red, green, blue = colors[c]
        cells = (
            f"{numbers.category_instances[c]:,}",
            f"{numbers.category_photos[c]:,}",
            percent(float(numbers.category_photos[c]) / numbers.photos),
            percent(float(medians[c])),
            f"{numbers.category_annotated[c]:,}",
        )
        name = escape(numbers.ontology.categories[c].name)
        swatch = f'<span class="swatch" style="background:rgb({red},{green},{blue})"></span>'
        rows.append(f"<tr><td>{swatch}{name}</td>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>")
    heads = ("Category", "Instances", "Photos", "Share of photos", "Median area", "With attributes")
    return (
        '<details><summary>The numbers</summary><div class="scroll"><table><thead><tr>'
        f"{''.join(f'<th>{head}</th>' for head in heads)}</tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table></div></details>"
    )


def _data(kind: str, content: bytes) -> str:
    return f"data:image/{kind};base64,{b64encode(content).decode('ascii')}"
