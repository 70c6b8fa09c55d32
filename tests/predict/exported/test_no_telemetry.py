"""Reading photos sends nothing anywhere."""

import subprocess
import sys

import pytest

pytest.importorskip("openvino")

PROGRAM = """
import os
import socket

def refuse(*_):
    raise SystemExit("something was sent, or a process forked to send it")

socket.socket.connect = socket.getaddrinfo = os.fork = refuse
from attire.predict import open_runtime
print(open_runtime(runtime="openvino", threads=1).about)
"""


def test_openvino_is_imported_without_its_telemetry():
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert "OpenVINO" in done.stdout
