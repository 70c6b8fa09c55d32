"""Which photo shows which categories, attributes and colours, as one sparse matrix."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Self, TypeAlias

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["COLUMNS", "Token", "Tokens"]

Token: TypeAlias = tuple[str, Literal["", "attribute", "colour"], str]
"""Category, kind of trait and its name; the category itself has neither."""
COLUMNS = ("photo_id", "category", "score", "attributes", "colours", "colour_share")
"""What is read of a table."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Tokens:
    """What P photos with two garments or more show, T tokens in all."""

    tokens: tuple[Token, ...]
    matrix: Any
    """How sure, in 0 … 1, it is that a photo shows a token: ``scipy.sparse.csr_array``, ``(P, T)``."""

    @classmethod
    def of(cls, rows: "pa.Table") -> Self:
        """Read rows with the columns :data:`COLUMNS`, column by column.

        A garment counts with its calibrated score; its attributes with the same, its colours with their
        share of it. Where a photo shows a token more than once, such as two shoes, the surest counts: they
        are seldom independent. Photos with fewer than two categories say nothing of what goes together.
        """
        import pyarrow as pa
        import pyarrow.compute as pc
        from scipy.sparse import csr_array

        photo = rows.column("photo_id").combine_chunks().dictionary_encode()
        category = rows.column("category").combine_chunks().dictionary_encode()
        photos = photo.indices.to_numpy(zero_copy_only=False).astype(np.int64)
        kinds = category.indices.to_numpy(zero_copy_only=False).astype(np.int64)
        score = rows.column("score").to_numpy().astype(np.float32)
        names = [str(name) for name in category.dictionary.to_pylist()]
        several = _several(photos, kinds, len(photo.dictionary), len(names))

        tokens: list[Token] = [(name, "", "") for name in names]
        entries = [(photos, kinds, score)]
        for listed, kind in (("attributes", "attribute"), ("colours", "colour")):
            lists = rows.column(listed).combine_chunks()
            owners = pc.list_parent_indices(lists).to_numpy(zero_copy_only=False)
            values = lists.flatten().cast(pa.string()).dictionary_encode()
            found = [str(name) for name in values.dictionary.to_pylist()]
            sure = score[owners]
            if kind == "colour":
                sure = sure * _shares(rows.column("colour_share").combine_chunks(), lists)
            own = kinds[owners] * len(found) + values.indices.to_numpy(zero_copy_only=False)
            used, places = np.unique(own, return_inverse=True)
            entries.append((photos[owners], places + len(tokens), sure))
            tokens += [(names[u // len(found)], kind, found[u % len(found)]) for u in used.tolist()]  # type: ignore[misc]
        keys, weights = [], []
        for of_photo, of_token, own_weights in entries:
            row = several[of_photo]
            keys.append((row * len(tokens) + of_token)[row >= 0])
            weights.append(own_weights[row >= 0])
        place, surest = _surest(np.concatenate(keys), np.concatenate(weights))
        shape = (int(several.max(initial=-1)) + 1, len(tokens))
        row, column = np.divmod(place, max(len(tokens), 1))
        return cls(tokens=tuple(tokens), matrix=csr_array((surest, (row, column)), shape=shape))


def _several(
    photos: npt.NDArray[np.int64], kinds: npt.NDArray[np.int64], count: int, categories: int
) -> npt.NDArray[np.int64]:
    """Number the photos with two categories or more; -1 for the others, shape ``(count,)``."""
    pairs = np.unique(photos * categories + kinds)
    shown = np.bincount(pairs // max(categories, 1), minlength=count)
    numbers = np.cumsum(shown >= 2) - 1
    return np.where(shown >= 2, numbers, -1)


def _shares(shares: "pa.ListArray", colours: "pa.ListArray") -> npt.NDArray[np.float32]:
    """Give the share of every colour; where the lists differ in length, colours count alike."""
    import pyarrow.compute as pc

    count = pc.list_value_length(colours).fill_null(0).to_numpy(zero_copy_only=False)
    stated = pc.list_value_length(shares).fill_null(0).to_numpy(zero_copy_only=False)
    alike = np.repeat(1.0 / np.maximum(count, 1), count).astype(np.float32)
    if np.array_equal(count, stated):
        values: npt.NDArray[np.float32] = shares.flatten().to_numpy(zero_copy_only=False).astype(np.float32)
        return values
    return alike


def _surest(
    keys: npt.NDArray[np.int64], weights: npt.NDArray[np.float32]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
    """Give each key once, rising, with its largest weight."""
    order = np.argsort(keys, kind="stable")
    keys, weights = keys[order], weights[order]
    first = np.ones(len(keys), dtype=bool)
    first[1:] = keys[1:] != keys[:-1]
    starts = np.flatnonzero(first)
    return keys[starts], np.maximum.reduceat(weights, starts) if len(starts) else weights
