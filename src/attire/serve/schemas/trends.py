"""What ``/v1/trends`` answers."""

from pydantic import BaseModel

__all__ = ["ExampleOut", "ForecastsOut", "IntervalOut", "LineOut", "PeriodOut", "SeasonOut", "TrendsOut"]


class IntervalOut(BaseModel):
    """A figure and between what the truth is in 95 of 100 such reports; null where it is not known."""

    value: float | None
    low: float | None
    high: float | None


class PeriodOut(BaseModel):
    """A period, or a group where there is no time."""

    label: str
    garments: float
    """Expected garments, each counted by the probability that it is right."""
    photos: int
    position: float | None
    """On the axis of time, in periods; null where groups have no order."""
    full: bool
    """Whether it has garments enough to be tested."""


class SeasonOut(BaseModel):
    """How a line goes up and down with the year."""

    q: float | None
    returning: bool
    """Whether it is not by chance, and every year shows the same wave."""
    peak: str
    swing: float | None
    """Odds at the peak over odds at the trough."""


class ExampleOut(BaseModel):
    """A garment that shows a line, of the time when it is most common."""

    garment_id: str
    picture: str
    """Where to get a picture of it."""


class LineOut(BaseModel):
    """One category, attribute, colour or combination over the periods."""

    name: str
    """Such as ``dress: floral``."""
    kind: str
    """``categories``, ``attributes``, ``colours`` or ``combinations``."""
    among: str
    """What its share is a share of."""
    category: str | None = None
    attribute: str | None = None
    colour: str | None = None
    group: str
    """``emerging``, ``rising``, ``fading``, ``steady`` or ``unclear``; ``different`` or ``alike`` where
    groups have no order; ``untested`` where there is too little to say."""
    shown: float
    """Expected garments that show it."""
    shares: list[IntervalOut]
    """In each period, in 0 … 1."""
    first: float | None
    """Share at the beginning."""
    last: float | None
    """Share at the end."""
    growth: IntervalOut
    """Change of the odds per period, 0.1 for a tenth more."""
    p: float | None
    q: float | None
    """Share of false alarms among lines with as small a q."""
    reliability: float | None
    """How much of a change the detector shows, in 0 … 1; the shares make up for the rest."""
    rests_on: str
    """The one period without which the growth would not show; empty if there is none."""
    season: SeasonOut | None
    forecast: list[IntervalOut]
    """Of the periods ahead; none where there are too few behind."""
    examples: list[ExampleOut]


class ForecastsOut(BaseModel):
    """How forecasts did on the past."""

    method: str
    labels: list[str]
    """Periods ahead."""
    trials: int
    naive: str
    mase_naive: float | None
    """Below 1 is better than the naive forecast one step ahead."""
    mase_smooth: float | None


class TrendsOut(BaseModel):
    """What grows, fades and comes back."""

    by: str
    timed: bool
    """Whether the periods have an order, so that lines can grow."""
    about: str
    """What was counted."""
    periods: list[PeriodOut]
    lines: list[LineOut]
    """Surest growth first within each group; groups in the order in which ``group`` has them above."""
    untested: int
    """Lines left out, since there is too little to say anything of them; ``untested=true`` gives them."""
    garments: int
    without_time: int
    """Garments left out, since nothing says when they were seen."""
    tested: int
    alpha: float
    """Share of false alarms that the lists may hold."""
    restlessness: float | None
    """By how much log-odds jump from period to period beyond chance."""
    outcome: ForecastsOut | None
    notes: list[str]
    """What to bear in mind, in sentences."""
