"""Lines of log: JSON for machines, or text for people; what came from clients is quoted in both."""

import logging
import sys
from typing import Literal

import structlog
from structlog.types import Processor

__all__ = ["configure_logs", "service_log"]

_FIRST = ["time", "level", "event"]
_SILENT = ("uvicorn.access", "httpx", "httpcore")
_NOTED: tuple[Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
    structlog.processors.format_exc_info,
)
service_log: structlog.stdlib.BoundLogger = structlog.wrap_logger(
    logging.getLogger("attire.serve"),
    processors=[
        structlog.stdlib.filter_by_level,
        *_NOTED,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    wrapper_class=structlog.stdlib.BoundLogger,
    cache_logger_on_first_use=True,
)
"""Where the service says what it does; goes the way of Python's own logging."""


class _UserFaults(logging.Filter):
    """Shortens the traceback that uvicorn logs when a process cannot start, where its user can mend that."""

    def filter(self, record: logging.LogRecord) -> bool:
        *trace, last = record.getMessage().rstrip().split("\n")
        if trace and trace[0].startswith("Traceback") and last.startswith("attire.errors."):
            record.msg, record.args = last.partition(": ")[2], ()
        return True


def configure_logs(form: Literal["json", "text"]) -> None:
    """Send all logs of this process to stderr in one form, those of uvicorn and other packages too.

    Args:
        form: ``json`` for an object a line, ``text`` for ``key='value'`` pairs. Strings are quoted in both,
            so that no client can begin a line.
    """
    last: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=True)
        if form == "json"
        else structlog.processors.KeyValueRenderer(key_order=_FIRST, drop_missing=True)
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(_UserFaults())
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=_NOTED,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in ("attire", "uvicorn", "uvicorn.error"):
        log = logging.getLogger(name)
        log.handlers.clear()
        log.propagate = True
        log.setLevel(logging.INFO)
    for name in _SILENT:
        logging.getLogger(name).setLevel(logging.WARNING)
