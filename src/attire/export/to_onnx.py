"""From the graph in torch to the graph in ONNX."""

import warnings

import numpy as np
import onnx
import torch
from onnx import ModelProto, TensorProto, helper, numpy_helper
from onnxscript.optimizer import fold_constants_ir, inline, remove_unused_functions, remove_unused_nodes

from attire.export.graph import InferenceGraph, Outputs
from attire.model import FashionRCNN
from attire.predict.exported.engine import INPUT

__all__ = ["store_halves", "to_onnx"]

_OPSET = 18
"""Oldest version of ONNX's operations that the exporter writes; runtimes of years past read it."""
_EXAMPLE = (256, 192)
"""``(height, width)`` of the photo that the graph is followed on; any would do."""
_WORTHWHILE = 1024
"""Numbers in an array from which a shorter form pays."""
_HALF = "_stored_as_half"


def to_onnx(network: FashionRCNN) -> ModelProto:
    """Write down the inference graph of a network, for photos of any size.

    Args:
        network: In evaluation mode, on the CPU, float32.

    Returns:
        A model with input ``photo`` and the outputs of :class:`Outputs`; its weights are the network's,
        bit by bit, under the names they have there.
    """
    graph = InferenceGraph(network).eval()
    photo = torch.zeros((3, *_EXAMPLE), dtype=torch.uint8)
    sides = {INPUT: {1: torch.export.Dim.DYNAMIC, 2: torch.export.Dim.DYNAMIC}}
    with warnings.catch_warnings():
        # torchvision's own registration of nms calls a function that torch has renamed.
        warnings.filterwarnings("ignore", category=FutureWarning)
        program = torch.onnx.export(
            graph,
            (photo,),
            dynamo=True,
            verbose=False,
            optimize=False,
            dynamic_shapes=sides,
            input_names=[INPUT],
            output_names=list(Outputs._fields),
            opset_version=_OPSET,
        )
    assert program is not None
    # torch's own choice of optimisations folds norms into weights, which would be no halves then; runtimes
    # fold them, too, when they load the file.
    inline(program.model)
    fold_constants_ir(program.model, onnx_shape_inference=True)
    remove_unused_nodes(program.model)
    remove_unused_functions(program.model)
    model: ModelProto = program.model_proto
    _forget_origin(model)
    return model


def store_halves(model: ModelProto) -> None:
    """Store arrays as float16 where that loses nothing, with a cast back before their first use.

    Runtimes undo it when they load the file. Weights that were saved as float16 take half the room again,
    others stay as they are.

    Args:
        model: Changed in place.
    """
    casts = []
    for tensor in model.graph.initializer:
        if (
            tensor.data_type != TensorProto.FLOAT
            or tensor.data_location == TensorProto.EXTERNAL
            or np.prod(tensor.dims) < _WORTHWHILE
        ):
            continue
        wide = numpy_helper.to_array(tensor)
        with np.errstate(over="ignore"):
            half = wide.astype(np.float16)
        if not np.array_equal(half.astype(np.float32), wide):
            continue
        name = tensor.name
        tensor.CopyFrom(numpy_helper.from_array(half, name + _HALF))
        casts.append(
            helper.make_node("Cast", [name + _HALF], [name], name=f"{name}_cast", to=TensorProto.FLOAT)
        )
    nodes = [*casts, *model.graph.node]
    del model.graph.node[:]
    model.graph.node.extend(nodes)


def _forget_origin(model: ModelProto) -> None:
    """Drop what the exporter noted of source code and folders."""
    for node in model.graph.node:
        del node.metadata_props[:]
        node.doc_string = ""
    for value in (*model.graph.input, *model.graph.output, *model.graph.value_info, *model.graph.initializer):
        del value.metadata_props[:]
        value.doc_string = ""
    del model.graph.value_info[:]
    del model.graph.metadata_props[:]
    del model.metadata_props[:]
    model.graph.doc_string = model.doc_string = ""
    onnx.checker.check_model(model)
