"""Exported graphs run by OpenVINO: faster on processors of today, bfloat16 where they have it."""

import os
import sys
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock
from types import ModuleType
from typing import Any

import numpy as np
import numpy.typing as npt

from attire.errors import WeightsError
from attire.extras import require
from attire.predict.exported.engine import INPUT, Arrays
from attire.predict.exported.processor import in_words, usable_cores

__all__ = ["OpenVinoEngine", "has_bfloat16"]

_CACHE = "ATTIRE_CACHE"


class OpenVinoEngine:
    """Compiles a graph twice, each when it is first needed: all cores on one photo, or one photo a core.

    The second does more photos a second, the first has one ready sooner. Compiled graphs are kept in the
    user's cache folder, or the one that ``ATTIRE_CACHE`` names (none if that is empty), so that the next
    start is quick; they may be deleted at any time.
    """

    def __init__(self, path: Path, *, precision: str = "fp32", threads: int | None = None) -> None:
        """Load a graph.

        Args:
            path: What ``attire export`` wrote.
            precision: ``bf16`` to compute in bfloat16 what the file has in float32; ``fp32`` not to;
                ``int8`` if the file is so, its layers in float32 in bfloat16 where the processor has it.
            threads: Threads to run on; as many as there are usable cores if None.

        Raises:
            MissingExtraError: If OpenVINO is not installed.
            WeightsError: If it cannot load the file.
        """
        openvino = _openvino()
        self._path = path
        self._core = openvino.Core()
        self._threads = threads or usable_cores()
        self._turn = Lock()
        """Its requests serve one caller at a time."""
        self._about = f"OpenVINO {openvino.__version__.split('-')[0]}, {precision}"
        self._queue_type = openvino.AsyncInferQueue
        wide = precision == "fp32" or not has_bfloat16(self._core)
        self._settings: dict[str, Any] = {
            "INFERENCE_PRECISION_HINT": "f32" if wide else "bf16",
            "INFERENCE_NUM_THREADS": self._threads,
            "ENABLE_CPU_PINNING": False,
        }
        folder = _cache_dir()
        if folder is not None:
            self._settings["CACHE_DIR"] = str(folder)

    @property
    def about(self) -> str:
        """Which program, precision and cores, in a few words."""
        return f"{self._about}, {in_words(self._threads)}"

    @property
    def parallel(self) -> int:
        """Two photos a core, so that none waits for the slowest of them."""
        return 2 * self._threads if self._threads > 1 else 1

    @cached_property
    def outputs(self) -> frozenset[str]:
        """Names of what the graph can give."""
        graph = self._core.read_model(str(self._path))
        return frozenset(name for output in graph.outputs for name in output.names)

    def __call__(self, photos: Sequence[npt.NDArray[np.uint8]], outputs: Sequence[str]) -> list[Arrays]:
        """Run the graph on photos, several at a time."""
        with self._turn:
            if len(photos) == 1 or self._threads == 1:
                return [self._alone(photo, outputs) for photo in photos]
            return self._together(photos, outputs)

    def _together(self, photos: Sequence[npt.NDArray[np.uint8]], outputs: Sequence[str]) -> list[Arrays]:
        found: list[Arrays] = [{} for _ in photos]

        def keep(request: Any, place: int) -> None:
            found[place] = _arrays(request, outputs)

        queue = self._queue
        queue.set_callback(keep)
        for place, photo in enumerate(photos):
            queue.start_async({INPUT: photo}, place)
        queue.wait_all()
        return found

    def _alone(self, photo: npt.NDArray[np.uint8], outputs: Sequence[str]) -> Arrays:
        self._request.infer({INPUT: photo})
        return _arrays(self._request, outputs)

    @cached_property
    def _request(self) -> Any:
        return self._compile(PERFORMANCE_HINT="LATENCY").create_infer_request()

    @cached_property
    def _queue(self) -> Any:
        compiled = self._compile(PERFORMANCE_HINT="THROUGHPUT", NUM_STREAMS=self._threads)
        return self._queue_type(compiled, self._threads)

    def _compile(self, **settings: Any) -> Any:
        try:
            return self._core.compile_model(str(self._path), "CPU", {**self._settings, **settings})
        except RuntimeError as error:
            raise WeightsError(
                f"{self._path}: OpenVINO cannot load it ({str(error).strip().splitlines()[-1]}). "
                "Export the model again: attire export"
            ) from None


def has_bfloat16(core: Any = None) -> bool:
    """Whether OpenVINO computes in bfloat16 on this processor.

    Args:
        core: An ``openvino.Core``, if there is one already.

    Raises:
        MissingExtraError: If OpenVINO is not installed.
    """
    core = core or _openvino().Core()
    return "BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")


def _openvino() -> ModuleType:
    """Import OpenVINO without its telemetry, which would send a usage event from a forked process.

    Nothing is sent silently; OpenVINO has a stand-in of its own for where that package is missing.
    """
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
    return require("openvino", "openvino")


def _arrays(request: Any, outputs: Sequence[str]) -> Arrays:
    return {name: request.get_tensor(name).data.copy() for name in outputs}


def _cache_dir() -> Path | None:
    """Folder for compiled graphs; None where there shall be none, or where it cannot be written to."""
    from platformdirs import user_cache_path

    wish = os.environ.get(_CACHE)
    if wish == "":
        return None
    folder = (user_cache_path("attire") if wish is None else Path(wish)) / "openvino"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder
