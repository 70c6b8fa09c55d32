"""Table → report: what is worn more and less, how sure that is, and what may come next."""

from attire.catalog.trends.brief import Brief, read_brief
from attire.catalog.trends.lines import KINDS, Subject
from attire.catalog.trends.report import Interval, Line, Period, Season, TrendsReport
from attire.catalog.trends.trending import trends

__all__ = [
    "KINDS",
    "Brief",
    "Interval",
    "Line",
    "Period",
    "Season",
    "Subject",
    "TrendsReport",
    "read_brief",
    "trends",
]
