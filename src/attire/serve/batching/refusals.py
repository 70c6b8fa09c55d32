"""What a client is told whose photo is not read."""

from attire.serve.problems import Problem

__all__ = ["refuse_full", "refuse_late", "refuse_stopping"]


def refuse_full(retry_s: int) -> Problem:
    """Say that there is no room."""
    return Problem(
        503,
        f"As many photos are being read as there is room or time for. Try again in {retry_s} s.",
        headers={"Retry-After": str(retry_s)},
    )


def refuse_stopping() -> Problem:
    """Say that no more are taken."""
    return Problem(503, "The service is stopping. Try again in 2 s.", headers={"Retry-After": "2"})


def refuse_late() -> Problem:
    """Say that the time is over."""
    return Problem(
        504,
        "Not answered within its deadline. Try again when there is less to do, or allow more time: "
        "X-Deadline-Ms, up to the service's own limit.",
    )
