"""Several views of a photo: what each network makes of it at several scales, as it is and mirrored."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from attire.errors import RecipeError
from attire.predict.flip import mirror_detections, mirror_input
from attire.predict.fusion import fuse
from attire.predict.read_ahead import Prepared
from attire.predict.runtime import MappingRuntime, RawDetections, Runtime
from attire.preprocess import Geometry, InputSpec

__all__ = ["TTA_SCALES", "View", "all_views", "check_ensemble", "further_specs", "read_views"]

TTA_SCALES = (1.0, 1.1)
"""Sizes at which test-time augmentation reads a photo, as multiples of what the network was trained on."""


@dataclass(frozen=True, slots=True)
class View:
    """One way to look at a photo."""

    network: int = 0
    """Place of the network that looks."""
    scale: float = 1.0
    """Size of its input, as a multiple of what it was trained on."""
    mirrored: bool = False
    """Whether it is shown the mirror image."""

    def spec(self, runtimes: Sequence[Runtime]) -> InputSpec:
        """What this view's network is fed."""
        return runtimes[self.network].input_spec.scaled(self.scale)


def all_views(networks: int, *, tta: bool) -> tuple[View, ...]:
    """List the views of so many networks; with ``tta``, at every scale as it is and mirrored.

    Example:
        >>> len(all_views(1, tta=False)), len(all_views(1, tta=True)), len(all_views(2, tta=True))
        (1, 4, 8)
    """
    scales, mirrors = (TTA_SCALES, (False, True)) if tta else ((1.0,), (False,))
    return tuple(
        View(network, scale, mirrored)
        for network in range(networks)
        for scale in scales
        for mirrored in mirrors
    )


def read_views(
    runtimes: Sequence[Runtime], views: Sequence[View], batch: Sequence[Prepared], *, maps: bool = False
) -> list[RawDetections]:
    """Read a batch once for each view, one after the other, and fuse what they show.

    Args:
        runtimes: The networks; the first is what the batch was prepared for.
        views: How to look, at least one way.
        batch: Photos and what the first network sees of them.
        maps: Whether to give the maps in which the first network sees the prepared input, too.

    Returns:
        One value per photo, in the pixels of its prepared input. What several networks show has no
        embeddings: vectors of different networks cannot be compared.

    Raises:
        RecipeError: If maps are asked for and the first network's runtime has none to give.
    """
    seen = [_see(runtimes, view, batch, maps=maps and view == View()) for view in views]
    if len({view.network for view in views}) > 1:
        seen = [[replace(raw, embeddings=None) for raw in own] for own in seen]
    fused = [fuse(photo) for photo in zip(*seen, strict=True)]
    if not maps:
        return fused
    plain = seen[views.index(View())]
    return [replace(raw, maps=one.maps) for raw, one in zip(fused, plain, strict=True)]


def further_specs(runtimes: Sequence[Runtime], views: Sequence[View]) -> tuple[InputSpec, ...]:
    """List what views are fed that is not what the first network is fed, each once."""
    specs = dict.fromkeys(view.spec(runtimes) for view in views)
    return tuple(spec for spec in specs if spec != runtimes[0].input_spec)


def _see(
    runtimes: Sequence[Runtime], view: View, batch: Sequence[Prepared], *, maps: bool
) -> list[RawDetections]:
    """What one view shows, in the pixels of the prepared inputs."""
    spec = view.spec(runtimes)
    as_prepared = spec == runtimes[0].input_spec
    inputs = [(one.array, one.geometry) if as_prepared else one.view(spec) for one in batch]
    widths = [geometry.content_size[1] for _, geometry in inputs]
    arrays = [
        mirror_input(array, width) if view.mirrored else array
        for (array, _), width in zip(inputs, widths, strict=True)
    ]
    runtime = runtimes[view.network]
    if not maps:
        found = runtime(arrays)
    elif isinstance(runtime, MappingRuntime):
        found = runtime.with_maps(arrays)
    else:
        raise RecipeError(f"{type(runtime).__name__} gives no feature maps. Read photos with maps=False.")
    if view.mirrored:
        found = [mirror_detections(raw, width) for raw, width in zip(found, widths, strict=True)]
    return [
        _moved(raw, geometry, one.geometry)
        for raw, (_, geometry), one in zip(found, inputs, batch, strict=True)
    ]


def _moved(raw: RawDetections, geometry: Geometry, onto: Geometry) -> RawDetections:
    """Move boxes from one input's pixels to another's, of the same photo; padding stays padding."""
    if geometry == onto:
        return raw
    factors = [onto.scale_x / geometry.scale_x, onto.scale_y / geometry.scale_y]
    return replace(raw, boxes=raw.boxes * np.array(factors * 2, np.float32))


def check_ensemble(runtimes: Sequence[Runtime]) -> None:
    """Refuse networks that cannot speak together.

    Raises:
        RecipeError: If there are none, or they name different things.
    """
    if not runtimes:
        raise RecipeError("A predictor takes at least one network; found none.")
    first = runtimes[0].ontology
    for place, runtime in enumerate(runtimes[1:], start=2):
        own = runtime.ontology
        if own != first:
            raise RecipeError(
                f"Models of an ensemble name the same things in the same order: model 1 knows {first.name} "
                f"({len(first.categories)} categories, {len(first.attributes)} attributes), model {place} "
                f"{own.name} ({len(own.categories)}, {len(own.attributes)}). Train them on one ontology."
            )
