"""Cloth: every pattern of the ontology is there, looks like itself, stands out and repeats without a seam."""

from itertools import combinations

import numpy as np
import numpy.typing as npt
import pytest

from attire.ontology import Ontology
from attire.render.cloth import (
    MATERIALS,
    PATTERNS,
    Cloth,
    choose_cloth,
    choose_palette,
    cloth_of,
    draw_swatch,
)
from attire.render.cloth.dyes import DENIM, DYES, colored_for
from attire.render.cloth.noise import ripples
from attire.render.cloth.patterns.letters import GLYPHS, WORDS
from attire.render.cloth.weaves import WEAVES
from attire.render.color import lightness
from attire.render.paths import canvas_library

PLAIN = "plain (pattern)"
PX_PER_CM = 4.0
BANDED = ("stripe", "fair isle")
"""Patterns in which a straight edge of a band may run along the swatch's edge."""


def drawn(cloth: Cloth, seed: int = 0, px_per_cm: float = PX_PER_CM) -> npt.NDArray[np.float64]:
    """RGBA of a swatch, shape (N, N, 4), 0 … 255."""
    skia = canvas_library()
    image = draw_swatch(cloth, px_per_cm, np.random.default_rng(seed))
    return np.asarray(image.toarray(colorType=skia.kRGBA_8888_ColorType), float)


def black_on_white(pattern: str, **changes: object) -> Cloth:
    inks = ("#101014", "#303038", "#585860")
    return Cloth(**{"color": "#f4f1ea", "inks": inks, "pattern": pattern, "weave": "smooth", **changes})


def test_the_catalogue_holds_the_patterns_of_the_ontology() -> None:
    named = {entry.name for entry in Ontology.imaterialist2019().attributes if entry.group == "pattern"}
    assert set(PATTERNS) == named


@pytest.mark.parametrize("pattern", [name for name in PATTERNS if name != PLAIN])
@pytest.mark.parametrize("seed", range(4))
def test_a_pattern_shows_on_its_cloth(pattern: str, seed: int) -> None:
    """It covers a fair share of the cloth with something that is plainly lighter or darker."""
    cloth = choose_cloth(np.random.default_rng(seed), pattern, weave="smooth")
    light = drawn(cloth, seed)[..., :3] @ (0.299, 0.587, 0.114) / 255
    off = np.abs(light - np.median(light))
    assert (off > 0.15).mean() > 0.03
    assert light.std() > 0.06


def test_patterns_differ_from_each_other_in_the_same_colours() -> None:
    """No two share their spectrum: how much there is of each wavelength, each way."""
    prints = {name: fingerprint(name) for name in PATTERNS if name != PLAIN}
    for one, other in combinations(prints, 2):
        assert np.abs(prints[one] - prints[other]).sum() > 0.1, (one, other)


def fingerprint(pattern: str) -> npt.NDArray[np.float64]:
    light = np.mean([np.abs(np.fft.rfft2(grey(pattern, seed)))[:24, :24] for seed in range(3)], axis=0)
    light[0, 0] = 0.0
    return light / light.sum()


def grey(pattern: str, seed: int) -> npt.NDArray[np.float64]:
    return drawn(black_on_white(pattern), seed)[..., :3].mean(axis=-1)


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("motif", [0.8, 1.0, 1.35])
def test_no_pattern_shows_a_seam_where_it_repeats(pattern: str, motif: float) -> None:
    """From the last row or column to the first it changes no more than between others."""
    slack = 1.5 if pattern in BANDED else 1.05
    for seed in range(4):
        assert_seamless(drawn(black_on_white(pattern, motif=motif), seed), slack)


@pytest.mark.parametrize("weave", WEAVES)
def test_no_weave_shows_a_seam_where_it_repeats(weave: str) -> None:
    assert_seamless(drawn(Cloth(color="#7d8794", weave=weave), px_per_cm=5.0))


def assert_seamless(pixels: npt.NDArray[np.float64], slack: float = 1.05) -> None:
    for axis in (0, 1):
        steps = np.abs(pixels - np.roll(pixels, 1, axis=axis)).mean(axis=(1 - axis, 2))
        assert steps[0] <= steps[1:].max() * slack + 1.5


@pytest.mark.parametrize("weave", [name for name in WEAVES if name != "smooth"])
def test_a_weave_is_felt_but_does_not_shout(weave: str) -> None:
    pixels = drawn(Cloth(color="#7d8794", weave=weave), px_per_cm=5.0)
    assert 0.5 < pixels.std(axis=(0, 1)).max() < 100


def test_lace_and_mesh_have_holes_and_other_weaves_have_none() -> None:
    for weave in WEAVES:
        least = drawn(Cloth(color="#7d8794", weave=weave))[..., 3].min()
        assert (least < 60) == (weave in ("lace", "mesh")), weave


def test_a_plain_weave_has_no_line_right_across_it() -> None:
    pixels = drawn(Cloth(color="#7d8794"), px_per_cm=5.0)[..., 0]
    assert np.abs(pixels.mean(axis=0) - pixels.mean()).max() < 3
    assert np.abs(pixels.mean(axis=1) - pixels.mean()).max() < 3


@pytest.mark.parametrize("pattern", PATTERNS)
def test_the_generator_decides_everything(pattern: str) -> None:
    cloth = choose_cloth(np.random.default_rng(5), pattern)
    assert cloth == choose_cloth(np.random.default_rng(5), pattern)
    assert (drawn(cloth, 5) == drawn(cloth, 5)).all()


@pytest.mark.parametrize("pattern", ["leopard", "zebra", "giraffe", "camouflage", "peacock"])
def test_some_patterns_mostly_bring_their_own_colours(pattern: str) -> None:
    rng = np.random.default_rng(1)
    brought = [colored_for(pattern, rng) is not None for _ in range(200)]
    assert 0.75 < np.mean(brought) < 0.99
    assert colored_for("stripe", rng) is None


def test_inks_stand_out_against_their_ground() -> None:
    rng = np.random.default_rng(2)
    for pattern in PATTERNS:
        for _ in range(20):
            cloth = choose_cloth(rng, pattern, palette=choose_palette(rng))
            assert abs(lightness(cloth.inks[0]) - lightness(cloth.color)) > 0.1, cloth
            assert len(cloth.inks) >= 3


def test_a_palette_rules_cloth_that_takes_any_dye_and_no_other() -> None:
    rng, palette = np.random.default_rng(3), ("#123456", "#fedcba")
    assert np.mean([choose_cloth(rng, PLAIN, palette=palette).color in palette for _ in range(100)]) > 0.75
    assert all(choose_cloth(rng, PLAIN, DENIM, palette=palette).color in DENIM for _ in range(20))
    assert all(choose_cloth(rng, PLAIN).color in DYES for _ in range(20))


@pytest.mark.parametrize("material", MATERIALS)
def test_a_material_keeps_to_its_ranges(material: str) -> None:
    kind, cloth = MATERIALS[material], cloth_of(np.random.default_rng(0), material)
    assert kind.weave in WEAVES
    assert cloth.weave == kind.weave
    assert cloth.color in kind.dyes
    assert kind.gloss[0] <= cloth.gloss <= kind.gloss[1]
    assert kind.opacity[0] <= cloth.opacity <= kind.opacity[1]


def test_words_are_made_of_signs_that_can_be_drawn() -> None:
    assert set("".join(WORDS)) <= set(GLYPHS)


def test_ripples_join_at_their_edges() -> None:
    field = ripples(np.random.default_rng(0), 64, (4, 4), 2.0)
    inner = np.abs(np.diff(field, axis=0)).mean(axis=1)
    assert np.abs(field[0] - field[-1]).mean() < 1.5 * inner.mean()
    assert field.std() == pytest.approx(1.0)
