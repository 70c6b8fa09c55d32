"""Networks that were exported, run without torch."""

from attire.predict.exported.engine import DETECTIONS, STEPS, Engine
from attire.predict.exported.runtime import ExportedRuntime

__all__ = ["DETECTIONS", "STEPS", "Engine", "ExportedRuntime"]
