"""What a run learns from and is checked against: which photos, and how often each."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from attire.dataset import (
    Dataset,
    Splits,
    join_datasets,
    repeat_factors,
    resample_weak,
    split_photos,
    stratified_subset,
)
from attire.errors import DataError, RecipeError
from attire.train.recipe import Recipe

__all__ = ["Material", "choose_material", "read_sensitivity"]

Places = npt.NDArray[np.int64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Material:
    """The photos of a run."""

    dataset: Dataset
    """What it learns from, further data sets included."""
    train: Places
    """Places in ``dataset``, repeats of resampled photos at the end, shape ``(S,)``."""
    factors: npt.NDArray[np.float64] | None
    """How often each of ``train`` is shown per epoch, shape ``(S,)``; None for once."""
    validation: Dataset
    """What it is checked against: the same data set, or one of its own."""
    val: Places
    """Places in ``validation``, shape ``(V,)``; empty if nothing is checked."""
    own: Dataset
    """``dataset`` without the further ones …"""
    splits: Splits
    """… and how it was split; written beside the model."""

    @property
    def epoch_size(self) -> int:
        """Photos shown in one epoch."""
        return len(self.train) if self.factors is None else round(float(self.factors.sum()))


def choose_material(
    recipe: Recipe,
    dataset: Dataset,
    *,
    also: Sequence[Dataset] = (),
    validation: Dataset | None = None,
    report: Path | None = None,
    skip_bad: bool = False,
) -> Material:
    """Choose the photos of a run; the same recipe and data give the same ones.

    Only photos with an instance are taken: in a bare one, nobody may have looked.

    Args:
        recipe: Its photos, shares, resampling and seed are taken.
        dataset: What to learn from.
        also: Further data sets that the recipe's ``also_share`` of the photos shown comes from, other ones in
            every epoch; an epoch is as long as one round through ``dataset`` makes it.
        validation: A validation set of its own; without it, part of ``dataset`` is kept back.
        report: Report of an evaluation, for resampling by sensitivity.
        skip_bad: Leave out photos that are missing or of the wrong size instead of raising.

    Raises:
        DataError: If a photo is missing or of the wrong size, nothing is left to learn from, or the two
            data sets share no ontology.
        RecipeError: If the recipe resamples by sensitivity and there is no report.
    """
    if validation is not None and validation.ontology.to_dict() != dataset.ontology.to_dict():
        raise DataError(
            f"{validation.layout.root} has other categories or attributes than {dataset.layout.root}. "
            "Give both the same label_descriptions.json."
        )
    plan = recipe.resampling
    if plan is not None and plan.kind == "weak-categories" and report is None:
        raise RecipeError(
            f"Recipe {recipe.name!r} resamples by sensitivity: give --report FILE, the output of "
            "attire evaluate DATA --model FILE --json, or leave it out with --set resampling=null."
        )
    share = 0.0 if validation is not None else recipe.validation_share
    splits = split_photos(dataset, val=share, val_attributes=share, seed=recipe.seed)
    train = np.intersect1d(splits.train, _usable(dataset, skip_bad))
    if not len(train):
        raise DataError(f"{dataset.layout.root}: no photo with an annotated garment is left to learn from.")
    if recipe.photos is not None:
        train = stratified_subset(dataset, recipe.photos, seed=recipe.seed, photos=train)
    extra, factors = np.zeros(0, np.int64), None
    if plan is not None and plan.kind == "repeat-factor":
        factors = repeat_factors(dataset.records, plan.threshold, train)
    elif plan is not None and report is not None:
        extra = resample_weak(
            dataset.records,
            read_sensitivity(report),
            plan.photos,
            n_categories=plan.categories,
            seed=recipe.seed,
            photos=train,
        )
    if validation is None:
        held = np.concatenate([splits.val, splits.val_attributes])
        val = np.intersect1d(held, _usable(dataset, skip_bad))
    else:
        val = _usable(validation, skip_bad)
    train = np.concatenate([train, extra])
    whole = join_datasets(dataset, also)
    if also:
        train, factors = _with_others(whole, train, factors, recipe.also_share, skip_bad, since=len(dataset))
    return Material(
        dataset=whole,
        train=train,
        factors=factors,
        validation=validation or dataset,
        val=val,
        own=dataset,
        splits=splits,
    )


def _with_others(
    whole: Dataset,
    train: Places,
    factors: npt.NDArray[np.float64] | None,
    share: float,
    skip_bad: bool,
    *,
    since: int,
) -> tuple[Places, npt.NDArray[np.float64]]:
    """Add the photos from place ``since`` on, so that they are a share of what is shown in an epoch."""
    bearing = np.flatnonzero(np.diff(whole.records.offsets) > 0)
    others = np.intersect1d(whole.sound_photos(skip_bad=skip_bad), bearing)
    others = others[others >= since]
    if not len(others):
        raise DataError(
            "The further data sets (--also) hold no photo with an annotated garment. Leave them out."
        )
    own = np.ones(len(train)) if factors is None else factors
    other = np.full(len(others), share / (1 - share) * float(own.sum()) / len(others))
    return np.concatenate([train, others]), np.concatenate([own, other])


def _usable(dataset: Dataset, skip_bad: bool) -> Places:
    bearing = np.flatnonzero(np.diff(dataset.records.offsets) > 0)
    return np.intersect1d(dataset.sound_photos(skip_bad=skip_bad), bearing)


def read_sensitivity(report: Path) -> dict[int, float]:
    """Read each category's sensitivity from an evaluation report.

    Args:
        report: What ``attire evaluate --json`` printed.

    Returns:
        Category id → share of its instances that were found, 0 … 1; categories without any are left out.

    Raises:
        DataError: If the file is missing or is no such report.
    """
    try:
        rows: Any = json.loads(report.read_text(encoding="utf-8"))["categories"]
        found = {int(row["id"]): row["sensitivity"] for row in rows}
    except FileNotFoundError:
        raise DataError(f"{report}: no such file. Write one with attire evaluate --json.") from None
    except (ValueError, KeyError, TypeError) as error:
        raise DataError(
            f"{report}: is no evaluation report with a sensitivity per category ({error!r}). Write one with "
            "attire evaluate --json."
        ) from None
    return {category: float(value) for category, value in found.items() if value is not None}
