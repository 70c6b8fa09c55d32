"""Garments by words alone: no photo, no encoder."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from attire.catalog.filters import Columns, Condition, Not, all_of, named, to_expr
from attire.catalog.garment import Garment
from attire.catalog.search.duplicates import collapse
from attire.catalog.search.evidence import COLUMNS_READ, chances
from attire.catalog.search.question import Question
from attire.catalog.search.result import Answer, Result
from attire.catalog.search.text import TextQuery
from attire.catalog.search.wishes import LEAST_CHANCE
from attire.catalog.store import Store
from attire.errors import QueryError
from attire.ontology import Ontology

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["search_text"]

_SPARE = 3
_BATCH = 20_000
_MOST_MATCHES = 100_000
"""Rows taken at most of a full-text index for one word."""


def search_text(store: Store, question: Question, columns: Columns, ontology: Ontology) -> Answer:
    """Find garments by words alone.

    Categories and prices have to hold. Every other wish and word ranks: a garment's relevance is its score
    times the geometric mean, over wishes and words, of the probability that each holds, none of which counts
    as less than 0.02. A word holds where one of the user's own columns of text has it: by the full-text index
    of a column that has one, else as part of the text, ignoring case.

    Args:
        store: The catalogue.
        question: Its ``text`` says what to find.
        columns: Of the table.
        ontology: Of the catalogue.

    Raises:
        QueryError: If there is no text, or there are changes, which need a garment to start from.
    """
    text = question.text
    if text is None or question.changes:
        raise QueryError("A search needs a photo or a garment of the catalogue, or words without --but.")
    own = [
        name
        for name, column in columns.columns.items()
        if column.kind == "text" and name in store.own_columns
    ]
    notes = (
        ()
        if own or not text.words
        else (
            f"Nothing could be made of: {', '.join(text.words)}. The catalogue has no own columns of text.",
        )
    )
    words = text.words if own else ()
    where = _demands(text, question)
    needed = [name for wish in text.wishes for name in COLUMNS_READ[wish.kind]]
    best = _Best(_SPARE * question.k + 20)
    matches = [_Word(store, word, own, where) for word in words]
    for batch in _batches(store, where, [*needed, "garment_id", "score", *(own if words else ())]):
        held = [chances(wish, batch, ontology) for wish in text.wishes]
        held += [word.found_in(batch) for word in matches]
        logs = np.log(np.maximum(held, LEAST_CHANCE))
        mean = np.exp(logs.mean(axis=0)) if held else np.ones(batch.num_rows)
        best.add(batch["garment_id"], mean * batch["score"].to_numpy(zero_copy_only=False))
    results = _results(store, best, text, words, own, ontology, matches)
    return Answer(results=tuple(collapse(results)[: question.k]), asked=str(text), notes=notes)


class _Best:
    """The garments of highest relevance among all batches."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.ids: list[str] = []
        self.relevance = np.zeros(0)

    def add(self, ids: "pa.Array", relevance: npt.NDArray[np.float64]) -> None:
        first = np.argsort(-relevance, kind="stable")[: self.count]
        joined = np.concatenate([self.relevance, relevance[first]])
        names = [*self.ids, *(ids[int(n)].as_py() for n in first)]
        # Equals in the order of their ids, so that the same question has the same answer.
        order = sorted(range(len(names)), key=lambda n: (-joined[n], names[n]))[: self.count]
        self.ids, self.relevance = [names[n] for n in order], joined[order]


class _Word:
    """Where a word stands in the user's own columns of text."""

    def __init__(self, store: Store, word: str, own: Sequence[str], where: "Condition | None") -> None:
        self.word = word.lower()
        indexed = _indexed(store)
        self.searched = [name for name in own if name in indexed]
        self.read = [name for name in own if name not in indexed]
        self.ids = {id for name in self.searched for id in _matches(store, word, name, where)}

    def found_in(self, batch: "pa.RecordBatch") -> npt.NDArray[np.float64]:
        import pyarrow as pa
        import pyarrow.compute as pc

        found = np.zeros(batch.num_rows, bool)
        if self.ids:
            found |= np.fromiter(
                (one in self.ids for one in batch["garment_id"].to_pylist()), bool, batch.num_rows
            )
        for name in self.read:
            texts = pc.utf8_lower(batch[name].cast(pa.string()))
            within = pc.fill_null(pc.match_substring(texts, self.word), False)
            found |= within.to_numpy(zero_copy_only=False)
        return found.astype(np.float64)


def _indexed(store: Store) -> set[str]:
    """Own columns with a full-text index."""
    return {
        name
        for index in store.table.list_indices()
        if str(index.index_type).upper() == "FTS"
        for name in index.columns
    }


def _matches(store: Store, word: str, column: str, where: "Condition | None") -> Iterator[str]:
    from lancedb.query import MatchQuery

    match = MatchQuery(word, column)  # type: ignore[call-arg]  # its defaults are pydantic's
    query = store.table.search(match, query_type="fts")
    if where is not None:
        query = query.where(where, prefilter=True)
    for row in query.select(["garment_id", "_score"]).limit(_MOST_MATCHES).to_list():
        yield row["garment_id"]


def _demands(text: TextQuery, question: Question) -> "Condition | None":
    kinds = named("category", *text.categories) if text.categories else None
    never = [Not(inner=named("category", name)) for name in text.never]
    demanded = all_of(question.where, kinds, *never, text.limits)
    return None if demanded is None else to_expr(demanded)


def _batches(store: Store, where: "Condition | None", names: Sequence[str]) -> "Iterator[pa.RecordBatch]":
    query = store.table.search()
    if where is not None:
        query = query.where(where)
    yield from query.select(list(dict.fromkeys(names))).limit(None).to_batches(_BATCH)


def _results(
    store: Store,
    best: _Best,
    text: TextQuery,
    words: Sequence[str],
    own: Sequence[str],
    ontology: Ontology,
    matches: Sequence[_Word],
) -> list[Result]:
    if not best.ids:
        return []
    from lancedb.expr import col

    rows = store.rows(
        [name for name in store.table.schema.names if name != "embedding"],
        where=col("garment_id").isin(best.ids),
    )
    table = rows.combine_chunks()
    place = {id: n for n, id in enumerate(best.ids)}
    held: dict[str, npt.NDArray[np.float64]] = {}
    (batch,) = table.to_batches() or [None]
    for wish in text.wishes:
        held[str(wish)] = chances(wish, batch, ontology)
    for word, match in zip(words, matches, strict=True):
        held[f"“{word}”"] = match.found_in(batch)
    results = [
        Result(
            garment=Garment.from_row(row, store.own_columns),
            relevance=float(best.relevance[place[row["garment_id"]]]),
            wishes={name: float(values[n]) for name, values in held.items()},
        )
        for n, row in enumerate(table.to_pylist())
    ]
    return sorted(results, key=lambda one: place[one.garment.garment_id])
