"""One way in to the catalogue from Python: open it, search, recommend, see trends."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, cast

from attire.catalog.colours import COLOUR_NAMES
from attire.catalog.encoder import Encoder, Weights
from attire.catalog.filters import Columns, Filter, parse_filter
from attire.catalog.garment import Garment
from attire.catalog.recommend import (
    Mode,
    Recommendation,
    Taste,
    Wishes,
    read_wishes,
    recommend,
    recommend_for,
)
from attire.catalog.recommend.diversity import TRADE
from attire.catalog.search.by_text import search_text
from attire.catalog.search.changes import parse_changes
from attire.catalog.search.encoder_version import rows_of
from attire.catalog.search.names import Names
from attire.catalog.search.query import Query, choose, queries_of
from attire.catalog.search.question import Question
from attire.catalog.search.reading import read_photo
from attire.catalog.search.result import Answer
from attire.catalog.search.searching import ColourVector, search
from attire.catalog.search.text import parse_query
from attire.catalog.store import Store
from attire.errors import DataError, QueryError, WeightsError
from attire.ontology import Ontology
from attire.predict.source import PhotoLike, find_source

if TYPE_CHECKING:
    from attire.catalog.trends import Brief, TrendsReport
    from attire.predict import Look, Predictor

__all__ = ["Catalog"]


class Catalog:
    """A table of garments, and what can be asked of it.

    Example:
        ``for answer in Catalog.open("catalog").search("photo.jpg", but=["longer"]): print(answer.results)``
    """

    def __init__(
        self,
        store: Store,
        *,
        predictor: "Predictor | None" = None,
        encoder: Encoder | None = None,
        ontology: Ontology | None = None,
        colours: Sequence[str] | None = None,
        hidden: Collection[str] = (),
    ) -> None:
        """Put a catalogue together.

        Args:
            store: Its table.
            predictor: Reads the photos searched with; the model in the box, loaded when one is, if None.
            encoder: Of the version that made the rows; the one in the box, likewise, if None.
            ontology: What rows are named by; iMaterialist 2019 if None.
            colours: Names that colours have; those in the box if None.
            hidden: Columns that filters may not ask for.
        """
        self.store = store
        self.ontology = ontology or Ontology.imaterialist2019()
        self._colours = COLOUR_NAMES if colours is None else tuple(colours)
        self.names = Names.of(self.ontology, self._colours)
        self._hidden = frozenset(hidden)
        self._predictor = predictor
        self._encoder = encoder

    @classmethod
    def open(cls, path: Path | str, **given: Any) -> Self:
        """Open a catalogue that ``attire index`` made.

        Args:
            path: Folder, or URI such as ``s3://bucket/catalog``.
            given: As for the constructor.

        Raises:
            DataError: If there is none.
        """
        return cls(Store.open(path), **given)

    def __len__(self) -> int:
        return len(self.store)

    def get(self, garment_id: str) -> Garment:
        """Give one garment.

        Raises:
            DataError: If the catalogue does not hold it.
        """
        return self.store.get(garment_id)

    @property
    def columns(self) -> Columns:
        """What filters may ask for."""
        known = Columns.of(self.store.table.schema, self.ontology, self._colours)
        asked = {name: column for name, column in known.columns.items() if name not in self._hidden}
        return replace(known, columns=asked)

    @property
    def predictor(self) -> "Predictor":
        """Reads photos; loaded on first use."""
        if self._predictor is None:
            from attire.predict import Predictor

            self._predictor = Predictor.load()
        return self._predictor

    @property
    def encoder(self) -> Encoder:
        """Makes vectors of garments; loaded on first use."""
        if self._encoder is None:
            from attire.catalog.default_encoder import default_encoder

            self._encoder = default_encoder()
        return self._encoder

    def search(
        self,
        photo: "PhotoLike | Look | Sequence[Query] | None" = None,
        *,
        like: str | None = None,
        text: str | None = None,
        garment: int | None = None,
        at: tuple[float, float] | None = None,
        where: str | Filter | None = None,
        but: str | Sequence[str] = (),
        weights: Weights | None = None,
        k: int = 10,
        duplicates: bool = True,
    ) -> list[Answer]:
        """Find garments: like those of a photo, like one of the catalogue's own, or by words.

        Args:
            photo: A photo, a look that was read with what the encoder needs, or what :meth:`read` gave.
            like: Id of a garment of the catalogue, in place of a photo.
            text: What results are wished to be; alone, or beside a photo or garment.
            garment: Which garment of the photo, as ``attire predict`` numbers its table, from 1; all if None.
            at: ``(x, y)`` in pixels of the upright photo: the garment that is there.
            where: A filter, such as ``category = "dress" and "floral" in attributes``.
            but: What is to be other: ``longer``, ``floral``, ``in red``, ``without pockets``.
            weights: Of the parts of the embedding, such as ``{"colour": 2}``.
            k: Results per garment at most.
            duplicates: Whether to give photos that show the same picture as the one searched with.

        Returns:
            An answer per garment searched for; one if it was by words alone.

        Raises:
            QueryError: If the question cannot be understood.
            DataError: If the photo cannot be read, or the rows were made by another encoder.
        """
        question = self.question(text=text, where=where, but=but, weights=weights, k=k, duplicates=duplicates)
        if photo is not None and like is not None:
            raise QueryError("Search by a photo or by a garment of the catalogue, not by both.")
        if photo is None and (garment is not None or at is not None):
            raise QueryError("A garment's number or place is one in a photo. Give a photo.")
        if photo is None and like is None:
            return [search_text(self.store, question, self.columns, self.ontology)]
        queries, notes = self._queries(photo, like, garment, at)
        answers = [self._answer(query, question) for query in queries]
        return [_noted(answer, notes) for answer in answers]

    def question(
        self,
        *,
        text: str | None = None,
        where: str | Filter | None = None,
        but: str | Sequence[str] = (),
        weights: Weights | None = None,
        k: int = 10,
        duplicates: bool = True,
    ) -> Question:
        """Understand what is asked of a search, as :meth:`search` does, without searching.

        Raises:
            QueryError: If it cannot be understood.
        """
        columns = self.columns
        return Question(
            k=k,
            where=parse_filter(where, columns) if isinstance(where, str) else where,
            changes=parse_changes([but] if isinstance(but, str) else but, self.names),
            text=None if text is None else parse_query(text, self.names, columns),
            weights={} if weights is None else weights,
            duplicates=duplicates,
        )

    def check_encoder(self) -> None:
        """Make sure that the catalogue's garments can be compared with those of photos.

        Raises:
            DataError: If all of them were encoded by another encoder.
        """
        _ = self._rows_of_encoder

    def recommend(
        self,
        garment_id: str,
        *,
        mode: Mode = "alternatives",
        k: int = 10,
        where: str | Filter | None = None,
        in_stock: bool = True,
        worn_in: Store | str | None = None,
        weights: Weights | None = None,
        trade: float = TRADE,
    ) -> list[Recommendation]:
        """Recommend garments for one of the catalogue.

        Args:
            garment_id: The garment asked about.
            mode: ``alternatives``, ``goes-with`` or ``outfit``.
            k: How many at most; an outfit has as many as it has slots.
            where: What they have to be, as for :meth:`search`.
            in_stock: Whether to leave out what a column of stock does not say is there.
            worn_in: Where garments are worn: another catalogue, or a source of this one; this one if None.
            weights: Of the parts of the embedding, for alternatives.
            trade: λ of MMR: 1 for the most relevant whether alike or not.

        Raises:
            DataError: If there is no such garment, or nothing shows what is worn together.
            QueryError: If the filter cannot be understood.
            RecipeError: If mode, k, trade or weights are out of range.
        """
        return recommend(
            self.store,
            garment_id,
            mode=mode,
            k=k,
            where=self._where(where),
            in_stock=in_stock,
            worn_in=worn_in,
            weights=weights,
            parts=self._parts() if mode == "alternatives" else None,
            trade=trade,
            ontology=self.ontology,
        )

    def recommend_for(
        self,
        *,
        liked: str | Sequence[str] = (),
        disliked: str | Sequence[str] = (),
        wish: str | Wishes | None = None,
        k: int = 10,
        where: str | Filter | None = None,
        in_stock: bool = True,
        trade: float = TRADE,
    ) -> list[Recommendation]:
        """Recommend garments to a person.

        Args:
            liked: Ids of garments that they like.
            disliked: Ids of garments that they do not like.
            wish: What they wish, in words that ``search`` understands too, or as wishes.
            k: How many at most.
            where: What garments have to be, as for :meth:`search`.
            in_stock: As for :meth:`recommend`.
            trade: As for :meth:`recommend`.

        Raises:
            DataError: If nothing is known of them, or a garment is not there.
            QueryError: If the wish or the filter cannot be understood.
        """
        wishes = read_wishes(wish, self.names, self.columns) if isinstance(wish, str) else wish or Wishes()
        taste = Taste(
            liked=(liked,) if isinstance(liked, str) else tuple(liked),
            disliked=(disliked,) if isinstance(disliked, str) else tuple(disliked),
            wishes=wishes,
        )
        return recommend_for(
            self.store,
            taste,
            k=k,
            where=self._where(where),
            in_stock=in_stock,
            trade=trade,
            ontology=self.ontology,
        )

    def trends(
        self,
        *,
        by: str = "month",
        of: Collection[str] | None = None,
        where: str | Filter | None = None,
        brief: "Brief | str | None" = None,
        alpha: float = 0.05,
        examples: int = 4,
    ) -> "TrendsReport":
        """Say what grows and fades.

        Args:
            by: ``week``, ``month``, ``season``, ``year``, ``source``, or own columns such as ``year,season``.
            of: What to count, of ``categories``, ``attributes``, ``colours``, ``combinations``; all if None.
            where: Which garments, as for :meth:`search`.
            brief: What a designer wants, to be crossed with what rises.
            alpha: Share of false alarms that the lists may hold.
            examples: Garments to show for each line.

        Raises:
            DataError: If there is nothing to count, one period only, or no such column.
            QueryError: If the filter cannot be understood.
        """
        from attire.catalog.trends import KINDS, trends

        return trends(
            self.store,
            by=by,
            of=KINDS if of is None else of,
            where=self._where(where),
            brief=brief,
            ontology=self.ontology,
            alpha=alpha,
            examples=examples,
        )

    def _where(self, where: str | Filter | None) -> Filter | None:
        return parse_filter(where, self.columns) if isinstance(where, str) else where

    def _parts(self) -> Mapping[str, slice] | None:
        """Parts of the rows' embeddings; None if they were made by an encoder that is not here."""
        try:
            encoder = self.encoder
        except WeightsError:
            return None
        return encoder.parts if encoder.version == self.store.encoder else None

    def _queries(
        self,
        photo: "PhotoLike | Look | Sequence[Query] | None",
        like: str | None,
        garment: int | None,
        at: tuple[float, float] | None,
    ) -> tuple[list[Query], tuple[str, ...]]:
        if like is not None:
            return [Query(garment=self.store.get(like))], ()
        return choose(self._read(photo) if photo is not None else [], garment, at)

    def _read(self, photo: "PhotoLike | Look | Sequence[Query]") -> list[Query]:
        if isinstance(photo, list | tuple):
            self.check_encoder()
            return list(photo)
        return self.read(cast("PhotoLike | Look", photo))

    def read(self, photo: "PhotoLike | Look") -> list[Query]:
        """Find the garments of a photo and give each its embedding.

        Raises:
            DataError: If the photo cannot be read, or holds no garment.
        """
        from attire.predict import Look

        rows_of(self.store, self.encoder.version)
        if isinstance(photo, Look):
            queries = queries_of(photo, self.encoder.encode(photo))
        else:
            queries = read_photo(photo, self.predictor, self.encoder)
        if not queries:
            name = photo.image_id if isinstance(photo, Look) else find_source(photo).name
            raise DataError(f"{name}: no garment was found to search for. See attire predict.")
        return queries

    def _answer(self, query: Query, question: Question) -> Answer:
        colour_vector: ColourVector | None = getattr(self.encoder, "colour_vector", None)
        return search(
            self.store,
            query,
            question,
            parts=self.encoder.parts,
            ontology=self.ontology,
            colour_vector=colour_vector,
            only=self._rows_of_encoder,
        )

    @cached_property
    def _rows_of_encoder(self) -> Filter | None:
        return rows_of(self.store, self.encoder.version)


def _noted(answer: Answer, notes: tuple[str, ...]) -> Answer:
    from dataclasses import replace

    return replace(answer, notes=(*answer.notes, *notes)) if notes else answer
