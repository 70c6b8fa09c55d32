"""The service on a Ray cluster of this machine: one replica and two, against none; and one killed under load.

Starts the real service (``attire serve``, then ``--on ray``) on loopback, and its clients in another process:

    python benchmarks/scale_serve.py PHOTOS [--seconds 15] [--clients 8] [--rounds 1] [--model fast]

64 photos at even distances among PHOTOS. Percentiles are of answered readings (200). A replica is killed by
SIGKILL; it is replaced once Serve says that as many run as before, which is asked ten times a second: a
replica runs when its network is warm.
"""

import argparse
import json
import os
import re
import secrets
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import ray
from ray import serve as ray_serve
from rich.table import Table

from attire.predict.exported.processor import usable_cores
from attire.predict.photo_list import list_sources
from serve import console, in_words, percentile, told, verdict
from serve_load import Sent, closed_loop

DEADLINE_S = 30.0
REPLICA = "ray::ServeReplica:attire:network"
_MARK = "ATTIRE_BENCHMARK_MARK"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("photos", type=Path)
    parser.add_argument("--seconds", type=float, default=15.0, help="for each measurement of speed")
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=1, help="of all, each started anew")
    parser.add_argument("--model", default="box", help="as for attire serve")
    parser.add_argument("--only", choices=["speed", "killed"], help="one of the two parts")
    parser.add_argument("--json", type=Path, help="write all figures there")
    options = parser.parse_args()
    found = list(list_sources([options.photos]).values())
    photos = found[:: max(len(found) // 64, 1)][:64]
    busy = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    console.print(f"{usable_cores()} cores, load average before {busy}; {len(photos)} photos")
    figures: dict[str, Any] = {"cores": usable_cores(), "load": os.getloadavg(), "photos": len(photos)}
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as clients:
        if options.only != "killed":
            figures["speed"] = speeds(clients, photos, options)
        if options.only != "speed":
            figures["killed"] = killed(clients, photos, options)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n")


@contextmanager
def service(*flags: str, options: Any) -> Iterator[tuple[str, float]]:
    """``attire serve`` in a process of its own; gives its URL and how long it took to start."""
    begun = time.perf_counter()
    command = [sys.executable, "-c", "from attire.cli.app import main; main()", "serve", "--port", "0"]
    process = subprocess.Popen(
        [*command, "--model", options.model, *flags],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    said = re.search(r"http://[\d.]+:\d+/", process.stdout.readline())
    if said is None:
        raise SystemExit(f"attire serve {' '.join(flags)} did not start. Run it by hand to see why.")
    took = time.perf_counter() - begun
    try:
        yield said[0], took
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(120)


def speeds(
    clients: ProcessPoolExecutor, photos: list[Path], options: Any
) -> dict[str, list[dict[str, float]]]:
    """The same load on the service as it is, on one replica and on two, one after the other."""
    ways = {
        "no Ray": [],
        "no Ray, 1 thread": ["--threads", "1"],
        "1 replica": ["--on", "ray", "--replicas", "1"],
        "2 replicas": ["--on", "ray", "--replicas", "2"],
    }
    rows: dict[str, list[dict[str, float]]] = {name: [] for name in ways}
    for _ in range(options.rounds):
        for name, flags in ways.items():
            with service(*flags, options=options) as (url, start_s):
                clients.submit(closed_loop, url, photos, 2, 3.0, 60.0).result()
                begun = time.perf_counter()
                load = clients.submit(closed_loop, url, photos, options.clients, options.seconds, DEADLINE_S)
                sent, took = load.result(), time.perf_counter() - begun
                alone = clients.submit(closed_loop, url, photos, 1, options.seconds / 3, DEADLINE_S).result()
            good = times_ms(sent)
            row = {"start_s": start_s, "per_s": len(good) / took, "alone_ms": percentile(times_ms(alone), 50)}
            row |= {
                "p50_ms": percentile(good, 50),
                "p95_ms": percentile(good, 95),
                "not_200": len(sent) - len(good),
            }
            rows[name].append(row)
    table = Table(
        title=f"{options.clients} clients for {options.seconds:g} s, {options.rounds} rounds, medians"
    )
    for column in ("", "photos/s", "p50 ms", "p95 ms", "one client, p50 ms", "not 200", "start s"):
        table.add_column(column, justify="right")
    for name, each in rows.items():
        keys = ("per_s", "p50_ms", "p95_ms", "alone_ms", "not_200", "start_s")
        middle = [statistics.median(one[key] for one in each) for key in keys]
        table.add_row(name, f"{middle[0]:.1f}", *(f"{one:.0f}" for one in middle[1:5]), f"{middle[5]:.1f}")
    console.print(table)
    ratios = [b["per_s"] / a["per_s"] for a, b in zip(rows["1 replica"], rows["2 replicas"], strict=True)]
    console.print(f"Two replicas against one: {' '.join(f'{one:.2f}' for one in ratios)} times as many.")
    return rows


def killed(clients: ProcessPoolExecutor, photos: list[Path], options: Any) -> dict[str, Any]:
    """Kill one of two replicas after ten seconds of load."""
    os.environ[_MARK] = secrets.token_hex(8)
    ray.init(address="local", num_cpus=3, include_dashboard=False, log_to_driver=False, logging_level="ERROR")
    address = ray.get_runtime_context().gcs_address
    flags = ["--on", "ray", "--ray-address", address, "--replicas", "2"]
    with service(*flags, options=options) as (url, _):
        clients.submit(closed_loop, url, photos, 2, 3.0, 60.0).result()
        seconds = max(45.0, 3 * options.seconds)
        load = clients.submit(closed_loop, url, photos, options.clients, seconds, DEADLINE_S)
        time.sleep(10)
        at = time.time()
        os.kill(replicas()[0], signal.SIGKILL)
        noticed_s, replaced_s = watch(load)
        sent = load.result()
    ray.shutdown()
    codes = told(sent)
    before = sorted(one.at + one.seconds for one in sent if one.status == 200)
    gaps = [b - a for a, b in pairwise(before)]
    calm = times_ms([one for one in sent if one.at + one.seconds < at])
    struck = times_ms([one for one in sent if one.at <= at + replaced_s and one.at + one.seconds >= at])
    after = times_ms([one for one in sent if one.at > at + replaced_s])
    console.print(
        f"One of two replicas killed, {options.clients} clients for {seconds:.0f} s: {in_words(codes)}. "
        f"Serve knew after {noticed_s:.1f} s and had two again after {replaced_s:.1f} s. Longest time "
        f"without an answer: {max(gaps):.1f} s. Milliseconds until answers, p50 and slowest: "
        + ", ".join(
            f"{when} {percentile(each, 50):.0f} and {percentile(each, 100):.0f}"
            for when, each in (("before", calm), ("meanwhile", struck), ("after", after))
        )
        + "."
    )
    verdict("nothing but 200 and 503", set(codes) <= {"200", "503"})
    return {"codes": codes, "noticed_s": noticed_s, "replaced_s": replaced_s, "longest_gap_s": max(gaps)}


def replicas() -> list[int]:
    """Processes with a network, of this run."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            mine = f"{_MARK}={os.environ[_MARK]}".encode() in (folder / "environ").read_bytes()
            if mine and (folder / "cmdline").read_bytes().startswith(REPLICA.encode()):
                found.append(int(folder.name))
        except OSError:
            continue
    return sorted(found)


def watch(load: "Future[list[Sent]]") -> tuple[float, float]:
    """Give after how many seconds Serve knew that a replica was gone, and had another one."""
    begun, noticed = time.perf_counter(), float("nan")
    while not load.done():
        running = (
            ray_serve.status().applications["attire"].deployments["network"].replica_states.get("RUNNING", 0)
        )
        if running < 2 and noticed != noticed:
            noticed = time.perf_counter() - begun
        if running == 2 and noticed == noticed:
            return noticed, time.perf_counter() - begun
        time.sleep(0.1)
    return noticed, float("nan")


def times_ms(sent: list[Sent]) -> list[float]:
    """How long answered readings took, in order."""
    return sorted(1000 * one.seconds for one in sent if one.status == 200)


if __name__ == "__main__":
    main()
