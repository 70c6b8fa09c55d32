"""Outlines are joined and cut, also where skia gives up at first."""

import pytest

from attire.render.paths import circle, intersect, polygon, subtract, union

skia = pytest.importorskip("skia", exc_type=ImportError)

SQUARE = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]
RIGHT = [(5.0, 0.0), (15.0, 0.0), (15.0, 10.0), (5.0, 10.0)]


def extent(path) -> tuple[float, float]:
    bounds = path.getBounds()
    return round(bounds.left(), 1), round(bounds.right(), 1)


def test_squares_are_joined_cut_and_intersected() -> None:
    left, right = polygon(SQUARE), polygon(RIGHT)
    assert extent(union([left, right])) == (0.0, 15.0)
    assert extent(intersect(left, right)) == (5.0, 10.0)
    assert extent(subtract(left, right)) == (0.0, 5.0)


def test_a_hole_is_cut_out() -> None:
    ring = subtract(circle((0, 0), 5), circle((0, 0), 3))
    assert not ring.contains(0, 0)
    assert ring.contains(4, 0)


@pytest.mark.parametrize("failures", [1, 3])
def test_where_skia_gives_up_an_outline_is_moved_by_a_hair(monkeypatch, failures) -> None:
    combine, calls = skia.Op, []

    def flaky(path, other, operation):
        calls.append(other)
        if len(calls) <= failures:
            raise RuntimeError("Failed to apply op")
        return combine(path, other, operation)

    monkeypatch.setattr(skia, "Op", flaky)
    assert extent(intersect(polygon(SQUARE), polygon(RIGHT))) == (5.0, 10.0)
    assert len(calls) == failures + 1


def test_what_cannot_be_combined_is_said(monkeypatch) -> None:
    def broken(path, other, operation):
        raise RuntimeError("Failed to apply op")

    monkeypatch.setattr(skia, "Op", broken)
    with pytest.raises(RuntimeError, match="cannot combine"):
        subtract(polygon(SQUARE), polygon(RIGHT))
