"""Masks of what can be seen: outlines drawn once more as numbers, so that what lies in front wins."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from attire.masks import RunLengths
from attire.render.layer import Piece
from attire.render.paths import canvas_library
from attire.render.scene.scene import Drawn, Scene

if TYPE_CHECKING:
    import skia

__all__ = ["Visible", "visible_pieces"]

WITNESSED = 0.4
"""Share of the place where an attribute shows that has to be visible for it to be said."""

SMALLEST_PLACE_PX = 24
"""Pixels of that place within the picture below which it is too small to show anything."""

Box = tuple[int, int, int, int]
"""Left, top, right and bottom in pixels, the last two exclusive."""
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True, eq=False)
class Visible:
    """A labelled piece as the picture shows it."""

    piece: Piece
    """What it is."""
    runs: RunLengths
    """Its visible pixels, one mask of the picture's size."""
    share: float
    """Visible share of what it covers within the picture, 0 … 1; 1 for parts."""
    whole: bool
    """Whether it ends within the picture, so that its length can be seen."""
    hidden: frozenset[str]
    """Groups of attributes whose place in the garment cannot be seen."""

    @property
    def area(self) -> int:
        """Visible pixels."""
        return int(self.runs.lengths.sum())


def visible_pieces(scene: Scene, size: tuple[int, int]) -> Iterator[Visible]:
    """Walk over labelled pieces in drawing order with their visible pixels.

    Args:
        scene: What was drawn.
        size: ``(height, width)`` in pixels.

    Yields:
        Each piece that has a visible pixel; work is done within its bounding box only.
    """
    front = _front(scene, size)
    layers: dict[int, list[int]] = {}
    for number, drawn in enumerate(scene.drawn, start=1):
        if drawn.piece is not None:
            layers.setdefault(id(drawn.piece), []).append(number)
    for numbers in layers.values():
        own = [(number, scene.drawn[number - 1]) for number in numbers]
        piece = own[0][1].piece
        box = _box([drawn for _, drawn in own], size)
        if piece is None or box is None:
            continue
        mask, share = _seen(front, own, box)
        if mask.any():
            bottom = max(drawn.path.getBounds().bottom() for _, drawn in own)
            yield Visible(
                piece=piece,
                runs=_runs(mask, box, size),
                share=share,
                whole=bottom < size[0] * 1.01,
                hidden=frozenset(_hidden(front, scene, own, size)),
            )


def _seen(front: npt.NDArray[np.uint32], own: list[tuple[int, Drawn]], box: Box) -> tuple[Mask, float]:
    """Mask of a piece within its box, transposed, and the share of it that nothing hides."""
    left, top, right, bottom = box
    there = front[left:right, top:bottom]
    mask, share = np.zeros(there.shape, bool), 1.0
    for number, drawn in own:
        mask |= there == number if drawn.hides else _covered([drawn.path], box) & (there < number)
    if own[0][1].hides:
        share = float(mask.sum() / max(int(_covered([drawn.path for _, drawn in own], box).sum()), 1))
    return mask, share


def _hidden(
    front: npt.NDArray[np.uint32], scene: Scene, own: list[tuple[int, Drawn]], size: tuple[int, int]
) -> Iterator[str]:
    """Groups whose place is mostly covered by something else or tiny; a belt hides no waistline."""
    for group, where in own[-1][1].witnesses:
        box = _box([Drawn(path=where, piece=None)], size)
        if box is None:
            yield group
            continue
        left, top, right, bottom = box
        seen = front[left:right, top:bottom][_covered([where], box)]
        clear = {number for number, _ in own} | {
            number
            for number in np.unique(seen).tolist()
            if number and (over := scene.drawn[number - 1].piece) is not None and over.category == "belt"
        }
        if seen.size < SMALLEST_PLACE_PX or np.isin(seen, list(clear)).mean() < WITNESSED:
            yield group


def _front(scene: Scene, size: tuple[int, int]) -> npt.NDArray[np.uint32]:
    """Number from 1 of the foremost hiding outline, 0 where there is none, shape (width, height)."""
    skia = canvas_library()
    surface = skia.Surface(size[1], size[0])
    canvas = surface.getCanvas()
    for number, drawn in enumerate(scene.drawn, start=1):
        if drawn.hides:
            canvas.drawPath(drawn.path, skia.Paint(Color=0xFF000000 | number, AntiAlias=False))
    packed = surface.toarray(colorType=skia.kBGRA_8888_ColorType).view("<u4")[..., 0]
    return np.ascontiguousarray(packed.T) & np.uint32(0xFFFFFF)


def _covered(paths: "list[skia.Path]", box: Box) -> Mask:
    """What outlines cover within a box, transposed like the numbers."""
    skia = canvas_library()
    left, top, right, bottom = box
    surface = skia.Surface(right - left, bottom - top)
    canvas = surface.getCanvas()
    canvas.translate(-left, -top)
    for path in paths:
        canvas.drawPath(path, skia.Paint(Color=skia.ColorWHITE, AntiAlias=False))
    covered: Mask = surface.toarray()[..., 3].T > 0
    return covered


def _box(drawn: list[Drawn], size: tuple[int, int]) -> Box | None:
    """Smallest box around outlines within the picture; None where nothing is inside."""
    bounds = [entry.path.getBounds() for entry in drawn]
    left = max(0, int(min(b.left() for b in bounds)) - 1)
    top = max(0, int(min(b.top() for b in bounds)) - 1)
    right = min(size[1], int(max(b.right() for b in bounds)) + 2)
    bottom = min(size[0], int(max(b.bottom() for b in bounds)) + 2)
    return (left, top, right, bottom) if right > left and bottom > top else None


def _runs(mask: Mask, box: Box, size: tuple[int, int]) -> RunLengths:
    """Encode a transposed mask of a box as runs down the columns of the whole picture."""
    left, top, right, bottom = box
    height, width = size
    if bottom - top == height:
        whole = np.zeros((width, height), bool)
        whole[left:right] = mask
        return RunLengths.from_mask(whole.T)
    framed = np.zeros((right - left, bottom - top + 1), np.int8)
    framed[:, :-1] = mask
    edges = np.flatnonzero(np.diff(framed.reshape(-1), prepend=np.int8(0)))
    column, row = np.divmod(edges, bottom - top + 1)
    places = (left + column) * height + top + row
    starts, ends = places[0::2], places[1::2]
    return RunLengths(
        starts.astype(np.int32),
        (ends - starts).astype(np.int32),
        np.array([0, len(starts)], np.int64),
        np.array([size], np.int32),
    )
