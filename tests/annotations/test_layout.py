"""Which data lie where, told by files with next to nothing in them."""

import json

import pytest

from attire.annotations import find_layout, load_records
from attire.errors import DataError

HEADER = "ImageId,EncodedPixels,Height,Width,ClassId\n"
COCO = {"images": [{"id": 1, "file_name": "a.jpg", "height": 2, "width": 2}], "annotations": []}


@pytest.fixture
def make_folder(tmp_path):
    """Builder of a folder from ``{path: text}``."""

    def make(files):
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text if isinstance(text, str) else json.dumps(text), encoding="utf-8")
        return tmp_path

    return make


class TestImaterialist:
    @pytest.mark.parametrize(
        ("folder", "files"),
        [
            pytest.param("photos", ["photos/a.jpg"], id="our own"),
            pytest.param("train", ["train/a.jpg", "test/t.jpg"], id="Kaggle's"),
            pytest.param(".", ["a.jpg"], id="photos beside the CSV"),
            pytest.param("images", ["images/a.jpg"], id="in images"),
            pytest.param("train", ["photos/other.jpg", "train/a.jpg"], id="where the first listed one lies"),
            pytest.param("photos", ["photos/b.jpg"], id="the first listed one is missing"),
            pytest.param(".", [], id="no photos at all"),
        ],
    )
    def test_photos_are_found(self, make_folder, folder, files):
        root = make_folder({"train.csv": HEADER + "a.jpg,1 1,2,2,0\n"} | dict.fromkeys(files, "x"))
        layout = find_layout(root)
        assert (layout.kind, layout.root, layout.annotations) == ("imaterialist", root, root / "train.csv")
        assert layout.photos_dir.resolve() == (root / folder).resolve()
        assert layout.photo_path("a.jpg") == layout.photos_dir / "a.jpg"

    def test_a_csv_may_have_any_name(self, make_folder):
        root = make_folder({"my val.csv": HEADER, "photos/a.jpg": "x"})
        layout = find_layout(root / "my val.csv")
        assert (layout.kind, layout.root) == ("imaterialist", root)

    def test_an_empty_csv_is_recognised(self, make_folder):
        assert find_layout(make_folder({"train.csv": ""})).kind == "imaterialist"

    @pytest.mark.parametrize("place", ["label_descriptions.json", "../label_descriptions.json"])
    def test_descriptions_lie_in_the_folder_or_above_it(self, make_folder, place):
        root = make_folder({"data/train.csv": HEADER}) / "data"
        (root / place).write_text(json.dumps({"categories": [{"id": 0, "name": "sock"}], "annotations": []}))
        layout = find_layout(root)
        assert layout.descriptions is not None
        assert layout.descriptions.samefile(root / place)
        assert load_records(layout).ontology.categories[0].name == "sock"

    def test_without_descriptions_ids_are_those_of_2019(self, make_folder, ontology):
        layout = find_layout(make_folder({"train.csv": HEADER}))
        assert layout.descriptions is None
        assert load_records(layout).ontology == ontology


class TestCoco:
    @pytest.mark.parametrize("given", ["", "instances.json"])
    def test_is_recognised_by_its_lists(self, make_folder, given):
        root = make_folder({"instances.json": COCO, "train/a.jpg": "x", "other.json": [1], "card.json": {}})
        layout = find_layout(root / given)
        assert (layout.kind, layout.root, layout.annotations) == ("coco", root, root / "instances.json")
        assert layout.photos_dir == root / "train"

    def test_folders_within_file_names_are_followed_where_they_exist(self, make_folder):
        image = {"id": 1, "file_name": "val2017/a.jpg", "height": 2, "width": 2}
        root = make_folder({"x.json": COCO | {"images": [image]}, "a.jpg": "x"})
        assert find_layout(root).photo_path("val2017/a.jpg") == root / "a.jpg"
        make_folder({"val2017/a.jpg": "x"})
        assert find_layout(root).photo_path("val2017/a.jpg") == root / "val2017/a.jpg"

    def test_two_files_need_a_choice(self, make_folder):
        root = make_folder({"train.json": COCO, "val.json": COCO, "a.jpg": "x"})
        with pytest.raises(DataError, match=r"2 annotation files \(train\.json, val\.json\)"):
            find_layout(root)


class TestPhotos:
    def test_a_folder_lists_its_photos(self, make_folder):
        root = make_folder(dict.fromkeys(["b.JPG", "a.webp", ".hidden.jpg", "notes.txt", "c.png/x"], "x"))
        layout = find_layout(root)
        assert (layout.kind, layout.annotations, layout.photos_dir) == ("photos", None, root)
        assert layout.photo_ids() == ["a.webp", "b.JPG"]

    def test_photos_may_lie_one_folder_deeper(self, make_folder):
        root = make_folder({"photos/a.jpg": "x", "tags.csv": "x"})
        assert find_layout(root).photos_dir == root / "photos"

    def test_one_photo_is_a_data_set_of_one(self, make_folder):
        root = make_folder({"a.jpg": "x", "b.jpg": "x"})
        layout = find_layout(root / "a.jpg")
        assert (layout.kind, layout.root, layout.photo_ids()) == ("photos", root / "a.jpg", ["a.jpg"])
        assert layout.photo_path("a.jpg") == root / "a.jpg"

    def test_have_no_records(self, make_folder):
        with pytest.raises(DataError, match="photos without annotations"):
            load_records(make_folder({"a.jpg": "x"}))


@pytest.mark.parametrize(
    ("files", "given", "said"),
    [
        pytest.param({}, "none", "no such file or folder", id="nothing there"),
        pytest.param({"notes.txt": "x"}, "", "holds no train.csv, no COCO JSON and no photo", id="no data"),
        pytest.param({"notes.txt": "x"}, "notes.txt", "neither annotations nor a photo", id="a text"),
        pytest.param({"x.json": [1]}, "x.json", "no COCO annotation file", id="another JSON"),
        pytest.param({"x.json": ""}, "x.json", "no COCO annotation file", id="an empty JSON"),
    ],
)
def test_what_is_no_data_is_told_with_what_is_expected(make_folder, files, given, said):
    root = make_folder(files)
    with pytest.raises(DataError) as caught:
        find_layout(root / given)
    assert said in str(caught.value)
    assert "Give a folder with train.csv and photos" in str(caught.value)


@pytest.mark.data
def test_the_shared_street_photos_are_recognised(ccp):
    layout = find_layout(ccp / "val")
    assert (layout.kind, layout.photos_dir) == ("imaterialist", ccp / "val" / "photos")
    assert len(layout.photo_ids()) == 100
    catalog = find_layout(ccp / "catalog")
    assert (catalog.kind, len(catalog.photo_ids())) == ("photos", 550)
