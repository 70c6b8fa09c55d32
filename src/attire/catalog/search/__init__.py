"""Searching the catalogue by a photo, by one of its own garments, or by words."""

from attire.catalog.search.by_text import search_text
from attire.catalog.search.changes import parse_changes
from attire.catalog.search.names import Names
from attire.catalog.search.query import Query, garment_at, pick, queries_of
from attire.catalog.search.question import Question, parse_weights
from attire.catalog.search.reading import queries_of_photo
from attire.catalog.search.result import Answer, Result
from attire.catalog.search.searching import search
from attire.catalog.search.text import TextQuery, parse_query
from attire.catalog.search.wishes import Named, Step, Wish

__all__ = [
    "Answer",
    "Named",
    "Names",
    "Query",
    "Question",
    "Result",
    "Step",
    "TextQuery",
    "Wish",
    "garment_at",
    "parse_changes",
    "parse_query",
    "parse_weights",
    "pick",
    "queries_of",
    "queries_of_photo",
    "search",
    "search_text",
]
