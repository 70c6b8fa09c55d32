"""How fast are photos read, against torchvision as a user would write it? Every row is a process of its own.

    python benchmarks/inference.py [PHOTO|FOLDER…] [-n 20] [--rounds 7] [--json FILE]

Without photos the looks in the box are read. A pass over all photos goes from files to run-lengths: decoding,
resizing, the network, masks at the photo's size, encoded. Rows take turns, so that what else the machine does
hits all alike; a ratio is taken within each round, and its median over rounds stands with the smallest and
the largest. What the processor cannot do, or what is not installed, is "not run". Wants the extras export,
openvino and dev.
"""

import argparse
import json
import statistics
import subprocess
import sys
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from rich.console import Console
from rich.table import Table

from attire.atomic import write_text
from attire.predict import list_sources
from attire.predict.exported.processor import has_int8, processor_flags, usable_cores
from attire.progress import progress_bar
from attire.samples import sample_looks
from inference_floor import convolution_peaks, network_flops
from inference_rows import FULL, GPU_OURS, GPU_THEIRS, RUNTIMES, SAME
from inference_start import cold_starts, installed_sizes

ROWS = Path(__file__).with_name("inference_rows.py")
SLOW = (FULL,)
"""Rows that read a few photos only."""
FEW = 3
TARGETS = {
    ("attire openvino fp32", SAME): 1.7,
    ("attire openvino bf16", SAME): 3.4,
    ("attire openvino int8", SAME): 5.0,
    ("attire default", FULL): 15.0,
}
"""Least ratio of a row to its rival that was asked for."""
FLAGS = ("avx2", "avx512f", "avx512_bf16", "avx512_vnni", "avx_vnni", "amx_bf16", "amx_int8")
NEEDS_BF16 = {"avx512_bf16", "amx_bf16"}


@dataclass
class Row:
    """One process and what it said."""

    name: str
    photos: list[Path]
    process: subprocess.Popen[str]
    about: str = ""
    first_photo_s: float = 0.0
    passes: list[float] = field(default_factory=list)
    """Milliseconds per photo in each round."""
    alone: list[float] = field(default_factory=list)
    """The same, one photo after the other."""
    masks: int = 0
    peak_mb: float = 0.0

    @classmethod
    def start(cls, name: str, photos: list[Path]) -> "Row":
        """Start the process and wait until it is warm."""
        command = [sys.executable, str(ROWS), name, *map(str, photos)]
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        row = cls(name, photos, process)
        said = row._hear()
        row.about, row.first_photo_s = said["about"], said["first_photo_s"]
        return row

    def ask(self, what: str) -> None:
        """Let it read all photos, as a ``pass`` or ``alone``, and note what it says."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{what}\n")
        self.process.stdin.flush()
        said = self._hear()
        (self.alone if what == "alone" else self.passes).append(said["ms"])
        self.masks, self.peak_mb = said["masks"], said["peak_mb"]

    def stop(self) -> None:
        """End the process."""
        self.process.communicate()

    def _hear(self) -> dict:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"{self.name} ended early. Run: {sys.executable} {ROWS} {self.name!r} PHOTO")
        return json.loads(line)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("photos", nargs="*", type=Path, help="by default the looks in the box")
    parser.add_argument("-n", type=int, default=20, help="photos at even distances among those given")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--json", type=Path, help="write all figures there")
    options = parser.parse_args()
    found = list(list_sources(options.photos or [sample_looks() / "photos"]).values())
    photos = found[:: max(len(found) // options.n, 1)][: options.n]
    flags = processor_flags() & set(FLAGS)
    console = Console()
    console.print(
        f"{usable_cores()} cores; {', '.join(f for f in FLAGS if f in flags) or 'no flags known'}; "
        f"{len(photos)} photos, {options.rounds} rounds",
        highlight=False,
    )
    names, skipped = rows_here(flags)
    rows = run(names, photos, options.rounds)
    peaks = convolution_peaks(bf16=bool(flags & NEEDS_BF16))
    flops = network_flops()
    starts = cold_starts(["attire default", SAME], photos[0])
    console.print(speed_table(rows, skipped, peaks, flops))
    console.print(target_table(rows, skipped))
    console.print(start_table(starts, rows))
    sizes = installed_sizes()
    console.print(
        f"Installed: attire with its models and core dependencies {sizes['attire']:.0f} MB, torch and "
        f"torchvision with theirs {sizes['torchvision']:.0f} MB",
        highlight=False,
    )
    if options.json:
        figures = {
            "flags": sorted(flags),
            "photos": len(photos),
            "rows": [plain(row) for row in rows.values()],
            "not_run": skipped,
            "peaks_gflops": peaks,
            "network_gflop": flops,
            "cold_starts": starts,
            "installed_mb": sizes,
        }
        write_text(options.json, json.dumps(figures, indent=1) + "\n")


def rows_here(flags: frozenset[str]) -> tuple[list[str], dict[str, str]]:
    """Which rows this machine can run, and why it cannot run the others."""
    skipped = {}
    for name in RUNTIMES:
        if "openvino" in name and find_spec("openvino") is None:
            skipped[name] = "openvino is not installed"
        elif "bf16" in name and not flags & NEEDS_BF16:
            skipped[name] = "the processor has no bfloat16"
        elif "int8" in name and not has_int8():
            skipped[name] = "the processor has no VNNI"
    gpu = (GPU_THEIRS, GPU_OURS)
    if not _has_gpu():
        skipped |= dict.fromkeys(gpu, "no GPU here")
    every = (SAME, FULL, *RUNTIMES, *gpu)
    return [name for name in every if name not in skipped], skipped


def _has_gpu() -> bool:
    import torch

    return torch.cuda.is_available()


def run(names: list[str], photos: list[Path], rounds: int) -> dict[str, Row]:
    """Let all rows take turns."""
    rows = {}
    with progress_bar() as bar:
        task = bar.add_task("start", total=len(names) * (1 + 2 * rounds))
        for name in names:
            rows[name] = Row.start(name, photos[:FEW] if name in SLOW else photos)
            bar.advance(task)
        for _ in range(rounds):
            for name, row in rows.items():
                bar.update(task, description=name)
                row.ask("pass")
                bar.advance(task)
                if name not in (SAME, FULL, GPU_THEIRS):
                    row.ask("alone")
                bar.advance(task)
    for row in rows.values():
        row.stop()
    return rows


def speed_table(
    rows: dict[str, Row], skipped: dict[str, str], peaks: dict[str, float], flops: float
) -> Table:
    table = Table(title="Milliseconds per photo: median over rounds (smallest – largest)")
    for column in ("row", "all photos", "one at a time", "masks", "floor", "peak memory, MB"):
        table.add_column(column, justify="left" if column == "row" else "right")
    for name, row in rows.items():
        floor = "" if name == FULL or "GPU" in name else _floor(row.about + name, peaks, flops)
        alone = spread(row.alone) if row.alone else ""
        masks = f"{row.masks / len(row.photos):.0f}"
        table.add_row(name, spread(row.passes), alone, masks, floor, f"{row.peak_mb:.0f}")
    for name, why in skipped.items():
        table.add_row(name, f"not run: {why}", "", "", "", "")
    table.caption = (
        f"floor: the network's {flops:.1f} GFLOP (convolutions and dense layers) at the measured peak of a "
        f"convolution, GFLOP/s: {', '.join(f'{k} {v:.0f}' for k, v in peaks.items())}"
    )
    return table


def _floor(about: str, peaks: dict[str, float], flops: float) -> str:
    precision = next((p for p in ("int8", "bf16") if p in about), "fp32")
    return f"{1000 * flops / peaks[precision]:.0f}" if precision in peaks else ""


def target_table(rows: dict[str, Row], skipped: dict[str, str]) -> Table:
    table = Table(title="How many times faster, within each round")
    for column in ("row", "against", "median (smallest – largest)", "wanted", ""):
        table.add_column(column)
    pairs = [(name, SAME, TARGETS.get((name, SAME))) for name in RUNTIMES]
    pairs += [("attire default", FULL, TARGETS[("attire default", FULL)]), (GPU_OURS, GPU_THEIRS, None)]
    for name, rival, wanted in pairs:
        least = "" if wanted is None else f"at least {wanted:g}"
        if name in skipped or rival in skipped:
            table.add_row(name, rival, f"not run: {skipped.get(name) or skipped[rival]}", least, "not run")
            continue
        ratios = [b / a for a, b in zip(rows[name].passes, rows[rival].passes, strict=True)]
        verdict = "" if wanted is None else "holds" if statistics.median(ratios) >= wanted else "MISSED"
        table.add_row(name, rival, spread(ratios, 2), least, verdict)
    return table


def start_table(starts: dict[str, list[float]], rows: dict[str, Row]) -> Table:
    table = Table(title="From nothing to the first photo read, seconds; peak memory over the whole run")
    for column in ("row", "median (smallest – largest)", "MB"):
        table.add_column(column)
    for name, seconds in starts.items():
        table.add_row(name, spread(seconds, 2), f"{rows[name].peak_mb:.0f}")
    return table


def spread(values: list[float], digits: int = 0) -> str:
    middle, low, high = statistics.median(values), min(values), max(values)
    return f"{middle:.{digits}f} ({low:.{digits}f} – {high:.{digits}f})"


def plain(row: Row) -> dict:
    return {key: value for key, value in vars(row).items() if key not in ("process", "photos")}


if __name__ == "__main__":
    main()
