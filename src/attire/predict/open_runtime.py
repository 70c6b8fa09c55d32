"""Which program runs a model here, and in which precision."""

import logging
import shutil
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from attire.bundled import bundled_model, bundled_name
from attire.errors import RecipeError, WeightsError
from attire.extras import require
from attire.model.header import ONNX, read_header
from attire.predict.exported.engine import Engine
from attire.predict.exported.processor import has_int8
from attire.predict.exported.runtime import ExportedRuntime
from attire.predict.model_file import find_model
from attire.predict.runtime import Runtime
from attire.predict.selection import LearnedSelector

__all__ = ["PRECISIONS", "RUNTIMES", "LoadedRuntime", "choose_model", "open_runtime"]

RUNTIMES = ("openvino", "onnxruntime", "torch")
PRECISIONS = ("fp32", "bf16", "int8")

_INT8 = ".int8"
"""What stands before the suffix of the int8 twin of a model."""
_log = logging.getLogger("attire")


class LoadedRuntime(Runtime, Protocol):
    """A runtime with what its file knows beside the network."""

    @property
    def about(self) -> str:
        """What runs it, in a few words."""

    @property
    def least_score(self) -> float | None:
        """Confidence in 0 … 1 from which its detections are worth keeping; None if unknown."""

    @property
    def selector(self) -> LearnedSelector | None:
        """What was fitted to its detections; None if nothing was."""


def open_runtime(
    model: Path | str | None = None,
    *,
    runtime: str | None = None,
    precision: str | None = None,
    device: str | None = None,
    threads: int | None = None,
) -> LoadedRuntime:
    """Load a model into what runs it best here, and say so in one log line.

    A model as training wrote it is run by torch, an exported one by OpenVINO where that is installed and by
    ONNX Runtime otherwise. Models in the box come in both forms: torch runs them where there is a GPU.

    Args:
        model: A file, the folder of a run, or the name of a model in the box; the default one if None.
        runtime: What runs it; chosen as above if None.
        precision: ``bf16`` wants OpenVINO, ``int8`` a model exported so. If None: what the file says, in
            bfloat16 where OpenVINO and the processor have it; of a model in the box the int8 form where the
            processor multiplies bytes fast.
        device: For torch: ``cpu``, ``cuda``, ``cuda:1`` …; the first GPU, or else the CPU, if None.
        threads: Threads of an exported model; as many as there are usable cores if None.

    Raises:
        WeightsError: If there is no such model, or it is damaged, or not of the form that the runtime reads.
        RecipeError: If there is no such runtime or precision, or they do not go together.
        MissingExtraError: If what runs it is not installed.
    """
    if runtime is not None and runtime not in RUNTIMES:
        raise RecipeError(f"Runtime {runtime!r} is unknown: {', '.join(RUNTIMES)}.")
    if precision is not None and precision not in PRECISIONS:
        raise RecipeError(f"Precision {precision!r} is unknown: {', '.join(PRECISIONS)}.")
    path = choose_model(model, runtime=runtime, precision=precision, device=device)
    if path.suffix != ONNX:
        opened: LoadedRuntime = _torch(path, runtime, precision, device)
    else:
        if device not in (None, "cpu"):
            raise RecipeError(f"{path}: exported models run on the processor; found device {device!r}.")
        opened = _exported(path, runtime, precision, threads)
    _log.info("%s read by %s", path.name, opened.about)
    return opened


def choose_model(
    model: Path | str | None = None,
    *,
    runtime: str | None = None,
    precision: str | None = None,
    device: str | None = None,
) -> Path:
    """Find the file that :func:`open_runtime` would load: of several forms of a model the one to run here.

    Args:
        model: As there.
        runtime: As there.
        precision: As there.
        device: As there.

    Raises:
        WeightsError: If there is no such model, or not in that form.
    """
    name = bundled_name(model)
    if name is None:
        path = find_model(model)
        if precision == "int8" and path.suffix == ONNX and read_header(path).precision != "int8":
            return _twin(path)
        return path
    if runtime == "torch" or device not in (None, "cpu"):
        return bundled_model(name=name)
    if runtime is None and device is None and precision != "int8" and _has_gpu():
        return bundled_model(name=name)
    path = bundled_model(ONNX, name)
    return _twin(path) if precision == "int8" or (precision is None and has_int8()) else path


def _twin(path: Path) -> Path:
    """Find the int8 form of an exported model, which lies beside it."""
    twin = path.with_name(f"{path.stem}{_INT8}{ONNX}")
    if not twin.is_file():
        raise WeightsError(
            f"{path}: computes in floating point, and {twin.name} is not beside it. Make it: "
            f"attire export MODEL --int8 PHOTOS -o {twin.name}"
        )
    return twin


def _torch(path: Path, runtime: str | None, precision: str | None, device: str | None) -> LoadedRuntime:
    if runtime not in (None, "torch"):
        raise WeightsError(
            f"{path}: {runtime} reads exported models. Export it: attire export {path.name} "
            f"-o {path.stem}{ONNX}"
        )
    if precision == "int8":
        raise RecipeError(
            f"{path}: torch computes in fp32 or bf16. For int8, export it: attire export {path.name} --int8 "
            f"PHOTOS -o {path.stem}{_INT8}{ONNX}"
        )
    require("torch", "train")
    from attire.predict.runtime_torch import TorchRuntime

    return TorchRuntime.load(path, device=device, precision="bf16" if precision == "bf16" else "fp32")


def _exported(path: Path, runtime: str | None, precision: str | None, threads: int | None) -> ExportedRuntime:
    if runtime == "torch":
        raise WeightsError(f"{path}: is exported; torch runs the .safetensors file that it was made from.")
    own = read_header(path).precision
    if (precision == "fp32" and own != "fp32") or (precision == "bf16" and own == "int8"):
        raise RecipeError(
            f"{path}: computes in {own}, not in {precision}. Name the file it was exported with."
        )
    if runtime is None:
        runtime = "openvino" if find_spec("openvino") else "onnxruntime"
    return ExportedRuntime.load(path, _engine(path, runtime, precision, own, threads))


def _engine(
    path: Path, runtime: str, precision: str | None, own: str, threads: int | None
) -> Callable[[Path], Engine]:
    if runtime == "onnxruntime":
        if precision == "bf16":
            raise RecipeError(f"{path}: bf16 wants OpenVINO. Run: pip install 'attire[openvino]'")
        from attire.predict.exported.onnxruntime_engine import OnnxRuntimeEngine

        return partial(OnnxRuntimeEngine, precision=own, threads=threads)
    from attire.predict.exported.openvino_engine import OpenVinoEngine, has_bfloat16

    able = has_bfloat16()
    if precision == "bf16" and not able:
        raise RecipeError(
            "This processor does not compute in bfloat16. Leave the precision out, or say fp32."
        )
    if own == "int8":
        return partial(OpenVinoEngine, precision="int8", threads=threads)
    return partial(OpenVinoEngine, precision=precision or ("bf16" if able else "fp32"), threads=threads)


def _has_gpu() -> bool:
    """Whether torch is there and finds a GPU; torch is asked only where a driver is installed."""
    if find_spec("torch") is None or not (Path("/proc/driver/nvidia").exists() or shutil.which("nvidia-smi")):
        return False
    import torch

    return torch.cuda.is_available()
