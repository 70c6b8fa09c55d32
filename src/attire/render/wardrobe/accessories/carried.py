"""What is carried: bags of all kinds, wallets and umbrellas."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from attire.render.cloth import Cloth
from attire.render.folds import rumple
from attire.render.layer import Detail, Layer, Piece
from attire.render.panel import Panel
from attire.render.paths import line
from attire.render.person import LEVEL, Figure
from attire.render.taste import Taste
from attire.render.wardrobe.accessories.bagmaking import (
    belly,
    carry_straps,
    clasp,
    flap_edge,
    grip_of,
    handle,
    hem,
    side_of,
    tassel,
    thread_for,
    zipper,
)  # fmt: skip
from attire.render.wardrobe.accessories.forms import (
    frame_buckle,
    front,
    leather,
    metal,
    pad,
    sewn,
    strip,
)  # fmt: skip
from attire.render.wardrobe.garment import cloth_for

if TYPE_CHECKING:
    from attire.render.painter import Painter

__all__ = [
    "BAGS",
    "HANDLESS",
    "backpack",
    "bucket_bag",
    "clutch",
    "crossbody",
    "handbag",
    "shoulder_bag",
    "tote",
    "wallet",
]


def handbag(figure: Figure, taste: Taste) -> list[Piece]:
    """A structured leather bag with a flap, a clasp and two handles."""
    cloth, fittings = leather(taste), metal(taste)
    grip, _ = grip_of(figure, taste)
    wide, high = taste.between(11, 16), taste.between(17, 23)
    rise = taste.between(9, 13)
    top = (grip[0], grip[1] + rise)
    tilt = taste.between(-5, 5)
    body = pad([(0, wide * 0.82), (high * 0.7, wide), (high, wide * 0.96)], top, degrees=tilt, depth=3.5)
    flap = body.part((-0.99, 0.99), (0.0, taste.between(0.35, 0.6)), rows=8)
    handles = [handle(body, grip, reach) for reach in (0.5, 0.44)]
    details = [partial(flap_edge, body=body, flap=flap, thread=thread_for(cloth)), partial(belly, body=body)]
    bag = sewn(
        "bag, wallet", [handles[1], body, handles[0]], cloth, details=details, worn="head", thickness=1.6
    )
    return [bag, *clasp(flap, fittings, taste, tilt)]


def tote(figure: Figure, taste: Taste) -> list[Piece]:
    """A large soft shopper of canvas or leather, open at its top, now and then printed."""
    soft = taste.often(0.6)
    cloth = replace(cloth_for(taste, "twill"), opacity=1.0) if soft else leather(taste)
    grip, _ = grip_of(figure, taste)
    wide, high, rise = taste.between(15, 20), taste.between(30, 37), taste.between(9, 14)
    tilt = taste.between(-4, 4)
    body = pad(
        [(0, wide), (high * 0.5, wide * 0.97), (high, wide * 0.9)], (grip[0], grip[1] + rise),
        degrees=tilt, depth=2.5, sag=1.2, rows=14,
    )  # fmt: skip
    body = body.raised(rumple(body, taste.rng, 0.5, waves=8))
    handles = [handle(body, grip, reach, half=1.2) for reach in (0.42, 0.38)]
    details = [partial(hem, body=body, thread=thread_for(cloth))]
    return [
        sewn(
            "bag, wallet", [handles[1], body, handles[0]], cloth, details=details, worn="head", thickness=1.6
        )
    ]


def bucket_bag(figure: Figure, taste: Taste) -> list[Piece]:
    """A soft bag drawn together by a cord with tassels."""
    cloth, cord = leather(taste), leather(taste)
    grip, _ = grip_of(figure, taste)
    wide, high, rise = taste.between(11, 14), taste.between(24, 30), taste.between(10, 16)
    body = pad(
        [(0, wide * 0.85), (5, wide * 0.68), (high * 0.7, wide), (high, wide * 0.86)],
        (grip[0], grip[1] + rise),
        depth=5.0, sharp=3.0, sag=1.5, rows=16, columns=16,
    )  # fmt: skip
    s, t = body.grid()
    body = body.raised(0.9 * np.cos(13 * s) * np.exp(-(((t - 0.17) / 0.22) ** 2)))
    handles = [handle(body, grip, 0.5, half=0.9)]
    knot = body.at(0, 0.17)
    details = [partial(_cord, body=body, cloth=cord), partial(hem, body=body, thread=thread_for(cloth))]
    bag = sewn("bag, wallet", [*handles, body], cloth, details=details, worn="head", thickness=1.6)
    return [
        bag,
        *(
            tassel((knot[0] + x, knot[1]), lean, taste.between(6, 9), cord)
            for x, lean in ((-0.5, -2.2), (0.5, 2.4))
        ),
    ]


def shoulder_bag(figure: Figure, taste: Taste) -> list[Piece]:
    """A bag under the arm on a strap or chain over the shoulder."""
    cloth, fittings = leather(taste), metal(taste)
    side = side_of(figure, taste)
    out = (-1, 1)[side]
    wide, high = taste.between(11, 15), taste.between(14, 20)
    drop = LEVEL["waist"] + taste.between(-4, 14)
    x, y = figure.at(out * (figure.half_width("hip") + 2.5), drop)
    body = pad([(0, wide * 0.9), (high, wide)], (x, y), degrees=out * taste.between(-6, 2), depth=3.0)
    shoulder = figure.at(out * (figure.half_width("shoulder") * 0.62), LEVEL["shoulder"] - 2.0)
    straps = carry_straps(shoulder, body, fittings if taste.often(0.35) else cloth, taste)
    flap = body.part((-0.99, 0.99), (0.0, 0.55), rows=8)
    details = [
        partial(flap_edge, body=body, flap=flap, thread=thread_for(cloth)),
        _quilting(body) if taste.often(0.3) else partial(belly, body=body),
    ]
    bag = sewn("bag, wallet", [body], cloth, details=details, before=straps, thickness=1.6)
    return [bag, *clasp(flap, fittings, taste, 0.0, worn="body")]


def crossbody(figure: Figure, taste: Taste) -> list[Piece]:
    """A small bag at the hip on a long strap across the chest."""
    cloth, fittings = leather(taste), metal(taste)
    side = side_of(figure, taste)
    out = (-1, 1)[side]
    wide, high = taste.between(9, 12.5), taste.between(12, 17)
    origin = front(figure, [(out * taste.between(9, 13), LEVEL["hip"] - taste.between(0, 9))])[0]
    body = pad(
        [(0, wide * 0.95), (high * 0.6, wide), (high, wide * taste.between(0.7, 0.95))],
        (float(origin[0]), float(origin[1])),
        degrees=out * taste.between(-8, 0), depth=3.0, sharp=5,
    )  # fmt: skip
    across = front(
        figure,
        [
            (-out * figure.half_width("shoulder") * 0.5, LEVEL["neck"] + 1.6),
            (-out * 7.5, 42.0),
            (-out * 1.0, 56.0),
        ],
    )
    strap = strip(np.concatenate([across, [body.at(out * -0.75, 0.06)]]), taste.between(0.6, 1.4), rows=24)
    under = Layer(path=strap.outline(), cloth=cloth, panels=(strap,), thickness=0.7)
    second = strip(
        [body.at(out * 0.8, 0.05), figure.at(out * (figure.half_width("waist") + 2), LEVEL["waist"] - 4)],
        0.8,
        rows=8,
    )
    straps = [Layer(path=second.outline(), cloth=cloth, panels=(second,), thickness=0.5), under]
    flap = body.part((-0.99, 0.99), (0.0, taste.between(0.4, 0.65)), rows=8)
    zipped = taste.often(0.35, "zipper")
    details: list[Detail] = [partial(belly, body=body)]
    if not zipped:
        details.append(partial(flap_edge, body=body, flap=flap, thread=thread_for(cloth)))
    bag = sewn("bag, wallet", [body], cloth, details=details, before=straps, thickness=1.4)
    return [bag, *(zipper(body, fittings) if zipped else clasp(flap, fittings, taste, 0.0, worn="body"))]


def backpack(figure: Figure, taste: Taste) -> list[Piece]:
    """Two straps over the shoulders; the bag shows beside the back."""
    cloth = leather(taste) if taste.often(0.4) else cloth_for(taste, "twill")
    wide = figure.half_width("armpit") + taste.between(2.0, 5.0)
    body = pad([(0, wide * 0.8), (12, wide), (44, wide * 0.98)], figure.at(0, 29.5), depth=6, sharp=6)
    hidden = Layer(path=body.outline(), cloth=cloth, panels=(body,), behind=True, thickness=0.0)
    straps = []
    for out in (-1, 1):
        inner = figure.half_width("shoulder") * 0.55
        spine = front(
            figure,
            [
                (out * inner, 29.8),
                (out * (inner + 0.6), 38),
                (out * (inner + 2.4), 48),
                (out * figure.half_width("bust", 1.5), 57),
            ],
        )
        straps.append(strip(spine, [2.3, 2.7, 2.4, 1.5], thickness=0.5, rows=18))
    fittings = metal(taste)
    details = [partial(_strap_stitches, straps=straps, thread=thread_for(cloth))]
    bag = sewn("bag, wallet", straps, cloth, before=[hidden], details=details, thickness=0.9)
    return [bag, *(frame_buckle(strap.at(0, 0.72), 4.6, 2.6, fittings, degrees=8) for strap in straps)]


def clutch(figure: Figure, taste: Taste) -> list[Piece]:
    """A flat bag without handles in the hand."""
    return _in_hand(figure, taste, taste.between(11, 14.5), taste.between(14, 19))


def wallet(figure: Figure, taste: Taste) -> list[Piece]:
    """A wallet with a zipper in the hand."""
    return _in_hand(figure, taste, taste.between(8.5, 10.5), taste.between(9.5, 11.5))


BAGS = (handbag, tote, bucket_bag, shoulder_bag, crossbody, backpack, clutch, wallet)
"""Every kind of bag."""

HANDLESS = (shoulder_bag, crossbody, backpack)
"""Bags for someone with both hands in the pockets."""


def _in_hand(figure: Figure, taste: Taste, wide: float, high: float) -> list[Piece]:
    fittings = metal(taste)
    cloth = leather(taste) if taste.often(0.7) else cloth_for(taste, "smooth")
    grip, side = grip_of(figure, taste)
    out = (-1, 1)[side]
    tilt = out * taste.between(-4, 16)
    body = pad(
        [(0, wide), (high, wide)],
        (grip[0] - out * 0.35 * wide, grip[1] - 0.35 * high),
        degrees=tilt,
        depth=1.6,
        sharp=8,
    )
    flap = body.part((-0.995, 0.995), (0.0, taste.between(0.45, 0.75)), rows=8)
    if taste.often(0.5, "zipper"):
        bag = sewn(
            "bag, wallet", [body], cloth, details=[partial(belly, body=body)], worn="head", thickness=1.2
        )
        return [bag, *zipper(body, fittings, worn="head")]
    bag = sewn(
        "bag, wallet",
        [body],
        cloth,
        details=[partial(flap_edge, body=body, flap=flap, thread=thread_for(cloth))],
        worn="head",
        thickness=1.2,
    )
    return [bag, *clasp(flap, fittings, taste, tilt)]


def _cord(painter: "Painter", body: Panel, cloth: Cloth) -> None:
    path = body.on([(s, 0.17) for s in np.linspace(-1, 1, 9)])
    pen = painter.pen(cloth.color, 1.0, 0.9)
    painter.canvas.drawPath(line(path), painter.pen("#000000", 0.4, 1.2))
    painter.canvas.drawPath(line(path), pen)


def _quilting(body: Panel) -> Detail:
    def quilt(painter: "Painter") -> None:
        """Diagonal stitches both ways."""
        lines = []
        for start in np.linspace(-2, 1, 10):
            for lean in (1, -1):
                t = np.linspace(0.05, 0.95, 5)
                s = lean * (start + 1.0 * t)
                keep = np.abs(s) < 0.97
                if keep.sum() > 1:
                    lines.append(body.on(np.stack([s[keep], t[keep]], axis=1)))
        for path in lines:
            painter.seam(path, 0.3, 0.22)

    return quilt


def _strap_stitches(painter: "Painter", straps: list[Panel], thread: str) -> None:
    for strap in straps:
        for s in (-0.7, 0.7):
            painter.stitches(strap.on([(s, t) for t in np.linspace(0, 1, 6)]), thread, 0.2)
