"""Learn the embedding of the catalogue from what a trained network sees and how edges run: a few matrices.

    attire render -n 1200 --size 320x320 --seed 42 --products -o LOOKS
    python tools/embedding.py MODEL TRAIN LOOKS --val VAL -o BOX.embedding.npz

TRAIN and VAL are annotated photos, LOOKS drawn products on white. No product photo of any shop has a part in
it. Each garment is shown several times: as it is, in other light and other colours, cut out of its photo.
What is learned makes long vectors of these features short, and keeps the similarities of the long
ones; brings views of one garment together, and the two shoes of a pair; and keeps what category and
attributes can be told by. What nobody looked for is not learned from.
"""

import argparse
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional

from attire.catalog.embedding.pooling import Pooled
from attire.catalog.embedding.projection import Layer, Projection, gather_inputs, identify
from attire.model import load_model
from attire.ontology import Ontology
from embedding_views import Views, read_views

Floats = npt.NDArray[np.float32]
_COLOUR_NUMBERS = 64
_FARTHEST = 6.0
_PAIRED = frozenset({"shoe", "sock", "glove"})
"""Categories that are worn in pairs: two of one photo are one garment …"""
_SAME_COLOURS = 0.9
"""… if their colours have at least this cosine."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """How one part of the embedding is learned."""

    inputs: dict[str, float]
    """What goes in, and how much each counts in the similarities that are kept."""
    numbers: int
    """Length of the part."""
    groups: frozenset[str] | None
    """Groups of attributes that it is to tell; None for all that ``pattern`` does not."""
    same: float = 1.0
    """Weight of bringing views of one garment together."""
    category: float = 0.2
    """Weight of bringing garments of one category together."""
    told: float = 0.3
    """Weight of telling attributes."""
    kept: float = 3.0
    """Weight of keeping similarities."""


PATTERNS = frozenset({"pattern", "finishing"})
PARTS = {
    "shape": Part(
        inputs={"bands2": 1.3, "bands3": 1.0, "outlines": 2.2, "slenderness": 5.0, "gradients": 2.2},
        numbers=128,
        groups=None,
    ),
    "pattern": Part(
        inputs={"means0": 1.0, "spreads0": 1.5, "means1": 1.0, "spreads1": 1.5},
        numbers=64,
        groups=PATTERNS,
        category=0.0,
        told=1.0,
        kept=1.0,
    ),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("model", type=Path, help="what attire train wrote")
    parser.add_argument("train", type=Path, help="annotated photos")
    parser.add_argument("looks", type=Path, help="drawn products: attire render --products")
    parser.add_argument("--val", type=Path, required=True, help="annotated photos to measure on")
    parser.add_argument("--steps", type=int, default=900)
    parser.add_argument("--cache", type=Path, default=Path("runs/embedding"))
    parser.add_argument(
        "--name", default="box 2", help="of the vectors: those of another name cannot be compared with them"
    )
    parser.add_argument("-o", "--out", type=Path, required=True)
    options = parser.parse_args()
    loaded = load_model(options.model)
    sources = {
        name: read_views(getattr(options, name), loaded, options.cache / f"{name}.npz", whole=name == "looks")
        for name in ("train", "looks", "val")
    }
    train, val = [sources["train"], sources["looks"]], sources["val"]
    layers = {name: learn(part, train, loaded.ontology, options.steps) for name, part in PARTS.items()}
    figures = {name: judge(layer(val.pooled), val, loaded.ontology) for name, layer in layers.items()}
    for name, row in figures.items():
        print(name, {key: round(value, 4) for key, value in row.items()})
    projection = Projection(
        version=options.name,
        model=identify(loaded.header),
        layers=layers,
        colour=shorten(np.concatenate([views.colours for views in train])),
        card={
            "data": f"{len(train[0])} views of {count(train[0])} garments of annotated photos, "
            f"{len(train[1])} of {count(train[1])} drawn products; no photo of a shop",
            "steps": options.steps,
            "val": figures,
        },
    )
    projection.save(options.out)
    print(f"{options.out}: {options.out.stat().st_size:,} bytes")


def count(views: Views) -> int:
    return len(np.unique(views.garment))


def learn(part: Part, train: list[Views], ontology: Ontology, steps: int, seed: int = 0) -> Layer:
    """Learn the matrix of one part."""
    torch.manual_seed(seed)
    inputs = tuple(part.inputs)
    rows = np.concatenate([gather_inputs(views.pooled, inputs) for views in train])
    mean, scale = rows.mean(axis=0), rows.std(axis=0) + 0.01 * rows.std()
    counts = torch.from_numpy(weights_of(part, train[0].pooled))
    x = torch.from_numpy((rows - mean) / scale).clamp(-_FARTHEST, _FARTHEST) * counts
    # From here on, garments of all sources have numbers of their own.
    garment = torch.from_numpy(np.unique(groups_of(train, ontology), return_inverse=True)[1])
    category = torch.from_numpy(np.concatenate([views.category for views in train]))
    told, known = attributes_of(part, train, ontology)
    matrix = nn.Linear(x.shape[1], part.numbers, bias=False)
    matrix.weight.data = leading(x, part.numbers)
    heads = nn.Linear(part.numbers, told.shape[1])
    optimiser = torch.optim.AdamW(
        [{"params": matrix.parameters()}, {"params": heads.parameters(), "lr": 1e-2}],
        lr=1e-3,
        weight_decay=1e-2,
    )
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, [1e-3, 1e-2], steps)
    for batch in batches(garment, category.numpy(), steps, seed):
        made = functional.normalize(matrix(functional.dropout(x[batch], 0.2)), dim=1)
        loss = part.kept * kept(made, x[batch]) + part.same * same(made, garment[batch])
        loss = loss + part.category * same(made, category[batch], 0.1)
        loss = loss + part.told * telling(heads(8 * made), told[batch], known[batch])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
    learned = (matrix.weight.detach() * counts).T.numpy()
    return Layer(inputs=inputs, mean=mean, scale=scale, matrix=learned / np.abs(learned).max())


def weights_of(part: Part, pooled: Pooled) -> Floats:
    return np.concatenate(
        [np.full(gather_inputs(pooled, (n,)).shape[1], w, np.float32) for n, w in part.inputs.items()]
    )


def groups_of(train: list[Views], ontology: Ontology) -> npt.NDArray[np.int64]:
    """Number garments of all sources; a pair of shoes is one garment."""
    number = np.zeros(0, np.int64)
    for views in train:
        number = np.concatenate([number, pairs_as_one(views, ontology) + number.max(initial=0) + 1])
    return number


def pairs_as_one(views: Views, ontology: Ontology) -> npt.NDArray[np.int64]:
    paired = [c.id for c in ontology.categories if c.short_name in _PAIRED]
    _, plain = np.unique(views.garment, return_index=True)  # the first view of each is the photo as it is
    number = {int(g): int(g) for g in views.garment[plain]}
    for i, j in pairwise(plain[np.isin(views.category[plain], paired)].tolist()):
        same_place = views.photo[i] == views.photo[j] and views.category[i] == views.category[j]
        if same_place and float(views.colours[i] @ views.colours[j]) >= _SAME_COLOURS:
            number[int(views.garment[j])] = number[int(views.garment[i])]
    return np.array([number[int(g)] for g in views.garment])


def attributes_of(part: Part, train: list[Views], ontology: Ontology) -> tuple[Tensor, Tensor]:
    """Give the attributes that a part is to tell, and which of them anybody looked for."""
    columns = columns_of(part.groups, ontology)
    return tuple(
        torch.from_numpy(np.concatenate([getattr(views, name) for views in train])[:, columns]).float()
        for name in ("attributes", "known")
    )  # type: ignore[return-value]


def columns_of(groups: frozenset[str] | None, ontology: Ontology) -> npt.NDArray[np.int64]:
    wanted = [(a.group in PATTERNS) if groups else (a.group not in PATTERNS) for a in ontology.attributes]
    return np.flatnonzero(wanted)


def leading(x: Tensor, numbers: int) -> Tensor:
    """Begin with the leading directions, evened out."""
    some = x[torch.randperm(len(x))[:3000]]
    _, strength, directions = torch.linalg.svd(some, full_matrices=False)
    return 30 * directions[:numbers] / (strength[:numbers, None] + 0.02 * strength[0])


def batches(
    garment: Tensor, category: npt.NDArray[np.int64], steps: int, seed: int, size: int = 180
) -> list[Tensor]:
    """Draw garments, rare categories more often than they occur, and two views of each."""
    random = np.random.default_rng(seed)
    order = np.argsort(garment.numpy(), kind="stable")
    rows = np.split(order, np.flatnonzero(np.diff(garment.numpy()[order])) + 1)
    own = category[[views[0] for views in rows]]
    chance = 1 / np.sqrt(np.bincount(own)[own])
    chance /= chance.sum()
    size = min(size, len(rows))
    drawn = (random.choice(len(rows), size, replace=False, p=chance) for _ in range(steps))
    return [torch.from_numpy(np.concatenate([random.permutation(rows[g])[:2] for g in one])) for one in drawn]


def kept(made: Tensor, x: Tensor) -> Tensor:
    """Compare the similarities of short vectors with those of the long ones."""
    long = functional.normalize(x, dim=1)
    others = ~torch.eye(len(x), dtype=torch.bool)
    return 20 * ((made @ made.T - long @ long.T)[others] ** 2).mean()


def same(made: Tensor, label: Tensor, temperature: float = 0.07) -> Tensor:
    """Ask which others show the same garment, or category (Khosla et al., NeurIPS 2020)."""
    itself = torch.eye(len(made), dtype=torch.bool)
    chances = (made @ made.T / temperature).masked_fill(itself, -1e4)
    chances = chances - chances.logsumexp(dim=1, keepdim=True)
    right = (label[:, None] == label) & ~itself
    asked = right.any(dim=1)
    return -((chances * right).sum(dim=1) / right.sum(dim=1).clamp(min=1))[asked].mean()


def telling(logits: Tensor, told: Tensor, known: Tensor) -> Tensor:
    wrong = functional.binary_cross_entropy_with_logits(logits, told, reduction="none")
    return 10 * (wrong * known).sum() / known.sum().clamp(min=1)


def shorten(colours: Floats) -> Floats:
    """Find the directions that keep most of the inner products of colours."""
    some = colours[np.random.default_rng(0).permutation(len(colours))[:4000]]
    _, _, directions = np.linalg.svd(some, full_matrices=False)
    return directions[:_COLOUR_NUMBERS].T


def judge(vectors: Floats, views: Views, ontology: Ontology) -> dict[str, float]:
    """Measure on photos as they are: which share of the ten nearest has the category, the pattern?"""
    _, plain = np.unique(views.garment, return_index=True)
    made, views_of = vectors[plain], views.garment[plain]
    figures = {"same category @10": nearest_same(made, views.category[plain])}
    columns = columns_of(PATTERNS, ontology)
    known = views.known[plain][:, columns].any(axis=1)
    sets = np.unique(views.attributes[plain][:, columns][known], axis=0, return_inverse=True)[1].ravel()
    figures["same pattern and finishing @10"] = nearest_same(made[known], sets)
    others = np.setdiff1d(np.arange(len(vectors)), plain)
    alike = vectors[others] @ made.T
    figures["same garment first"] = float((views_of[alike.argmax(axis=1)] == views.garment[others]).mean())
    return figures


def nearest_same(vectors: Floats, label: npt.NDArray[np.int64], k: int = 10) -> float:
    alike = vectors @ vectors.T
    np.fill_diagonal(alike, -np.inf)
    nearest = np.argpartition(-alike, k, axis=1)[:, :k]
    return float((label[nearest] == label[:, None]).mean())


if __name__ == "__main__":
    main()
