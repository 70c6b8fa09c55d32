"""The card of a trained model: what it learned from, and what it cannot know."""

import numpy as np
import numpy.typing as npt

from attire.model import ModelCard
from attire.train.material import Material
from attire.train.recipe import Recipe

__all__ = ["describe_model"]

Places = npt.NDArray[np.int64]


def describe_model(recipe: Recipe, material: Material) -> ModelCard:
    """Describe a model by its recipe and its photos; scores are added by whoever measures them.

    Args:
        recipe: As resolved.
        material: The photos.

    Returns:
        A card that names the data, their fingerprint, and every category without an example in training.
    """
    dataset = material.dataset
    photos = np.unique(material.train)
    seen = dataset.records.select(photos)
    unseen = [
        c.short_name for c in dataset.ontology.categories if c.id not in set(seen.category_ids.tolist())
    ]
    limits = [f"Learned from {len(photos)} photos; on others than these kinds it was never tried."]
    if unseen:
        limits.append(f"Never saw, so cannot find: {', '.join(unseen)}.")
    if not seen.annotated.any():
        limits.append("No attributes were annotated in training; those it gives mean nothing.")
    return ModelCard(
        name=recipe.name,
        data=_data(material, photos),
        fingerprint=dataset.fingerprint,
        limits=tuple(limits),
    )


def _data(material: Material, photos: Places) -> str:
    """Name the folders learned from, each with the photos taken and those that lie there."""
    dataset = material.dataset
    starts = [0, *(start for start, _ in dataset.joined), len(dataset)]
    folders = [dataset.layout, *(layout for _, layout in dataset.joined)]
    taken = np.histogram(photos, bins=starts)[0] if len(starts) > 2 else [len(photos)]
    return "; ".join(
        f"{layout.root.name}: {n} of {last - first} photos"
        for layout, n, first, last in zip(folders, taken, starts, starts[1:], strict=False)
    )
