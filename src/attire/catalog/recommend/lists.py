"""Whether a column of names holds one, as an expression."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lancedb.expr import Expr

__all__ = ["lists_name"]


def lists_name(column: str, name: str) -> "Expr":
    """Give the expression that holds for rows whose list has a name in it.

    LanceDB 0.40 builds no expressions of lists; a list is compared as the text ``[a, b]`` that Arrow makes
    of it, so ``name`` must not be made up of other names and commas.

    Args:
        column: Of lists of text.
        name: Goes in as a value, never as text of a query.
    """
    from lancedb.expr import col, func, lit

    listed = func("concat", lit(", "), func("btrim", col(column).cast("string"), lit("[]")), lit(", "))
    return listed.contains(lit(f", {name}, "))
