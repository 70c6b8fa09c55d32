import numpy as np

from attire.predict.flip import mirror_detections, mirror_input

DRESS = 10


def test_mirroring_twice_changes_nothing(make_raw):
    rng = np.random.default_rng(0)
    array = rng.integers(0, 256, (3, 8, 10), dtype=np.uint8)
    once = mirror_input(array, 7)
    np.testing.assert_array_equal(once[:, :, 7:], array[:, :, 7:])
    np.testing.assert_array_equal(once[:, :, 0], array[:, :, 6])
    np.testing.assert_array_equal(mirror_input(once, 7), array)
    raw = make_raw((DRESS, (1, 2, 5, 6), 0.9, {}), masks=rng.random((1, 28, 28)))
    back = mirror_detections(mirror_detections(raw, 7), 7)
    np.testing.assert_array_equal(back.boxes, raw.boxes)
    np.testing.assert_array_equal(back.masks, raw.masks)
