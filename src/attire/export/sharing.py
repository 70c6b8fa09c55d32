"""Graphs whose weights stay in the file that was trained: a small file per precision, the weights once.

Arrays become ONNX's external data, which every runtime reads in place. Weights of an int8 graph are computed
from the same arrays while the runtime loads it: it folds constants, so that nothing of it is left to do when
a photo is read.
"""

import json
import re
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

__all__ = ["Stored", "find_origins", "share_weights", "stored_arrays"]

_WORTHWHILE = 1024
"""Numbers in an array from which it pays to point at it."""
_TYPES = {"F16": (TensorProto.FLOAT16, np.float16), "F32": (TensorProto.FLOAT, np.float32)}
_QUANTIZED, _SCALE = "_quantized", "_scale"
_FOLDED = re.compile(r"^(Conv(Bn|Mul)Fusion_W_)+")
"""What ONNX Runtime puts before the name of a kernel into which it has multiplied the norm after it."""
_LARGEST = 127
_LOW, _HIGH = "_int8_low", "_int8_high"


class Stored(NamedTuple):
    """An array in a safetensors file."""

    offset: int
    """In bytes from the start of the file."""
    values: npt.NDArray[Any]
    """Float16 or float32, of the shape it has there."""


def stored_arrays(path: Path) -> dict[str, Stored]:
    """Read all floating-point arrays of a safetensors file, with the places where they lie.

    Args:
        path: A sound file.
    """
    content = path.read_bytes()
    begin = 8 + int.from_bytes(content[:8], "little")
    found = {}
    for name, entry in json.loads(content[8:begin]).items():
        if name == "__metadata__" or entry["dtype"] not in _TYPES:
            continue
        start, end = entry["data_offsets"]
        values = np.frombuffer(content[begin + start : begin + end], _TYPES[entry["dtype"]][1])
        found[name] = Stored(begin + start, values.reshape(entry["shape"]))
    return found


def find_origins(graph: ModelProto, arrays: Mapping[str, Stored]) -> dict[str, Stored]:
    """Find the arrays of a graph in float32 among stored ones, by their numbers.

    Args:
        graph: What :func:`attire.export.to_onnx.to_onnx` gives.
        arrays: What is stored.

    Returns:
        By the name in the graph, where that array is stored. Short ones are left out.
    """
    known = {_digest(one.values): one for one in arrays.values() if one.values.size >= _WORTHWHILE}
    found = {}
    for tensor in graph.graph.initializer:
        if tensor.data_type == TensorProto.FLOAT and np.prod(tensor.dims) >= _WORTHWHILE:
            origin = known.get(_digest(numpy_helper.to_array(tensor)))
            if origin is not None:
                found[tensor.name] = origin
    return found


def share_weights(
    graph: ModelProto,
    weights: Path,
    origins: Mapping[str, Stored],
    folded: Mapping[str, npt.NDArray[np.float32]] | None = None,
) -> None:
    """Let a graph read its weights in another file.

    Args:
        graph: In float32, or quantised by :func:`attire.export.quantize.quantize`; changed in place.
        weights: The file; the graph has to lie in the same folder.
        origins: What :func:`find_origins` found for the graph in float32.
        folded: For a quantised graph: its weights in float32, norms multiplied into them, by their names.
    """
    axes = {
        node.input[0]: helper.get_node_attr_value(node, "axis")
        for node in graph.graph.node
        if node.op_type == "DequantizeLinear" and any(own.name == "axis" for own in node.attribute)
    }
    scales = {one.name: one for one in graph.graph.initializer if one.name.endswith(_SCALE)}
    kept: list[TensorProto] = []
    nodes: list[NodeProto] = []
    pointed: set[int] = set()

    def point(origin: Stored, dims: Any) -> str:
        """Give the name under which a stored array stands in the graph as float32."""
        name = f"stored_{origin.offset}"
        half = origin.values.dtype == np.float16
        wide = f"{name}_wide" if half else name
        if origin.offset not in pointed:
            pointed.add(origin.offset)
            kept.append(_external(name, origin, weights.name, dims))
            if half:
                nodes.append(_node("Cast", [name], wide, to=TensorProto.FLOAT))
        return wide

    for tensor in graph.graph.initializer:
        own = _FOLDED.sub("", tensor.name.removesuffix(_QUANTIZED))
        origin = origins.get(own)
        if origin is None:
            kept.append(tensor)
        elif tensor.data_type == TensorProto.FLOAT and list(tensor.dims) == list(origin.values.shape):
            nodes.append(_node("Identity", [point(origin, tensor.dims)], tensor.name))
        elif tensor.name.endswith(_QUANTIZED) and tensor.name in axes and folded is not None:
            base = tensor.name.removesuffix(_QUANTIZED)
            scale = numpy_helper.to_array(scales[base + _SCALE])
            factors = _factors(folded[base], origin.values, scale, axes[tensor.name])
            kept.append(numpy_helper.from_array(factors, f"{base}_factors"))
            wide = point(origin, origin.values.shape)
            nodes += _rounded(wide, f"{base}_factors", tensor.name)
        else:
            kept.append(tensor)
    if folded is not None:
        limits = ((_LOW, -_LARGEST), (_HIGH, _LARGEST))
        kept += [numpy_helper.from_array(np.array(value, np.float32), name) for name, value in limits]
    nodes += graph.graph.node
    del graph.graph.initializer[:], graph.graph.node[:]
    graph.graph.initializer.extend(kept)
    graph.graph.node.extend(nodes)


def _factors(
    folded: npt.NDArray[np.float32], stored: npt.NDArray[Any], scale: npt.NDArray[np.float32], axis: int
) -> npt.NDArray[np.float32]:
    """Say by what each channel of the stored weights is multiplied to give steps of int8.

    Example:
        >>> stored = np.array([[1.0, 2.0], [3.0, 0.0]], np.float32)
        >>> _factors(stored * [[2.0], [-1.0]], stored, np.array([0.5, 1.0], np.float32), 0).tolist()
        [[4.0], [-1.0]]
    """
    wide = stored.astype(np.float64)
    others = tuple(place for place in range(wide.ndim) if place != axis)
    squares = (wide * wide).sum(others, keepdims=True)
    products = (folded * wide).sum(others, keepdims=True)
    norms = np.divide(products, squares, out=np.zeros_like(products), where=squares > 0)
    factors: npt.NDArray[np.float32] = (norms / scale.reshape(norms.shape)).astype(np.float32)
    return factors


def _rounded(wide: str, factors: str, name: str) -> list[NodeProto]:
    """Multiply, round and cut off: what quantisation did, written down."""
    return [
        _node("Mul", [wide, factors], f"{name}_steps"),
        _node("Round", [f"{name}_steps"], f"{name}_whole"),
        _node("Clip", [f"{name}_whole", _LOW, _HIGH], f"{name}_within"),
        _node("Cast", [f"{name}_within"], name, to=TensorProto.INT8),
    ]


def _node(kind: str, inputs: list[str], output: str, **attributes: Any) -> NodeProto:
    return helper.make_node(kind, inputs, [output], name=f"{output}_{kind.lower()}", **attributes)


def _external(name: str, origin: Stored, file: str, dims: Any) -> TensorProto:
    half = origin.values.dtype == np.float16
    tensor = TensorProto(name=name, data_type=TensorProto.FLOAT16 if half else TensorProto.FLOAT)
    tensor.dims.extend(dims)
    tensor.data_location = TensorProto.EXTERNAL
    where = {"location": file, "offset": origin.offset, "length": origin.values.nbytes}
    for key, value in where.items():
        entry = tensor.external_data.add()
        entry.key, entry.value = key, str(value)
    return tensor


def _digest(values: npt.NDArray[Any]) -> bytes:
    return blake2b(np.ascontiguousarray(values, np.float32).tobytes(), digest_size=16).digest()
