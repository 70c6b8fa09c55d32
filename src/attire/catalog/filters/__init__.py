"""What garments have to be, in a small language of its own that never becomes SQL."""

from attire.catalog.filters.columns import Column, Columns
from attire.catalog.filters.expressions import Condition, to_expr
from attire.catalog.filters.filter import (
    And,
    Comparison,
    Filter,
    Missing,
    Not,
    Or,
    all_of,
    any_of,
    conjoin,
    named,
)
from attire.catalog.filters.holding import holds
from attire.catalog.filters.parsing import parse_filter
from attire.catalog.filters.vocabulary import Vocabulary

__all__ = [
    "And",
    "Column",
    "Columns",
    "Comparison",
    "Condition",
    "Filter",
    "Missing",
    "Not",
    "Or",
    "Vocabulary",
    "all_of",
    "any_of",
    "conjoin",
    "holds",
    "named",
    "parse_filter",
    "to_expr",
]
