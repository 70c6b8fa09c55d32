"""Words that are no names: values of the user's own columns of text, such as a brand."""

from collections.abc import Mapping, Sequence

from attire.catalog.colours import COLOUR_NAMES
from attire.catalog.filters import Columns, Comparison, Filter, Or, holds, to_expr
from attire.catalog.garment import Garment
from attire.catalog.search.names import Names
from attire.catalog.store import Store
from attire.errors import QueryError
from attire.ontology import Ontology
from attire.wording import did_you_mean

__all__ = ["find_words", "said_where"]

_LIMITS = frozenset({"under", "below", "over", "above", "between", "cheaper", "less", "up", "most", "least"})
"""Words that stay over from a limit where there is no price to compare."""


def find_words(store: Store, words: Sequence[str], ontology: Ontology) -> dict[str, Filter]:
    """Give the filter that holds where a word stands in an own column of text, ignoring case.

    Args:
        store: The catalogue.
        words: What is no name.
        ontology: Of the catalogue.

    Raises:
        QueryError: If a word stands nowhere; the message proposes names that are like it.
    """
    if not words:
        return {}
    columns = Columns.of(store.table.schema, ontology).columns
    own = [columns[name] for name in store.own_columns if name in columns and columns[name].kind == "text"]
    found: dict[str, Filter] = {}
    for word in words:
        each = tuple(Comparison(column=column, operator="holds", values=(word,)) for column in own)
        if each:
            found[word] = each[0] if len(each) == 1 else Or(inner=each)
        if not each or not store.rows(["garment_id"], where=to_expr(found[word]), limit=1).num_rows:
            raise QueryError(_refusal(word, [column.name for column in own], "price" in columns, ontology))
    return found


def said_where(garment: Garment, words: Mapping[str, Filter]) -> dict[str, str]:
    """Give, for each word that stands in a garment's own columns, where it does.

    Example:
        ``{"zara": "brand Zara", "cotton": "cotton in about"}``
    """
    found = {}
    for word, filter in words.items():
        for one in filter.inner if isinstance(filter, Or) else (filter,):
            if isinstance(one, Comparison) and holds(one, garment):
                name, value = one.column.name, str(garment.own[one.column.name]).strip()
                found[word] = f"{name} {value}" if value.lower() == word.lower() else f"{word} in {name}"
                break
    return found


def _refusal(word: str, own: Sequence[str], priced: bool, ontology: Ontology) -> str:
    if word.lower() in _LIMITS and not priced:
        return f"'{word} …' limits the price, but there is no column of numbers named price. Leave it out."
    where = f", and stands in none of your columns {', '.join(own)}" if own else ""
    meant = did_you_mean(Names.of(ontology, COLOUR_NAMES).near(word))
    return f"{word!r} is no category, attribute, colour or part{where}.{meant} Else leave it out."
