"""Data set → report: the numbers and figures of the data as one offline HTML page and PNG files."""

from attire.explore.numbers import Numbers, measure
from attire.explore.report import explore
from attire.explore.summary import summarise

__all__ = ["Numbers", "explore", "measure", "summarise"]
