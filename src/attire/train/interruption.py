"""Ctrl-C that waits for the step to end, so that nothing of it is lost."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

__all__ = ["patient_interrupt"]


@contextmanager
def patient_interrupt() -> Iterator[Callable[[], bool]]:
    """Note the first Ctrl-C instead of raising; the second one raises at once.

    Outside the main thread, where signals cannot be caught, Ctrl-C stays as it is.

    Yields:
        A function that says whether Ctrl-C was pressed.

    Example:
        >>> with patient_interrupt() as interrupted:
        ...     signal.raise_signal(signal.SIGINT)
        ...     interrupted()
        True
    """
    pressed = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield pressed.is_set
        return
    before = signal.getsignal(signal.SIGINT)

    def note(number: int, frame: FrameType | None) -> None:
        if pressed.is_set():
            raise KeyboardInterrupt
        pressed.set()

    signal.signal(signal.SIGINT, note)
    try:
        yield pressed.is_set
    finally:
        signal.signal(signal.SIGINT, before)
