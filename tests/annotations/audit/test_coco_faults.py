"""Faults of COCO and Fashionpedia files, each found where it is, and nothing else."""

import json

import pytest

from attire.annotations.audit import KINDS, audit
from attire.errors import AnnotationError
from attire.masks import compress_counts


def on(row, **fields):
    """Change fields of an annotation."""
    return lambda coco: coco.annotations[row].update(fields)


def on_image(row, **fields):
    """Change fields of an image entry."""
    return lambda coco: coco.images[row].update(fields)


def rle(counts, size=(60, 40)):
    return {"size": list(size), "counts": counts}


OUT = [[1, 1, 20, 1, 44, 30]]
CASES = [
    ("an image nobody lists", "unknown-image", 4, on(4, image_id=9), "image_id 9, which"),
    ("a category too many", "unknown-category", 4, on(4, category_id=46), "(b.jpg): category 46"),
    ("an attribute too many", "unknown-attribute", 3, on(3, attribute_ids=[20, 92]), "attribute 92"),
    ("an attribute twice", "repeated-attribute", 3, on(3, attribute_ids=[20, 20]), "more than once"),
    ("attributes that are text", "malformed-class", 3, on(3, attribute_ids="20"), "expected a list"),
    ("two lengths", "two-in-group", 3, on(3, attribute_ids=[3, 5]), "has one length"),
    ("no segmentation", "empty-mask", 0, on(0, segmentation=[]), "no segmentation"),
    ("run-lengths of nothing", "empty-mask", 0, on(0, segmentation=rle([2400])), "without a pixel"),
    (
        "compressed run-lengths of nothing",
        "empty-mask",
        0,
        on(0, segmentation=rle(compress_counts([2400]))),
        "",
    ),
    ("counts that fall short", "bad-rle", 0, on(0, segmentation=rle([9, 9])), "add up to 18, 60x40 has 2400"),
    ("compressed counts that fall short", "bad-rle", 0, on(0, segmentation=rle("991")), "add up to"),
    ("a negative count", "bad-rle", 0, on(0, segmentation=rle([2500, -100])), "add up to"),
    (
        "run-lengths of swapped size",
        "bad-rle",
        0,
        on(0, segmentation=rle([9, 2391], (40, 60))),
        "sides swapped",
    ),
    ("counts that do not end", "malformed-mask", 0, on(0, segmentation=rle("Z")), "cannot be read"),
    ("counts in fractions", "malformed-mask", 0, on(0, segmentation=rle([1.5, 9])), "neither text nor"),
    (
        "run-lengths without size",
        "malformed-mask",
        0,
        on(0, segmentation={"counts": [9]}),
        "expected [height",
    ),
    ("a segmentation in words", "malformed-mask", 0, on(0, segmentation="here"), "is a str"),
    (
        "a polygon in words",
        "malformed-mask",
        0,
        on(0, segmentation=[["a", 1, 2, 3, 4, 5]]),
        "no list of numbers",
    ),
    ("a flat polygon", "malformed-mask", 0, on(0, segmentation=[1, 1, 9, 1, 9, 9]), "no list of numbers"),
    ("a polygon of two points", "bad-polygon", 0, on(0, segmentation=[[1, 1, 9, 9]]), "has 4 numbers"),
    (
        "a polygon with half a point",
        "bad-polygon",
        0,
        on(0, segmentation=[[1, 1, 9, 1, 9, 9, 3]]),
        "7 numbers",
    ),
    ("a polygon that leaves the photo", "polygon-outside", 0, on(0, segmentation=OUT), "reaches (44, 30)"),
    ("a polygon of no area", "empty-mask", 0, on(0, segmentation=[[3, 3, 3, 3, 3, 3]]), "without a pixel"),
    ("an annotation's id twice", "duplicate-id", 5, on(5, id=1), "id 1 is that of annotations[0]"),
    ("an annotation twice", "duplicate-row", 2, lambda c: same(c, 1, 2), "the same as annotations[1]"),
    ("an annotation without image", "missing-value", 2, on(2, image_id=None), "needs an 'image_id'"),
    ("an annotation that is text", "missing-value", 2, lambda c: put(c, 2, "x"), "needs an 'image_id'"),
    (
        "a size that is not the photo's",
        "wrong-size",
        1,
        on_image(1, width=71),
        "45x71 stated, the photo has 45x70",
    ),
    ("a size in words", "bad-size", 1, on_image(1, width="70"), "width '70'"),
]


def same(coco, one, other):
    coco.annotations[other] = coco.annotations[one] | {"id": 99}


def put(coco, row, value):
    coco.annotations[row] = value


def test_a_healthy_file_has_no_faults(coco, ontology):
    found = coco.audit(ontology)
    assert found.faults == ()
    assert (found.photos, found.instances) == (3, 9)


@pytest.mark.parametrize(
    ("code", "row", "damage", "words"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_exactly_the_fault_is_found(coco, ontology, places, code, row, damage, words):
    damage(coco)
    found = coco.audit(ontology)
    assert places(found) == [(KINDS[code].level, code, "instances.json", row)]
    assert words in found.faults[0].what


def test_a_photo_listed_but_absent(coco, ontology, places):
    (coco.folder / "b.jpg").unlink()
    assert places(coco.audit(ontology)) == [("error", "missing-photo", "instances.json", 1)]


def test_a_photo_present_but_unlisted(coco, ontology, places, draw):
    draw(7, (9, 9)).save(coco.folder / "z.jpg")
    assert places(coco.audit(ontology)) == [("warning", "unlisted-photo", "z.jpg", None)]


def test_an_image_id_given_twice(coco, ontology, places):
    coco.images.append(coco.images[0] | {"file_name": "b.jpg", "height": 45, "width": 70})
    assert places(coco.audit(ontology)) == [
        ("error", "duplicate-id", "instances.json", 3),
        ("error", "duplicate-image", "instances.json", 3),
    ]


def test_an_image_entry_without_name(coco, ontology, places):
    coco.images.append({"id": 5})
    assert places(coco.audit(ontology)) == [("error", "missing-value", "instances.json", 3)]


def test_a_polygon_may_touch_the_edge(coco, ontology):
    coco.annotations[0]["segmentation"] = [[-0.5, 0, 40.5, 0, 40, 60]]
    assert coco.audit(ontology).faults == ()


def test_a_small_polygon_is_healthy(coco, ontology):
    coco.annotations[0]["segmentation"] = [[3, 3, 4.5, 3, 4.5, 4.5, 3, 4.5]]
    assert coco.audit(ontology).faults == ()


def test_crowds_are_passed_over(coco, ontology):
    crowd = {"id": 50, "image_id": 100, "category_id": 6, "iscrowd": 1, "segmentation": rle([1, 1])}
    coco.annotations.append(crowd)
    assert coco.audit(ontology).faults == ()


def test_category_ids_may_start_anywhere(coco, places):
    folder = coco.folder
    content = {
        "images": coco.images,
        "annotations": [
            row | {"category_id": row["category_id"] * 10, "attribute_ids": []} for row in coco.annotations
        ],
        "categories": [{"id": 60, "name": "pants"}, {"id": 230, "name": "shoe"}],
    }
    content["annotations"][8]["category_id"] = 23
    (folder / "other.json").write_text(json.dumps(content))
    found = audit(folder / "other.json")
    assert places(found) == [("error", "unknown-category", "other.json", 8)]
    assert "has 60 to 230" in found.faults[0].what


def test_a_wrong_size_makes_no_faults_of_its_masks(coco, ontology, places):
    coco.images[0].update(height=30, width=20)
    assert places(coco.audit(ontology)) == [("error", "wrong-size", "instances.json", 0)]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('{"images": [], "annotations": [', "not readable as JSON"),
        ('{"images": [], "annotations": {}}', "no list 'annotations'"),
    ],
    ids=["cut short", "a list that is none"],
)
def test_a_file_that_is_none_is_the_users_error(coco, content, words):
    path = coco.folder / "instances.json"
    path.write_text(content)
    with pytest.raises(AnnotationError, match=words):
        audit(path)
