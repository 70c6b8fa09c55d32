import numpy as np
import pytest
from PIL import Image

from attire.catalog.items.framing import COPIES, FRAME, frame_photo
from attire.catalog.items.look_hash import DUPLICATE_BITS, bits_apart
from attire.errors import DataError, RecipeError


def test_street_photos_are_read_as_they_are(street, tmp_path):
    street.save(tmp_path / "street.png")
    framed = frame_photo(tmp_path / "street.png")
    assert framed.product is None
    assert framed.size == (300, 200)
    assert np.array_equal(np.asarray(framed.readable), np.asarray(street))


def test_a_large_street_photo_is_left_to_the_predictor(street, tmp_path):
    street.resize((2000, 3000)).save(tmp_path / "large.jpg")
    framed = frame_photo(tmp_path / "large.jpg")
    assert framed.readable == tmp_path / "large.jpg"
    assert framed.size == (3000, 2000)


def test_a_product_lies_in_its_frame_in_every_size(handbag):
    framed = frame_photo(handbag)
    assert framed.readable.size == FRAME[::-1]
    boxes = framed.product.copies.boxes
    sides = (boxes[:, 2:] - boxes[:, :2]) / [FRAME[1], FRAME[0]]
    assert sides.max(axis=1) == pytest.approx([copy.filled for copy in COPIES], abs=0.01)
    middle = (boxes[:, 2:] + boxes[:, :2]) / 2 / [FRAME[1], FRAME[0]]
    assert middle == pytest.approx(np.array([(copy.x, copy.y) for copy in COPIES]), abs=0.01)
    # Copies do not overlap.
    together = sum(framed.product.copies.decode(i).astype(int) for i in range(len(COPIES)))
    assert together.max() == 1
    assert (np.asarray(framed.readable)[together == 0].min(axis=1) < 200).mean() < 0.005


def test_the_way_back_leads_to_the_photo(handbag):
    large = handbag.resize((1500, 1200))
    product = frame_photo(large).product
    assert tuple(product.outline.sizes[0]) == (1200, 1500)
    back = product.mask_in_photo(product.copies, 0)
    there = product.outline.decode(0)
    assert (back & there).sum() / (back | there).sum() > 0.95
    assert product.boxes_in_photo(product.copies.boxes[:1])[0] == pytest.approx(
        product.outline.boxes[0], abs=12
    )


def test_a_large_photo_is_framed_alike_as_a_file_and_as_pixels(handbag, tmp_path):
    large = handbag.resize((3000, 2400))
    large.save(tmp_path / "large.jpg", quality=95)
    file, pixels = frame_photo(tmp_path / "large.jpg"), frame_photo(large)
    assert pixels.size == file.size == (2400, 3000)
    assert pixels.draft.image.size == file.draft.image.size == (750, 600)
    assert bits_apart(pixels.photo_look, file.photo_look) <= DUPLICATE_BITS // 2
    assert np.abs(np.asarray(pixels.readable).astype(int) - np.asarray(file.readable)).mean() < 2
    both = [framed.product.outline.decode(0) for framed in (file, pixels)]
    assert (both[0] & both[1]).sum() / (both[0] | both[1]).sum() > 0.98


def test_what_photos_are_can_be_said(handbag, street):
    assert frame_photo(handbag, "street").product is None
    whole = frame_photo(street, "product").product
    assert whole is not None
    assert whole.outline.areas[0] > 0
    with pytest.raises(RecipeError, match="auto, street, product"):
        frame_photo(handbag, "runway")


def test_a_broken_photo_is_said(tmp_path):
    (tmp_path / "broken.jpg").write_bytes(b"no photo")
    with pytest.raises(DataError, match=r"broken\.jpg"):
        frame_photo(tmp_path / "broken.jpg")


@pytest.mark.parametrize("size", [(1, 1), (3, 400), (400, 3)], ids=["a pixel", "a line", "a column"])
def test_odd_sizes_are_framed_or_left(size):
    framed = frame_photo(Image.new("RGB", size, "white"))
    assert framed.size == size[::-1]
    assert framed.product is None
    assert frame_photo(Image.new("RGB", size, "white"), "product").product is not None
