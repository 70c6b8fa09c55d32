"""Annotation files ↔ records: iMaterialist CSV, COCO and Fashionpedia JSON, and their audit."""

from attire.annotations.gathering import BadRow
from attire.annotations.imaterialist import read_imaterialist, write_imaterialist
from attire.annotations.layout import PHOTO_SUFFIXES, Layout, find_layout
from attire.annotations.loading import load_records
from attire.annotations.pairs import decode_pairs, decode_runs, encode_pairs
from attire.annotations.raw_runs import RawRuns, parse_pairs
from attire.annotations.records import Records
from attire.annotations.run_problems import (
    RunProblem,
    RunProblems,
    describe_run_problem,
    find_run_problems,
)

__all__ = [
    "PHOTO_SUFFIXES",
    "BadRow",
    "Layout",
    "RawRuns",
    "Records",
    "RunProblem",
    "RunProblems",
    "decode_pairs",
    "decode_runs",
    "describe_run_problem",
    "encode_pairs",
    "find_layout",
    "find_run_problems",
    "load_records",
    "parse_pairs",
    "read_imaterialist",
    "write_imaterialist",
]
