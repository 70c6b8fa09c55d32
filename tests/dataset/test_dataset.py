import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from attire.dataset import Dataset, open_dataset
from attire.errors import DataError


def test_a_plain_folder_gives_photos_with_sizes_and_no_instances(tmp_path):
    Image.new("RGB", (30, 20)).save(tmp_path / "b.jpg")
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (30, 20)).save(tmp_path / "a.jpg", exif=exif)
    dataset = open_dataset(tmp_path)
    assert dataset.records.image_ids.tolist() == ["a.jpg", "b.jpg"]
    assert dataset.records.sizes.tolist() == [[30, 20], [20, 30]]
    assert len(dataset.records.category_ids) == 0
    assert len(dataset.ontology.categories) == 46
    assert dataset.photo_path(1) == tmp_path / "b.jpg"
    assert len(dataset.records.instances("a.jpg")) == 0


def test_one_photo_is_a_data_set_too(tmp_path):
    for name in ("a.png", "b.png"):
        Image.new("RGB", (3, 2)).save(tmp_path / name)
    assert open_dataset(tmp_path / "b.png").records.image_ids.tolist() == ["b.png"]


def test_a_broken_photo_in_a_plain_folder_is_said_or_skipped(tmp_path):
    Image.new("RGB", (3, 2)).save(tmp_path / "good.png")
    (tmp_path / "bad.png").write_text("nothing")
    with pytest.raises(DataError, match=r"bad\.png"):
        open_dataset(tmp_path)
    assert open_dataset(tmp_path, skip_bad_rows=True).records.image_ids.tolist() == ["good.png"]


def test_an_imaterialist_folder_is_opened(tmp_path):
    (tmp_path / "photos").mkdir()
    Image.new("RGB", (3, 2)).save(tmp_path / "photos" / "a.png")
    (tmp_path / "train.csv").write_text("ImageId,EncodedPixels,Height,Width,ClassId\na.png,1 2,2,3,6_20\n")
    dataset = open_dataset(tmp_path)
    assert dataset.records.category_ids.tolist() == [6]
    assert dataset.records.masks.areas.tolist() == [2]
    assert dataset.photo_path(0) == tmp_path / "photos" / "a.png"


def test_every_change_of_the_annotations_changes_the_fingerprint(looks):
    records = looks.records
    renamed = records.image_ids.copy()
    renamed[0] = "other"
    changed = [
        replace(records, image_ids=renamed),
        replace(records, sizes=records.sizes + 1),
        replace(records, category_ids=records.category_ids + 1),
        replace(records, masks=replace(records.masks, starts=records.masks.starts + 1)),
        replace(records, attributes=~records.attributes),
        replace(records, attributes_known=~records.attributes_known),
        records.select([1, 0, 2, 3, 4, 5]),
        records.select(range(5)),
    ]
    prints = [Dataset(records=r, layout=looks.layout).fingerprint for r in [records, *changed]]
    assert len(set(prints)) == len(prints)
    moved = replace(records, rows=records.rows + 1, image_ids=records.image_ids.astype("U99"))
    assert Dataset(records=moved, layout=looks.layout).fingerprint == prints[0]


def test_sound_photos_are_there_at_the_right_size(looks):
    assert looks.sound_photos().tolist() == list(range(6))
    looks.photo_path(1).unlink()
    Image.new("RGB", (9, 9)).save(looks.photo_path(3))
    with pytest.raises(DataError, match=r"wide\.png: no such photo.* The same holds for 1 more"):
        looks.sound_photos()
    assert looks.sound_photos(skip_bad=True).tolist() == [0, 2, 4, 5]


def test_a_wrong_size_is_said_with_both_sizes(looks):
    with pytest.raises(DataError, match=r"tall\.png: is 200x300 .*annotations say 300x200"):
        looks.check_size(0, (200, 300))
    looks.check_size(0, (75, 50), halvings=3)
    with pytest.raises(DataError, match="is 75x50"):
        looks.check_size(0, (75, 50), halvings=1)


def test_data_sets_open_without_torch():
    code = "import sys, attire.dataset as d; d.open_dataset; d.split_photos; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.data
def test_real_photos_are_where_and_as_their_annotations_say(ccp):
    dataset = open_dataset(ccp / "val")
    assert len(dataset) == 100
    assert len(dataset.sound_photos()) == 100
    assert dataset.fingerprint == open_dataset(ccp / "val").fingerprint
    assert np.diff(dataset.records.offsets).min() >= 1
