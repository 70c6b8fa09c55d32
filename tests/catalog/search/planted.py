"""A catalogue whose answers are known, and an encoder and predictor that know it by heart."""

from collections.abc import Mapping

import numpy as np
from tests.catalog.made_up import DIMENSIONS, PARTS, made_up_row, unit

from attire.ontology import Ontology

ONTOLOGY = Ontology.imaterialist2019()
VERSION = "made-up 1"
COLOUR_OF = {
    "red": np.array([1, 0, 0, 0.0]),
    "blue": np.array([0, 1, 0, 0.0]),
    "white": np.array([0, 0, 1, 0.0]),
}
SHAPE_OF = {
    "dress": np.array([1, 0, 0, 0.0]),
    "skirt": np.array([0.8, 0.6, 0, 0.0]),
    "shirt": np.array([0, 0, 1, 0.0]),
}
PATTERN_OF = {
    "plain": np.array([1, 0, 0, 0.0]),
    "floral": np.array([0, 1, 0, 0.0]),
    "stripe": np.array([0, 0, 1, 0.0]),
}


def embedding(category: str, pattern: str, colour: str, noise: int = 0) -> np.ndarray:
    """Parts of known cosines; noise tells garments of one kind apart a little."""
    random = np.random.default_rng(noise)
    parts = (SHAPE_OF[category], PATTERN_OF[pattern], COLOUR_OF[colour])
    return unit(np.concatenate([unit(part + 0.05 * random.normal(size=4)) for part in parts]))


def probabilities(**said: float) -> list[float]:
    """Probabilities of all attributes: 0.02 but for those named, with underscores for spaces."""
    found = np.full(len(ONTOLOGY.attributes), 0.02)
    for name, value in said.items():
        found[ONTOLOGY.attribute_index(name.replace("_", " "))] = value
    return found.tolist()


def planted(
    place: int, category: str, pattern: str, colour: str, length: str = "knee", sure: float = 0.9, **changes
):
    """A row whose attributes, colours and embedding say the same."""
    told = {pattern: sure, length: sure}
    return (
        made_up_row(
            place,
            category=category,
            category_id=ONTOLOGY.category(category).id,
            attributes=[a.short_name for a in ONTOLOGY.attributes if a.short_name in told],
            attribute_probs=probabilities(**{name.replace(" ", "_"): value for name, value in told.items()}),
            colours=[colour],
            embedding=embedding(category, pattern, colour, noise=place),
            encoder=VERSION,
        )
        | changes
    )


class ByHeart:
    """Encodes a look by what stands in its embeddings."""

    version = VERSION
    parts: Mapping[str, slice] = PARTS
    dimensions = DIMENSIONS
    wants_maps = False

    def encode(self, look):
        return look.embeddings


class InColours(ByHeart):
    """Also knows the vector of a colour."""

    def colour_vector(self, name):
        return (COLOUR_OF[name] * 7).astype(np.float32)
