"""Can the attributes of drawn looks be seen? A small classifier learns them and names them on other seeds.

    python benchmarks/look_attributes.py TRAIN [TRAIN ...] TEST [--epochs 8] [--write docs/look-attributes.md]

TRAIN and TEST are folders of `attire render --uniform` with different seeds. Of every garment the network
sees a close crop and the whole photo, both with the garment's mask, and is told its category. For each
attribute, AUC is counted among the garments of those categories that can have it (at least one in TRAIN has),
so that telling a skirt from trousers earns nothing.
"""

import argparse
import io
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from PIL import Image
from torch import Tensor, nn
from torch.nn import functional

from attire.atomic import write_text
from attire.dataset import Dataset, open_dataset
from attire.progress import track

CLOSE, WHOLE = 152, 80
"""Sides of the two views as they are kept, pixels."""
SEEN = 136
"""Side of the part of the close view that the network sees, pixels; in training it is shifted at random."""
FEWEST = 5
"""Positives below which an AUC says nothing."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Garments:
    """N garments with attributes."""

    close: npt.NDArray[np.uint8]
    """RGB and mask around the garment, shape (N, 4, CLOSE, CLOSE)."""
    whole: npt.NDArray[np.uint8]
    """RGB and mask of the photo, shape (N, 4, WHOLE, WHOLE)."""
    attributes: npt.NDArray[np.bool_]
    """Shape (N, A)."""
    category_ids: npt.NDArray[np.int64]
    """Shape (N,)."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("train", type=Path, nargs="+")
    parser.add_argument("test", type=Path)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--write", type=Path, help="file that receives the table as Markdown")
    options = parser.parse_args()
    torch.manual_seed(0)
    seen, judge = (
        joined([crops(open_dataset(folder)) for folder in options.train]),
        open_dataset(options.test),
    )
    unseen = crops(judge)
    network = fit(seen, options.epochs)
    table = areas(seen, unseen, predict(network, unseen), [a.name for a in judge.ontology.attributes])
    text = markdown(table, seen, unseen)
    print(text)
    if options.write:
        write_text(options.write, text)


def crops(dataset: Dataset) -> Garments:
    """Cut every garment with attributes out of its photo."""
    close, whole, attributes, categories = [], [], [], []
    for photo in track(range(len(dataset)), "Cutting out garments"):
        instances = dataset.records.instances(str(dataset.records.image_ids[photo]))
        if instances.attributes is None or instances.masks is None or not instances.attributes.any():
            continue
        image = Image.open(io.BytesIO(dataset.photo_path(photo).read_bytes())).convert("RGB")
        for i in np.flatnonzero(instances.attributes.any(axis=1)):
            mask = Image.fromarray(instances.masks.decode(int(i)).astype(np.uint8) * 255)
            left, top, right, bottom = instances.boxes[i].tolist()
            half = 0.56 * max(right - left, bottom - top)
            x, y = (left + right) / 2, (top + bottom) / 2
            box = (x - half, y - half, x + half, y + half)
            close.append(view(image, mask, box, CLOSE))
            whole.append(view(image, mask, (0, 0, *image.size), WHOLE))
            attributes.append(instances.attributes[i])
            categories.append(int(instances.category_ids[i]))
    return Garments(
        close=np.stack(close),
        whole=np.stack(whole),
        attributes=np.stack(attributes),
        category_ids=np.array(categories),
    )


def joined(parts: list[Garments]) -> Garments:
    """Put garments of several folders together."""
    return Garments(**{f.name: np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(Garments)})


def view(
    image: Image.Image, mask: Image.Image, box: tuple[float, float, float, float], side: int
) -> npt.NDArray[np.uint8]:
    """Crop photo and mask to a box (beyond the photo: black) and resize, shape (4, side, side)."""
    whole = tuple(round(edge) for edge in box)
    planes = [part.crop(whole).resize((side, side), Image.Resampling.BOX) for part in (image, mask)]  # type: ignore[arg-type]
    rgb, alpha = (np.asarray(plane, np.uint8) for plane in planes)
    return np.concatenate([rgb.transpose(2, 0, 1), alpha[None]])


class Namer(nn.Module):
    """Two small residual towers, one per view, what they see of the garment itself, and its category."""

    def __init__(self, attributes: int, categories: int) -> None:
        super().__init__()
        self.close, self.whole = tower((32, 64, 96, 192)), tower((16, 32, 64, 96))
        self.name = nn.Sequential(
            nn.Dropout(0.2), nn.Linear(3 * 192 + 96 + categories, 256), nn.ReLU(), nn.Linear(256, attributes)
        )
        self.categories = categories

    def forward(self, close: Tensor, whole: Tensor, category_ids: Tensor) -> Tensor:
        """Logits, shape (N, A), from two views of shapes (N, 4, H, W) and categories of shape (N,)."""
        near = self.close(close)
        inside = functional.adaptive_avg_pool2d((close[:, 3:] > 0).float(), near.shape[2:]).to(near.dtype)
        within = (near * inside).sum((2, 3)) / inside.sum((2, 3)).clamp(min=0.5)
        seen = [near.amax((2, 3)), near.mean((2, 3)), within, self.whole(whole).amax((2, 3))]
        known = functional.one_hot(category_ids, self.categories).to(near.dtype)
        return self.name(torch.cat([*seen, known], dim=1))


class Residual(nn.Module):
    """Two convolutions and a way around them."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.inner = nn.Sequential(
            nn.Conv2d(channels, channels, 3, padding=1, bias=False), nn.BatchNorm2d(channels), nn.ReLU(),
            nn.Conv2d(channels, channels, 3, padding=1, bias=False), nn.BatchNorm2d(channels),
        )  # fmt: skip

    def forward(self, x: Tensor) -> Tensor:
        """Add what the convolutions found."""
        return functional.relu(x + self.inner(x))


def tower(widths: tuple[int, ...]) -> nn.Sequential:
    """Halve the view and widen the channels, stage by stage; the first is too large for more."""
    layers: list[nn.Module] = []
    for before, after in zip((4, *widths), widths, strict=False):
        layers += [nn.Conv2d(before, after, 3, 2, 1, bias=False), nn.BatchNorm2d(after), nn.ReLU()]
        layers += [Residual(after)] if before > 4 else []
    return nn.Sequential(*layers)


def fit(garments: Garments, epochs: int, batch: int = 48, rate: float = 2e-3, decay: float = 0.995) -> Namer:
    """Learn every attribute among the garments that can have it; give the moving average of the weights."""
    table = can_have(garments)
    possible = torch.from_numpy(table[garments.category_ids].astype(np.float32))
    held = torch.from_numpy(garments.attributes.astype(np.float32))
    network = Namer(held.shape[1], len(table)).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    average = torch.optim.swa_utils.AveragedModel(
        network, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(decay), use_buffers=True
    )
    optimizer = torch.optim.AdamW(network.parameters(), weight_decay=0.02)
    steps = epochs * (len(held) // batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=steps + 1, pct_start=0.1)
    for epoch in range(epochs):
        order = torch.randperm(len(held))
        total = 0.0
        for start in track(range(0, len(order) - batch + 1, batch), f"Epoch {epoch + 1}"):
            rows = order[start : start + batch].numpy()
            corner = (int(x) for x in torch.randint(CLOSE - SEEN + 1, (2,)))
            with torch.autocast("cpu", torch.bfloat16):
                logits = network(*views(garments, rows, corner, mirrored=bool(torch.rand(()) < 0.5)))
            loss = functional.binary_cross_entropy_with_logits(logits.float(), held[rows], reduction="none")
            loss = (loss * possible[rows]).sum() / possible[rows].sum()
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            schedule.step()
            average.update_parameters(network)
            total += float(loss.detach())
        print(f"epoch {epoch + 1}: loss {total / (len(order) // batch):.4f}", flush=True)
    return average.module


def views(
    garments: Garments, rows: npt.NDArray[np.int64], corner: Iterable[int], mirrored: bool = False
) -> tuple[Tensor, Tensor, Tensor]:
    """Both views, -1 ... 1, the close one from a corner (top, left) on, and the categories of garments."""
    top, left = corner
    close = garments.close[rows][:, :, top : top + SEEN, left : left + SEEN]
    planes = (torch.from_numpy(plane).float() / 127.5 - 1 for plane in (close, garments.whole[rows]))
    near, whole = (
        (plane.flip(3) if mirrored else plane).contiguous(memory_format=torch.channels_last)
        for plane in planes
    )
    return near, whole, torch.from_numpy(garments.category_ids[rows])


@torch.inference_mode()
def predict(network: Namer, garments: Garments) -> npt.NDArray[np.float32]:
    """Logits of every attribute, shape (N, A): the mean of the garment and its mirror image."""
    network.eval()
    rows, middle = np.arange(len(garments.attributes)), ((CLOSE - SEEN) // 2,) * 2
    parts = [
        sum(network(*views(garments, rows[i : i + 64], middle, mirrored)) for mirrored in (False, True)) / 2
        for i in range(0, len(rows), 64)
    ]
    return torch.cat(parts).numpy()


def can_have(garments: Garments) -> npt.NDArray[np.bool_]:
    """Which categories (rows) have which attributes (columns) at least once."""
    table = np.zeros((int(garments.category_ids.max()) + 1, garments.attributes.shape[1]), bool)
    np.logical_or.at(table, garments.category_ids, garments.attributes)
    return table


def areas(
    seen: Garments, unseen: Garments, logits: npt.NDArray[np.float32], names: list[str]
) -> dict[str, tuple[float, int, int]]:
    """AUC of every attribute with the positives and negatives that it was counted on."""
    table, rows = {}, can_have(seen)
    known = unseen.category_ids < len(rows)
    for place, name in enumerate(names):
        asked = known & rows[np.where(known, unseen.category_ids, 0), place]
        truth, said = unseen.attributes[asked, place], logits[asked, place]
        table[name] = (auc(truth, said), int(truth.sum()), int((~truth).sum()))
    return table


def auc(truth: npt.NDArray[np.bool_], said: npt.NDArray[np.float32]) -> float:
    """Share of pairs of a positive and a negative that are in the right order (ties half).

    Example:
        >>> auc(np.array([True, False, False]), np.array([0.5, 0.1, 0.7], np.float32))
        0.5
    """
    positive, negative = np.sort(said[truth]), np.sort(said[~truth])
    if not len(positive) or not len(negative):
        return float("nan")
    below = np.searchsorted(negative, positive, "left") + np.searchsorted(negative, positive, "right")
    return float(below.sum() / (2 * len(positive) * len(negative)))


def markdown(table: dict[str, tuple[float, int, int]], seen: Garments, unseen: Garments) -> str:
    """Write the table, weakest first, and what it rests on."""
    judged = {name: row for name, row in table.items() if row[1] >= FEWEST and row[2] >= FEWEST}
    values = [row[0] for row in judged.values()]
    lines = [
        f"{len(seen.attributes):,} garments learnt from, {len(unseen.attributes):,} of other seeds named. "
        f"{len(judged)} of {len(table)} attributes have at least {FEWEST} garments with and without; "
        f"their mean AUC is {np.mean(values):.3f}, and {sum(value < 0.8 for value in values)} lie under 0.8.",
        "",
        "| attribute | AUC | with | without |",
        "|---|---|---|---|",
    ]
    order = sorted(table.items(), key=lambda item: (np.nan_to_num(item[1][0], nan=2.0), item[0]))
    lines += [f"| {name} | {value:.3f} | {has} | {lacks} |" for name, (value, has, lacks) in order]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
