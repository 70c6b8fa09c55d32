"""The service under load: speed by number of clients, ten times too many, stopped meanwhile, batches or none.

Starts the real service (``attire serve``) on loopback, and its clients in another process:

    python benchmarks/serve.py PHOTOS [--catalog DIR] [--seconds 10] [--clients 1 4 16 64 256]

Clients that are refused wait for as long as Retry-After says. Percentiles are of answered readings (200).
64 photos at even distances among PHOTOS. CPU ms: of the service per photo; MB: its memory at most.
"""

import argparse
import json
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from attire.predict.exported.processor import usable_cores
from attire.predict.photo_list import list_sources
from serve_load import GRACE_S, HUNG, LOST, REFUSED, Sent, closed_loop, open_loop

NAMES = {REFUSED: "not connected", LOST: "lost", HUNG: "hung"}
console = Console(highlight=False, width=120)


class Service:
    """``attire serve`` in a process of its own."""

    def __init__(self, flags: list[str]) -> None:
        self.log = tempfile.TemporaryFile("w+")  # noqa: SIM115 - as long as the process
        command = [sys.executable, "-c", "from attire.cli.app import main; main()", "serve", "--port", "0"]
        self.process = subprocess.Popen(
            [*command, *flags], stdout=subprocess.PIPE, stderr=self.log, text=True
        )
        assert self.process.stdout is not None
        self.said = self.process.stdout.readline().strip()
        found = re.search(r"http://[\d.]+:\d+/", self.said)
        if found is None:
            raise SystemExit(f"The service did not start: {self.logged()}")
        self.url = found[0]

    def logged(self) -> str:
        """What it has logged."""
        self.log.flush()
        self.log.seek(0)
        return self.log.read()

    def stop(self) -> int:
        """Tell it to stop, and give its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(120)

    def pids(self) -> list[int]:
        """Of the service and its workers."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [self.process.pid, *map(int, children.read_text().split())]

    def megabytes(self) -> float:
        """Resident memory."""
        texts = [Path(f"/proc/{pid}/status").read_text() for pid in self.pids()]
        return sum(int(re.findall(r"VmRSS:\s+(\d+)", text)[0]) for text in texts) / 1024

    def cpu_seconds(self) -> float:
        """Time of processors taken so far."""
        fields = [Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split() for pid in self.pids()]
        return sum(int(one[11]) + int(one[12]) for one in fields) / os.sysconf("SC_CLK_TCK")


class Memory(threading.Thread):
    """Measures a service's memory five times a second until it is told to stop."""

    def __init__(self, service: Service) -> None:
        super().__init__(daemon=True)
        self.service, self.seen, self.done = service, [service.megabytes()], threading.Event()
        self.start()

    def run(self) -> None:  # noqa: D102
        while not self.done.wait(0.2):
            self.seen.append(self.service.megabytes())

    def stop(self) -> list[float]:
        """Give what was measured, in megabytes."""
        self.done.set()
        self.join()
        return self.seen


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("photos", type=Path)
    parser.add_argument("--catalog", help="serve this one, too")
    parser.add_argument("--seconds", type=float, default=10.0, help="for each number of clients")
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 4, 16, 64, 256])
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=3, help="of batches against none")
    parser.add_argument("--json", type=Path, help="write all figures there")
    options = parser.parse_args()
    found = list(list_sources([options.photos]).values())
    photos = found[:: max(len(found) // 64, 1)][:64]
    flags = ["--workers", str(options.workers)] + (["--catalog", options.catalog] if options.catalog else [])
    figures: dict[str, Any] = {"photos": len(photos), "cores": usable_cores(), "load": os.getloadavg()}
    busy = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    console.print(f"{usable_cores()} cores, load average before {busy}; {len(photos)} photos")
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as clients:
        service = Service(flags)
        console.print(service.said)
        clients.submit(closed_loop, service.url, photos, 2, 3.0, 60.0).result()
        figures["closed"] = closed(clients, service, photos, options)
        capacity = max(row["per_s"] for row in figures["closed"])
        figures["overload"] = overload(clients, service, photos, 10 * capacity)
        figures["stopped"] = stopped(clients, service, photos, 2 * capacity)
        figures["batches"] = batches(clients, flags, photos, options)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n")


def closed(clients: ProcessPoolExecutor, service: Service, photos: list[Path], options: Any) -> list[dict]:
    table = Table(title=f"Readings (POST /v1/predict), {options.seconds:g} s for each number of clients")
    for column in (
        "clients",
        "photos/s",
        "p50 ms",
        "p95 ms",
        "p99 ms",
        "200",
        "503",
        "other",
        "CPU ms",
        "MB",
    ):
        table.add_column(column, justify="right")
    rows = []
    for number in options.clients:
        memory = Memory(service)
        begun, cpu = time.perf_counter(), service.cpu_seconds()
        sent = clients.submit(closed_loop, service.url, photos, number, options.seconds, 30.0).result()
        took = time.perf_counter() - begun
        codes = Counter(one.status for one in sent)
        good = sorted(1000 * one.seconds for one in sent if one.status == 200)
        p50, p95, p99 = (percentile(good, p) for p in (50, 95, 99))
        others = codes.total() - codes[200] - codes[503]
        row = {"clients": number, "per_s": codes[200] / took, "p50": p50, "p95": p95, "p99": p99}
        row["cpu_ms"] = 1000 * (service.cpu_seconds() - cpu) / max(codes[200], 1)
        row |= {"200": codes[200], "503": codes[503], "other": others, "most_mb": max(memory.stop())}
        rows.append(row)
        table.add_row(
            *(f"{number} {row['per_s']:.1f} {p50:.0f} {p95:.0f} {p99:.0f} {codes[200]} {codes[503]}".split()),
            *(f"{others} {row['cpu_ms']:.0f} {row['most_mb']:.0f}".split()),
        )
    console.print(table)
    return rows


def overload(
    clients: ProcessPoolExecutor, service: Service, photos: list[Path], per_s: float, seconds: float = 30.0
) -> dict:
    """Ten times what it can do, for a while: all have to hear in time, and memory has to stay."""
    deadline_s = 10.0
    memory = Memory(service)
    sent = clients.submit(open_loop, service.url, photos, per_s, seconds, deadline_s).result()
    seen = memory.stop()
    quarters = [statistics.fmean(seen[n * len(seen) // 4 : (n + 1) * len(seen) // 4]) for n in range(4)]
    codes = told(sent)
    slowest = max(one.seconds for one in sent)
    refused = sorted(1000 * one.seconds for one in sent if one.status == 503)
    console.print(
        f"Ten times too many: {len(sent)} clients at {per_s:.0f}/s for {seconds:.0f} s, deadline "
        f"{deadline_s:.0f} s: {in_words(codes)}; the last answer after {slowest:.1f} s, a refusal after "
        f"{percentile(refused, 50):.0f} ms (p50), {percentile(refused, 99):.0f} ms (p99). Memory: "
        f"{seen[0]:.0f} MB before, {' '.join(f'{one:.0f}' for one in quarters)} in each quarter, "
        f"{max(seen):.0f} at most."
    )
    late = sum(one.seconds > deadline_s + GRACE_S / 4 for one in sent)
    verdict("all got 200 or 503 in time, none hung", set(codes) <= {"200", "503"} and not late)
    verdict("memory is flat", quarters[3] < 1.1 * quarters[1])
    return {"per_s": per_s, "codes": codes, "slowest_s": slowest, "memory_mb": quarters, "late": late}


def stopped(clients: ProcessPoolExecutor, service: Service, photos: list[Path], per_s: float) -> dict:
    """SIGTERM while photos come twice as fast as they can be read."""
    seconds = 8.0
    running = clients.submit(open_loop, service.url, photos, per_s, seconds, 30.0)
    time.sleep(seconds / 2)
    told_at = time.time()
    code = service.stop()
    ended_s = time.time() - told_at
    sent = running.result()
    before = told([one for one in sent if one.at < told_at])
    after = told([one for one in sent if one.at >= told_at])
    lines = [json.loads(line) for line in service.logged().splitlines() if line.startswith("{")]
    unanswered = [one["unanswered"] for one in lines if one["event"] == "stopped"]
    console.print(
        f"SIGTERM at {per_s:.0f}/s: asked before: {in_words(before)}; after: {in_words(after)}. Ended in "
        f"{ended_s:.1f} s with exit code {code}, {sum(unanswered)} of what it had let in unanswered."
    )
    verdict("none that was accepted was lost", set(before) <= {"200", "503"} and not sum(unanswered))
    return {"before": before, "after": after, "exit": code, "unanswered": unanswered, "ended_s": ended_s}


def batches(clients: ProcessPoolExecutor, flags: list[str], photos: list[Path], options: Any) -> dict:
    """Batches of four photos and of one, in turns."""
    rivals = {name: Service([*flags, "--batch-size", size]) for name, size in (("four", "4"), ("one", "1"))}
    speeds: dict[str, list[float]] = {name: [] for name in rivals}
    for service in rivals.values():
        clients.submit(closed_loop, service.url, photos, 2, 2.0, 60.0).result()
    for _ in range(options.rounds):
        for name, service in rivals.items():
            begun = time.perf_counter()
            sent = clients.submit(closed_loop, service.url, photos, 16, options.seconds, 30.0).result()
            speeds[name].append(sum(one.status == 200 for one in sent) / (time.perf_counter() - begun))
    for service in rivals.values():
        service.stop()
    ratios = [a / b for a, b in zip(speeds["four"], speeds["one"], strict=True)]
    console.print(
        f"Batches of four against one photo at a time, 16 clients, {options.rounds} rounds in "
        f"turns: {statistics.median(speeds['four']):.1f} against {statistics.median(speeds['one']):.1f} "
        f"photos/s, ratio {statistics.median(ratios):.2f} ({min(ratios):.2f} – {max(ratios):.2f})."
    )
    return {"per_s": speeds, "ratios": ratios}


def told(sent: list[Sent]) -> dict[str, int]:
    counted = Counter(NAMES.get(one.status, str(one.status)) for one in sent)
    return dict(sorted(counted.items()))


def in_words(codes: dict[str, int]) -> str:
    return ", ".join(f"{number} × {code}" for code, number in codes.items()) or "none"


def percentile(values: list[float], p: int) -> float:
    """Nearest rank; values in order."""
    return values[min(max(-(-len(values) * p // 100) - 1, 0), len(values) - 1)] if values else float("nan")


def verdict(what: str, holds: bool) -> None:
    console.print(f"  {'holds' if holds else 'MISSED'}: {what}")


if __name__ == "__main__":
    main()
