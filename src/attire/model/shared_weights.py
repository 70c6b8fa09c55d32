"""Weights that several files share: an ONNX graph may point into the safetensors file it was exported from.

The runtimes read them in place, as ONNX's external data. The graph notes what the other file was like, so
that a file that has changed is never taken for it.
"""

import json
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path

from attire.errors import WeightsError
from attire.model.protobuf import fields, pair, tagged

__all__ = ["SHARED", "SharedWeights", "check_shared_weights", "describe_weights", "note_of", "take_in"]

SHARED = "shared_weights"
"""Name of the note among the strings of the ONNX file."""
_INITIALIZER = 5
_RAW_DATA, _EXTERNAL_DATA, _DATA_LOCATION = 9, 13, 14
_LONGEST = 100_000_000


@dataclass(frozen=True, kw_only=True)
class SharedWeights:
    """What the file with the weights was like when the graph was written."""

    file: str
    """Its name; it lies in the same folder."""
    size: int
    """Its length in bytes."""
    digest: str
    """BLAKE2b of its header, which says where every array lies."""


def describe_weights(path: Path) -> SharedWeights:
    """Say what a safetensors file is like.

    Raises:
        WeightsError: If it cannot be read.
    """
    try:
        with path.open("rb") as file:
            length = file.read(8)
            header = file.read(min(int.from_bytes(length, "little"), _LONGEST))
        digest = blake2b(length + header, digest_size=16).hexdigest()
        return SharedWeights(file=path.name, size=path.stat().st_size, digest=digest)
    except OSError as error:
        raise WeightsError(f"{path}: cannot be read ({error.strerror or error}).") from None


def check_shared_weights(path: Path, note: str) -> Path:
    """Find the file that holds the weights of an ONNX file.

    Args:
        path: The ONNX file.
        note: What it says of them, as :func:`note_of` writes it.

    Returns:
        The file.

    Raises:
        WeightsError: If it is missing or another file than it was.
    """
    expected = SharedWeights(**json.loads(note))
    weights = path.with_name(expected.file)
    if not weights.is_file():
        raise WeightsError(
            f"{path}: its weights are in {expected.file}, which is not beside it. Copy both, or export the "
            "model again without --share-weights."
        )
    if describe_weights(weights) != expected:
        raise WeightsError(
            f"{path}: its weights are in {expected.file}, which has changed since. Export the model again: "
            f"attire export {expected.file} --share-weights -o {path.name}"
        )
    return weights


def note_of(weights: Path) -> str:
    """Write the note of a file that holds weights."""
    return json.dumps(asdict(describe_weights(weights)))


def take_in(graph: bytes, path: Path, note: str) -> bytes:
    """Put weights from the other file into a serialised ``GraphProto``.

    Args:
        graph: Its bytes.
        path: The ONNX file that it is from.
        note: What that says of its weights.

    Raises:
        WeightsError: As :func:`check_shared_weights`.
        ValueError: If the graph is damaged, as for :func:`attire.model.protobuf.fields`.
    """
    weights = check_shared_weights(path, note).read_bytes()
    parts = []
    for field in fields(graph):
        content = graph[field.begin : field.end]
        if field.number == _INITIALIZER:
            parts.append(tagged(_INITIALIZER, _whole(content, weights)))
        else:
            parts.append(graph[field.start : field.end])
    return b"".join(parts)


def _whole(tensor: bytes, weights: bytes) -> bytes:
    """Give a serialised ``TensorProto`` whose numbers are in it."""
    kept, where = [], {}
    for field in fields(tensor):
        if field.number == _EXTERNAL_DATA:
            key, value = pair(tensor[field.begin : field.end])
            where[key] = value
        elif field.number != _DATA_LOCATION:
            kept.append(tensor[field.start : field.end])
    if not where:
        return tensor
    start = int(where["offset"])
    numbers = weights[start : start + int(where["length"])]
    return b"".join([*kept, tagged(_RAW_DATA, numbers)])
