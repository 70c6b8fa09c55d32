"""Where starting weights come from: torchvision's, downloaded only when asked for, or a local file."""

import hashlib
import os
import pickle
import re
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor
from torchvision.models import (
    MobileNet_V3_Large_Weights,
    ResNet18_Weights,
    ResNet50_Weights,
    ResNet101_Weights,
)
from torchvision.models.detection import MaskRCNN_ResNet50_FPN_V2_Weights, MaskRCNN_ResNet50_FPN_Weights

from attire.atomic import atomic_path
from attire.errors import WeightsError
from attire.model.config import ModelConfig
from attire.progress import progress_bar

__all__ = ["cache_dir", "fetch", "read_weights", "weights_url"]

_IMAGENET: dict[str, Any] = {
    "resnet18": ResNet18_Weights.IMAGENET1K_V1,
    "resnet50": ResNet50_Weights.IMAGENET1K_V1,
    "resnet101": ResNet101_Weights.IMAGENET1K_V1,
    "mobilenet_v3_large": MobileNet_V3_Large_Weights.IMAGENET1K_V1,
}
_CHUNK = 1 << 20


def weights_url(kind: str, config: ModelConfig) -> str:
    """Say where torchvision keeps the weights that fit a network.

    Args:
        kind: ``coco`` (whole detector) or ``imagenet`` (backbone only).
        config: The network.

    Returns:
        The address.

    Raises:
        WeightsError: If there are none.
    """
    if kind == "imagenet":
        return str(_IMAGENET[config.backbone].url)
    if kind != "coco":
        raise WeightsError(f"There are no weights {kind!r}; use coco, imagenet, none or a file.")
    if config.backbone != "resnet50":
        raise WeightsError(
            f"torchvision has COCO weights of Mask R-CNN for resnet50 only, not for {config.backbone}. "
            "Use --weights imagenet, or a file of your own."
        )
    deep = MaskRCNN_ResNet50_FPN_V2_Weights if config.norm_in_heads else MaskRCNN_ResNet50_FPN_Weights
    return str(deep.COCO_V1.url)


def cache_dir() -> Path:
    """Folder of downloaded weights: ``$ATTIRE_CACHE``, else ``attire`` in the user's cache folder."""
    own = os.environ.get("ATTIRE_CACHE")
    shared = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return (Path(own) if own else Path(shared) / "attire") / "weights"


def fetch(url: str, folder: Path | None = None) -> Path:
    """Download a file once.

    Args:
        url: Its address. Where its name ends in ``-`` and 8 hexadecimal digits before the suffix, these are
            the start of its SHA-256, and are checked.
        folder: Where it is kept; :func:`cache_dir` as a rule.

    Returns:
        The local file.

    Raises:
        WeightsError: If there is no way to the network, or something else arrived.
    """
    path = (folder or cache_dir()) / url.rsplit("/", 1)[-1]
    if path.is_file():
        return path
    digest = hashlib.sha256()
    try:
        with urllib.request.urlopen(url, timeout=30) as answer, atomic_path(path) as temporary:
            length = int(answer.headers.get("Content-Length") or 0)
            with temporary.open("wb") as file, progress_bar() as bar:
                task = bar.add_task(f"Downloading {path.name}", total=length or None)
                while chunk := answer.read(_CHUNK):
                    file.write(chunk)
                    digest.update(chunk)
                    bar.advance(task, len(chunk))
                received = file.tell()
            if length and received != length:
                raise WeightsError(f"{url}: {received} of {length} bytes arrived. Try again.")
            expected = re.search(r"-([0-9a-f]{8})\.\w+$", path.name)
            if expected and not digest.hexdigest().startswith(expected[1]):
                raise WeightsError(
                    f"{url}: SHA-256 starts with {digest.hexdigest()[:8]}, expected {expected[1]}. "
                    "Something on the way changed it."
                )
    except (urllib.error.URLError, OSError) as error:
        reason = getattr(error, "reason", None) or error
        raise WeightsError(
            f"Could not download {url} ({reason}). Fetch it on a machine with a network and give the file: "
            f"--weights {path.name}; or put it at {path}; or start from nothing: --weights none."
        ) from None
    return path


def read_weights(path: Path) -> dict[str, Tensor]:
    """Read tensors by name from a ``.safetensors``, ``.pth`` or ``.pt`` file; no code in it is run.

    Raises:
        WeightsError: If the file is missing, damaged, or holds more than tensors.
    """
    if not path.is_file():
        raise WeightsError(
            f"{path}: no such file. Give coco, imagenet, none, or a .safetensors or .pth file."
        )
    try:
        if path.suffix == ".safetensors":
            return load_file(path)
        content = torch.load(path, map_location="cpu", weights_only=True)
    except SafetensorError as error:
        raise WeightsError(f"{path}: not a safetensors file, or damaged ({error}).") from None
    except (pickle.UnpicklingError, RuntimeError, EOFError, OSError) as error:
        first = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise WeightsError(
            f"{path}: not a file of plain tensors ({first}). Save a state_dict, or use safetensors."
        ) from None
    for name in ("state_dict", "model"):
        if isinstance(content, dict) and isinstance(content.get(name), dict):
            content = content[name]
    if not isinstance(content, dict):
        raise WeightsError(f"{path}: holds a {type(content).__name__}, expected tensors by name.")
    tensors = {str(name): value for name, value in content.items() if isinstance(value, Tensor)}
    if not tensors:
        raise WeightsError(f"{path}: holds no tensors by name. Save model.state_dict().")
    return tensors
