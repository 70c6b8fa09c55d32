"""All that a network said of photos, before anything was chosen, in one file that holds no code."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from attire.atomic import atomic_path
from attire.dataset import Dataset
from attire.errors import DataError
from attire.extras import require
from attire.instances import Instances
from attire.ontology import Ontology
from attire.predict import Predictor, RawDetections, postprocess
from attire.predict.paste import MASK_THRESHOLD
from attire.predict.read_ahead import PhotoFailure, read_ahead
from attire.preprocess import Geometry
from attire.progress import track

__all__ = ["Origin", "Readings", "file_hash", "load_readings", "read_raw", "save_readings"]

_RAW = ("boxes", "labels", "scores", "masks", "attribute_probs")


@dataclass(frozen=True, kw_only=True)
class Origin:
    """What was read, and by what: stored readings serve this and nothing else."""

    data: str
    """Fingerprint of the data set."""
    model: str
    """SHA-256 of the model file."""
    tta: bool = False
    """Whether mirror images and other sizes were read, too."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Readings:
    """Raw detections of P photos, N in all, in the order of the data set."""

    image_ids: tuple[str, ...]
    """Names of the photos."""
    geometry: npt.NDArray[np.int64]
    """Photo, network and content size of each, (height, width) each, shape ``(P, 6)``."""
    offsets: npt.NDArray[np.int64]
    """Where the detections of each photo begin and end, shape ``(P + 1,)``."""
    raw: RawDetections
    """Of all photos, without embeddings."""
    carriers: tuple[int, ...] | None
    """Categories that carry attributes; None where nothing is known of that."""

    def looks(self, ontology: Ontology, mask_threshold: float = MASK_THRESHOLD) -> Iterator[Instances]:
        """Give what a predictor without any choice gives for each photo.

        Args:
            ontology: What the labels mean.
            mask_threshold: Probability in 0 … 1 above which a pixel belongs to a mask.
        """
        for place, image_id in enumerate(self.image_ids):
            sizes = self.geometry[place].tolist()
            yield postprocess(
                self.raw[self.offsets[place] : self.offsets[place + 1]],
                Geometry(
                    photo_size=(sizes[0], sizes[1]),
                    network_size=(sizes[2], sizes[3]),
                    content_size=(sizes[4], sizes[5]),
                ),
                image_id=image_id,
                ontology=ontology,
                attribute_categories=self.carriers,
                mask_threshold=mask_threshold,
            )


def read_raw(dataset: Dataset, predictor: Predictor, *, batch_size: int | None = None) -> Readings:
    """Read every photo once, showing progress.

    Args:
        dataset: What to read.
        predictor: Its network is asked; what it would choose plays no part.
        batch_size: Photos the network sees at once; as many as its runtime asks for if None.

    Raises:
        DataError: If a photo cannot be read, or is not of the size that its annotations state.
    """
    names = dataset.records.image_ids.tolist()
    at_once = batch_size or predictor.batch_size
    paths = ((name, dataset.photo_path(place)) for place, name in enumerate(names))
    prepared = track(read_ahead(paths, predictor.needs(), ahead=at_once), "read", total=len(names))
    found: list[RawDetections] = []
    sizes: list[tuple[int, ...]] = []
    held = []
    for place, one in enumerate(prepared):
        if isinstance(one, PhotoFailure):
            raise DataError(f"{one.reason} Run attire check on the data.")
        dataset.check_size(place, one.geometry.photo_size)
        geometry = one.geometry
        sizes.append((*geometry.photo_size, *geometry.network_size, *geometry.content_size))
        held.append(one)
        if len(held) == at_once or place + 1 == len(names):
            found += predictor.detect(held)
            held = []
    carriers = predictor.runtime.attribute_categories
    raw: dict[str, Any] = {name: np.concatenate([getattr(one, name) for one in found]) for name in _RAW}
    return Readings(
        image_ids=tuple(names),
        geometry=np.array(sizes, np.int64).reshape(-1, 6),
        offsets=np.concatenate([[0], np.cumsum([len(raw) for raw in found])]).astype(np.int64),
        raw=RawDetections(**raw),
        carriers=None if carriers is None else tuple(sorted(carriers)),
    )


def save_readings(path: Path, readings: Readings, origin: Origin) -> None:
    """Write readings to one safetensors file, whole or not at all."""
    save_file = require("safetensors.numpy", "tune").save_file
    arrays = {name: np.ascontiguousarray(getattr(readings.raw, name)) for name in _RAW}
    arrays |= {"geometry": readings.geometry, "offsets": readings.offsets}
    rest = {
        "image_ids": readings.image_ids,
        "carriers": readings.carriers,
        "origin": {field.name: getattr(origin, field.name) for field in fields(Origin)},
    }
    with atomic_path(path) as temporary:
        save_file(arrays, temporary, metadata={"readings": json.dumps(rest)})


def load_readings(path: Path, origin: Origin) -> Readings:
    """Read readings back, if they are those wanted.

    Args:
        path: What :func:`save_readings` wrote.
        origin: What they have to be of.

    Raises:
        DataError: If they are of other data or another model, or the file is damaged.
    """
    safe_open = require("safetensors", "tune").safe_open
    try:
        with safe_open(path, framework="numpy") as file:
            rest = json.loads(file.metadata()["readings"])
            arrays = {name: file.get_tensor(name) for name in (*_RAW, "geometry", "offsets")}
        before = Origin(**rest["origin"])
        readings = Readings(
            image_ids=tuple(rest["image_ids"]),
            geometry=arrays.pop("geometry"),
            offsets=arrays.pop("offsets"),
            raw=RawDetections(**arrays),
            carriers=None if rest["carriers"] is None else tuple(rest["carriers"]),
        )
    except Exception as error:  # safetensors has an error of its own for each kind of damage
        raise DataError(
            f"{path}: holds no readings ({type(error).__name__}: {error}). Delete it to read anew."
        ) from None
    for field, what in (
        ("data", "data with fingerprint"),
        ("model", "a model with SHA-256"),
        ("tta", "--tta"),
    ):
        old, new = getattr(before, field), getattr(origin, field)
        if old != new:
            raise DataError(
                f"{path}: was read with {what} {_short(old)}, this is {_short(new)}. Choose another folder "
                "with -o, or delete the file."
            )
    return readings


def file_hash(path: Path) -> str:
    """Hash a file with SHA-256: 64 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _short(value: object) -> str:
    return str(value)[:12]
