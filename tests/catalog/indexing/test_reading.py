"""What reads photos into a catalogue goes together, or is refused."""

import pytest

from attire.catalog.indexing import open_reading
from attire.errors import RecipeError, WeightsError


def test_a_network_that_the_embedding_does_not_know_is_refused():
    with pytest.raises(WeightsError, match="goes with network"):
        open_reading(["fast"])


def test_there_are_three_kinds_of_photos():
    with pytest.raises(RecipeError, match="auto, street, product; found 'runway'"):
        open_reading(photos="runway")


def test_the_model_in_the_box_goes_with_its_embedding():
    reading = open_reading()
    assert reading.encoder.dimensions == 256
    assert reading.model.startswith("box ")
