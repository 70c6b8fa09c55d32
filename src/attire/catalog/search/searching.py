"""Garments like another: the nearest in the table, or those among them that are as wished."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from attire.catalog.encoder import weigh
from attire.catalog.filters import Column, Comparison, Filter, Not, all_of, to_expr
from attire.catalog.garment import Garment
from attire.catalog.search.duplicates import collapse, same_picture
from attire.catalog.search.query import Query
from attire.catalog.search.question import Question
from attire.catalog.search.result import Answer, Result
from attire.catalog.search.similarity import check_weights, mean_similarity, part_similarities
from attire.catalog.search.swapping import Swap, swap
from attire.catalog.search.wishes import LEAST_CHANCE
from attire.catalog.store import Store
from attire.ontology import Ontology

__all__ = ["ColourVector", "search"]

ColourVector: TypeAlias = Callable[[str], npt.NDArray[np.float32]]
"""Gives the colour part of an embedding for the name of a colour, shape ``(d,)``."""

_SHORTLIST = 200
"""Garments at least that wishes are weighed among, near the query and said to be as wished each."""
_SPARE = 3
"""How many times as many garments as results are fetched, since some show the same."""


def search(
    store: Store,
    query: Query,
    question: Question,
    *,
    parts: Mapping[str, slice],
    ontology: Ontology,
    colour_vector: ColourVector | None = None,
    only: Filter | None = None,
) -> Answer:
    """Find garments like one.

    Without wishes, ranked by the weighted mean of the cosines of the parts; with wishes, by that mean times
    the probability of each wish.

    Args:
        store: The catalogue.
        query: What to search for.
        question: What else is asked.
        parts: Of the encoder.
        ontology: Of the catalogue.
        colour_vector: The encoder's, if it has one.
        only: What rows have to be besides, such as of one encoder.

    Raises:
        QueryError: If weights name other parts, or a step such as ``longer`` cannot be taken.
    """
    check_weights(question.weights, parts)
    swapped = swap(query.garment, question, parts=parts, ontology=ontology, colour_vector=colour_vector)
    another = None
    if query.garment.garment_id:
        own = (query.garment.garment_id,)
        another = Not(inner=Comparison(column=Column.ours("garment_id"), operator="=", values=own))
    where = all_of(only, question.where, *swapped.demands, another)
    finder = _by_wishes if swapped.wishes else _by_likeness
    results = finder(store, query.garment, swapped, question, parts, where)
    return Answer(
        query=query, results=tuple(results[: question.k]), asked=_asked(query, question), notes=swapped.notes
    )


def _asked(query: Query, question: Question) -> str:
    """Say the question in words."""
    said = f"like the {query.garment.category}"
    if question.changes:
        said += ", but " + ", ".join(str(wish) for wish in question.changes)
    if question.text is not None:
        said += f"; {question.text}"
    return said if question.where is None else f"{said}; {question.where}"


def _by_likeness(
    store: Store,
    garment: Garment,
    swapped: Swap,
    question: Question,
    parts: Mapping[str, slice],
    where: Filter | None,
) -> list[Result]:
    """Fetch more and more until enough of them show different things."""
    count = _SPARE * question.k + 20
    while True:
        found = list(_rated(store, garment, swapped, parts, where, count))
        shown = _shown(found, question)
        if len(shown) >= question.k or len(found) < count:
            return shown
        count *= 4


def _by_wishes(
    store: Store,
    garment: Garment,
    swapped: Swap,
    question: Question,
    parts: Mapping[str, slice],
    where: Filter | None,
) -> list[Result]:
    """Weigh those nearby, and those nearby that are said to be as wished."""
    count = max(_SHORTLIST, 10 * question.k)
    found: dict[str, Result] = {}
    for said in (None, *swapped.said):
        for result in _rated(store, garment, swapped, parts, all_of(where, said), count):
            found.setdefault(result.garment.garment_id, result)
    return _shown(sorted(found.values(), key=lambda one: -one.relevance), question)


def _rated(
    store: Store,
    garment: Garment,
    swapped: Swap,
    parts: Mapping[str, slice],
    where: Filter | None,
    count: int,
) -> Iterator[Result]:
    own = np.zeros(0, np.float32) if garment.embedding is None else garment.embedding
    query = weigh(swapped.vector, parts, swapped.near)
    condition = None if where is None else to_expr(where)
    for near in store.nearest(query, count, where=condition, embeddings=True):
        found = near.garment
        if found.embedding is None:
            continue
        cosines = part_similarities(own, found.embedding, parts)
        similarity = mean_similarity(cosines, swapped.weights)
        wishes = {name: how_likely(found) for name, how_likely in swapped.wishes.items()}
        chances = np.prod([max(one, LEAST_CHANCE) for one in wishes.values()]) if wishes else 1.0
        same = garment.photo_uri == found.photo_uri or same_picture(garment.photo_look, found.photo_look)
        yield Result(
            garment=replace(found, embedding=None),
            relevance=max(similarity, 0.0) * float(chances) if wishes else similarity,
            similarity=similarity,
            parts=cosines,
            wishes=wishes,
            same_picture=same,
        )


def _shown(found: list[Result], question: Question) -> list[Result]:
    return collapse(one for one in found if question.duplicates or not one.same_picture)
