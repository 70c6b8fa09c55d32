"""What benchmarks/retrieval.py compares: features of every photo, read once and kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image
from scipy import ndimage

from attire.atomic import atomic_path
from attire.catalog.embedding.pooling import Pooled, pool
from attire.masks import RunLengths
from attire.model.header import read_header
from attire.photos import read_photo
from attire.predict import FeatureMaps, Look, Predictor
from attire.predict.exported.engine import INPUT, MAPS
from attire.preprocess import preprocess
from attire.progress import track

__all__ = ["Features", "Floats", "foreground", "read_looks", "read_products"]

Floats = npt.NDArray[np.float32]
_FAR = 14
"""Difference from the colour of the border, of 255, from which a pixel is no ground."""
_SAMPLE = 512
"""Pixels kept of each garment."""
_AT_ONCE = 500
"""Photos per file of the cache, so that a stopped run goes on."""
_POOLED = ("means", "spreads", "bands")
_FORM = 2
"""Of the files of the cache; raised when rows get other columns, so that older files are left alone."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Features:
    """N regions, one row each."""

    name: npt.NDArray[np.str_]
    """File of its photo."""
    category: npt.NDArray[np.int64]
    """Category id; -1 for a photo as a whole."""
    pooled: Pooled
    """What the network sees under its mask."""
    pixels: npt.NDArray[np.uint8]
    """RGB of pixels drawn from its inside, shape ``(N, 512, 3)``."""
    histogram: Floats
    """Baseline: raw RGB histogram, 8 × 8 × 8, of its box and all that is in it."""
    hog: Floats
    """Baseline: oriented gradients of its box (Dalal and Triggs, CVPR 2005)."""

    def __len__(self) -> int:
        return len(self.name)


def read_products(files: list[Path], model: Path, cache: Path) -> Features:
    """Read photos of one product each on plain ground, all that stands out of it as one region.

    The heads of the network have no say in this, so that only its backbone is run.
    """
    see = _Backbone(model)

    def regions(path: Path) -> Iterator[dict[str, Any]]:
        photo = read_photo(path)
        mask = foreground(np.asarray(photo))
        maps = see(photo)
        pooled = pool(maps, RunLengths.from_mask(mask), photo)
        yield _row(path.name, -1, photo, mask, pooled, 0, whole=True)

    return _cached(files, cache / f"products-{_FORM}", regions)


def read_looks(files: list[Path], model: Path, cache: Path) -> Features:
    """Read photos of people: every garment that the model selects is a region."""
    predictor = Predictor.load(model, threads=1)

    def regions(path: Path) -> Iterator[dict[str, Any]]:
        look: Look = predictor(path, maps=True)
        if look.maps is None or look.masks is None or not len(look):
            return
        photo = look.photo
        pooled = pool(look.maps, look.masks, photo)
        for i in np.flatnonzero(look.owners < 0).tolist():
            mask = look.masks.decode(i)
            yield _row(path.name, int(look.category_ids[i]), photo, mask, pooled, i, whole=False)

    return _cached(files, cache / f"looks-{_FORM}", regions)


class _Backbone:
    """The exported graph as far as the maps; OpenVINO leaves out what is not asked for."""

    def __init__(self, model: Path) -> None:
        import openvino

        self.spec = read_header(model).input_spec
        core = openvino.Core()
        graph = core.read_model(str(model))
        for result in list(graph.get_results()):
            if not set(MAPS) & set(result.output(0).get_tensor().names):
                graph.remove_result(result)
        settings = {"INFERENCE_NUM_THREADS": 1, "PERFORMANCE_HINT": "LATENCY"}
        self.request = core.compile_model(graph, "CPU", settings).create_infer_request()

    def __call__(self, photo: Image.Image) -> FeatureMaps:
        array, geometry = preprocess(photo, self.spec)
        self.request.infer({INPUT: array})
        levels = tuple(self.request.get_tensor(name).data.astype(np.float16) for name in MAPS)
        return FeatureMaps(levels=levels, geometry=geometry)


def foreground(pixels: npt.NDArray[np.uint8], far: int = _FAR) -> npt.NDArray[np.bool_]:
    """Find what stands out of a plain ground: all but the pixels like the border that the border reaches.

    Args:
        pixels: RGB, shape ``(height, width, 3)``.
        far: Difference from the border's colour from which a pixel is no ground.

    Returns:
        Shape ``(height, width)``; all of it where nothing stands out.
    """
    rim = np.concatenate([pixels[:2], pixels[-2:]]).reshape(-1, 3)
    sides = np.concatenate([pixels[:, :2], pixels[:, -2:]], axis=1).reshape(-1, 3)
    ground = np.median(np.concatenate([rim, sides]), axis=0)
    near, _ = ndimage.label(np.abs(pixels - ground).max(axis=2) <= far)
    reached = np.unique(np.concatenate([near[0], near[-1], near[:, 0], near[:, -1]]))
    stands_out = ndimage.binary_opening(~np.isin(near, reached[reached > 0]))
    pieces, number = ndimage.label(stands_out)
    if not number:
        return np.ones(pixels.shape[:2], bool)
    areas = ndimage.sum_labels(stands_out, pieces, np.arange(1, number + 1))
    kept: npt.NDArray[np.bool_] = np.isin(pieces, np.flatnonzero(areas >= 0.02 * areas.max()) + 1)
    return kept


def _row(
    name: str,
    category: int,
    photo: Image.Image,
    mask: npt.NDArray[np.bool_],
    pooled: Pooled,
    i: int,
    *,
    whole: bool,
) -> dict[str, Any]:
    pixels = np.asarray(photo)
    inside = ndimage.binary_erosion(mask, iterations=2)
    inside = inside if inside.sum() > 0.3 * mask.sum() else mask
    own = pixels[inside]
    draw = np.random.default_rng(0).integers(0, len(own), _SAMPLE)
    y, x = (np.flatnonzero(mask.any(axis=axis)) for axis in (1, 0))
    crop = photo if whole else photo.crop((x[0], y[0], x[-1] + 1, y[-1] + 1))
    return {
        "name": name,
        "category": category,
        **{
            f"{kind}{level}": value[i]
            for kind in _POOLED
            for level, value in enumerate(getattr(pooled, kind))
        },
        "outlines": pooled.outlines[i],
        "slenderness": pooled.slenderness[i],
        "gradients": pooled.gradients[i],
        "pixels": own[draw],
        "histogram": _histogram(np.asarray(crop)),
        "hog": _hog(crop),
    }


def _histogram(pixels: npt.NDArray[np.uint8]) -> Floats:
    bins = (pixels.reshape(-1, 3) >> 5).astype(np.int64) @ np.array([64, 8, 1])
    return np.bincount(bins, minlength=512).astype(np.float32) / len(bins)


def _hog(photo: Image.Image, side: int = 64, cell: int = 8, bins: int = 9) -> Floats:
    """Histograms of oriented gradients: 8 × 8 cells, nine unsigned directions, blocks of 2 × 2 normalised."""
    grey = np.asarray(photo.convert("L").resize((side, side)), np.float32)
    down, right = np.gradient(grey)
    strength, angle = np.hypot(down, right), np.arctan2(down, right) % np.pi / np.pi * bins
    low = angle.astype(int) % bins
    share = angle - np.floor(angle)
    cells = side // cell
    place = (np.arange(side) // cell)[:, None] * cells + np.arange(side) // cell
    counts = np.bincount((place * bins + low).ravel(), (strength * (1 - share)).ravel(), cells**2 * bins)
    counts += np.bincount(
        (place * bins + (low + 1) % bins).ravel(), (strength * share).ravel(), cells**2 * bins
    )
    grid = counts.reshape(cells, cells, bins)
    blocks = np.concatenate([grid[:-1, :-1], grid[1:, :-1], grid[:-1, 1:], grid[1:, 1:]], axis=2)
    blocks /= np.sqrt((blocks**2).sum(axis=2, keepdims=True) + 1.0)
    return blocks.ravel().astype(np.float32)


def _cached(files: list[Path], cache: Path, regions: Any) -> Features:
    parts = []
    starts = range(0, len(files), _AT_ONCE)
    for first in track(list(starts), f"{cache.name}, {_AT_ONCE} photos a step", total=len(starts)):
        path = cache / f"{first:06d}.npz"
        if not path.is_file():
            rows = [row for file in files[first : first + _AT_ONCE] for row in regions(file)]
            arrays = {key: np.stack([row[key] for row in rows]) for key in rows[0]}
            half = {k: v.astype(np.float16) if v.dtype.kind == "f" else v for k, v in arrays.items()}
            with atomic_path(path) as temporary:
                np.savez(temporary, **half)
        with np.load(path) as stored:
            parts.append({key: stored[key] for key in stored})
    merged = {key: np.concatenate([part[key] for part in parts]) for key in parts[0]}
    merged = {k: v.astype(np.float32) if v.dtype == np.float16 else v for k, v in merged.items()}
    levels = range(len(MAPS))
    pooled = Pooled(
        **{kind: tuple(merged.pop(f"{kind}{level}") for level in levels) for kind in _POOLED},
        outlines=merged.pop("outlines"),
        slenderness=merged.pop("slenderness"),
        gradients=merged.pop("gradients"),
    )
    return Features(pooled=pooled, **merged)
