"""Garments as the network's backbone sees them, several times each: what tools/embedding.py learns from."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from PIL import Image, ImageEnhance

from attire.annotations import find_layout, load_records
from attire.atomic import atomic_path
from attire.catalog.colours import colour_shares, inner_pixels
from attire.catalog.embedding.pooling import Pooled, pool
from attire.instances import Instances
from attire.masks import RunLengths
from attire.model import LoadedModel
from attire.photos import read_photo
from attire.predict import FeatureMaps
from attire.preprocess import preprocess
from attire.progress import track

__all__ = ["Views", "read_views"]

_CUT_OUTS = 3
"""Garments per photo that are also shown alone on white, as in a shop …"""
_LARGE, _SMALL = (1.03, 1.4), (1.4, 3.0)
"""… in a square that is so many times as large: as shops show them, or as the index lays products out."""
_SMALLEST_PX = 60
_SMALLEST_CUT_OUT_PX = 600
_Pixels = npt.NDArray[np.uint8]
_Mask = npt.NDArray[np.bool_]
_KINDS = ("means", "spreads", "bands")


@dataclass(frozen=True, kw_only=True, eq=False)
class Views:
    """N views of garments; rows of one garment show it in other light, cut or place."""

    pooled: Pooled
    garment: npt.NDArray[np.int64]
    """Which garment each row shows."""
    photo: npt.NDArray[np.int64]
    """Number of its photo in the order of files."""
    category: npt.NDArray[np.int64]
    attributes: npt.NDArray[np.bool_]
    known: npt.NDArray[np.bool_]
    colours: npt.NDArray[np.float32]
    """What :func:`attire.catalog.colours.colour_shares` gives."""

    def __len__(self) -> int:
        return len(self.garment)


def read_views(data: Path, loaded: LoadedModel, cache: Path, *, whole: bool = False, seed: int = 1) -> Views:
    """Read all garments of annotated photos: as they are, altered, and the largest alone on white.

    Args:
        data: Annotated photos.
        loaded: The network.
        cache: File that keeps what was read.
        whole: Whether all that a photo shows is one garment, as in drawn product photos.
        seed: Of how views are altered.
    """
    if not cache.is_file():
        rows = list(_rows(data, loaded, np.random.default_rng(seed), whole=whole))
        arrays = {key: np.stack([row[key] for row in rows]) for key in rows[0]}
        with atomic_path(cache) as temporary:
            np.savez(temporary, **arrays)
    with np.load(cache) as stored:
        arrays = {
            name: value.astype(np.float32) if value.dtype == np.float16 else value
            for name, value in stored.items()
        }
    pooled = Pooled(
        **{kind: tuple(arrays.pop(f"{kind}{level}") for level in range(4)) for kind in _KINDS},
        outlines=arrays.pop("outlines"),
        slenderness=arrays.pop("slenderness"),
        gradients=arrays.pop("gradients"),
    )
    return Views(pooled=pooled, **arrays)


def _rows(
    data: Path, loaded: LoadedModel, random: np.random.Generator, *, whole: bool
) -> Iterator[dict[str, npt.NDArray[np.generic]]]:
    layout = find_layout(data)
    records = load_records(layout, skip_bad_rows=True)
    for place in track(range(len(records)), f"{data.name}, photos", total=len(records)):
        truth = records.instances(place)
        photo = read_photo(layout.photo_path(truth.image_id))
        if not len(truth) or (photo.height, photo.width) != truth.size or truth.masks is None:
            continue
        base = int(records.offsets[place])
        masks = [truth.masks.decode(i) for i in range(len(truth))]
        shown = [i for i, mask in enumerate(masks) if mask.sum() >= _SMALLEST_PX]
        if whole and shown:
            shown = [max(shown, key=lambda i: int(masks[i].sum()))]
            masks[shown[0]] = np.logical_or.reduce(masks)
        if not shown:
            continue
        cut_outs = 1 if whole else _CUT_OUTS
        for picture, own in _pictures(photo, [masks[i] for i in shown], random, cut_outs=cut_outs):
            rows = _seen(picture, [mask for _, mask in own], loaded)
            for row, (which, _) in zip(rows, own, strict=True):
                yield row | _truth(truth, shown[which], base, place)


def _truth(truth: Instances, i: int, base: int, place: int) -> dict[str, npt.NDArray[np.generic]]:
    assert truth.attributes is not None
    assert truth.attributes_known is not None
    return {
        "garment": np.int64(base + i),
        "photo": np.int64(place),
        "category": truth.category_ids[i],
        "attributes": truth.attributes[i],
        "known": truth.attributes_known[i],
    }


def _pictures(
    photo: Image.Image, masks: list[_Mask], random: np.random.Generator, *, cut_outs: int
) -> Iterator[tuple[Image.Image, list[tuple[int, _Mask]]]]:
    """Show a photo as it is, altered, and its largest garments alone."""
    yield photo, list(enumerate(masks))
    pixels = np.asarray(photo)
    part = _window(pixels.shape[:2], random)
    mirrored = bool(random.random() < 0.5)
    step = -1 if mirrored else 1
    altered = _relit(Image.fromarray(np.ascontiguousarray(pixels[part][:, ::step])), random)
    inside = [(i, mask[part][:, ::step]) for i, mask in enumerate(masks)]
    inside = [(i, mask) for i, mask in inside if mask.sum() >= 0.7 * masks[i].sum()]
    if inside:
        yield altered, inside
    large = [i for i, mask in enumerate(masks) if mask.sum() >= _SMALLEST_CUT_OUT_PX]
    for i in random.permutation(large)[:cut_outs].tolist():
        picture, mask = _alone(pixels, masks[i], random)
        yield picture, [(i, mask)]


def _window(size: tuple[int, ...], random: np.random.Generator) -> tuple[slice, slice]:
    share = random.uniform(0.6, 1.0)
    sides = [int(side * share) for side in size]
    starts = [int(random.integers(0, side - own + 1)) for side, own in zip(size, sides, strict=True)]
    rows, columns = (slice(start, start + own) for start, own in zip(starts, sides, strict=True))
    return rows, columns


def _relit(photo: Image.Image, random: np.random.Generator) -> Image.Image:
    """Change light and dyes: shape and pattern are to stay the same."""
    for change in (ImageEnhance.Brightness, ImageEnhance.Contrast):
        photo = change(photo).enhance(float(random.uniform(0.7, 1.35)))
    pixels = np.asarray(ImageEnhance.Color(photo).enhance(float(random.uniform(0.5, 1.4))), np.float32)
    if random.random() < 0.5:
        pixels = pixels @ (0.6 * np.eye(3) + 0.4 * random.dirichlet(np.ones(3), 3)).T
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def _alone(pixels: _Pixels, mask: _Mask, random: np.random.Generator) -> tuple[Image.Image, _Mask]:
    """Lay a garment in the middle of a white square, as shops show it."""
    x1, y1, x2, y2 = RunLengths.from_mask(mask).boxes[0].astype(int).tolist()
    ground = random.uniform(*(_SMALL if random.random() < 0.5 else _LARGE))
    side = int(max(y2 - y1, x2 - x1) * ground) + 2
    top, left = (side - (y2 - y1)) // 2, (side - (x2 - x1)) // 2
    own = np.zeros((side, side), bool)
    own[top : top + y2 - y1, left : left + x2 - x1] = mask[y1:y2, x1:x2]
    square = np.full((side, side, 3), 255, np.uint8)
    square[own] = pixels[mask]
    if random.random() < 0.7:
        square = np.where(own[..., None], np.asarray(_relit(Image.fromarray(square), random)), 255)
    if random.random() < 0.5:
        square, own = square[:, ::-1], own[:, ::-1]
    return Image.fromarray(np.ascontiguousarray(square.astype(np.uint8))), own


@torch.inference_mode()
def _seen(
    photo: Image.Image, masks: list[_Mask], loaded: LoadedModel
) -> list[dict[str, npt.NDArray[np.generic]]]:
    array, geometry = preprocess(photo, loaded.input_spec)
    batch = loaded.model.batching([torch.from_numpy(array)])
    seen = loaded.model.backbone.body(batch.tensors)
    levels = tuple(level[0].numpy().astype(np.float16) for level in seen.values())
    regions = RunLengths.from_masks(masks)
    pooled = pool(FeatureMaps(levels=levels, geometry=geometry), regions, photo)
    colours = [colour_shares(pixels) for pixels in inner_pixels(photo, regions)]
    return [
        {
            **{
                f"{kind}{level}": values[i].astype(np.float16)
                for kind in _KINDS
                for level, values in enumerate(getattr(pooled, kind))
            },
            "outlines": pooled.outlines[i].astype(np.float16),
            "slenderness": pooled.slenderness[i],
            "gradients": pooled.gradients[i].astype(np.float16),
            "colours": colours[i].astype(np.float16),
        }
        for i in range(len(masks))
    ]
