"""What was predicted, read beside the truth that it will be scored against."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from attire.annotations.coco_entries import CocoEntries, CocoPhoto
from attire.annotations.csv_blocks import CsvBlock, read_csv_blocks
from attire.annotations.csv_rows import decode_rows, stated_sizes
from attire.annotations.gathering import Gathering
from attire.annotations.json_file import read_json
from attire.annotations.records import Records
from attire.annotations.submission import SUBMISSION_COLUMNS
from attire.errors import AnnotationError
from attire.ontology import Ontology

__all__ = ["read_predictions", "read_submission"]


def read_predictions(path: Path | str, truth: Records, *, size: tuple[int, int] | None = None) -> Records:
    """Read predictions for the photos of some truth.

    Args:
        path: A CSV in the form of iMaterialist, with or without Height and Width, where a row without
            pixels says that nothing was found in its photo; or a JSON with a list of COCO results whose
            ``image_id`` is the file name, such as ``attire predict`` writes.
        truth: What they are of: photos, their sizes, and what the ids mean.
        size: ``(height, width)`` of all masks in pixels if they were resized, as in a submission.
            Otherwise every mask is taken to be at its photo's size; this is never guessed from the runs.

    Returns:
        The photos of the truth in its order, with what was predicted in each. Predictions of one photo
        keep the order of the file; where it has no scores, all are 1. Their attributes count as fully
        known: what a prediction does not name, it denies.

    Raises:
        AnnotationError: If the file is no good, or holds photos that the truth does not.
        MissingExtraError: If it is a CSV and polars is not installed.
    """
    path = Path(path)
    sizes = truth.sizes if size is None else np.tile(np.array(size, np.int32), (len(truth), 1))
    if path.suffix.lower() == ".json":
        return _read_results(path, truth, sizes)
    return _read_csv(path, truth, sizes)


def read_submission(path: Path | str, truth: Records, *, size: tuple[int, int] = (512, 512)) -> Records:
    """Read a submission back: :func:`read_predictions` with masks of one size."""
    return read_predictions(path, truth, size=size)


def _read_csv(path: Path, truth: Records, sizes: npt.NDArray[np.int32]) -> Records:
    gathering = Gathering(truth.ontology, truth.image_ids.tolist(), sizes, pixels_optional=True)

    def sizes_of(block: CsvBlock) -> npt.NDArray[np.int32]:
        names = block.texts("ImageId")
        _refuse_strangers(path, names, truth)
        expected = sizes[[truth.index_of[name] for name in names]]
        stated = stated_sizes(block)
        for row in np.flatnonzero((stated[:, 0] > 0) & (stated != expected).any(axis=1))[:1].tolist():
            here, there = ("x".join(map(str, pair[row])) for pair in (stated, expected))
            raise AnnotationError(
                f"{path} row {block.first_row + row} ({names[row]}): Height/Width say {here}, "
                f"expected {there}. If all masks were resized, give their size as --size."
            )
        return expected

    for rows in decode_rows(read_csv_blocks(path, SUBMISSION_COLUMNS, ("Height", "Width")), sizes_of):
        gathering.add(rows)
        if gathering.bad_rows:
            bad = gathering.bad_rows[0]
            hint = " or give the size of all masks as --size" if bad.cure == "Check Height/Width" else ""
            raise AnnotationError(f"{path} row {bad.row} ({bad.image_id}): {bad.what}. {bad.cure}{hint}.")
    records = gathering.finish()
    return replace(
        records,
        attributes_known=np.ones_like(records.attributes),
        scores=np.ones(len(records.category_ids), np.float32),
    )


def _read_results(path: Path, truth: Records, sizes: npt.NDArray[np.int32]) -> Records:
    results = read_json(path)
    if not isinstance(results, list) or not all(isinstance(result, dict) for result in results):
        raise AnnotationError(
            f"{path}: is no list of COCO results. Give the predictions.json of attire predict, or a CSV."
        )
    _refuse_strangers(path, [str(result.get("image_id")) for result in results], truth)
    photos = [
        CocoPhoto(place, name, (height, width))
        for place, (name, (height, width)) in enumerate(
            zip(truth.image_ids.tolist(), sizes.tolist(), strict=True)
        )
    ]
    ontology = truth.ontology
    entries = CocoEntries(ontology, {category.id: category.id for category in ontology.categories})
    scores = np.ones(len(results), np.float32)
    probs = None
    if any("attributes" in result for result in results):
        probs = np.zeros((len(results), len(ontology.attributes)), np.float32)
    columns = {attribute.name: index for index, attribute in enumerate(ontology.attributes)}
    for row, result in enumerate(results):
        photo = photos[truth.index_of[str(result["image_id"])]]
        try:
            _check_name(result, ontology)
            entries.add(result, photo, row)
            scores[row] = _score(result)
            if probs is not None:
                _spread(result.get("attributes"), columns, probs[row])
        except AnnotationError as error:
            raise AnnotationError(
                f"{path} result {row} ({photo.image_id}): {str(error).rstrip('.')}."
            ) from None
    return entries.finish(photos, None, scores, probs)


def _refuse_strangers(path: Path, names: Sequence[str], truth: Records) -> None:
    strangers = list(dict.fromkeys(name for name in names if name not in truth.index_of))
    if strangers:
        shown = ", ".join(map(repr, strangers[:3]))
        more = f" and {len(strangers) - 3} more" if len(strangers) > 3 else ""
        raise AnnotationError(
            f"{path}: {shown}{more} are not among the {len(truth)} photos of the truth, such as "
            f"{str(truth.image_ids[0]) if len(truth) else None!r}. Score the data that were predicted."
        )


def _check_name(result: dict[str, Any], ontology: Ontology) -> None:
    """Refuse ids of another ontology, where the name beside them gives it away."""
    category_id, name = result.get("category_id"), result.get("category")
    if isinstance(name, str) and type(category_id) is int and 0 <= category_id < len(ontology.categories):
        expected = ontology.categories[category_id].name
        if name != expected:
            raise AnnotationError(
                f"category {category_id} is called {name!r}, but {expected!r} in {ontology.name}"
            )


def _score(result: dict[str, Any]) -> float:
    score = result.get("score", 1.0)
    if isinstance(score, bool) or not isinstance(score, int | float) or not 0 <= score <= 1:
        raise AnnotationError(f"score is {score!r}, expected a number from 0 to 1")
    return float(score)


def _spread(named: Any, columns: Mapping[str, int], row: npt.NDArray[np.float32]) -> None:
    """Write probabilities given by name into one row of the table."""
    for name, probability in (named or {}).items():
        if name not in columns or not isinstance(probability, int | float):
            raise AnnotationError(f"attributes hold {name!r}: {probability!r}, expected a name and a number")
        row[columns[name]] = probability
