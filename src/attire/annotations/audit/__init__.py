"""Every fault of a data set, with file, row and cure."""

from attire.annotations.audit.auditing import Audit, audit
from attire.annotations.audit.fault import KINDS, Fault, Kind, Level

__all__ = ["KINDS", "Audit", "Fault", "Kind", "Level", "audit"]
