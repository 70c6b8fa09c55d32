"""What lies beside a model: the recipe, the data's fingerprint, the split, the log."""

import json
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attire import __version__
from attire.atomic import write_text
from attire.errors import DataError, RecipeError
from attire.train.material import Material
from attire.train.recipe import Recipe, read_recipe

if TYPE_CHECKING:
    from attire.model import WeightReport

__all__ = ["RunFolder"]

_HARMLESS = ("name", "about", "workers")
"""Fields that may differ when a run goes on: they change nothing in the result."""


@dataclass(frozen=True, kw_only=True)
class RunFolder:
    """The files of one training run."""

    root: Path
    """The folder."""

    @property
    def model(self) -> Path:
        """The trained network, written last."""
        return self.root / "model.safetensors"

    @property
    def recipe(self) -> Path:
        """The recipe as it was resolved, overrides included."""
        return self.root / "recipe.json"

    @property
    def run(self) -> Path:
        """Versions, and what the data were."""
        return self.root / "run.json"

    @property
    def splits(self) -> Path:
        """Which photos were learned from, by name."""
        return self.root / "splits.json"

    @property
    def log(self) -> Path:
        """Every loss of every step."""
        return self.root / "log.csv"

    @property
    def curves(self) -> Path:
        """The same, drawn."""
        return self.root / "curves.png"

    @property
    def state(self) -> Path:
        """What a killed run goes on from."""
        return self.root / "resume.ckpt"

    def claim(self, *, resume: bool) -> None:
        """Make sure that nobody else's run is written over, and sweep up what a kill left half-written.

        Raises:
            RecipeError: If a run lies here and this is not to continue it.
        """
        if not resume and (self.recipe.exists() or self.model.exists()):
            done = "a finished" if self.model.exists() else "an unfinished"
            raise RecipeError(
                f"{self.root} holds {done} run. Pass --resume to go on with it, or choose another folder."
            )
        for leftover in self.root.glob(".*.part.*"):
            leftover.unlink()

    def check_same(self, recipe: Recipe, material: Material, processes: int = 1) -> None:
        """Make sure that a run goes on with what it began with.

        Raises:
            RecipeError: If the recipe differs in a field that changes the result, or so does the number of
                processes: an update would be made of other photos.
            DataError: If the data differ.
        """
        if not self.recipe.exists():
            return
        before, now = read_recipe(self.recipe).to_dict(), recipe.to_dict()
        changed = [name for name in now if name not in _HARMLESS and now[name] != before[name]]
        if changed:
            name = changed[0]
            raise RecipeError(
                f"{self.root} was started with {name} = {json.dumps(before[name])}, now it is "
                f"{json.dumps(now[name])}. Resume with the recipe it was started with, or start anew in "
                "another folder with --weights FILE."
            )
        started: dict[str, Any] = json.loads(self.run.read_text(encoding="utf-8"))
        begun_with = started.get("processes", processes)
        if begun_with != processes:
            raise RecipeError(
                f"{self.root} was started with {begun_with} processes, now there are {processes}: an update "
                f"would be made of other photos. Resume with as many, or start anew in another folder with "
                "--weights FILE."
            )
        for name, found in _data(material).items():
            if started.get(name) != found:
                raise DataError(
                    f"{self.root} was started on data with {name} {started.get(name)}; these have {found}. "
                    "Resume with the data it was started with, or start anew in another folder."
                )

    def describe(
        self, recipe: Recipe, material: Material, taken: "WeightReport | None", processes: int = 1
    ) -> None:
        """Write down what the run is, before it starts.

        Args:
            recipe: As resolved.
            material: Its photos.
            taken: What the network starts from; None for random weights.
            processes: How many train together.
        """
        material.splits.save(self.splits, material.own)
        run: dict[str, Any] = {
            "attire": __version__,
            **{package: _version(package) for package in ("torch", "torchvision", "lightning", "numpy")},
            "data": material.own.layout.root.name,
            "also": [layout.root.name for _, layout in material.dataset.joined],
            **_data(material),
            "processes": processes,
            "weights": None if taken is None else {"source": taken.source, **taken.counts()},
        }
        write_text(self.run, json.dumps(run, indent=1) + "\n")
        write_text(self.recipe, json.dumps(recipe.to_dict(), indent=1) + "\n")


def _data(material: Material) -> dict[str, Any]:
    return {
        "fingerprint": material.dataset.fingerprint,
        "validation_fingerprint": material.validation.fingerprint,
        "training_photos": len(set(material.train.tolist())),
        "photos_per_epoch": material.epoch_size,
        "validation_photos": len(material.val),
    }


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
