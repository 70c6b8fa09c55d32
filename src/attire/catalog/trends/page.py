"""The report as one HTML file that needs nothing else: no script, no network, no other file."""

from collections.abc import Sequence
from html import escape
from importlib.resources import files

from attire import __version__
from attire.catalog.trends.chart import chart, spark
from attire.catalog.trends.report import NEAREST, Line, TrendsReport
from attire.catalog.trends.thumbnails import Thumbnails
from attire.catalog.trends.wording import change, named_unit, percent, points
from attire.wording import plural

__all__ = ["card", "cards", "page", "page_html", "section"]

_MOST = 24
_SECTIONS = (
    ("emerging", "Emerging", "Small, and growing", "Began below 5 % and grew by half or more."),
    ("rising", "Rising", "More of it", "Grows, and was no rarity to begin with."),
    ("fading", "Fading", "Less of it", "Shrinks."),
)


def page_html(report: TrendsReport) -> str:
    """Lay out the page; everything that came from the catalogue is escaped."""
    thumbnails = Thumbnails()
    body = [_notes(report)]
    if report.timed:
        for group, topic, headline, what in _SECTIONS:
            body.append(section(group, topic, headline, what, report, report.of_group(group), thumbnails))
        body.append(_nearest(report, thumbnails))
        if any(line.season is not None for line in report.lines):
            body.append(_seasonal(report, thumbnails))
        body.append(_ahead(report))
    else:
        what = (
            f"Shares differ between groups by more than chance, false alarms held to {percent(report.alpha)}."
        )
        lines = report.of_group("different")
        body.append(
            section("different", "Different", f"Not the same by {report.by}", what, report, lines, thumbnails)
        )
    body += [_everything(report), _method(report)]
    return page(_title(report), "trends", _standfirst(report), _facts(report), body)


def page(
    title: str, topic: str, standfirst: str, facts: Sequence[tuple[str, str]], body: Sequence[str]
) -> str:
    """Put head and foot around sections.

    Args:
        title: Plain text.
        topic: Plain text.
        standfirst: Plain text.
        facts: Headline numbers, plain: ``(number, what it counts)``.
        body: HTML.
    """
    style = files("attire").joinpath("explore", "page.css").read_text(encoding="utf-8")
    style += files("attire").joinpath("catalog", "trends", "page.css").read_text(encoding="utf-8")
    numbers = "".join(
        f"<div><dt>{escape(what)}</dt><dd>{escape(number)}</dd></div>" for number, what in facts
    )
    return "\n".join(
        [
            '<!doctype html><html lang="en"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)} · Attire</title><style>{style}</style></head><body>",
            f'<div class="sheet"><header><p class="topic">Attire · {escape(topic)}</p>',
            f'<h1>{escape(title)}</h1><p class="standfirst">{escape(standfirst)}</p>',
            f'<dl class="facts">{numbers}</dl></header><main>',
            *body,
            f"</main><footer>Made by attire {escape(__version__)}</footer></div></body></html>",
        ]
    )


def section(
    name: str,
    topic: str,
    headline: str,
    what: str,
    report: TrendsReport,
    lines: Sequence[Line],
    thumbnails: Thumbnails,
) -> str:
    """Lay out a list of lines."""
    more = f" {len(lines) - _MOST:,} more are in the table." if len(lines) > _MOST else ""
    return (
        f'<section id="{escape(name)}"><p class="topic">{escape(topic)}</p><h2>{escape(headline)}</h2>'
        f"<figure><figcaption>{escape(what + more)}</figcaption></figure>"
        f"{cards(report, lines[:_MOST], thumbnails)}</section>"
    )


def cards(report: TrendsReport, lines: Sequence[Line], thumbnails: Thumbnails) -> str:
    """Lay out lines under one another, or say that there is none."""
    if not lines:
        return '<p class="lead">None that chance would not explain as well.</p>'
    return f'<ol class="lines">{"".join(card(report, line, thumbnails) for line in lines)}</ol>'


def card(report: TrendsReport, line: Line, thumbnails: Thumbnails) -> str:
    """Lay out one line: what it is, its chart, and garments that show it."""
    subject = line.subject
    said = [f'<p class="flow">{escape(_flow(report, line))}</p>']
    if report.timed and line.growth.value == line.growth.value:
        said.append(f"<p>Odds per {escape(named_unit(report))}: {escape(change(line.growth))}</p>")
    said.append(f"<p>{escape(_sure(line))}</p>")
    if line.rests_on:
        said.append(f'<p class="up">Rests on {escape(line.rests_on)} alone</p>')
    if line.season is not None and line.season.returning:
        said.append(f"<p>Highest around {escape(line.season.peak)}, odds there ×{line.season.swing:.2g}</p>")
    pictures = "".join(_picture(line, place, thumbnails) for place in range(len(line.examples)))
    return (
        f'<li class="line"><div><h3>{escape(subject.name)}</h3><p>Of {escape(subject.among)}</p>'
        f'{"".join(said)}</div><div>{chart(report, line)}</div><div class="pictures">{pictures}</div></li>'
    )


def _flow(report: TrendsReport, line: Line) -> str:
    if report.timed:
        return points(line) if line.first == line.first else f"{line.shown:,.0f} garments in all"
    full = [(s.value, p.label) for s, p in zip(line.shares, report.periods, strict=True) if p.full]
    least, most = min(full), max(full)
    return f"{percent(most[0])} in {most[1]}, {percent(least[0])} in {least[1]}"


def _sure(line: Line) -> str:
    if line.q != line.q:
        return f"Not tested: {line.shown:,.0f} garments show it"
    doubt = f", detector shows {100 * line.reliability:.0f} % of a change" if line.reliability < 0.995 else ""
    q = "q below 0.0001" if line.q < 1e-4 else f"q {line.q:.2g}"
    return f"{q}, {line.shown:,.0f} garments{doubt}"


def _picture(line: Line, place: int, thumbnails: Thumbnails) -> str:
    garment = line.examples[place]
    data = thumbnails.data_uri(garment)
    name = escape(f"{line.subject.name}, example {place + 1}", quote=True)
    if data is None:
        return f'<div class="none" role="img" aria-label="{name}">photo not at hand</div>'
    return f'<img src="{data}" alt="{name}" title="{escape(garment.garment_id, quote=True)}">'


def _title(report: TrendsReport) -> str:
    if report.timed:
        full = [period.label for period in report.periods if period.full] or [p.label for p in report.periods]
        return f"Trends, {full[0]} to {full[-1]}" if full[0] != full[-1] else f"Trends, {full[0]}"
    return f"Differences by {report.by}"


def _standfirst(report: TrendsReport) -> str:
    start = (
        f"{plural(report.garments, 'garment')} in {plural(sum(p.photos for p in report.periods), 'photo')}"
    )
    if not report.timed:
        different = plural(len(report.of_group("different")), "line")
        return f"{start}: {different} of {report.tested:,} differ by {report.by}."
    counts = [f"{len(report.of_group(group)):,} {word}" for group, word in _WORDS]
    return (
        f"{start}, by {named_unit(report)}. Of {plural(report.tested, 'line')} tested, "
        f"{', '.join(counts[:-1])} and {counts[-1]}; for the rest, chance will do."
    )


_WORDS = (("emerging", "emerge"), ("rising", "rise"), ("fading", "fade"))


def _facts(report: TrendsReport) -> list[tuple[str, str]]:
    facts = [(f"{report.garments:,}", "garments counted"), (f"{len(report.periods):,}", "periods")]
    facts.append((f"{report.tested:,}", "lines tested together"))
    if report.timed:
        facts.append((f"{sum(len(report.of_group(group)) for group, _ in _WORDS):,}", "lines that move"))
    else:
        facts.append((f"{len(report.of_group('different')):,}", "lines that differ"))
    facts.append((percent(report.alpha), "false alarms expected among them"))
    return facts


def _notes(report: TrendsReport) -> str:
    items = "".join(f"<li>{escape(note)}</li>" for note in report.notes)
    return (
        '<section class="notable"><p class="topic">Before you act on it</p><h2>What to bear in mind</h2>'
        f"<ol>{items}</ol></section>"
    )


def _nearest(report: TrendsReport, thumbnails: Thumbnails) -> str:
    lines = report.of_group("unclear")[:NEAREST]
    if not lines:
        return ""
    return (
        '<section id="nearest"><p class="topic">Not shown</p><h2>Nearest to a trend, yet none</h2><figure>'
        "<figcaption>Chance explains these as well. They are worth another look when more has been seen."
        f"</figcaption></figure>{cards(report, lines, thumbnails)}</section>"
    )


def _seasonal(report: TrendsReport, thumbnails: Thumbnails) -> str:
    what = "Goes up and down with the year, and did so in every year seen; odds are peak over trough."
    return section("seasonal", "Seasonal", "Comes back every year", what, report, report.seasonal, thumbnails)


def _ahead(report: TrendsReport) -> str:
    head = '<section id="ahead"><p class="topic">What comes next</p><h2>Forecasts</h2>'
    outcome = report.outcome
    if outcome is None:
        return (
            f'{head}<p class="lead">Too few periods, or too many gaps between them, to try a forecast on the '
            "past; so none is made.</p></section>"
        )
    better, worse = outcome.mase_smooth, outcome.mase_naive
    verdict = "beats" if outcome.method == "smoothing" else "does not beat"
    lines = [
        line
        for line in report.lines
        if line.forecast and (line.group in ("emerging", "rising", "fading") or _returns(line))
    ][:_MOST]
    rows = [
        (
            line.subject.name,
            *(f"{percent(s.value)} ({percent(s.low)} to {percent(s.high)})" for s in line.forecast),
        )
        for line in lines
    ]
    return (
        f'{head}<p class="lead">{outcome.trials:,} times the past was forecast from what came before. '
        f"Exponential smoothing {verdict} the {escape(outcome.naive)} rule: mean absolute scaled error "
        f"{better:.2f} against {worse:.2f} over all lines, so forecasts are by "
        f"{escape(_METHODS[outcome.method])}.</p>"
        f"{_table(('', *outcome.labels), rows)}</section>"
    )


_METHODS = {
    "naive": "the naive rule: as in the last period",
    "seasonal naive": "the seasonal naive rule: as a year before",
    "smoothing": "smoothing",
}


def _returns(line: Line) -> bool:
    return line.season is not None and line.season.returning


def _everything(report: TrendsReport) -> str:
    tested = [line for line in report.lines if line.group != "untested"]
    rows = []
    for line in tested:
        cells = [line.group, f"{line.shown:,.0f}", _flow(report, line)]
        if report.timed:
            cells.append(change(line.growth))
        cells.append(f"{line.q:.2g}")
        name = f"<td>{escape(line.subject.name)} {spark(report, line)}</td>"
        rows.append(f"<tr>{name}{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>")
    heads = (
        "Line",
        "Group",
        "Garments",
        "Share",
        *(("Odds per " + named_unit(report),) if report.timed else ()),
        "q",
    )
    head = "".join(f"<th>{escape(cell)}</th>" for cell in heads)
    sizes = [
        (p.label, f"{p.garments:,.0f}", f"{p.photos:,}", "" if p.full else "too few to test")
        for p in report.periods
    ]
    return (
        '<section id="all"><p class="topic">The figures</p><h2>Every line tested</h2>'
        f'<details><summary>{plural(len(tested), "line")}</summary><div class="scroll"><table><thead>'
        f"<tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div></details>"
        f"<details><summary>How many garments there are</summary>"
        f"{_table((report.by, 'Expected garments', 'Photos', ''), sizes)}</details></section>"
    )


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f"<th>{escape(cell)}</th>" for cell in heads)
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _method(report: TrendsReport) -> str:
    test = (
        "a logistic regression of the share on time"
        if report.timed
        else "a test of whether all groups have the same share"
    )
    return (
        '<section id="method" class="method"><p class="topic">How</p><h2>How this was counted</h2>'
        "<p>Every garment counts by the probability that it is right, and for an attribute by the "
        "probability that it has it. Shares are of the garments that could show a line: attributes of "
        "those whose attributes were read, combinations of those of their category. A garment counts "
        "for its largest colour. Photos, not garments, are taken as drawn by chance. Each line has "
        f"{test}; how much periods differ beyond chance is learnt from all lines. Bands hold the true "
        "share 95 times in 100 if the detector's probabilities are calibrated. q is the share of "
        "false alarms among lines with a q as small (Benjamini and Hochberg). Pictures are garments "
        "that surely show the line, of the time when it is most common.</p></section>"
    )
