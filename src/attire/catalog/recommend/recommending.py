"""The three questions: what could be had instead, what goes with it, and what suits a person."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeAlias, TypeVar, cast, get_args

from lancedb.expr import col, lit

from attire.catalog.encoder import Weights, weigh
from attire.catalog.filters import Filter, all_of
from attire.catalog.recommend.alternatives import alternatives
from attire.catalog.recommend.diversity import TRADE
from attire.catalog.recommend.for_person import for_person, hard_wishes
from attire.catalog.recommend.frequencies import Frequencies
from attire.catalog.recommend.goes_with import Candidates, goes_with
from attire.catalog.recommend.likeness_reasons import LikenessReasons
from attire.catalog.recommend.matching import Matching
from attire.catalog.recommend.outfit import outfit
from attire.catalog.recommend.own_words import find_words
from attire.catalog.recommend.recommendation import Recommendation
from attire.catalog.recommend.shop import Shop
from attire.catalog.recommend.slots import slots_of
from attire.catalog.recommend.taste import Taste
from attire.catalog.recommend.tokens import COLUMNS
from attire.catalog.recommend.worn_together import WornTogether
from attire.catalog.store import Store
from attire.errors import DataError, RecipeError
from attire.ontology import Ontology

__all__ = ["Mode", "frequencies_of", "recommend", "recommend_for", "worn_together"]

Mode: TypeAlias = Literal["alternatives", "goes-with", "outfit"]
_KEPT = 8
"""Tables whose counts are kept in memory, each of one version."""
_cache: "OrderedDict[tuple[object, ...], object]" = OrderedDict()
Counted = TypeVar("Counted")


def recommend(
    store: Store,
    garment_id: str,
    *,
    mode: Mode = "alternatives",
    k: int = 10,
    where: Filter | None = None,
    in_stock: bool = True,
    worn_in: Store | str | None = None,
    weights: Weights | None = None,
    parts: Mapping[str, slice] | None = None,
    trade: float = TRADE,
    ontology: Ontology | None = None,
) -> list[Recommendation]:
    """Recommend other garments to one of the catalogue.

    Args:
        store: The catalogue.
        garment_id: The garment asked about.
        mode: ``alternatives``: like it, of its category; ``goes-with``: of other categories, after what is
            worn together; ``outfit``: one item for each slot it leaves open.
        k: How many at most; an outfit has as many as it has slots.
        where: What they have to be.
        in_stock: Whether to leave out what a column of stock does not say is there. Without such a column,
            everything is.
        worn_in: Where garments are worn: another catalogue, or a source of this one; all of this one if None.
        weights: How much each part of the embedding counts for alternatives.
        parts: Which numbers of an embedding are its parts, as the encoder has them; unknown if None.
        trade: λ of MMR: 1 for the most relevant whether alike or not.
        ontology: What names categories and attributes; iMaterialist 2019 if None.

    Returns:
        Garments with scores and reasons, the first choice first.

    Raises:
        DataError: If there is no such garment, or nothing shows what is worn together.
        RecipeError: If mode, k, trade or weights are out of range.
    """
    _check(k, trade)
    if mode not in get_args(Mode):
        raise RecipeError(f"Mode {mode!r}: expected one of {', '.join(get_args(Mode))}.")
    ontology = ontology or Ontology.imaterialist2019()
    query, shop = store.get(garment_id), Shop.of(store.table.schema, stock=in_stock)
    allowed = all_of(shop.in_stock(store.table.schema), where)
    if mode == "alternatives":
        vector = query.embedding
        if vector is None:
            raise DataError(f"Garment {garment_id!r} has no embedding. Index its photo again.")
        if weights:
            if parts is None or set(weights) - set(parts) or min(weights.values()) < 0:
                known = ", ".join(parts or {}) or "none are known"
                raise RecipeError(
                    f"Weights of {', '.join(weights)}: expected 0 or more of the parts {known}."
                )
            vector = weigh(vector, parts, weights)
        reasons = LikenessReasons(
            frequencies=frequencies_of(store), ontology=ontology, shop=shop, parts=parts or {}
        )
        return alternatives(
            store, query, vector=vector, k=k, where=allowed, shop=shop, reasons=reasons, trade=trade
        )
    seen_in = worn_in if isinstance(worn_in, Store) else store
    source = worn_in if isinstance(worn_in, str) else None
    candidates = Candidates(
        store=store,
        seen_in=seen_in,
        seen_where=None if source is None else col("source") == lit(source),
        matching=Matching(worn=worn_together(seen_in, source=source, ontology=ontology)),
        shop=shop,
        where=allowed,
    )
    if mode == "outfit":
        return outfit(query, candidates)
    return goes_with(query, candidates, k, trade)


def recommend_for(
    store: Store,
    taste: Taste,
    *,
    k: int = 10,
    where: Filter | None = None,
    in_stock: bool = True,
    trade: float = TRADE,
    ontology: Ontology | None = None,
) -> list[Recommendation]:
    """Recommend garments to a person.

    Args:
        store: The catalogue.
        taste: What they liked, disliked and wish.
        k: How many at most.
        where: What garments have to be.
        in_stock: As for :func:`recommend`.
        trade: λ of MMR.
        ontology: As for :func:`recommend`.

    Returns:
        Garments with scores and reasons, the first choice first.

    Raises:
        DataError: If a garment is not there, or a wish is about a column that is not.
        QueryError: If a wished word stands in none of the user's own columns of text.
        RecipeError: If k or trade is out of range.
    """
    _check(k, trade)
    shop = Shop.of(store.table.schema, stock=in_stock)
    ontology = ontology or Ontology.imaterialist2019()
    hard = hard_wishes(taste.wishes, shop, store.own_fields)
    return for_person(
        store,
        liked=[store.get(one) for one in taste.liked],
        disliked=[store.get(one) for one in taste.disliked],
        wishes=taste.wishes,
        words=find_words(store, taste.wishes.words, ontology),
        k=k,
        where=all_of(shop.in_stock(store.table.schema), where, hard),
        shop=shop,
        frequencies=frequencies_of(store),
        ontology=ontology,
        trade=trade,
    )


def worn_together(
    store: Store, *, source: str | None = None, ontology: Ontology | None = None
) -> WornTogether:
    """Count what is worn together in a catalogue's photos; kept until the table changes.

    Args:
        store: The catalogue; read once, column by column.
        source: Only its rows from here; all if None.
        ontology: What says where categories are worn.

    Raises:
        DataError: If no photo shows two categories.
    """
    ontology = ontology or Ontology.imaterialist2019()

    def count() -> WornTogether:
        where = None if source is None else col("source") == lit(source)
        return WornTogether.of(store.rows(COLUMNS, where=where), slots_of(ontology))

    worn = _once(store, ("worn", source, ontology.name), count)
    if not worn.photos:
        where = f"from {source!r} " if source is not None else ""
        raise DataError(
            f"No photo {where}in the catalogue shows two garments, so nothing says what is worn together. "
            "Name photos of people: --worn-in SOURCE, or --worn-in CATALOG for another catalogue."
        )
    return worn


def frequencies_of(store: Store) -> Frequencies:
    """Count how common traits are in a catalogue; kept until the table changes."""
    return _once(store, ("frequencies",), lambda: Frequencies.read(store))


def _once(store: Store, what: tuple[object, ...], count: Callable[[], Counted]) -> Counted:
    table: Any = store.table
    key = (str(table.uri), table.version, *what)
    if key not in _cache:
        _cache[key] = count()
        while len(_cache) > _KEPT:
            _cache.popitem(last=False)
    _cache.move_to_end(key)
    return cast(Counted, _cache[key])


def _check(k: int, trade: float) -> None:
    if k < 1:
        raise RecipeError(f"k = {k}: expected at least 1.")
    if not 0 <= trade <= 1:
        raise RecipeError(f"λ = {trade}: expected 0 … 1.")
