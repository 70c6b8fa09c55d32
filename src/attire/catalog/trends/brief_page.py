"""One page for a designer: what is wanted, crossed with what rises."""

from collections.abc import Sequence
from html import escape

from attire.catalog.trends.page import cards, page
from attire.catalog.trends.report import Crossing, Line, TrendsReport
from attire.catalog.trends.thumbnails import Thumbnails
from attire.catalog.trends.wording import change, named_unit, percent, points, price_range
from attire.errors import DataError
from attire.wording import plural

__all__ = ["brief_html"]

_MOST = 6


def brief_html(report: TrendsReport) -> str:
    """Lay out the page; everything that came from the brief or the catalogue is escaped.

    Raises:
        DataError: If the report has no brief.
    """
    crossing = report.crossing
    if crossing is None:
        raise DataError("The report has no brief. Pass one: trends(store, brief=...).")
    thumbnails = Thumbnails()
    body = [_wishes(crossing)]
    for name, topic, headline, places in (
        ("rising", "Yes", "You ask for it, and it rises", crossing.rising),
        ("within", "Consider", "Rises within what you want", crossing.within),
        ("fading", "Careful", "You ask for it, and it fades", crossing.fading),
    ):
        body.append(_part(name, topic, headline, report, places, thumbnails))
    body += [_open(report, crossing), _caveats(report)]
    return page(crossing.brief.title, "brief", _standfirst(report, crossing), _facts(crossing), body)


def _standfirst(report: TrendsReport, crossing: Crossing) -> str:
    if not report.timed:
        return f"Groups by {report.by} have no order in time, so nothing rises or fades."
    first, last = report.periods[0].label, report.periods[-1].label
    best = [report.lines[place] for place in (*crossing.rising, *crossing.within)][:1]
    start = f"What {plural(report.garments, 'garment')} from {first} to {last} say to it."
    if not best:
        return f"{start} Nothing within it rises by more than chance explains."
    line = best[0]
    return f"{start} Surest: {line.subject.name}, {points(line)} of {line.subject.among}."


def _facts(crossing: Crossing) -> list[tuple[str, str]]:
    return [
        (f"{len(crossing.rising):,}", "wanted and rising"),
        (f"{len(crossing.within):,}", "rising within what is wanted"),
        (f"{len(crossing.fading):,}", "wanted and fading"),
        (f"{len(crossing.open):,}", "wanted, no trend shown"),
    ]


def _wishes(crossing: Crossing) -> str:
    brief = crossing.brief
    chips = [f"<li>{escape(name)}</li>" for name in (*brief.categories, *brief.attributes, *brief.colours)]
    chips += [f'<li class="off">{escape(name)}</li>' for name in brief.avoid]
    if brief.audience:
        chips.append(f"<li>for {escape(brief.audience)}</li>")
    low, high = brief.price
    if low is not None or high is not None:
        chips.append(f"<li>price {price_range(low, high)}</li>")
    missing = (
        f"<p>Not in the catalogue: {escape(', '.join(crossing.missing))}.</p>" if crossing.missing else ""
    )
    avoided = (
        f"<p>{plural(crossing.avoided, 'rising line')} left out as not wanted.</p>"
        if crossing.avoided
        else ""
    )
    nothing = (
        "" if chips else "<p>No name of the catalogue was found in the brief, so everything is welcome.</p>"
    )
    text = f'<p class="lead">“{escape(brief.text)}”</p>' if brief.text else ""
    return (
        '<section id="wishes" class="method"><p class="topic">The brief</p><h2>What is wanted</h2>'
        f'{text}<ul class="chips">{"".join(chips)}</ul>{nothing}{missing}{avoided}</section>'
    )


def _part(
    name: str, topic: str, headline: str, report: TrendsReport, places: Sequence[int], thumbnails: Thumbnails
) -> str:
    lines = [report.lines[place] for place in places]
    more = f'<p class="lead">{_names(lines[_MOST:])} as well.</p>' if len(lines) > _MOST else ""
    return (
        f'<section id="{name}"><p class="topic">{topic}</p><h2>{headline}</h2>'
        f"{cards(report, lines[:_MOST], thumbnails)}{more}</section>"
    )


def _names(lines: Sequence[Line]) -> str:
    return escape(", ".join(line.subject.name for line in lines))


def _open(report: TrendsReport, crossing: Crossing) -> str:
    lines = [report.lines[place] for place in crossing.open][:40]
    if not lines:
        return ""
    rows = "".join(
        f"<tr><td>{escape(line.subject.name)}</td><td>{_WORDS[line.group]}</td><td>{line.shown:,.0f}</td>"
        f"<td>{escape(change(line.growth))}</td></tr>"
        for line in lines
    )
    heads = ("Line", "What can be said", "Garments", f"Odds per {named_unit(report)}")
    head = "".join(f"<th>{escape(cell)}</th>" for cell in heads)
    return (
        '<section id="open"><p class="topic">No trend shown</p><h2>Neither up nor down</h2>'
        f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
        "</section>"
    )


_WORDS = {
    "steady": "steady",
    "unclear": "may have moved, too unsure",
    "untested": "too rare to say",
    "different": "differs between groups",
    "alike": "alike in all groups",
}


def _caveats(report: TrendsReport) -> str:
    items = "".join(f"<li>{escape(note)}</li>" for note in report.notes)
    return (
        '<section class="notable"><p class="topic">Before you act on it</p><h2>What to bear in mind</h2>'
        f"<ol>{items}</ol><figure><figcaption>False alarms among what rises or fades are held to "
        f"{escape(percent(report.alpha))} of the whole report; a choice of lines from it, as here, may hold "
        "a larger part.</figcaption></figure></section>"
    )
