"""Looks are what they say: the labels fit the pixels, the seed decides everything, runs resume."""

import json
import os
from itertools import pairwise

import numpy as np
import pytest

from attire.annotations import load_records
from attire.errors import AttireError, DataError
from attire.render import draw_look, render_folder

SIZE = (192, 128)


@pytest.fixture(scope="module")
def looks():
    return [draw_look(3, index, (384, 256)) for index in range(12)]


def test_the_same_seed_and_index_give_the_same_bytes() -> None:
    assert draw_look(3, 5, SIZE).jpeg == draw_look(3, 5, SIZE).jpeg
    assert draw_look(3, 5, SIZE).jpeg != draw_look(4, 5, SIZE).jpeg
    assert draw_look(3, 5, SIZE).jpeg != draw_look(3, 6, SIZE).jpeg


def test_every_look_is_dressed_and_shod(looks) -> None:
    for look in looks:
        names = {look.instances.category_name(i) for i in range(len(look.instances))}
        assert "shoe" in names
        assert names & {"dress", "jumpsuit", "pants", "skirt", "shorts", "coat"}
        assert look.instances.masks.areas.min() >= 12


def test_garments_hide_each_other_and_parts_lie_on_their_garment(looks) -> None:
    for look in looks:
        instances = look.instances
        garments = np.zeros(instances.size, int)
        on_garment = np.zeros(instances.size, bool)
        for i in range(len(instances)):
            mask = instances.masks.decode(i)
            if instances.category_name(i) == "belt":
                continue
            if instances.category_name(i) in PARTS:
                on_garment |= mask
            else:
                garments += mask
        assert garments.max() == 1
        assert (garments[on_garment] == 1).mean() > 0.9


PARTS = {
    "hood", "collar", "lapel", "epaulette", "sleeve", "pocket", "neckline", "buckle", "zipper", "applique",
    "bead", "bow", "flower", "fringe", "ribbon", "rivet", "ruffle", "sequin", "tassel", "belt",
}  # fmt: skip


def test_a_mask_covers_pixels_that_stand_out_from_its_surroundings(looks) -> None:
    """The photo differs more across a mask's outline than between neighbours inside it."""
    across, inside = [], []
    for look in looks:
        light = np.asarray(look.photo.convert("L"), float)
        for i in range(len(look.instances)):
            if look.instances.category_name(i) not in ("pants", "dress", "skirt", "shoe"):
                continue
            mask = look.instances.masks.decode(i)
            step = np.abs(light[:, 3:] - light[:, :-3])
            across.append(step[mask[:, 3:] != mask[:, :-3]].mean())
            inside.append(step[mask[:, 3:] & mask[:, :-3]].mean())
    assert np.median(across) > 2 * np.median(inside)


ORDER = ("mini (length)", "above-the-knee (length)", "knee (length)", "midi", "maxi (length)")
TOPS = {"shirt, blouse", "top, t-shirt, sweatshirt", "sweater"}


def test_longer_hems_reach_further_down() -> None:
    """A length attribute is visible: where a straight skirt ends between the shoulders and the soles."""
    means = []
    for length in ORDER:
        falls = []
        for index in range(24):
            wanted = ["skirt", "straight", "symmetrical", length]
            instances = draw_look(11, index, SIZE, wanted=wanted).instances
            names = [instances.category_name(i) for i in range(len(instances))]
            if names.count("skirt") != 1 or "shoe" not in names or not TOPS & set(names):
                continue
            skirt = names.index("skirt")
            if length in instances.attribute_names(skirt):
                top = min(box[1] for box, name in zip(instances.boxes, names, strict=True) if name in TOPS)
                sole = max(box[3] for box, name in zip(instances.boxes, names, strict=True) if name == "shoe")
                falls.append((instances.boxes[skirt, 3] - top) / (sole - top))
        assert len(falls) >= 2, length
        assert np.std(falls) < 0.03, length
        means.append(np.mean(falls))
    assert all(b - a > 0.04 for a, b in pairwise(means))


def test_a_length_that_the_picture_cuts_off_is_not_said() -> None:
    """Where a hem lies below the picture's edge, nobody can tell the garment's length."""
    cut = 0
    for index in range(60):
        instances = draw_look(17, index, SIZE, wanted=["skirt", "maxi (length)"]).instances
        lengths, patterns = (
            next(list(group.indices) for group in instances.ontology.groups if group.name == name)
            for name in ("length", "pattern")
        )
        well_seen = np.delete(instances.attributes, patterns, axis=1).any(axis=1)
        for i in np.flatnonzero(well_seen):
            told = bool(instances.attributes[i, lengths].any())
            if instances.boxes[i, 3] < SIZE[0] - 3:
                assert told or instances.category_name(i) != "skirt"
            elif instances.category_name(i) == "skirt":
                cut += not told
    assert cut > 0


def test_single_choice_groups_hold_one_attribute(looks) -> None:
    for look in looks:
        ontology = look.instances.ontology
        for held in look.instances.attributes:
            for group in ontology.groups:
                if group.single_choice:
                    assert held[list(group.indices)].sum() <= 1


def test_a_folder_is_read_back_as_drawn(tmp_path) -> None:
    render_folder(tmp_path / "looks", 3, size=SIZE, seed=5)
    records = load_records(tmp_path / "looks")
    for index in range(3):
        drawn = draw_look(5, index, SIZE).instances
        read = records.instances(drawn.image_id)
        assert read.category_ids.tolist() == drawn.category_ids.tolist()
        assert read.masks.to_coco() == drawn.masks.to_coco()
        assert (read.attributes == drawn.attributes).all()


def files_of(folder) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_stopped_run_goes_on_and_two_processes_draw_the_same(tmp_path) -> None:
    whole, stopped = tmp_path / "whole", tmp_path / "stopped"
    render_folder(whole, 6, size=SIZE, seed=5)
    render_folder(stopped, 2, size=SIZE, seed=5)
    first = stopped / "photos" / "000000.jpg"
    os.utime(first, (1, 1))
    render_folder(stopped, 6, size=SIZE, seed=5, workers=2)
    assert files_of(whole) == files_of(stopped)
    assert first.stat().st_mtime == 1, "what was drawn already is not drawn again"


def test_fewer_looks_leave_nothing_of_a_longer_run(tmp_path) -> None:
    render_folder(tmp_path, 4, size=SIZE, seed=5)
    render_folder(tmp_path, 2, size=SIZE, seed=5)
    assert sorted(p.name for p in (tmp_path / "photos").iterdir()) == ["000000.jpg", "000001.jpg"]
    assert len(load_records(tmp_path)) == 2


def test_a_folder_of_something_else_is_refused(tmp_path) -> None:
    (tmp_path / "holiday.txt").write_text("mine")
    with pytest.raises(DataError, match="Choose another folder"):
        render_folder(tmp_path, 1, size=SIZE)


def test_another_seed_in_the_same_folder_is_refused(tmp_path) -> None:
    render_folder(tmp_path, 1, size=SIZE, seed=1)
    with pytest.raises(DataError, match="'seed': 1"):
        render_folder(tmp_path, 1, size=SIZE, seed=2)


@pytest.mark.parametrize("other", [{"uniform": True}, {"products": True}], ids=["uniform", "products"])
def test_looks_of_another_kind_in_the_same_folder_are_refused(tmp_path, other) -> None:
    render_folder(tmp_path, 1, size=SIZE)
    with pytest.raises(DataError, match="Choose another folder"):
        render_folder(tmp_path, 1, size=SIZE, **other)


def test_looks_of_another_version_are_refused(tmp_path, monkeypatch) -> None:
    render_folder(tmp_path, 1, size=SIZE)
    monkeypatch.setattr("attire.render.folder.RENDER_VERSION", 10_000)
    with pytest.raises(DataError, match="'version': 10000"):
        render_folder(tmp_path, 2, size=SIZE)


def test_descriptions_name_the_ontology(tmp_path) -> None:
    render_folder(tmp_path, 1, size=SIZE)
    described = json.loads((tmp_path / "label_descriptions.json").read_text())
    assert len(described["categories"]) == 46
    assert len(described["attributes"]) == 92


@pytest.mark.parametrize("text", ["512", "512x", "10x10", "99999x10", "512*768"])
def test_sizes_written_wrongly_are_explained(text) -> None:
    from attire.cli.render import parse_size

    with pytest.raises(AttireError, match="WIDTHxHEIGHT"):
        parse_size(text)


@pytest.mark.parametrize("wanted", [(), ("two people",)], ids=["usual looks", "two people"])
def test_parts_know_their_garment(wanted) -> None:
    """Most of a part lies on its garment, more than on any other; only parts belong to anything."""
    shares, best = [], []
    for index in range(8):
        look = draw_look(3, index, (384, 256), wanted=wanted)
        instances = look.instances
        is_part = np.array([category.is_part for category in instances.ontology.categories])
        is_part = is_part[instances.category_ids]
        assert look.owners.shape == (len(instances),)
        assert (look.owners[~is_part] == -1).all()
        for part, owner in enumerate(look.owners.tolist()):
            if owner < 0:
                continue
            assert not is_part[owner]
            mask = instances.masks.decode(part)
            shared = [
                (mask & instances.masks.decode(i)).sum() * (not is_part[i]) for i in range(len(instances))
            ]
            shares.append(shared[owner] / mask.sum())
            best.append(shared[owner] == max(shared))
    assert len(shares) > 20
    assert np.mean(shares) > 0.9
    assert np.mean(best) > 0.95


def test_two_people_can_be_wanted() -> None:
    shoes = [
        sum(look.instances.category_name(i) == "shoe" for i in range(len(look.instances)))
        for look in (draw_look(11, index, SIZE, wanted=("two people",)) for index in range(6))
    ]
    assert max(shoes) > 2
