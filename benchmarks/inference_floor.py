"""What benchmarks/inference.py compares with: the network's work, and what the processor could do at best."""

import time
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from costs import multiply_adds

CHANNELS, SIDE, LAYERS = 256, 64, 8
"""Of the convolutions that the peak is measured on: 3×3, large enough to keep all cores busy."""
REPEATS = 15


def network_flops() -> float:
    """Count what convolutions and dense layers of the model in the box do for a photo, in GFLOP.

    A multiplication and an addition count as two; proposals and detections are as many as there may be.
    """
    from attire.bundled import bundled_model
    from attire.model import load_model

    loaded = load_model(bundled_model())
    spec = loaded.input_spec
    counted = multiply_adds(loaded.model, (spec.height or 0, spec.width or 0))
    return 2 * sum(counted.values()) / 1e9


def convolution_peaks(*, bf16: bool) -> dict[str, float]:
    """Measure how many GFLOP/s large convolutions reach in OpenVINO, by precision.

    Args:
        bf16: Whether the processor has bfloat16.

    Returns:
        Empty where OpenVINO is not installed.
    """
    try:
        import openvino
    except ModuleNotFoundError:
        return {}
    from attire.export.quantize import quantize

    model = _stack()
    photo = np.random.default_rng(0).integers(0, 256, (3, SIDE, SIDE), np.uint8)
    forms = {"fp32": (model, "f32"), "int8": (quantize(model, [photo]), "f32")}
    if bf16:
        forms["bf16"] = (model, "bf16")
    core, peaks = openvino.Core(), {}
    flop = LAYERS * 2 * CHANNELS * CHANNELS * 9 * SIDE * SIDE
    with TemporaryDirectory() as folder:
        for name, (form, hint) in forms.items():
            path = Path(folder) / f"{name}.onnx"
            onnx.save(form, path)
            compiled = core.compile_model(str(path), "CPU", {"INFERENCE_PRECISION_HINT": hint})
            request = compiled.create_infer_request()
            times = []
            for _ in range(REPEATS):
                begun = time.perf_counter()
                request.infer({"photo": photo})
                times.append(time.perf_counter() - begun)
            peaks[name] = flop / min(times) / 1e9
    return peaks


def _stack() -> onnx.ModelProto:
    """Convolutions one after the other, behind a cast and a first one that widens the photo."""
    rng = np.random.default_rng(0)
    nodes = [helper.make_node("Cast", ["photo"], ["float"], to=TensorProto.FLOAT)]
    nodes.append(helper.make_node("Unsqueeze", ["float", "axis"], ["x0"]))
    weights = [numpy_helper.from_array(np.array([0], np.int64), "axis")]
    inputs = 3
    for layer in range(LAYERS + 1):
        shape = (CHANNELS, inputs, 3, 3)
        scale = np.float32(1 / np.sqrt(9 * inputs))
        weights.append(numpy_helper.from_array(rng.standard_normal(shape, np.float32) * scale, f"w{layer}"))
        nodes.append(
            helper.make_node(
                "Conv", [f"x{layer}", f"w{layer}"], [f"c{layer}"], pads=[1] * 4, name=f"n{layer}"
            )
        )
        nodes.append(helper.make_node("Relu", [f"c{layer}"], [f"x{layer + 1}"]))
        inputs = CHANNELS
    last = f"x{LAYERS + 1}"
    graph = helper.make_graph(
        nodes,
        "stack",
        [helper.make_tensor_value_info("photo", TensorProto.UINT8, (3, SIDE, SIDE))],
        [helper.make_tensor_value_info(last, TensorProto.FLOAT, (1, CHANNELS, SIDE, SIDE))],
        weights,
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)
