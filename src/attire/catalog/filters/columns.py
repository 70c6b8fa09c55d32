"""The columns that a question may name: ours that are public, and the user's own with their types."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Literal, Self

from attire.catalog.filters.vocabulary import Vocabulary
from attire.ontology import Ontology

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Column", "Columns", "Kind"]

Kind = Literal["name", "names", "text", "number", "truth", "time", "date"]
"""``name`` is one name of a vocabulary, ``names`` a list of them."""

_ALIASES = {
    "colour": "colours",
    "color": "colours",
    "colors": "colours",
    "attribute": "attributes",
    "part": "parts",
    "photo": "photo_uri",
    "id": "garment_id",
}
_OURS: dict[str, Kind] = {
    "category": "name",
    "attributes": "names",
    "parts": "names",
    "colours": "names",
    "score": "number",
    "source": "text",
    "seen_at": "time",
    "photo_uri": "text",
    "garment_id": "text",
}
_PERHAPS_MISSING = frozenset({"seen_at"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column that may be asked for."""

    name: str
    """As the table has it."""
    kind: Kind
    """What its values are."""
    single: bool = False
    """Whether its numbers are float32, so that 0.1 means the float32 nearest to it."""
    exact: bool = False
    """Whether its numbers are integers or decimals, none of which is NaN."""
    zoned: bool = False
    """Whether its times belong to a zone other than UTC."""
    required: bool = False
    """Whether every row has a value, if perhaps an empty one."""
    vocabulary: Vocabulary | None = field(default=None, compare=False, repr=False)
    """The names that may stand in it; None where anything may."""

    @classmethod
    def ours(cls, name: str, vocabulary: Vocabulary | None = None) -> Self:
        """Give a public column of every catalogue.

        Args:
            name: As the table has it.
            vocabulary: The names that may stand in it.
        """
        return cls(name=name, kind=_OURS[name], required=name not in _PERHAPS_MISSING, vocabulary=vocabulary)

    @classmethod
    def own(cls, entry: "pa.Field") -> Self | None:
        """Describe a column of the user's; None if its values cannot be compared."""
        import pyarrow as pa

        kind = entry.type.value_type if pa.types.is_dictionary(entry.type) else entry.type
        tests = pa.types
        if tests.is_string(kind) or tests.is_large_string(kind):
            return cls(name=entry.name, kind="text")
        if tests.is_boolean(kind):
            return cls(name=entry.name, kind="truth")
        if tests.is_integer(kind) or tests.is_decimal(kind):
            return cls(name=entry.name, kind="number", exact=True)
        if tests.is_float64(kind):
            return cls(name=entry.name, kind="number")
        if tests.is_float32(kind):
            return cls(name=entry.name, kind="number", single=True)
        if tests.is_timestamp(kind):
            return cls(name=entry.name, kind="time", zoned=kind.tz not in (None, "UTC"))
        if tests.is_date32(kind):
            return cls(name=entry.name, kind="date")
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The allow-list: a name that is not here cannot be asked for."""

    columns: Mapping[str, Column]
    """By the table's name."""
    unasked: Mapping[str, str] = field(default_factory=dict)
    """The user's columns whose values cannot be compared, with their types."""

    @classmethod
    def of(cls, schema: "pa.Schema", ontology: Ontology, colours: Sequence[str] = ()) -> Self:
        """List what can be asked of a table.

        Args:
            schema: Of the table.
            ontology: What its categories and attributes are named by.
            colours: Names of colours; any is let through if there are none.
        """
        from attire.catalog.row import NEVER_A_USERS

        vocabularies = {
            "category": Vocabulary.categories(ontology),
            "attributes": Vocabulary.attributes(ontology),
            "parts": Vocabulary.parts(ontology),
            "colours": Vocabulary.colours(colours) if colours else None,
        }
        ours = {name: Column.ours(name, vocabularies.get(name)) for name in _OURS}
        own: dict[str, Column] = {}
        unasked: dict[str, str] = {}
        for entry in schema:
            if entry.name in NEVER_A_USERS:
                continue
            column = Column.own(entry)
            if column is None:
                unasked[entry.name] = str(entry.type)
            else:
                own[entry.name] = column
        return cls(columns=ours | own, unasked=unasked)

    def find(self, name: str) -> Column | None:
        """Find a column: as it is written, else by our shorter words, else ignoring case."""
        if name in self.columns:
            return self.columns[name]
        lower = name.lower()
        if lower in _ALIASES:
            return self.columns.get(_ALIASES[lower])
        alike = [column for own, column in self.columns.items() if own.lower() == lower]
        return alike[0] if len(alike) == 1 else None

    def near(self, name: str) -> tuple[str, ...]:
        """Propose names of columns for one that is none."""
        lower = {own.lower(): own for own in self.columns}
        return tuple(lower[way] for way in get_close_matches(name.lower(), lower, n=3, cutoff=0.6))
