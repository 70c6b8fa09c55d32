"""The errors a user can cause, and so the ones worth catching by name."""

from collections.abc import Mapping
from typing import Any


class AttireError(Exception):
    """Anything wrong with what the user gave; its message says what, where and how to mend it."""


class OntologyError(AttireError):
    """A description of categories and attributes is malformed, or two of them do not fit together."""


class AnnotationError(AttireError):
    """A mask, a row or an annotation file says something impossible."""


class DataError(AttireError):
    """A folder or a photo is missing, unreadable or not what it was taken for."""


class RecipeError(AttireError):
    """A recipe is unknown, or one of its values is out of range."""


class WeightsError(AttireError):
    """A model file is missing, damaged, or made for something else."""


class MissingExtraError(AttireError):
    """An optional part of Attire is needed and not installed."""


class QueryError(AttireError):
    """A question to the catalogue cannot be understood, or asks for what it does not hold."""


class ClusterError(AttireError):
    """A Ray cluster cannot be reached, or has not what the work needs."""


class ServiceError(AttireError):
    """A service cannot be started as asked, cannot be reached, or answers that something is wrong."""

    def __init__(
        self, message: str, *, status: int | None = None, problem: Mapping[str, Any] | None = None
    ) -> None:
        """Describe it.

        Args:
            message: What, where and how to mend it.
            status: Of the answer, such as 415; None if there was none.
            problem: Members of the answer's problem details (RFC 9457), such as ``title`` and ``detail``.
        """
        super().__init__(message)
        self.status = status
        self.problem = dict(problem or {})
        detail = self.problem.get("detail")
        self.detail = detail if isinstance(detail, str) else None
