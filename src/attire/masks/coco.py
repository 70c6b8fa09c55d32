"""COCO's compressed run-lengths: differences in groups of five bits, one printable character each.

The format is that of ``rleToString`` and ``rleFrString`` in the COCO API (Lin et al., 2014).
"""

import numpy as np
import numpy.typing as npt

from attire.errors import AnnotationError

__all__ = ["compress_counts", "decompress_counts"]

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
    values = np.array(counts, dtype=np.int64)
    values[3:] -= np.asarray(counts, dtype=np.int64)[1:-2]
    groups = (values[:, None] >> (5 * np.arange(_GROUPS))) & 31
    # A number ends at the first group whose sign bit already says what all higher bits are.
    rest = values[:, None] >> (5 * np.arange(1, _GROUPS + 1))
    done = rest == np.where(groups & 16, -1, 0)
    size = np.argmax(done, axis=1) + 1
    place = np.arange(_GROUPS)
    groups += 32 * (place < size[:, None] - 1)
    characters = (groups + _FIRST_CHARACTER)[place < size[:, None]].astype(np.uint8)
    return bytes(characters).decode("ascii")


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
