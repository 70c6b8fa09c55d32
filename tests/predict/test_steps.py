import numpy as np
import pytest

from attire.errors import RecipeError
from attire.predict import Predictor, Steps, draw_steps

DRESS = 10


def test_a_runtime_without_steps_is_told_apart(make_raw, make_runtime, photo):
    runtime = make_runtime(make_raw((DRESS, (10, 5, 30, 20), 0.9, {})))
    with pytest.raises(RecipeError, match="results only, no steps"):
        draw_steps(runtime, Predictor(runtime)(photo))


def test_boxes_are_drawn_where_they_lie_on_the_photo(make_raw, make_runtime, photo):
    runtime = make_runtime(make_raw((DRESS, (10, 5, 30, 20), 0.9, {})))
    look = Predictor(runtime)(photo)
    runtime.trace = lambda array: Steps(
        proposals=np.array([[0, 0, 8, 8]], np.float32),
        objectness=np.array([1], np.float32),
        refined=np.array([[40, 20, 60, 30]], np.float32),
        refined_scores=np.array([1], np.float32),
        detections=runtime.answers[0],
    )
    sheet = np.asarray(draw_steps(runtime, look)).astype(int)
    gap, head = 8, sheet.shape[0] - 64 - 2 * 8

    def picture(n):
        left = gap + n * (128 + gap)
        return sheet[gap + head : gap + head + 64, left : left + 128]

    def changed(n):
        return np.abs(picture(n) - np.asarray(photo).astype(int)).max(axis=2) > 30

    for n, (left, top, right, bottom) in enumerate([(0, 0, 15, 15), (80, 40, 119, 59)]):
        rows, columns = np.nonzero(changed(n))
        assert [columns.min(), rows.min(), columns.max(), rows.max()] == [left, top, right, bottom]
