"""COCO's compressed run-lengths: differences in groups of five bits, one printable character each.

The format is that of ``rleToString`` and ``rleFrString`` in the COCO API (Lin et al., 2014).
"""

from itertools import pairwise

import numpy as np
import numpy.typing as npt

from attire.errors import AnnotationError

__all__ = ["compress_all", "compress_counts", "decompress_counts"]

_GROUPS = 7  # 35 bits hold any difference of two 32-bit counts
_FIRST_CHARACTER = 48


def compress_counts(counts: npt.ArrayLike) -> str:
    """Compress alternating counts (off, on, off, …).

    Args:
        counts: Integers, shape ``(K,)``.

    Returns:
        Printable ASCII.

    Example:
        >>> compress_counts([0, 2, 1, 1])
        '021O'
    """
    return compress_all(counts, [0, np.size(counts)])[0]


def compress_all(counts: npt.ArrayLike, offsets: npt.ArrayLike) -> list[str]:
    """Compress the counts of several masks at once.

    Args:
        counts: Those of one mask after the other, integers, shape ``(K,)``.
        offsets: Where each mask's begin, and where the last one's end, shape ``(N + 1,)``.

    Returns:
        What :func:`compress_counts` gives of each.

    Example:
        >>> compress_all([0, 2, 1, 1, 4], [0, 4, 5])
        ['021O', '4']
    """
    plain, begins = np.asarray(counts, np.int64), np.asarray(offsets, np.int64)
    if not len(plain):
        return [""] * (len(begins) - 1)
    # From the fourth count of a mask on, the difference to the last but one is written.
    values = plain.copy()
    values[2:] -= plain[:-2]
    for nth in range(3):
        firsts = begins[:-1] + nth
        firsts = firsts[firsts < begins[1:]]
        values[firsts] = plain[firsts]
    # Groups that hold the largest of them and its sign.
    most = int(max(values.max(), ~values.min())).bit_length() // 5 + 1
    groups = (values[:, None] >> (5 * np.arange(most))) & 31
    # A number ends at the first group whose sign bit already says what all higher bits are.
    rest = values[:, None] >> (5 * np.arange(1, most + 1))
    size = np.argmax(rest == np.where(groups & 16, -1, 0), axis=1) + 1
    place = np.arange(most)
    groups += 32 * (place < size[:, None] - 1)
    characters = (groups + _FIRST_CHARACTER)[place < size[:, None]].astype(np.uint8)
    text = bytes(characters).decode("ascii")
    ends = np.concatenate([[0], np.cumsum(size)])[begins].tolist()
    return [text[start:end] for start, end in pairwise(ends)]


def decompress_counts(text: str | bytes) -> npt.NDArray[np.int64]:
    """Undo :func:`compress_counts`.

    Args:
        text: COCO's ``counts``, as text or bytes.

    Returns:
        Alternating counts (off, on, off, …), int64.

    Raises:
        AnnotationError: If the text is cut short or holds foreign characters.

    Example:
        >>> decompress_counts("021O").tolist()
        [0, 2, 1, 1]
    """
    raw = text.encode("ascii", "replace") if isinstance(text, str) else bytes(text)
    codes = np.frombuffer(raw, np.uint8).astype(np.int64) - _FIRST_CHARACTER
    if not len(codes):
        return np.zeros(0, np.int64)
    if ((codes < 0) | (codes > 63)).any():
        bad = chr(int(codes[(codes < 0) | (codes > 63)][0]) + _FIRST_CHARACTER)
        raise AnnotationError(f"COCO counts hold {bad!r}, which no compressed run-length has.")
    last = (codes & 32) == 0
    if not last[-1]:
        raise AnnotationError("COCO counts are cut short: the last number does not end.")
    first = np.flatnonzero(np.concatenate([[True], last[:-1]]))
    place = np.arange(len(codes)) - np.repeat(first, np.diff(np.append(first, len(codes))))
    if place.max() >= _GROUPS:
        raise AnnotationError("COCO counts hold a number of more than 35 bits.")
    values = np.add.reduceat((codes & 31) << (5 * place), first)
    bits = 5 * np.diff(np.append(first, len(codes)))
    negative = (codes[last] & 16) != 0
    values = np.where(negative, values - (np.int64(1) << bits), values)
    values[1::2] = np.cumsum(values[1::2])
    values[2::2] = np.cumsum(values[2::2])
    return values
