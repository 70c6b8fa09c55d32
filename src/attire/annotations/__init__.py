"""Annotation files ↔ records: iMaterialist CSV, COCO and Fashionpedia JSON, and their audit."""

from attire.annotations.coco import read_coco, write_coco
from attire.annotations.coco_ontology import coco_ontology
from attire.annotations.gathering import BadRow
from attire.annotations.imaterialist import read_imaterialist, write_imaterialist
from attire.annotations.known import UnlabelledGroups, known_attributes
from attire.annotations.layout import Layout, find_layout
from attire.annotations.loading import load_records
from attire.annotations.pairs import decode_pairs, decode_runs, encode_pairs
from attire.annotations.predictions import read_predictions, read_submission
from attire.annotations.raw_runs import RawRuns, parse_pairs
from attire.annotations.records import Records
from attire.annotations.run_problems import (
    RunProblem,
    RunProblems,
    describe_run_problem,
    find_run_problems,
)
from attire.annotations.submission import SUBMISSION_SIZE, write_submission

__all__ = [
    "SUBMISSION_SIZE",
    "BadRow",
    "Layout",
    "RawRuns",
    "Records",
    "RunProblem",
    "RunProblems",
    "UnlabelledGroups",
    "coco_ontology",
    "decode_pairs",
    "decode_runs",
    "describe_run_problem",
    "encode_pairs",
    "find_layout",
    "find_run_problems",
    "known_attributes",
    "load_records",
    "parse_pairs",
    "read_coco",
    "read_imaterialist",
    "read_predictions",
    "read_submission",
    "write_coco",
    "write_imaterialist",
    "write_submission",
]
