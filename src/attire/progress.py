"""Progress with an estimate of the time left, on stderr so that results stay pipeable."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

__all__ = ["progress_bar", "track"]

Item = TypeVar("Item")


def progress_bar() -> Progress:
    """Make the bar that every long verb shows; it stays silent where stderr is no terminal."""
    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=console,
        disable=not console.is_terminal,
    )


def track(items: Iterable[Item], description: str, total: int | None = None) -> Iterator[Item]:
    """Walk over items under a progress bar.

    Args:
        items: What to walk over.
        description: Said beside the bar.
        total: How many there are, where ``len`` cannot tell.

    Yields:
        The items.
    """
    with progress_bar() as bar:
        yield from bar.track(items, total=total, description=description)
