"""Convolutions and dense layers in whole numbers of eight bits, scaled by what photos show."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import onnx
from onnx import ModelProto, TensorProto, numpy_helper
from onnxruntime.quantization import (
    CalibrationDataReader,
    CalibrationMethod,
    QuantFormat,
    QuantType,
    quantize_static,
)
from onnxruntime.quantization.shape_inference import quant_pre_process

from attire.predict.exported.engine import INPUT

__all__ = ["SENSITIVE", "Quantized", "quantize"]

SENSITIVE = ("cls_logits", "bbox_pred", "cls_score", "attribute_head")
"""Layers, by parts of their weights' names, that stay in floating point: the last ones, whose outputs are
compared, exponentiated or reported as they are, and which hardly take time. The last layer of masks is no
convolution in the graph, and stays so, too."""
_QUANTIZED = ("Conv", "ConvTranspose", "Gemm")


class Quantized(NamedTuple):
    """A graph in int8, and what its weights were."""

    graph: ModelProto
    folded: dict[str, npt.NDArray[np.float32]]
    """By name, the weights of the graph in float32 that was quantised: norms multiplied into them."""


def quantize(model: ModelProto, inputs: Iterable[npt.NDArray[np.uint8]]) -> Quantized:
    """Compute in int8 wherever it pays.

    Weights get one scale per output channel; activations one scale and zero point per tensor, from the
    smallest to the largest value seen (a moving average over photos). Static quantisation after Jacob et
    al., CVPR 2018, by ONNX Runtime; written as pairs of QuantizeLinear and DequantizeLinear, which every
    runtime understands.

    Args:
        model: What :func:`attire.export.to_onnx.to_onnx` gives.
        inputs: Photos as the network sees them; a few dozen that are like those it will read.

    Returns:
        A new graph of the same inputs and outputs.
    """
    with TemporaryDirectory() as folder:
        plain, ready, done = (Path(folder) / f"{name}.onnx" for name in ("plain", "ready", "done"))
        onnx.save(model, plain)
        quant_pre_process(plain, ready, skip_symbolic_shape=True)
        folded = onnx.load(ready)
        quantize_static(
            ready,
            done,
            _Reader(inputs),
            quant_format=QuantFormat.QDQ,
            op_types_to_quantize=list(_QUANTIZED),
            nodes_to_exclude=_sensitive_nodes(folded),
            per_channel=True,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
            calibrate_method=CalibrationMethod.MinMax,
            extra_options={"CalibMovingAverage": True, "QuantizeBias": False},
        )
        quantized = onnx.load(done)
    del quantized.metadata_props[:]
    return Quantized(quantized, _floats(folded))


class _Reader(CalibrationDataReader):  # type: ignore[misc]
    """Photos in the form that ONNX Runtime asks for."""

    def __init__(self, inputs: Iterable[npt.NDArray[np.uint8]]) -> None:
        self._inputs: Iterator[npt.NDArray[np.uint8]] = iter(inputs)

    def get_next(self) -> dict[str, Any] | None:
        array = next(self._inputs, None)
        return None if array is None else {INPUT: array}


def _floats(model: ModelProto) -> dict[str, npt.NDArray[np.float32]]:
    return {
        tensor.name: numpy_helper.to_array(tensor)
        for tensor in model.graph.initializer
        if tensor.data_type == TensorProto.FLOAT
    }


def _sensitive_nodes(model: ModelProto) -> list[str]:
    return [
        node.name
        for node in model.graph.node
        if node.op_type in _QUANTIZED and any(part in name for name in node.input for part in SENSITIVE)
    ]
