"""Records that processes share: the arrays lie in shared memory, and only handles travel."""

from dataclasses import fields
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from attire.annotations.records import Records
from attire.masks import RunLengths

__all__ = ["SharedRecords"]


class SharedRecords:
    """A copy of records in shared memory, for workers that are spawned.

    Forked workers see their parent's arrays anyway. Spawned ones would get a pickled copy each; tensors in
    shared memory are pickled as handles instead.
    """

    def __init__(self, records: Records) -> None:
        """Copy the arrays into shared memory, once."""
        arrays = _arrays(records)
        # Torch has no strings: bytes travel, and the type with its width beside them.
        self._forms = {name: (array.dtype, array.shape) for name, array in arrays.items()}
        self._tensors = {name: _shared_bytes(array) for name, array in arrays.items()}
        self._ontology = records.ontology

    def records(self) -> Records:
        """Give the records back, as views of the shared memory."""
        arrays: dict[str, Any] = {
            name: self._tensors[name].numpy().view(dtype).reshape(shape)
            for name, (dtype, shape) in self._forms.items()
        }
        masks = RunLengths(**{name: arrays.pop(f"masks.{name}") for name in _RUNS})
        return Records(ontology=self._ontology, masks=masks, **arrays)


_RUNS = ("starts", "lengths", "offsets", "sizes")


def _arrays(records: Records) -> dict[str, npt.NDArray[Any]]:
    values = {field.name: getattr(records, field.name) for field in fields(records)}
    arrays = {name: value for name, value in values.items() if isinstance(value, np.ndarray)}
    return {**arrays, **{f"masks.{name}": getattr(records.masks, name) for name in _RUNS}}


def _shared_bytes(array: npt.NDArray[Any]) -> Tensor:
    raw = np.ascontiguousarray(array).reshape(-1).view(np.uint8)
    tensor = torch.empty(len(raw), dtype=torch.uint8)
    tensor.share_memory_()  # type: ignore[no-untyped-call]
    tensor.numpy()[:] = raw
    return tensor
