"""What went wrong on a machine of the cluster, in Attire's words."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from attire import errors
from attire.errors import AttireError, ClusterError

__all__ = ["said_clearly"]

_OURS = re.compile(r"attire\.errors\.(?P<kind>[A-Z]\w*Error): (?P<message>.+)")


@contextmanager
def said_clearly() -> Iterator[None]:
    """Raise errors of the cluster as errors that say what to do.

    Raises:
        AttireError: What a machine raised, or, for all that is not Attire's, that a machine failed.
    """
    from ray.data.exceptions import ExecutionTimeoutError
    from ray.exceptions import RayError

    try:
        yield
    except (RayError, ExecutionTimeoutError) as error:
        raise _clear(error) from error


def _clear(error: BaseException) -> AttireError:
    r"""Find what a machine raised.

    Example:
        >>> _clear(RuntimeError("the actor died\nattire.errors.WeightsError: best: no such model."))
        WeightsError('best: no such model.')
        >>> error = RuntimeError("a task failed")
        >>> error.cause = errors.DataError("a.jpg: is gone.")
        >>> _clear(error)
        DataError('a.jpg: is gone.')
        >>> str(_clear(RuntimeError("No module named 'attire'"))).split(". ")[0]
        "A machine of the Ray cluster failed: No module named 'attire'"
    """
    for cause in _causes(error):
        if isinstance(cause, AttireError):
            return type(cause)(str(cause))
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    last = lines[-1] if lines else type(error).__name__
    if said := _OURS.fullmatch(last):  # where a reader could not begin, Ray keeps only the text
        kind = getattr(errors, said["kind"], ClusterError)
        return cast(AttireError, kind(said["message"]))
    return ClusterError(
        f"A machine of the Ray cluster failed: {last}. All of them need the same version of Attire, with "
        "attire[scale], and what is committed stays: mend it and run this again."
    )


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Give an error and what led to it, which Ray keeps in several places."""
    seen: list[BaseException] = []
    left: list[BaseException | None] = [error]
    while left:
        one = left.pop()
        if isinstance(one, BaseException) and one not in seen:
            seen.append(one)
            yield one
            left += [one.__cause__, one.__context__, getattr(one, "cause", None)]
