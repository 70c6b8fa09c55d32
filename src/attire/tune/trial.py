"""One trial of a recipe, from data to figure: a plain function that any executor can call."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from attire.dataset import Dataset, open_dataset
from attire.errors import AttireError
from attire.predict import Predictor
from attire.train import Recipe
from attire.tune.measure import MEASURES, Measure, measure

if TYPE_CHECKING:
    from attire.model import FashionRCNN
    from attire.train import Scoring
    from attire.train.module import Places

__all__ = ["GivenUpError", "Job", "Watch", "run_trial"]

Watch = Callable[[int, float], bool]
"""Is told the place of a validation, from 0, and its figure; says whether to go on."""


class GivenUpError(AttireError):
    """A trial was stopped because others did better at the same point."""


@dataclass(frozen=True, kw_only=True)
class Job:
    """All that one trial needs, in plain values that can be sent to another process or machine."""

    recipe: Recipe
    """How to train, the trial's values included."""
    data: Path
    """What to learn from."""
    out_dir: Path
    """Folder of the run; one that was begun there goes on."""
    validation: Path | None = None
    """A validation set of its own; without it, part of ``data`` is kept back."""
    also: tuple[Path, ...] = ()
    """Further data to learn from."""
    report: Path | None = None
    """Evaluation report, for recipes that resample by it."""
    kind: Measure = "ap50"
    """What the trial is judged by."""
    skip_bad: bool = False
    """Leave out bad rows and photos instead of stopping."""
    accelerator: str = "auto"
    """``cpu``, ``gpu``, ``mps`` or ``auto``."""
    quiet: bool = False
    """Write what training shows into ``output.txt`` in the folder, and not to stderr."""


def run_trial(job: Job, watch: Watch | None = None) -> float:
    """Train by a recipe and measure what comes out on the validation photos.

    A run that was begun in the folder goes on; a finished one is only measured.

    Args:
        job: What to do.
        watch: Is asked at every validation whether the trial is worth going on; None asks nobody and saves
            the time that measuring takes there.

    Returns:
        The figure, as ``attire evaluate`` gives it for the model in the folder.

    Raises:
        GivenUpError: If ``watch`` said so.
        DivergedError: If a loss is no number any more.
        RecipeError: If the folder holds a run by another recipe.
        DataError: If photos are missing or broken.
    """
    from attire.train import train

    dataset = open_dataset(job.data, skip_bad_rows=job.skip_bad)
    validation = None if job.validation is None else open_dataset(job.validation, skip_bad_rows=job.skip_bad)
    with _output(job):
        model = train(
            job.recipe,
            dataset,
            job.out_dir,
            also=[open_dataset(folder, skip_bad_rows=job.skip_bad) for folder in job.also],
            validation=validation,
            resume=True,
            report=job.report,
            skip_bad=job.skip_bad,
            scoring=None if watch is None else _asking(job, watch),
            accelerator=job.accelerator,
        )
        judged = _kept_back(job, dataset) if validation is None else validation
        return measure(Predictor.load(model), judged, job.kind)


def _asking(job: Job, watch: Watch) -> "Scoring":
    """Measure at every validation, and stop where ``watch`` says so."""
    from attire.predict.attribute_carriers import attribute_carriers
    from attire.predict.runtime_torch import TorchRuntime
    from attire.train import Scoring
    from attire.train.history import read_history

    name, log = MEASURES[job.kind], job.out_dir / "log.csv"

    def score(model: "FashionRCNN", dataset: Dataset, photos: "Places") -> Mapping[str, float]:
        carriers = attribute_carriers(model.ontology)
        predictor = Predictor(TorchRuntime(model, job.recipe.input, attribute_categories=carriers))
        truth = dataset.records.select(photos)
        value = measure(predictor, Dataset(records=truth, layout=dataset.layout), job.kind)
        # A run that goes on knows its earlier validations from its log.
        before = [row.values[name] for row in read_history(log) if row.part == "val" and name in row.values]
        for place, earlier in enumerate([*before, value]):
            if not watch(place, earlier):
                raise GivenUpError(
                    f"{name} {value:.3f} at validation {place + 1}: others did better by then."
                )
        return {name: value}

    return Scoring(names=(name,), score=score)


def _kept_back(job: Job, dataset: Dataset) -> Dataset:
    """Give the photos that training kept back."""
    from attire.train.material import choose_material

    material = choose_material(job.recipe, dataset, report=job.report, skip_bad=job.skip_bad)
    return Dataset(records=dataset.records.select(material.val), layout=dataset.layout)


@contextmanager
def _output(job: Job) -> Iterator[None]:
    if not job.quiet:
        yield
        return
    job.out_dir.mkdir(parents=True, exist_ok=True)
    with (job.out_dir / "output.txt").open("a", encoding="utf-8") as file, redirect_stderr(file):
        yield
        sys.stderr.flush()
