"""The service on a cluster that stands already, in both ways; run by a test as a program of its own."""

import json
import re
import signal
import socket
import subprocess
import sys

import httpx
import ray
from ray import serve
from ray.serve.config import HTTPOptions

from attire.samples import sample_looks
from attire.scale.serving.application import build

LOOK = min((sample_looks() / "photos").iterdir()).read_bytes()
COMMAND = [sys.executable, "-c", "from attire.cli.app import main; main()", "serve", "--model", "fast"]


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def instances(url: str) -> int:
    answer = httpx.post(f"{url}/v1/predict", files={"photo": LOOK}, timeout=120)
    return len(answer.raise_for_status().json()["instances"])


def main() -> None:
    ray.init(address="local", num_cpus=3, include_dashboard=False, log_to_driver=False)
    address = ray.get_runtime_context().gcs_address
    told: dict[str, object] = {}
    flags = ["--on", "ray", "--ray-address", address, "--port", str(free_port())]

    first = subprocess.Popen([*COMMAND, *flags], stdout=subprocess.PIPE, text=True)
    assert first.stdout is not None
    url = re.search(r"http://[\d.]+:\d+", first.stdout.readline())
    assert url is not None
    told["by the command"] = instances(url[0])
    second = subprocess.run([*COMMAND, *flags[:-1], str(free_port())], capture_output=True, text=True)
    told["a second one"] = (second.returncode, second.stderr.strip().splitlines()[-1])
    first.send_signal(signal.SIGTERM)
    told["ended with"] = first.wait(120)
    told["left of Serve"] = len(serve.status().proxies) + len(serve.status().applications)
    told["nodes alive"] = sum(node["Alive"] for node in ray.nodes())

    port = free_port()
    serve.start(http_options=HTTPOptions(host="127.0.0.1", port=port))
    serve.run(build({"model": "fast", "min_replicas": 1, "max_replicas": 2}), name="attire")
    told["by a configuration"] = instances(f"http://127.0.0.1:{port}")
    told["deployments"] = sorted(serve.status().applications["attire"].deployments)
    serve.shutdown()
    ray.shutdown()
    print(json.dumps(told))


if __name__ == "__main__":
    main()
