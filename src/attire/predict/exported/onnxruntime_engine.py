"""Exported graphs run by ONNX Runtime, which comes with Attire."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from attire.errors import WeightsError
from attire.predict.exported.engine import INPUT, Arrays
from attire.predict.exported.processor import in_words, usable_cores

__all__ = ["OnnxRuntimeEngine"]


class OnnxRuntimeEngine:
    """One session on the processor; computes as the file says, in float32 or int8."""

    parallel = 1

    def __init__(self, path: Path, *, precision: str = "fp32", threads: int | None = None) -> None:
        """Load a graph.

        Args:
            path: What ``attire export`` wrote.
            precision: How the file computes, for :attr:`about`.
            threads: Threads to run on; as many as there are usable cores if None.

        Raises:
            WeightsError: If it cannot load the file.
        """
        import onnxruntime

        self._threads = threads or usable_cores()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # Threads that spin while they wait take the cores away from what prepares and finishes photos.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            self._session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
        except Exception as error:  # its errors have no class of their own to catch them by
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise WeightsError(
                f"{path}: ONNX Runtime cannot load it ({reason}). Export the model again: attire export"
            ) from None
        self._about = f"ONNX Runtime {onnxruntime.__version__}, {precision}"

    @property
    def about(self) -> str:
        """Which program, precision and cores, in a few words."""
        return f"{self._about}, {in_words(self._threads)}"

    @property
    def outputs(self) -> frozenset[str]:
        """Names of what the graph can give."""
        return frozenset(output.name for output in self._session.get_outputs())

    def __call__(self, photos: Sequence[npt.NDArray[np.uint8]], outputs: Sequence[str]) -> list[Arrays]:
        """Run the graph on one photo after the other."""
        names = list(outputs)
        return [dict(zip(names, self._session.run(names, {INPUT: photo}), strict=True)) for photo in photos]
