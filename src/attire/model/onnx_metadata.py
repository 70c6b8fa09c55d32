"""The strings that an ONNX file holds beside its graph, read and replaced without loading the graph.

Of its fields only number 14, ``metadata_props``, is looked into; all others are skipped or copied as they
are, but for weights that lie in another file: a copy takes them in, so that it can be put anywhere.
"""

import mmap
from collections.abc import Mapping
from pathlib import Path

from attire.atomic import atomic_path
from attire.errors import WeightsError
from attire.model.protobuf import fields, pair, tagged, tagged_pair
from attire.model.shared_weights import SHARED, take_in

__all__ = ["read_onnx_metadata", "replace_onnx_metadata"]

_GRAPH, _METADATA = 7, 14


def read_onnx_metadata(path: Path) -> dict[str, str]:
    """Read ``metadata_props`` of an ONNX file.

    Args:
        path: The file.

    Returns:
        Strings by name; empty if it has none.

    Raises:
        WeightsError: If it cannot be read, or is no ONNX file or cut short.
    """
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            entries = [content[f.begin : f.end] for f in fields(content) if f.number == _METADATA]
            return dict(pair(entry) for entry in entries)
    except OSError as error:
        raise WeightsError(f"{path}: cannot be read ({error.strerror or error}).") from None
    except (ValueError, IndexError):  # an empty file cannot be mapped
        raise _damaged(path) from None


def replace_onnx_metadata(source: Path, out: Path, metadata: Mapping[str, str]) -> Path:
    """Copy an ONNX file with other ``metadata_props``; what it computes stays as it is, bit by bit.

    Args:
        source: The file.
        out: Where to; may be ``source`` itself.
        metadata: Takes the place of all that is there.

    Returns:
        The path written.

    Raises:
        WeightsError: If ``source`` or the file that holds its weights cannot be read, is no ONNX file, cut
            short, or another file than it was.
    """
    shared = read_onnx_metadata(source).get(SHARED)
    try:
        content = source.read_bytes()
        kept = []
        for field in fields(content):
            if field.number == _GRAPH and shared is not None:
                graph = take_in(content[field.begin : field.end], source, shared)
                kept.append(tagged(_GRAPH, graph))
            elif field.number != _METADATA:
                kept.append(content[field.start : field.end])
    except OSError as error:
        raise WeightsError(f"{source}: cannot be read ({error.strerror or error}).") from None
    except (ValueError, IndexError):
        raise _damaged(source) from None
    entries = [tagged_pair(_METADATA, key, value) for key, value in metadata.items() if key != SHARED]
    with atomic_path(out) as temporary, temporary.open("wb") as file:
        file.writelines([*kept, *entries])
    return out


def _damaged(path: Path) -> WeightsError:
    return WeightsError(
        f"{path}: not an ONNX file, or cut short. attire export writes one; copy or download it again."
    )
