"""Photos added to the catalogue: kept, read in the background, and found from then on."""

from attire.serve.jobs.adding import Adding
from attire.serve.jobs.job import Job, PhotoKept

__all__ = ["Adding", "Job", "PhotoKept"]
