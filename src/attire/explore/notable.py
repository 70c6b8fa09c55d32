"""What somebody about to train on the data should know, in sentences."""

import numpy as np

from attire.explore.numbers import Numbers
from attire.explore.wording import capital, percent
from attire.wording import listed, plural

__all__ = ["RARE", "notable"]

RARE = 20
"""Fewer instances than this are too few to learn from or to score."""

_TINY_PX = 20 * 20
_LARGE_PX = 4000
_THIN_TAIL = 0.25


def notable(numbers: Numbers, missing: int = 0) -> list[str]:
    """Find what stands out.

    Args:
        numbers: What was counted.
        missing: Photos that the annotations list and that are not there.

    Returns:
        Sentences, the most consequential first; none where nothing stands out.
    """
    findings = [
        _missing(numbers, missing),
        *([_tail(numbers), _rare(numbers), _unseen(numbers)] if numbers.instances else []),
        _unknown(numbers),
        _attributes(numbers),
        _tiny(numbers),
        _empty(numbers),
        _sizes(numbers),
    ]
    return [finding for finding in findings if finding]


def _missing(numbers: Numbers, missing: int) -> str:
    if not missing:
        return ""
    share = percent(missing / numbers.photos)
    return f"{plural(missing, 'photo')} ({share}) of the annotations {_is(missing)} not there as files."


def _tail(numbers: Numbers) -> str:
    counts = np.sort(numbers.category_instances[numbers.seen])
    half = len(counts) // 2
    share = counts[:half].sum() / counts.sum()
    if not half or share > _THIN_TAIL:
        return ""
    top = numbers.category_name(int(numbers.seen[0]))
    return (
        "The tail is long: the rarer half of the categories holds "
        f"{percent(float(share))} of the instances, "
        f"and {top} is {counts[-1] / counts[0]:,.0f} times as frequent as the rarest."
    )


def _rare(numbers: Numbers) -> str:
    rare = [c for c in numbers.seen.tolist() if numbers.category_instances[c] < RARE]
    if not rare:
        return ""
    names = listed([f"{numbers.category_name(c)} ({numbers.category_instances[c]})" for c in rare], most=12)
    have = "has" if len(rare) == 1 else "have"
    return (
        f"{capital(names)} {have} fewer than {RARE} instances: too few to learn from, and scores on them "
        "will jump about."
    )


def _unseen(numbers: Numbers) -> str:
    if not numbers.unseen:
        return ""
    names = listed([numbers.category_name(c) for c in numbers.unseen], most=6)
    of = plural(len(numbers.ontology.categories), "category", "categories")
    occur = "occurs" if len(numbers.unseen) == 1 else "occur"
    return f"{len(numbers.unseen)} of {of} never {occur} ({names}): no model can learn them from here."


def _unknown(numbers: Numbers) -> str:
    if not numbers.instances or numbers.annotated == numbers.instances:
        return ""
    if not numbers.annotated:
        return "No instance has attributes annotated: they are unknown here, not absent."
    bare = numbers.instances - numbers.annotated
    return (
        f"{plural(bare, 'instance')} ({percent(bare / numbers.instances)}) carry no attributes. For them "
        "attributes are unknown, not absent, and must not count as negatives."
    )


def _attributes(numbers: Numbers) -> str:
    if not numbers.annotated:
        return ""
    held = numbers.attributes_held.sum(axis=0)
    few = int(((held > 0) & (held < RARE)).sum())
    never = int((held == 0).sum())
    if not few and not never:
        return ""
    return (
        f"Of {plural(len(held), 'attribute')}, {never} {_is(never)} never named and {few} fewer than "
        f"{RARE} times."
    )


def _tiny(numbers: Numbers) -> str:
    tiny = int((numbers.areas_px < _TINY_PX).sum())
    if not tiny:
        return ""
    share = percent(tiny / numbers.instances)
    return f"{plural(tiny, 'mask')} ({share}) {_is(tiny)} smaller than 20 × 20 pixels."


def _empty(numbers: Numbers) -> str:
    empty = int((numbers.instances_per_photo == 0).sum())
    if not empty or not numbers.instances:
        return ""
    return f"{plural(empty, 'photo')} {_is(empty)} without any instance."


def _sizes(numbers: Numbers) -> str:
    large = int((numbers.sizes.max(axis=1) > _LARGE_PX).sum()) if numbers.photos else 0
    if not large:
        return ""
    return f"{plural(large, 'photo')} {_is(large)} longer than {_LARGE_PX:,} pixels: slow to read."


def _is(count: int) -> str:
    return "is" if count == 1 else "are"
