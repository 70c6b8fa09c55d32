import numpy as np
import pytest

from attire.catalog.trends.counts import concatenate
from attire.catalog.trends.matrix_counts import count_matrix
from attire.catalog.trends.name_counts import count_names


def garments(seed=0, rows=400, photos=120, periods=3):
    random = np.random.default_rng(seed)
    photo = random.integers(0, photos, rows)
    return random.uniform(0.3, 1, rows), photo, photo % periods, random


def by_hand(chance, score, photo, period, periods):
    """The same sums, photo by photo."""
    out = {
        name: np.zeros(periods)
        for name in ("shown", "base", "shown2", "shown_base", "base2", "photos", "certain")
    }
    for one in np.unique(photo):
        rows = photo == one
        t, y, n = period[rows][0], (score * chance)[rows].sum(), score[rows].sum()
        for name, value in (
            ("shown", y),
            ("base", n),
            ("shown2", y * y),
            ("shown_base", y * n),
            ("base2", n * n),
        ):
            out[name][t] += value
        out["photos"][t] += 1
        out["certain"][t] += (score * chance**2)[rows].sum()
    return out


def test_sums_over_photos_are_those_done_by_hand():
    score, photo, period, random = garments()
    chances = random.random((400, 4)).astype(np.float32)
    counts = count_matrix(chances, score, photo, period, 3)
    for line in range(4):
        for name, value in by_hand(chances[:, line].astype(float), score, photo, period, 3).items():
            assert getattr(counts, name)[line] == pytest.approx(value, rel=1e-5), name


def test_sums_do_not_depend_on_where_rows_are_cut_and_how_they_are_ordered(monkeypatch):
    score, photo, period, random = garments(1)
    chances = random.random((400, 2)).astype(np.float32)
    whole = count_matrix(chances, score, photo, period, 3)
    monkeypatch.setattr("attire.catalog.trends.matrix_counts._CHUNK", 7)
    order = random.permutation(400)
    cut = count_matrix(chances[order], score[order], photo[order], period[order], 3)
    assert cut.shown2 == pytest.approx(whole.shown2, rel=1e-5)
    assert cut.certain == pytest.approx(whole.certain, rel=1e-5)


def test_names_are_counted_in_duckdb_as_their_indicators_are_in_numpy():
    score, photo, period, random = garments(2)
    name, pool = random.integers(0, 3, 400), random.integers(0, 2, 400)
    pools, names, counts = count_names(name, pool, score, photo, period, 3)
    assert sorted(zip(pools.tolist(), names.tolist(), strict=True)) == [
        (p, n) for p in (0, 1) for n in (0, 1, 2)
    ]
    for row, (p, n) in enumerate(zip(pools, names, strict=True)):
        mine = pool == p
        indicator = (name[mine] == n)[:, None].astype(np.float32)
        other = count_matrix(indicator, score[mine], photo[mine], period[mine], 3)
        for field in ("shown", "base", "shown2", "shown_base", "base2", "certain", "photos"):
            assert getattr(counts, field)[row] == pytest.approx(getattr(other, field)[0], rel=1e-5), field


def test_garments_of_one_photo_that_are_all_alike_count_as_one():
    shows = np.repeat(np.arange(200) % 2, 3).astype(np.float32)[:, None]
    photo = np.repeat(np.arange(200), 3)
    counts = count_matrix(shows, np.ones(600), photo, np.zeros(600, int), 1)
    assert counts.design_effect(counts.raw_share())[0, 0] == pytest.approx(3, rel=0.02)
    apart = count_matrix(shows, np.ones(600), np.arange(600), np.zeros(600, int), 1)
    assert apart.design_effect(apart.raw_share())[0, 0] == pytest.approx(1, rel=0.02)


@pytest.mark.parametrize("share", [0.1, 0.5])
def test_a_change_is_as_large_as_it_is_however_doubtful_the_detector(share):
    random = np.random.default_rng(3)
    truth = np.repeat([share, share + 0.2], 40_000)
    shows = random.random(80_000) < truth
    middle = truth.mean()
    odds = middle / (1 - middle) * np.exp(1.5 * (1.5 * shows + random.normal(size=80_000)) - 1.5**2 / 2)
    period = np.repeat([0, 1], 40_000)
    counts = count_matrix(
        (odds / (1 + odds)).astype(np.float32)[:, None], np.ones(80_000), np.arange(80_000), period, 2
    )
    assert np.diff(counts.raw_share()[0])[0] < 0.15
    assert np.diff(counts.share()[0])[0] == pytest.approx(0.2, abs=0.02)


def test_a_detector_without_doubt_needs_no_correction():
    counts = count_matrix(
        np.array([[1.0], [0.0], [1.0]], np.float32), np.ones(3), np.arange(3), np.array([0, 0, 1]), 2
    )
    assert counts.reliability()[0, 0] == pytest.approx(1)
    assert counts.share()[0] == pytest.approx([0.5, 1.0])
    assert len(concatenate([counts, counts])) == 2
