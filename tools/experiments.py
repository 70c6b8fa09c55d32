"""Runs side by side at one small budget, and a table of what came out: ladder, learning curve, sizes.

    python tools/experiments.py ladder TRAIN VAL --start looks-run --also looks --steps 900 -o runs/ladder
    python tools/experiments.py curve  TRAIN VAL --start looks-run --also looks --steps 900 -o runs/curve
    python tools/experiments.py sizes  TRAIN VAL --also looks --steps 600 -o runs/sizes

`ladder` climbs the founding project's rungs (heads only, all layers, augmentation and loss weights, three
times the photos, photos of weak categories again), then takes the recipe `box`. `curve` is `box` on 25, 50
and 100 % of the photos. Both begin at --start, the run of recipe `looks`, which stands in for COCO's weights.
`sizes` gives networks of several sizes as many steps on looks and again on photos.

Every run makes the same number of updates on the same input. What was done is not done again, and what was
stopped goes on. The table is printed as Markdown; everything else lies under -o.
"""

import argparse
import json
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from attire.dataset import open_dataset
from attire.model import ModelConfig
from attire.model.header import read_header
from attire.train import Recipe, find_recipe
from attire.train.overrides import with_epochs

LADDER = ("heads-2019", "all-2019", "augmented-2019", "photos15k-2019", "resampled-2019")
PHOTOS_2019 = {"photos15k-2019": 1.0, "resampled-2019": 1.0}
"""Share of the photos that a rung takes; the others take a third, as 5,000 is of 15,000."""
RESAMPLED = 0.2
"""Photos of weak categories that are added, as a share: 3,000 of 15,000."""
READINGS = ("pooled", "image_class")
"""Those of the score that are printed without interval."""
ATTIRE = Path(sys.executable).with_name("attire")


@dataclass(frozen=True, kw_only=True)
class Run:
    """One row of the table."""

    name: str
    recipe: Recipe
    data: Path
    val: Path
    also: tuple[Path, ...] = ()
    report: Path | None = None
    """Evaluation that says which categories are weak."""
    before: "Run | None" = None
    """What has to be trained first, as this begins with its weights."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("what", choices=("ladder", "curve", "sizes"))
    parser.add_argument("train", type=Path)
    parser.add_argument("val", type=Path)
    parser.add_argument("--start", type=Path, help="run or model file of recipe 'looks' to begin with")
    parser.add_argument("--also", type=Path, help="folder of drawn looks")
    parser.add_argument("--steps", type=int, default=900, help="updates of each run")
    parser.add_argument("-o", "--out", type=Path, required=True)
    options = parser.parse_args()
    if options.what in ("ladder", "curve") and options.start is None:
        parser.error(f"{options.what} wants --start: a run of recipe 'looks', to begin with.")
    if options.also is None and options.what != "ladder":
        parser.error(f"{options.what} wants --also: a folder of drawn looks (attire render).")
    runs = {"ladder": ladder, "curve": curve, "sizes": sizes}[options.what](options)
    rows = []
    for run in runs:
        folder = options.out / run.name
        if run.before is not None:
            train(run.before, options.out / run.before.name)
        seconds = train(run, folder)
        rows.append(row(run, evaluate(run, folder), seconds))
        print("\n".join([HEAD, *rows]), flush=True)


def ladder(options: argparse.Namespace) -> Iterator[Run]:
    """The rungs of 2019 on this network and these photos, then our own recipe."""
    header = read_header(model_file(options.start))
    photos = len(open_dataset(options.train))
    report = None
    for name in LADDER:
        rung = find_recipe(name)
        resampling = rung.resampling and replace(rung.resampling, photos=round(RESAMPLED * photos))
        taken = round(photos * PHOTOS_2019.get(name, 1 / 3))
        recipe = replace(
            rung,
            model=replace(header.config, detections_per_photo=rung.model.detections_per_photo),
            input=header.input_spec,
            weights=str(model_file(options.start)),
            batch_size=4,
            precision="bf16",
            channels_last=True,
            photos=taken,
            resampling=resampling,
        )
        weak = report if resampling else None
        yield Run(
            name=name,
            recipe=budget(recipe, taken + (resampling.photos if resampling else 0), options.steps),
            data=options.train,
            val=options.val,
            report=weak,
        )
        report = options.out / name / "evaluation" / "report.json"
    yield own(options, "box", photos, 1.0)


def curve(options: argparse.Namespace) -> Iterator[Run]:
    """Our own recipe on a quarter, a half and all of the photos."""
    photos = len(open_dataset(options.train))
    for share in (0.25, 0.5, 1.0):
        yield own(options, f"box-{round(100 * share)}", photos, share)


def own(options: argparse.Namespace, name: str, photos: int, share: float) -> Run:
    """The recipe of the model in the box on a share of the photos."""
    taken, start = round(photos * share), model_file(options.start)
    recipe = replace(
        find_recipe("box"), weights=str(start), photos=taken, input=read_header(start).input_spec
    )
    also = () if options.also is None else (options.also,)
    return Run(
        name=name,
        recipe=budget(recipe, taken, options.steps),
        data=options.train,
        val=options.val,
        also=also,
    )


def sizes(options: argparse.Namespace) -> Iterator[Run]:
    """Networks of several sizes, each first on looks and then on photos."""
    photos, looks = len(open_dataset(options.train)), len(open_dataset(options.also))
    base = find_recipe("box").model
    narrow = replace(
        base,
        fpn_channels=64,
        box_dense=(256, 256),
        mask_convs=(64, 64),
        mask_channels=64,
        semantic_channels=64,
        attribute_hidden=128,
    )
    networks: dict[str, ModelConfig] = {
        "resnet18-narrow": narrow,
        "resnet18": base,
        "mobilenet-narrow": replace(narrow, backbone="mobilenet_v3_large"),
        "resnet50": replace(base, backbone="resnet50"),
    }
    for name, network in networks.items():
        first = Run(
            name=f"{name}-looks",
            recipe=budget(replace(find_recipe("looks"), model=network), looks, options.steps),
            data=options.also,
            val=options.val,
        )
        start = options.out / first.name / "model.safetensors"
        recipe = replace(find_recipe("box"), model=network, weights=str(start))
        yield Run(
            name=name,
            recipe=budget(recipe, photos, options.steps),
            data=options.train,
            val=options.val,
            also=(options.also,),
            before=first,
        )


def budget(recipe: Recipe, photos: int, steps: int) -> Recipe:
    """Fit the stages into so many updates, in proportion, a fifth of them for the warm-up at most."""
    epochs = max(len(recipe.stages), -(-steps * recipe.batch_size // photos))
    warmup = min(recipe.warmup_steps, steps // 5)
    return replace(with_epochs(recipe, epochs), max_steps=steps, validate_every=epochs, warmup_steps=warmup)


def train(run: Run, folder: Path) -> float:
    """Train unless it is done, and say how many seconds that took in all."""
    folder.mkdir(parents=True, exist_ok=True)
    recipe = folder / "asked.json"
    recipe.write_text(json.dumps(run.recipe.to_dict(), indent=1))
    command = ["train", recipe, run.data, "--val", run.val, "-o", folder, "--resume"]
    command += [word for also in run.also for word in ("--also", also)]
    command += ["--report", run.report] if run.report else []
    watch = folder / "seconds.json"
    seconds: float = json.loads(watch.read_text()) if watch.exists() else 0.0
    if not (folder / "model.safetensors").exists():
        begin = time.monotonic()
        try:
            attire(command)
        finally:
            seconds += time.monotonic() - begin
            watch.write_text(json.dumps(seconds))
    return seconds


def evaluate(run: Run, folder: Path) -> dict[str, Any]:
    """Score a run, unless it was scored."""
    report = folder / "evaluation" / "report.json"
    if not report.exists():
        attire(["evaluate", run.val, "--model", folder, "-o", folder / "evaluation"])
    content: dict[str, Any] = json.loads(report.read_text())
    return content


def attire(words: list[object]) -> None:
    """Run a verb, and stop here if it fails."""
    command = [str(ATTIRE), *map(str, words)]
    print("$", shlex.join(command), file=sys.stderr, flush=True)
    subprocess.run(command, check=True, stdout=sys.stderr)  # stdout is for the table


HEAD = (
    "| run | updates | photos | minutes | mask AP50 / AP | score by category: image / pooled / image_class "
    "| score with attributes | weakest five of the ten most frequent: sensitivity |\n"
    "|---|---|---|---|---|---|---|---|"
)


def row(run: Run, report: dict[str, Any], seconds: float) -> str:
    """One line of the table."""
    by_name, full = report["score_categories"], report["score"]
    mask = report["coco"]["mask"]
    frequent = sorted(report["categories"], key=lambda own: -own["truths"])[:10]
    weakest = sorted(frequent, key=lambda own: own["sensitivity"])[:5]
    cells = [
        f"`{run.name}`",
        str(run.recipe.max_steps),
        str(run.recipe.photos or "all"),
        f"{seconds / 60:.0f}",
        f"{mask['ap50']:.3f} / {mask['ap']:.3f}",
        " / ".join([interval(by_name["image"]), *(f"{by_name[r]['value']:.3f}" for r in READINGS)]),
        interval(full["image"]),
        ", ".join(f"{own['name'].split(',')[0]} {own['sensitivity']:.2f}" for own in weakest),
    ]
    return f"| {' | '.join(cells)} |"


def interval(value: dict[str, float]) -> str:
    """A figure with its 95 % interval."""
    return f"{value['value']:.3f} ({value['low']:.3f} – {value['high']:.3f})"


def model_file(path: Path) -> Path:
    """The model in the folder of a run, or the file itself."""
    return path / "model.safetensors" if path.is_dir() else path


if __name__ == "__main__":
    main()
