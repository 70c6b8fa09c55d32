"""COCO and Fashionpedia JSON in and out: every form of mask, ids with gaps, and every bad entry."""

import json

import numpy as np
import pytest
from pycocotools import mask as coco_mask

from attire.annotations import coco_ontology, load_records, read_coco, write_coco
from attire.errors import AnnotationError, OntologyError
from attire.masks import RunLengths

SQUARE = [[2, 1, 6, 1, 6, 5, 2, 5]]


def fashionpedia(*annotations):
    """A small file as Fashionpedia's: two photos, category ids from 0, attribute ids with gaps."""
    return {
        "info": {"description": "Fashionpedia"},
        "images": [
            {"id": 77, "file_name": "a.jpg", "height": 10, "width": 12, "license": 3},
            {"id": 5, "file_name": "b.jpg", "height": 10, "width": 12},
        ],
        "annotations": list(annotations),
        "categories": [
            {"id": 0, "name": "shirt, blouse", "supercategory": "upperbody"},
            {"id": 1, "name": "pants", "supercategory": "lowerbody"},
        ],
        "attributes": [
            {"id": 340, "name": "plant", "supercategory": "textile pattern"},
            {"id": 8, "name": "symmetrical", "supercategory": "silhouette"},
        ],
    }


def annotation(**fields):
    plain = {"id": 900, "image_id": 77, "category_id": 1, "segmentation": SQUARE, "iscrowd": 0}
    return plain | fields


@pytest.fixture
def write_json(tmp_path):
    def write(content, name="instances.json"):
        path = tmp_path / name
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return path

    return write


def polygons_by_pycocotools(polygons, height, width):
    return coco_mask.merge(coco_mask.frPyObjects(polygons, height, width))


class TestReading:
    def test_a_fashionpedia_file_becomes_records(self, write_json):
        path = write_json(
            fashionpedia(
                annotation(image_id=5, attribute_ids=[340, 8]),
                annotation(attribute_ids=[]),
                annotation(image_id=5, category_id=0, attribute_ids=[8]),
            )
        )
        records, bad_rows = read_coco(path)
        assert bad_rows == ()
        assert records.ontology.name == "fashionpedia"
        assert records.image_ids.tolist() == ["a.jpg", "b.jpg"]
        assert records.sizes.tolist() == [[10, 12], [10, 12]]
        assert records.offsets.tolist() == [0, 1, 3]
        assert records.category_ids.tolist() == [1, 1, 0]
        assert records.rows.tolist() == [1, 0, 2]
        assert records.instances(1).attribute_set(0) == (8, 340)
        assert records.attributes_known.tolist() == [[False, False], [True, True], [True, False]]

    def test_photos_without_annotations_stay(self, write_json):
        records, _ = read_coco(write_json(fashionpedia()))
        assert records.image_ids.tolist() == ["a.jpg", "b.jpg"]
        assert len(records.category_ids) == 0

    @pytest.mark.parametrize(
        "polygons",
        [
            pytest.param(SQUARE, id="a square"),
            pytest.param([[0.5, 0.5, 11.2, 3.7, 4.4, 9.9]], id="a triangle between the pixels"),
            pytest.param([[0, 0, 3, 0, 3, 3, 0, 3], [5, 5, 11, 5, 11, 9, 5, 9]], id="two apart"),
            pytest.param([[0, 0, 8, 0, 8, 8, 0, 8], [4, 4, 11, 4, 11, 9, 4, 9]], id="two that overlap"),
            pytest.param([[-1, -1, 13, -1, 13, 11, -1, 11]], id="over every edge"),
            pytest.param([[1, 1, 9, 9, 9, 1, 1, 9]], id="crossing itself"),
        ],
    )
    def test_polygons_are_filled_as_pycocotools_fills_them(self, write_json, polygons):
        records, _ = read_coco(write_json(fashionpedia(annotation(segmentation=polygons))))
        theirs = polygons_by_pycocotools(polygons, 10, 12)
        assert records.masks.to_coco()[0]["counts"].encode() == theirs["counts"]
        assert records.masks.areas.tolist() == [int(coco_mask.area(theirs))]

    def test_the_three_forms_of_one_mask_are_one(self, write_json):
        code = polygons_by_pycocotools(SQUARE, 10, 12)
        counts = RunLengths.from_coco([code]).counts(0).tolist()
        forms = [
            SQUARE,
            {"size": [10, 12], "counts": code["counts"].decode()},
            {"size": [10, 12], "counts": counts},
        ]
        records, _ = read_coco(write_json(fashionpedia(*(annotation(segmentation=form) for form in forms))))
        assert len({code["counts"] for code in records.masks.to_coco()}) == 1
        assert records.masks.areas[0] == 16

    def test_crowds_are_no_garments_unless_they_carry_attributes(self, write_json):
        path = write_json(
            fashionpedia(annotation(iscrowd=1), annotation(iscrowd=1, attribute_ids=[8]), annotation())
        )
        records, bad_rows = read_coco(path)
        assert records.rows.tolist() == [1, 2]
        assert bad_rows == ()

    def test_category_ids_from_one_or_with_gaps_are_numbered_anew(self, write_json):
        content = fashionpedia(annotation(category_id=40), annotation(category_id=3))
        content["categories"] = [{"id": 40, "name": "hat"}, {"id": 3, "name": "shoe"}]
        records, _ = read_coco(write_json(content))
        names = [records.ontology.categories[c].name for c in records.category_ids]
        assert names == ["hat", "shoe"]
        assert records.category_ids.tolist() == [1, 0]

    def test_the_format_is_recognised(self, write_json):
        assert len(load_records(write_json(fashionpedia(annotation())))) == 2


@pytest.mark.parametrize(
    "categories",
    [
        pytest.param([{"id": 1, "name": "hat"}, {"id": 1, "name": "shoe"}], id="an id twice"),
        pytest.param([{"id": 1, "name": "hat"}, {"id": 2, "name": "hat"}], id="a name twice"),
        pytest.param([{"id": 1}], id="no name"),
        pytest.param(["hat"], id="no object"),
        pytest.param(None, id="no list"),
    ],
)
def test_categories_that_cannot_be_used_are_refused(categories):
    with pytest.raises(OntologyError, match=r"^test"):
        coco_ontology({"categories": categories}, "test")


BAD = [
    pytest.param({"category_id": 2}, "category_id is 2, but fashionpedia has none such", id="category 2"),
    pytest.param({"category_id": True}, "category_id is True", id="category true"),
    pytest.param({"attribute_ids": [9]}, "attribute_ids hold 9, but fashionpedia", id="attribute 9"),
    pytest.param({"attribute_ids": "8"}, "attribute_ids are 8, expected a list", id="attributes as text"),
    pytest.param({"image_id": 78}, "is of no photo that 'images' lists", id="unknown photo"),
    pytest.param({"image_id": [77]}, "is of no photo", id="a list for a photo"),
    pytest.param({"segmentation": []}, "is empty", id="no polygon"),
    pytest.param({"segmentation": None}, "is a NoneType, expected polygons", id="no segmentation"),
    pytest.param({"segmentation": [[1, 1, 2, 2]]}, "polygon 0 has 4 numbers", id="two points"),
    pytest.param({"segmentation": [*SQUARE, [1, 1, 2, 2, 3, 3, 4]]}, "polygon 1 has 7 numbers", id="odd"),
    pytest.param({"segmentation": [[1, 1, 2, 2, 3, "x"]]}, "holds more than numbers", id="letters"),
    pytest.param({"segmentation": [[1, 1, 2, 2, 3, True]]}, "holds more than numbers", id="a truth value"),
    pytest.param({"segmentation": [[1, 1, 2, 2, 3, 1e999]]}, "holds more than numbers", id="infinity"),
    pytest.param({"segmentation": [{"x": 1}]}, "holds more than numbers", id="an object for a polygon"),
    pytest.param({"segmentation": [[1, 1, 900, 1, 900, 9]]}, "reaches to (900, 9)", id="a photo away"),
    pytest.param({"segmentation": [[3, 3, 3, 3, 3, 3]]}, "covers no pixel", id="a point"),
    pytest.param(
        {"segmentation": {"size": [12, 10], "counts": [120]}}, "of size [12, 10]", id="sides swapped"
    ),
    pytest.param({"segmentation": {"size": [10, 12], "counts": [20]}}, "add up to 20", id="counts too few"),
    pytest.param({"segmentation": {"size": [10, 12], "counts": [120]}}, "covers no pixel", id="empty"),
    pytest.param(
        {"segmentation": {"size": [10, 12], "counts": {}}}, "neither text nor", id="counts an object"
    ),
    pytest.param(
        {"segmentation": {"size": [10, 12], "counts": "0 "}}, "no compressed", id="foreign characters"
    ),
    pytest.param({"segmentation": {"counts": "0"}}, "of size None", id="no size"),
]


class TestBadEntries:
    @pytest.mark.parametrize(("fields", "said"), BAD)
    def test_the_first_stops_reading_and_is_named(self, write_json, fields, said):
        path = write_json(fashionpedia(annotation(), annotation(id=4711, **fields)))
        with pytest.raises(AnnotationError) as caught:
            read_coco(path)
        message = str(caught.value)
        assert message.startswith(f"{path} annotation 4711 (")
        assert said in message
        assert message.endswith(", or pass --skip-bad-rows.")

    @pytest.mark.parametrize(("fields", "said"), BAD)
    def test_or_is_left_out_and_counted(self, write_json, fields, said):
        bad = annotation(**{"image_id": 5} | fields)
        records, bad_rows = read_coco(write_json(fashionpedia(bad, annotation(), bad)), skip_bad_rows=True)
        assert [row.row for row in bad_rows] == [0, 2]
        assert said in bad_rows[0].what
        assert records.rows.tolist() == [1]
        expected = ["a.jpg", "b.jpg"] if "photo" in said and "no photo" in said else ["a.jpg"]
        assert records.image_ids.tolist() == expected

    def test_an_entry_without_id_is_named_by_its_place(self, write_json):
        with pytest.raises(AnnotationError, match=r"annotations\[0\] \(\?\): is of no photo"):
            read_coco(write_json(fashionpedia("square")))

    @pytest.mark.parametrize(
        ("image", "said"),
        [
            pytest.param({"id": 77, "file_name": "c.jpg", "height": 1, "width": 1}, "twice", id="id twice"),
            pytest.param({"id": 1, "file_name": "a.jpg", "height": 1, "width": 1}, "twice", id="name twice"),
            pytest.param({"id": 1, "height": 1, "width": 1}, "needs an 'id' and a 'file_name'", id="no name"),
            pytest.param({"id": 1, "file_name": "c.jpg", "height": 0, "width": 1}, "height 0", id="height 0"),
            pytest.param({"id": 1, "file_name": "c.jpg"}, "height None", id="no size"),
            pytest.param("c.jpg", "needs an 'id'", id="only a name"),
        ],
    )
    def test_images_that_contradict_are_refused(self, write_json, image, said):
        content = fashionpedia()
        content["images"].append(image)
        with pytest.raises(AnnotationError, match=r"images\[2\]") as caught:
            read_coco(write_json(content))
        assert said in str(caught.value)

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            pytest.param("{", "not readable as JSON", id="cut short"),
            pytest.param([], "no list 'images'", id="a list"),
            pytest.param({"images": []}, "no list 'annotations'", id="no annotations"),
        ],
    )
    def test_a_file_that_is_none_is_named(self, write_json, content, said):
        with pytest.raises(AnnotationError, match=r"instances\.json: ") as caught:
            read_coco(write_json(content))
        assert said in str(caught.value)

    def test_a_missing_file_is_named(self, tmp_path):
        with pytest.raises(AnnotationError, match=r"none\.json: no such file"):
            read_coco(tmp_path / "none.json")


class TestWriting:
    def test_records_survive(self, looks, tmp_path, assert_same_records):
        write_coco(looks, tmp_path / "looks.json")
        back, bad_rows = read_coco(tmp_path / "looks.json", unlabelled_groups="negative")
        assert bad_rows == ()
        assert_same_records(looks, back, rows=False)

    # pycocotools' own decode predates numpy 2.
    @pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
    def test_pycocotools_reads_what_we_write(self, looks, tmp_path, capsys):
        from pycocotools.coco import COCO

        write_coco(looks, tmp_path / "looks.json")
        theirs = COCO(str(tmp_path / "looks.json"))
        assert len(capsys.readouterr().out) > 0
        assert theirs.getImgIds() == [1, 2, 3]
        for place, number in enumerate(theirs.getAnnIds()):
            entry = theirs.anns[number]
            assert (theirs.annToMask(entry).astype(bool) == looks.masks.decode(place)).all()
            assert entry["area"] == looks.masks.areas[place]
            x, y, width, height = entry["bbox"]
            assert [x, y, x + width, y + height] == looks.masks.boxes[place].tolist()
            assert entry["category_id"] == looks.category_ids[place]

    @pytest.mark.data
    def test_street_photos_survive(self, ccp, tmp_path, assert_same_records):
        records = load_records(ccp / "val").select(np.arange(30))
        write_coco(records, tmp_path / "val.json")
        back, _ = read_coco(tmp_path / "val.json")
        assert_same_records(records, back, rows=False)
