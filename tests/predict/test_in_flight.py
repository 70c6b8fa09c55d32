"""Photos on their way: in order, side by side, never too many, and nothing lost."""

import threading
from dataclasses import dataclass, field

import numpy as np
import pytest
from PIL import Image

from attire.predict import PhotoFailure, Predictor, prepare
from attire.predict.in_flight import InFlight
from attire.preprocess import InputSpec

SPEC = InputSpec(min_side=32, max_side=64)
SHAPES = {"w": (64, 32), "h": (32, 64), "s": (32, 32)}
WAIT_S = 20


@dataclass
class Road:
    """Photos from a line of letters, a network and a finisher that remember what they saw."""

    asked: list[list[int]] = field(default_factory=list)
    taken: int = 0

    def photos(self, line):
        for n, letter in enumerate(line):
            self.taken += 1
            if letter == "x":
                yield PhotoFailure(str(n), "broken")
            elif letter == "!":
                raise OSError("the disk is gone")
            else:
                yield prepare(Image.new("RGB", SHAPES[letter]), SPEC, str(n))

    def detect(self, batch):
        self.asked.append([int(one.image_id) for one in batch])
        return [("raw of", one.image_id) for one in batch]

    def finish(self, one, raw):
        assert raw == ("raw of", one.image_id)
        return one.image_id, one.geometry.network_size

    def run(self, line, **more):
        return InFlight(self.detect, self.finish, **more).run(self.photos(line))


@pytest.fixture
def road() -> Road:
    return Road()


def expected(line):
    sizes = {letter: shape[::-1] for letter, shape in SHAPES.items()}
    return [
        PhotoFailure(str(n), "broken") if letter == "x" else (str(n), sizes[letter])
        for n, letter in enumerate(line)
    ]


@pytest.mark.parametrize("alike", [False, True], ids=["as they come", "alike"])
@pytest.mark.parametrize("batch_size", [1, 2, 3, 10])
@pytest.mark.parametrize(
    "line", ["", "x", "w", "wwwwwwww", "whwhwhwh", "xwhsxxwhswwwwwwwwwwwhxs", "h" + "w" * 40, "wx" * 20]
)
def test_all_come_in_order(road, line, batch_size, alike):
    assert list(road.run(line, batch_size=batch_size, alike=alike)) == expected(line)
    assert sorted(n for batch in road.asked for n in batch) == [n for n, one in enumerate(line) if one != "x"]
    assert max(map(len, road.asked), default=0) <= batch_size
    if alike:
        assert all(len({line[n] for n in batch}) == 1 for batch in road.asked)


def test_photos_of_one_size_share_a_batch(road):
    list(road.run("whwhwhwh", batch_size=4, alike=True))
    assert road.asked == [[0, 2, 4, 6], [1, 3, 5, 7]]


def test_photos_come_as_they_are_where_nothing_else_is_asked(road):
    list(road.run("whwhw", batch_size=2))
    assert road.asked == [[0, 1], [2, 3], [4]]


def test_a_photo_waits_for_its_like_no_longer_than_four_batches(road):
    looks = road.run("h" + "w" * 40, batch_size=2, alike=True)
    next(looks)
    assert road.taken <= 8
    assert [0] in road.asked
    looks.close()


@pytest.mark.parametrize("batch_size", [1, 4])
def test_two_batches_are_on_their_way_and_no_more(road, batch_size):
    looks = road.run("w" * 40, batch_size=batch_size, alike=True)
    for seen in range(1, 20):
        next(looks)
        assert road.taken - seen <= 2 * batch_size
    looks.close()


def test_looks_are_finished_while_the_network_reads_on(road):
    """The first look needs the second photo in the network: one after the other this would never end."""
    second = threading.Event()
    threads = set()

    def detect(batch):
        threads.add(threading.current_thread())
        if batch[0].image_id == "1":
            second.set()
        return road.detect(batch)

    def finish(one, raw):
        threads.add(threading.current_thread())
        assert second.wait(WAIT_S)
        return road.finish(one, raw)

    assert list(InFlight(detect, finish, batch_size=1).run(road.photos("www"))) == expected("www")
    assert len(threads) == 2
    assert threading.current_thread() not in threads


def test_an_error_comes_at_its_place(road):
    def detect(batch):
        if "3" in [one.image_id for one in batch]:
            raise RuntimeError("out of memory")
        return road.detect(batch)

    looks = InFlight(detect, road.finish, batch_size=2).run(road.photos("wwwwww"))
    assert [next(looks), next(looks)] == expected("ww")
    with pytest.raises(RuntimeError, match="out of memory"):
        next(looks)


def test_an_error_while_a_look_is_finished_comes_at_its_place(road):
    def finish(one, raw):
        if one.image_id == "1":
            raise ValueError("no such pixel")
        return road.finish(one, raw)

    looks = InFlight(road.detect, finish, batch_size=3).run(road.photos("www"))
    assert next(looks) == expected("w")[0]
    with pytest.raises(ValueError, match="no such pixel"):
        next(looks)


def test_what_was_taken_before_the_photos_break_off_still_comes(road):
    looks = road.run("wwx!", batch_size=2)
    assert [next(looks) for _ in range(3)] == expected("wwx")
    with pytest.raises(OSError, match="disk is gone"):
        next(looks)


def test_closing_ends_promptly_and_starts_nothing_new(road):
    before = threading.active_count()
    looks = road.run("w" * 1000, batch_size=1)
    next(looks)
    looks.close()
    assert len(road.asked) <= 3
    assert threading.active_count() == before


def test_an_interrupt_ends_the_threads(road):
    before = threading.active_count()
    looks = road.run("w" * 10, batch_size=1)
    next(looks)
    with pytest.raises(KeyboardInterrupt):
        looks.throw(KeyboardInterrupt)
    assert threading.active_count() == before


def test_a_runtime_says_how_many_photos_it_likes_and_an_explicit_number_wins(make_raw, make_runtime):
    runtime = make_runtime(make_raw((10, (1, 1, 20, 20), 0.9, {})), input_spec=SPEC)
    photos = [Image.new("RGB", SHAPES[letter]) for letter in "whwhwh"]
    sizes = [(one.height, one.width) for one in photos]
    for parallel, batch_size, groups in [(None, None, [1] * 6), (3, None, [3, 3]), (3, 2, [2, 2, 1, 1])]:
        runtime.asked.clear()
        if parallel is not None:
            runtime.parallel = parallel
        looks = list(Predictor(runtime).many(photos, batch_size=batch_size))
        assert [look.size for look in looks] == sizes
        assert [len(batch) for batch in runtime.asked] == groups
        mixed = [len({array.shape for array in batch}) > 1 for batch in runtime.asked]
        assert any(mixed) == (groups == [3, 3])


def test_a_network_is_run_by_one_thread_at_a_time(make_raw, make_runtime):
    runtime = make_runtime(make_raw((10, (1, 1, 20, 20), 0.9, {})))
    busy, met = threading.Lock(), []

    class Alone:
        """Notes when it is called while it is at work already."""

        def __getattr__(self, name):
            return getattr(runtime, name)

        def __call__(self, inputs):
            if not busy.acquire(blocking=False):
                met.append(threading.current_thread().name)
                return runtime(inputs)
            try:
                threading.Event().wait(0.005)
                return runtime(inputs)
            finally:
                busy.release()

    predictor, photo = Predictor(Alone()), Image.new("RGB", (64, 64))
    for _ in predictor.many([photo] * 10):
        assert len(predictor(photo)) == 1
    assert met == []


def test_mixed_shapes_in_batches_give_what_single_photos_give(ontology):
    """A network whose answer depends on the input alone, padding included."""
    from attire.predict import RawDetections

    class Corner:
        input_spec, attribute_categories = SPEC, None

        def __init__(self):
            self.ontology = ontology

        def __call__(self, inputs):
            return [
                RawDetections(
                    boxes=np.array([[0, 0, array.shape[2] / 2, array.shape[1] / 2]], np.float32),
                    labels=np.array([11]),
                    scores=np.array([array.mean() / 255], np.float32),
                    masks=np.ones((1, 28, 28), np.float32),
                    attribute_probs=np.zeros((1, len(ontology.attributes)), np.float32),
                )
                for array in inputs
            ]

    shades = [Image.new("RGB", SHAPES["whs"[n % 3]], (90 + n, 200, 200)) for n in range(14)]
    predictor = Predictor(Corner())
    alone = [predictor(one, keep="all") for one in shades]
    together = list(predictor.many(shades, keep="all", batch_size=3))
    for one, look in zip(alone, together, strict=True):
        assert look.size == one.size
        np.testing.assert_array_equal(look.scores, one.scores)
        np.testing.assert_array_equal(look.boxes, one.boxes)
