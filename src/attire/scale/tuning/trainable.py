"""A trial as Ray runs it: in a process of its own, on any machine of the cluster."""

from typing import Any

__all__ = ["run_one"]


def run_one(config: dict[str, Any], ask: bool) -> None:
    """Train and measure, and report every validation and how it ended.

    What goes wrong in the training is reported, too, since it would go wrong again; only of a process that
    died does Ray know, and begin it anew.

    Args:
        config: ``job``, a :class:`attire.tune.trial.Job`.
        ask: Whether validations are measured and reported, so that the trial may be given up.
    """
    from ray import tune

    from attire.train import DivergedError
    from attire.tune.trial import run_trial

    def watch(place: int, value: float) -> bool:
        tune.report({"value": value, "validation": place + 1})
        return True

    try:
        value = run_trial(config["job"], watch if ask else None)
    except DivergedError as error:
        tune.report({"value": 0.0, "end": "given up", "why": str(error)})
    except Exception as error:
        tune.report({"value": 0.0, "end": "error", "why": f"{type(error).__name__}: {error}"})
    else:
        tune.report({"value": value, "end": "done"})
