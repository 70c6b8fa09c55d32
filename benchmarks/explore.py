"""Time the explorer at the size of iMaterialist 2019: 331,000 rows of 45,625 photos.

    python benchmarks/explore.py [--rows 331000] [--keep FILE.csv]

The annotations are those of benchmarks/annotations.py. The clock runs in a fresh process, from the path of
the CSV to the finished page, reading included. There are no photo files, so the gallery stays empty and the
time of one drawn photo is to be added twelve times (under 0.1 s each at 550×830).
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from annotations import ROWS, build
from attire.dataset import open_dataset
from attire.explore import explore

TARGET_S = 60.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rows", type=int, default=ROWS, help="rows of the file to build")
    parser.add_argument(
        "--keep", type=Path, help="build the file here and leave it, or use it if it is there"
    )
    parser.add_argument("--report", type=Path, nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.report:
        print(json.dumps(measure(*options.report)))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = options.keep or Path(folder) / "train.csv"
        if not path.exists():
            build(path, options.rows)
        command = [sys.executable, __file__, "--report", str(path), str(Path(folder) / "report")]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        report(**json.loads(done.stdout))


def measure(annotations: Path, out_dir: Path) -> dict[str, float]:
    """Read and explore the file once, in this process, and say what it took."""
    begun = time.perf_counter()
    dataset = open_dataset(annotations)
    read = time.perf_counter() - begun
    page = explore(dataset, out_dir)
    seconds = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return {
        "rows": len(dataset.records.category_ids),
        "photos": len(dataset),
        "runs": len(dataset.records.masks.starts),
        "page": page.stat().st_size,
        "read": read,
        "seconds": seconds,
        "peak": peak,
    }


def report(rows: int, photos: int, runs: int, page: int, read: float, seconds: float, peak: float) -> None:
    """Print one line, with the target beside what was measured."""
    print(
        f"explore: {rows:,} rows of {photos:,} photos, {runs / 1e6:.1f} M runs to a page of "
        f"{page / 1e6:.1f} MB in {seconds:.1f} s (target {TARGET_S:.0f} s), of which {read:.1f} s reading; "
        f"peak memory {peak / 1e9:.2f} GB"
    )


if __name__ == "__main__":
    main()
