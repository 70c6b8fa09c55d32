import subprocess
import sys
import threading
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from attire.errors import DataError, RecipeError, WeightsError
from attire.model import ModelCard, save_model
from attire.ontology import Category, Ontology
from attire.photos import read_photo
from attire.predict import Look, PhotoFailure, Predictor, select_by_score
from attire.predict.attribute_carriers import attribute_carriers
from attire.preprocess import InputSpec

DRESS, SHOE, BAG = 10, 23, 24


@pytest.fixture
def predictor(make_raw, make_runtime) -> Predictor:
    raw = make_raw(
        (DRESS, (10, 5, 30, 20), 0.9, {"floral": 0.8}),
        (SHOE, (30, 5, 40, 20), 0.4, {}),
        (BAG, (2, 5, 9, 20), 0.1, {}),
    )
    return Predictor(make_runtime(raw))


def test_a_photo_becomes_a_look(predictor, photo):
    look = predictor(photo)
    assert isinstance(look, Look)
    assert look.photo.size == (128, 64)
    assert look.size == (64, 128)
    assert [look.category_name(i) for i in range(len(look))] == ["dress", "shoe"]
    assert look.image_id == "photo"


def test_files_images_and_pixels_are_read_alike(predictor, photo, tmp_path):
    photo.save(tmp_path / "a.png")
    from_file = predictor(tmp_path / "a.png")
    from_text = predictor(str(tmp_path / "a.png"))
    from_image = predictor(Image.open(tmp_path / "a.png"))
    predictor(np.asarray(photo))
    first, *others = [batch[0] for batch in predictor.runtime.asked]
    assert len(others) == 3
    for other in others:
        np.testing.assert_array_equal(other, first)
    assert {look.image_id for look in (from_file, from_text, from_image)} == {"a.png"}


@pytest.mark.parametrize(
    "pixels",
    [np.zeros((4, 4), np.uint8), np.zeros((4, 4, 3), np.float32), np.zeros((4, 4, 4), np.uint8)],
    ids=["grey", "floats", "with alpha"],
)
def test_pixels_of_another_form_are_refused(predictor, pixels):
    with pytest.raises(DataError, match="uint8, shape"):
        predictor(pixels)


def test_keep_all_keeps_the_unsure_ones(predictor, photo):
    assert len(predictor(photo, keep="all")) == 3
    with pytest.raises(RecipeError, match="'selected' or 'all'"):
        predictor(photo, keep="some")


def test_a_selector_decides_what_is_kept(predictor, photo):
    sure = Predictor(predictor.runtime, selector=select_by_score(0.5))
    assert len(sure(photo)) == 1
    assert len(sure(photo, keep="all")) == 3
    with pytest.raises(RecipeError, match="between 0 and 1"):
        select_by_score(30)


@pytest.mark.parametrize("batch_size", [1, 2, 3, 10])
def test_many_photos_come_in_order_and_a_broken_one_does_not_stop_them(
    predictor, photo, tmp_path, batch_size
):
    names = [f"{n}.png" for n in range(7)]
    for n, name in enumerate(names):
        photo.crop((0, 0, 100 + n, 64)).save(tmp_path / name)
    (tmp_path / "3.png").write_bytes((tmp_path / "3.png").read_bytes()[:60])
    found = list(predictor.many([tmp_path / name for name in names], batch_size=batch_size))
    assert [one.image_id for one in found] == names
    assert [one.image_id for one in found if isinstance(one, PhotoFailure)] == ["3.png"]
    assert "damaged" in found[3].reason
    assert [look.photo.width for look in found if isinstance(look, Look)] == [100, 101, 102, 104, 105, 106]
    assert sum(map(len, predictor.runtime.asked)) == 6
    assert max(map(len, predictor.runtime.asked)) <= batch_size


def test_photos_are_prepared_in_another_thread_and_not_all_at_once(predictor, photo, monkeypatch):
    threads, handed_out = set(), []

    def prepare(source, spec, image_id):
        threads.add(threading.current_thread())
        return real(source, spec, image_id)

    def photos():
        for n in range(50):
            handed_out.append(n)
            yield photo

    from attire.predict import read_ahead

    real = read_ahead.prepare
    monkeypatch.setattr(read_ahead, "prepare", prepare)
    looks = predictor.many(photos(), batch_size=2)
    next(looks)
    assert threading.main_thread() not in threads
    assert len(handed_out) <= 5
    looks.close()


def test_names_can_be_given(predictor, photo, tmp_path):
    looks = predictor.many([photo, tmp_path / "absent.jpg"], image_ids=["red/1.jpg", "red/2.jpg"])
    assert [one.image_id for one in looks] == ["red/1.jpg", "red/2.jpg"]


def test_an_empty_batch_is_refused(predictor, photo):
    with pytest.raises(RecipeError, match="at least one photo"):
        predictor.many([photo], batch_size=0)


def test_no_photos_are_no_looks(predictor):
    assert list(predictor.many([])) == []


def test_an_exif_rotated_photo_is_read_upright(predictor, photo, tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6
    photo.save(tmp_path / "turned.jpg", exif=exif)
    look = predictor(tmp_path / "turned.jpg")
    assert look.size == (128, 64)
    assert look.photo.size == read_photo(tmp_path / "turned.jpg").size


def test_the_cut_off_in_a_model_file_is_kept_unless_another_is_asked_for(tiny_network, tmp_path):
    card, spec = ModelCard(name="tiny"), InputSpec(height=96, width=64)
    file = save_model(tmp_path / "m.safetensors", tiny_network, card=card, input_spec=spec, least_score=0.99)
    photo = Image.new("RGB", (60, 90), (40, 90, 160))
    everything = Predictor.load(file)(photo, keep="all")
    assert len(everything) > 0
    assert everything.scores.max() < 0.99
    assert len(Predictor.load(file)(photo)) == 0
    assert len(Predictor.load(file, selector=select_by_score(0.0))(photo)) == len(everything)


def test_a_missing_model_is_named(tmp_path):
    with pytest.raises(WeightsError, match="absent: no such model"):
        Predictor.load(tmp_path / "absent")


def test_what_carries_attributes_is_found_by_name(ontology):
    assert attribute_carriers(ontology) == {*range(13), 27, 28, 33}
    shapes = Ontology("shapes", (Category(0, "circle"),), (), ())
    assert attribute_carriers(shapes) is None


def test_prediction_needs_no_torch():
    script = (
        "import sys; import attire.predict; import attire; attire.Predictor;"
        "heavy = {'torch', 'torchvision', 'polars', 'scipy', 'matplotlib'} & set(sys.modules);"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


class TestMaps:
    """What the backbone sees goes with a look that asks for it."""

    def mapping(self, make_raw, make_runtime):
        """A runtime whose maps hold the number of the input they were made for."""
        stub = make_runtime(make_raw((DRESS, (10, 5, 30, 20), 0.9, {})))

        class Mapping:
            ontology, input_spec, attribute_categories = stub.ontology, stub.input_spec, None

            def __call__(self, inputs):
                return stub(inputs)

            def with_maps(self, inputs):
                first = sum(map(len, stub.asked))
                found = stub(inputs)
                return [
                    replace(raw, maps=(np.full((2, 16, 16), first + place, np.float16),))
                    for place, raw in enumerate(found)
                ]

        return Mapping()

    def test_none_where_nobody_asks(self, make_raw, make_runtime, photo):
        assert Predictor(self.mapping(make_raw, make_runtime))(photo).maps is None

    def test_they_come_with_the_way_from_photo_to_map(self, make_raw, make_runtime, photo):
        look = Predictor(self.mapping(make_raw, make_runtime))(photo, maps=True)
        assert look.maps.levels[0].shape == (2, 16, 16)
        assert look.maps.geometry.photo_size == look.size
        assert look[[]].maps is look.maps

    def test_each_of_many_has_its_own(self, make_raw, make_runtime, photo):
        looks = list(Predictor(self.mapping(make_raw, make_runtime)).many([photo] * 3, maps=True))
        assert [float(look.maps.levels[0][0, 0, 0]) for look in looks] == [0, 1, 2]

    def test_of_several_views_they_are_of_the_photo_as_it_is(self, make_raw, make_runtime, photo):
        predictor = Predictor(self.mapping(make_raw, make_runtime), tta=True)
        assert float(predictor(photo, maps=True).maps.levels[0][0, 0, 0]) == 0

    def test_a_runtime_without_any_is_refused(self, predictor, photo):
        with pytest.raises(RecipeError, match="gives no feature maps"):
            predictor(photo, maps=True)
