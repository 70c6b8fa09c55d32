"""Training by two processes against one: the same losses, the same weights, the time it takes, and a kill.

``python benchmarks/scale_train.py DATA --val VAL`` runs ``attire train`` a few times on a few photos, prints
one JSON object, and leaves nothing behind. Two processes with a batch each are compared with one that makes
two passes per update: the same photos, the same arithmetic in another order.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from attire.train.history import HistoryRow, read_history

COMMAND = [sys.executable, "-m", "attire.cli.app", "train"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--val", type=Path, required=True)
    parser.add_argument("--recipe", default="quick")
    parser.add_argument("--photos", type=int, default=40)
    parser.add_argument("--steps", type=int, default=12)
    parser.add_argument("--set", action="append", default=[])
    options = parser.parse_args()
    changes = ["workers=0", 'precision="32"', "validate_every=1", *options.set]
    common = [options.recipe, options.data, "--val", options.val, "--photos", options.photos]
    common += ["--limit-steps", options.steps, "--accelerator", "cpu", "--batch-size", "1"]
    common += [part for change in changes for part in ("--set", change)]
    with tempfile.TemporaryDirectory() as place:
        one, two, cut, still_one, still_two = (
            Path(place) / name for name in ("one", "two", "cut", "still_one", "still_two")
        )
        # So small a rate moves no weight, and groups keep no statistics: both validate the same weights.
        still = [*common, "--photos", 2, "--epochs", "1", "--set", "stages.0.lr=1e-30"]
        still += ["--set", 'model.norm="group"']
        run([*still, "-o", still_one, "--set", "accumulate=2"])
        run([*still, "-o", still_two, "--devices", "2"])
        run([*common, "-o", one, "--set", "accumulate=2"])
        run([*common, "-o", two, "--devices", "2"])
        found = {"validation_of_the_same_weights_equal": validations(still_one) == validations(still_two)}
        found |= compare(one, two) | {"killed": kill_and_resume([*common, "-o", cut, "--devices", "2"], cut)}
        found["killed"] |= {"difference_to_uninterrupted": weights_difference(two, cut)}
    print(json.dumps(found, indent=1))


def run(arguments: list[object]) -> None:
    subprocess.run([*COMMAND, *map(str, arguments)], check=True, stdout=subprocess.DEVNULL)


def compare(one: Path, two: Path) -> dict[str, Any]:
    """Compare two runs by their logs and weights."""
    logs = [read_history(folder / "log.csv") for folder in (one, two)]
    pairs = list(zip(*logs, strict=True))
    return {
        "updates": sum(row.part == "train" for row in logs[0]),
        "losses_largest_relative_difference": max(relative(a, b) for a, b in pairs),
        "weights_largest_relative_difference": weights_difference(one, two),
        "seconds_per_update": {"1 process": seconds_per_update(one), "2 processes": seconds_per_update(two)},
    }


def seconds_per_update(folder: Path) -> float:
    """Give the median time between two updates, as TensorBoard's events have it."""
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    events = EventAccumulator(str(folder / "tensorboard")).Reload()
    # Of passes that share an update, the last one's event counts.
    times = {event.step: event.wall_time for event in events.Scalars("train/loss")}
    return round(median(later - earlier for earlier, later in pairwise(sorted(times.values()))), 3)


def validations(folder: Path) -> list[dict[str, float]]:
    """Give the losses of the validation photos, six digits of each."""
    found = [dict(row.values) for row in read_history(folder / "log.csv") if row.part == "val"]
    if not found:
        raise RuntimeError(f"{folder} was never validated")
    return found


def relative(one: HistoryRow, other: HistoryRow) -> float:
    return max(abs(one.values[n] - other.values[n]) / max(abs(one.values[n]), 1e-9) for n in one.values)


def weights_difference(one: Path, other: Path) -> float:
    """Give the largest difference of any number of the model, relative to the largest of its tensor."""
    from safetensors.torch import load_file

    first, second = (load_file(folder / "model.safetensors") for folder in (one, other))
    return max(
        float((value.double() - second[name].double()).abs().max() / value.double().abs().max().clamp(1e-3))
        for name, value in first.items()
    )


def kill_and_resume(arguments: list[object], folder: Path) -> dict[str, float]:
    """Kill the second process after a third of the updates; give the seconds to the end, and to go on."""
    arguments = [*arguments, "--checkpoint-minutes", "0"]
    steps = int(str(arguments[arguments.index("--limit-steps") + 1]))
    process = subprocess.Popen(
        [*COMMAND, *map(str, arguments)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    while rows_in(folder) < steps // 3:
        time.sleep(0.02)
    os.kill(second_of(process.pid), signal.SIGKILL)
    killed_at = time.monotonic()
    _, said = process.communicate(timeout=120)
    ended_s = time.monotonic() - killed_at
    sys.stderr.write(said.strip().splitlines()[-1] + "\n")
    reached = rows_in(folder)
    began_at = time.monotonic()
    run([*arguments, "--resume"])
    return {
        "seconds_until_the_other_ended": round(ended_s, 1),
        "updates_when_killed": reached,
        "seconds_to_resume_and_finish": round(time.monotonic() - began_at, 1),
    }


def rows_in(folder: Path) -> int:
    log = folder / "log.csv"
    return sum(row.part == "train" for row in read_history(log)) if log.exists() else 0


def second_of(parent: int) -> int:
    """Find the process of rank 1 that a command started."""
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            own = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            if own == parent and "\0RANK=1\0" in f"\0{(folder / 'environ').read_text()}":
                return int(folder.name)
    raise RuntimeError(f"process {parent} has no second one")


if __name__ == "__main__":
    main()
