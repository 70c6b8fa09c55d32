"""Can the attributes of drawn looks be seen? A small classifier learns them and names them on other seeds.

    python benchmarks/look_attributes.py TRAIN TEST [--epochs 8] [--write docs/look-attributes.md]

TRAIN and TEST are folders of `attire render --uniform` with different seeds. Of every garment the network
sees a close crop and the whole photo, both with the garment's mask. For each attribute, AUC is counted among
the garments of those categories that can have it (at least one in TRAIN has), so that telling a skirt from
trousers earns nothing.
"""

import argparse
import io
from dataclasses import dataclass
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

CLOSE, WHOLE = 128, 80
"""Sides of the two views, pixels."""
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
    parser.add_argument("train", type=Path)
    parser.add_argument("test", type=Path)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--write", type=Path, help="file that receives the table as Markdown")
    options = parser.parse_args()
    torch.manual_seed(0)
    learn, judge = open_dataset(options.train), open_dataset(options.test)
    seen, unseen = crops(learn), crops(judge)
    network = fit(seen, options.epochs)
    table = areas(seen, unseen, predict(network, unseen), [a.name for a in learn.ontology.attributes])
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


def view(
    image: Image.Image, mask: Image.Image, box: tuple[float, float, float, float], side: int
) -> npt.NDArray[np.uint8]:
    """Crop photo and mask to a box (beyond the photo: black) and resize, shape (4, side, side)."""
    whole = tuple(round(edge) for edge in box)
    planes = [part.crop(whole).resize((side, side), Image.Resampling.BOX) for part in (image, mask)]  # type: ignore[arg-type]
    rgb, alpha = (np.asarray(plane, np.uint8) for plane in planes)
    return np.concatenate([rgb.transpose(2, 0, 1), alpha[None]])


class Namer(nn.Module):
    """Two small residual towers, one per view, and one linear layer."""

    def __init__(self, attributes: int) -> None:
        super().__init__()
        self.close, self.whole = tower((24, 48, 96, 160)), tower((16, 32, 64, 96))
        self.name = nn.Linear(160 + 96, attributes)

    def forward(self, close: Tensor, whole: Tensor) -> Tensor:
        """Logits, shape (N, A), from two views of shapes (N, 4, H, W)."""
        seen = [self.close(close).amax((2, 3)), self.whole(whole).amax((2, 3))]
        return self.name(functional.dropout(torch.cat(seen, dim=1), 0.2, self.training))


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


def fit(garments: Garments, epochs: int, batch: int = 48, rate: float = 2e-3) -> Namer:
    """Learn every attribute among the garments that can have it."""
    possible = torch.from_numpy(can_have(garments)[garments.category_ids].astype(np.float32))
    held = torch.from_numpy(garments.attributes.astype(np.float32))
    network = Namer(held.shape[1]).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    optimizer = torch.optim.AdamW(network.parameters(), weight_decay=0.02)
    steps = epochs * (len(held) // batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=steps + 1, pct_start=0.1)
    for epoch in range(epochs):
        order = torch.randperm(len(held))
        total = 0.0
        for start in track(range(0, len(order) - batch + 1, batch), f"Epoch {epoch + 1}"):
            rows = order[start : start + batch].numpy()
            with torch.autocast("cpu", torch.bfloat16):
                logits = network(*views(garments, rows, mirrored=bool(torch.rand(()) < 0.5)))
            loss = functional.binary_cross_entropy_with_logits(logits.float(), held[rows], reduction="none")
            loss = (loss * possible[rows]).sum() / possible[rows].sum()
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            schedule.step()
            total += float(loss.detach())
        print(f"epoch {epoch + 1}: loss {total / (len(order) // batch):.4f}", flush=True)
    return network


def views(garments: Garments, rows: npt.NDArray[np.int64], mirrored: bool = False) -> tuple[Tensor, Tensor]:
    both = (
        torch.from_numpy(getattr(garments, name)[rows]).float() / 127.5 - 1 for name in ("close", "whole")
    )
    close, whole = (
        (plane.flip(3) if mirrored else plane).contiguous(memory_format=torch.channels_last) for plane in both
    )
    return close, whole


@torch.inference_mode()
def predict(network: Namer, garments: Garments) -> npt.NDArray[np.float32]:
    """Logits of every attribute, shape (N, A)."""
    network.eval()
    rows = np.arange(len(garments.attributes))
    parts = [network(*views(garments, rows[i : i + 64])) for i in range(0, len(rows), 64)]
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
