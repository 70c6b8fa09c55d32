import pytest

from attire.errors import DataError
from attire.predict import list_sources, picture_names


@pytest.fixture
def folder(tmp_path, photo):
    for name in ("b.jpg", "a.png", "notes.txt"):
        photo.save(tmp_path / name, format="PNG")
    return tmp_path


def test_a_folder_gives_its_photos_by_name(folder):
    assert list_sources([folder]) == {"a.png": folder / "a.png", "b.jpg": folder / "b.jpg"}


def test_a_file_counts_whatever_its_ending_and_only_once(folder):
    found = list_sources([folder / "notes.txt", folder, folder / "a.png"])
    assert list(found) == ["notes.txt", "a.png", "b.jpg"]


def test_a_data_set_gives_its_photos(tmp_path, photo):
    (tmp_path / "photos").mkdir()
    photo.save(tmp_path / "photos" / "x.png")
    (tmp_path / "train.csv").write_text("ImageId,EncodedPixels,Height,Width,ClassId\nx.png,1 2,64,128,3\n")
    assert list(list_sources([tmp_path])) == ["x.png"]


def test_equal_names_get_their_folders(tmp_path, photo):
    for folder in ("red", "blue", "red/deep"):
        (tmp_path / folder).mkdir(parents=True, exist_ok=True)
        photo.save(tmp_path / folder / "1.png")
    photo.save(tmp_path / "red" / "2.png")
    found = list_sources([tmp_path / "red", tmp_path / "blue", tmp_path / "red" / "deep"])
    assert list(found) == ["red/1.png", "2.png", "blue/1.png", "deep/1.png"]


def test_a_missing_path_stops_before_anything_is_read(folder):
    with pytest.raises(DataError, match=r"absent\.jpg: no such file"):
        list_sources([folder, folder / "absent.jpg"])


def test_a_folder_without_photos_is_said(tmp_path):
    with pytest.raises(DataError, match="no photo"):
        list_sources([tmp_path])


def test_pictures_never_clash():
    names = picture_names(["a.jpg", "A.png", "a.jpg.png", "r/b.jpg", "r-b.png"])
    assert len({name.lower() for name in names}) == 5
    assert all(name.endswith(".png") and "/" not in name for name in names)
