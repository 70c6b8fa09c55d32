"""Why the service did not start, found in what Serve tells of its replicas."""

from types import SimpleNamespace

import pytest

pytest.importorskip("fastapi", reason="the service needs the extra serve")

from attire.scale.serving.running import _fault

TRACE = """The deployment failed to start 3 times in a row. Error:
Traceback (most recent call last):
  File "network.py", line 80, in __init__
    self._reader = PhotoReader.open(settings)
"""


@pytest.mark.parametrize(
    ("network", "told"),
    [
        (
            f"{TRACE}attire.errors.WeightsError: no such model: a.onnx. Name one.\n",
            "no such model: a.onnx. Name one.",
        ),
        (
            f"{TRACE}ModuleNotFoundError: No module named 'openvino'\n",
            "ModuleNotFoundError: No module named 'openvino'",
        ),
        ("", "Failed to update the deployments ['network']."),
    ],
    ids=["what the user can mend", "what else went wrong", "nothing but that it failed"],
)
def test_the_line_that_helps_is_told(network: str, told: str) -> None:
    deployments = {"http": SimpleNamespace(message=""), "network": SimpleNamespace(message=network)}
    status = SimpleNamespace(message="Failed to update the deployments ['network'].", deployments=deployments)
    assert _fault(status) == told
