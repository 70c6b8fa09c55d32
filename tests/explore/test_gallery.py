import numpy as np

from attire.explore.gallery import choose_photos, draw_gallery


def test_rare_categories_come_first(make_records):
    common = [(23, (0, 0, 9, 9), None)]
    photos = {f"{i}.jpg": ((9, 9), common) for i in range(30)} | {
        "rare.jpg": ((9, 9), [(26, (0, 0, 9, 9), None)])
    }
    records = make_records(photos)
    chosen = list(choose_photos(records, np.ones(31, bool), 5, seed=0))
    assert chosen[0] == 30
    assert len(set(chosen)) == 5


def test_missing_photos_are_not_chosen(records):
    present = np.array([True, False, True, False])
    assert set(choose_photos(records, present, 9, seed=0)) == {0, 2}


def test_broken_photos_are_passed_over_and_said(dataset):
    dataset.photo_path(0).write_bytes(b"no photo")
    looks, problems = draw_gallery(dataset, np.ones(3, bool), 3, seed=0)
    assert {look.image_id for look in looks} == {"b.jpg", "c.jpg"}
    assert len(problems) == 1
    assert "a.jpg" in problems[0]


def test_captions_put_described_garments_before_the_rest(dataset):
    looks, _ = draw_gallery(dataset, np.ones(3, bool), 3, seed=0)
    garments = {look.image_id: look.garments for look in looks}
    assert garments["b.jpg"] == (("shirt", "above-the-hip"), ("shoe ×2", ""))
    assert garments["c.jpg"] == (("pants", ""),)
