"""A filter's text into its tree, by recursive descent.

::

    filter     = all {"or" all}
    all        = one {"and" one}
    one        = "not" one | "(" filter ")" | comparison
    comparison = value ["not"] "in" column
               | column ["not"] "in" "(" value {"," value} ")"
               | column ["not"] "in" "last" number unit
               | column ["not"] "between" value "and" value
               | column ["not"] "has" value
               | column "is" ["not"] ("missing" | "empty")
               | column ("=" | "!=" | "<" | "<=" | ">" | ">=") value
"""

from datetime import UTC, datetime
from typing import NoReturn

from attire.catalog.filters.columns import Column, Columns
from attire.catalog.filters.comparing import compare, compare_any
from attire.catalog.filters.filter import Comparison, Filter, Missing, Not, Operator, Or, conjoin
from attire.catalog.filters.tokens import Token, refuse, tokenize
from attire.catalog.filters.values import last_days

__all__ = ["parse_filter"]

_DEEPEST = 40
_SIGNS: dict[str, Operator] = {"=": "=", "!=": "=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


def parse_filter(text: str, columns: Columns, *, now: datetime | None = None) -> Filter:
    """Read a filter such as ``category = "dress" and "floral" in attributes and not colour = red``.

    Args:
        text: In the language above.
        columns: What may be asked for.
        now: What ``in last 30 days`` counts from; the present if None.

    Raises:
        QueryError: If it cannot be understood: with a caret under the place, and what was perhaps meant.
    """
    return _Parser(text, columns, now or datetime.now(UTC)).whole()


class _Parser:
    def __init__(self, text: str, columns: Columns, now: datetime) -> None:
        self.text, self.columns, self.now = text, columns, now
        self.tokens = tokenize(text)
        self.at = 0
        self.depth = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.at]

    def whole(self) -> Filter:
        if len(self.tokens) == 1:
            self.refuse("The filter is empty. Say for example: category = dress")
        found = self.any_of()
        if self.token.kind != "end":
            self.refuse("Expected 'and', 'or' or the end here. Put names of several words into quotes.")
        return found

    def any_of(self) -> Filter:
        found = [self.all_of()]
        while self.take("or"):
            found.append(self.all_of())
        flat = [inner for one in found for inner in (one.inner if isinstance(one, Or) else [one])]
        return flat[0] if len(flat) == 1 else Or(inner=tuple(flat))

    def all_of(self) -> Filter:
        found = [self.one()]
        while self.take("and"):
            found.append(self.one())
        return conjoin(*found)

    def one(self) -> Filter:
        self.depth += 1
        if self.depth > _DEEPEST:
            self.refuse(f"Brackets and 'not' go deeper than {_DEEPEST} here.")
        if self.take("not"):
            found: Filter = Not(inner=self.one())
        elif self.take("("):
            found = self.any_of()
            if not self.take(")"):
                self.refuse("Expected ')' here.")
        else:
            found = self.comparison()
        self.depth -= 1
        return found

    def comparison(self) -> Filter:
        first = self.phrase("a column or a value")
        negated = self.take("not")
        if self.take("in"):
            if self.token.value == "(" and self.token.kind == "sign":
                return _negate(self.any_value(self.column(first)), negated)
            if self.token.value.lower() == "last" and self.columns.find("last") is None:
                return _negate(self.lately(self.column(first)), negated)
            within = self.column(self.phrase("a column"))
            return _negate(compare(within, "holds", first, self.text), negated)
        column = self.column(first)
        if self.take("has"):
            return _negate(compare(column, "holds", self.phrase("a value"), self.text), negated)
        if self.take("between"):
            low = compare(column, ">=", self.phrase("a value"), self.text)
            if not self.take("and"):
                self.refuse("Expected 'and' here, as in: between 20 and 50")
            return _negate(conjoin(low, compare(column, "<=", self.phrase("a value"), self.text)), negated)
        if negated:
            self.refuse("Expected 'in', 'has' or 'between' after 'not' here.")
        if self.take("is"):
            negated = self.take("not")
            if not (self.take("missing") or self.take("empty")):
                self.refuse("Expected 'missing' or 'empty' here.")
            return _negate(Missing(column=column), negated)
        sign = self.token.value
        if self.token.kind != "sign" or sign not in _SIGNS:
            self.refuse(
                f"Expected one of {' '.join(_SIGNS)}, in, has, between, is after {column.name!r} here."
            )
        self.at += 1
        return _negate(compare(column, _SIGNS[sign], self.phrase("a value"), self.text), sign == "!=")

    def any_value(self, column: Column) -> Filter:
        self.take("(")
        values = [self.phrase("a value")]
        while self.take(","):
            values.append(self.phrase("a value"))
        if not self.take(")"):
            self.refuse("Expected ',' or ')' here.")
        return compare_any(column, values, self.text)

    def lately(self, column: Column) -> Filter:
        place = self.token.place
        self.at += 1
        count, unit = (token.value for token in (*self.tokens[self.at :], self.token, self.token)[:2])
        self.at = min(self.at + 2, len(self.tokens) - 1)
        since = last_days(count, unit, self.now)
        if column.kind not in ("time", "date") or since is None:
            refuse(self.text, place, "Say for example: seen_at in last 30 days (or weeks, months, years).")
        value = since if column.kind == "time" else since.date()
        return Comparison(column=column, operator=">=", values=(value,))

    def phrase(self, expected: str) -> Token:
        """Take a quoted text, or unquoted words that follow each other."""
        first = self.token
        if first.kind not in ("word", "text", "name"):
            quoted = " Put it into quotes if it is one." if first.kind == "keyword" else ""
            self.refuse(f"Expected {expected} here.{quoted}")
        self.at += 1
        words = [first.value]
        while first.kind == "word" and self.token.kind == "word":
            words.append(self.token.value)
            self.at += 1
        return Token(first.kind, " ".join(words), first.place)

    def column(self, token: Token) -> Column:
        found = None if token.kind == "text" else self.columns.find(token.value)
        if found is None:
            kind = self.columns.unasked.get(token.value)
            if kind is not None:
                refuse(
                    self.text, token.place, f"Column {token.value!r} holds {kind}, which cannot be compared."
                )
            near = self.columns.near(token.value) or tuple(self.columns.columns)
            says = "Did you mean" if self.columns.near(token.value) else "There are"
            names = (" or " if says == "Did you mean" else ", ").join(near)
            refuse(
                self.text,
                token.place,
                f"{token.value!r} is no column. {says} {names}{'?' if says == 'Did you mean' else '.'}",
            )
        return found

    def take(self, word: str) -> bool:
        """Step over a keyword or sign if it stands here."""
        here = self.token.kind in ("keyword", "sign") and self.token.value == word
        self.at += here
        return here

    def refuse(self, what: str) -> NoReturn:
        refuse(self.text, self.token.place, what)


def _negate(found: Filter, negated: bool) -> Filter:
    return Not(inner=found) if negated else found
