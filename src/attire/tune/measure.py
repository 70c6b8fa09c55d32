"""What a trial of a recipe is worth: one figure on validation photos, as ``attire evaluate`` measures it."""

from typing import Literal, TypeAlias, get_args

from attire.dataset import Dataset
from attire.errors import RecipeError
from attire.evaluate import Bootstrap, evaluate
from attire.evaluate.predicting import predict_dataset
from attire.predict import Predictor

__all__ = ["MEASURES", "Measure", "measure", "parse_measure"]

Measure: TypeAlias = Literal["ap50", "categories", "score2019"]
MEASURES: dict[Measure, str] = {
    "ap50": "mask AP50",
    "categories": "score of 2019 by category, per image",
    "score2019": "score of 2019, per image",
}
"""Name on the command line → what it is called in tables."""


def parse_measure(text: str) -> Measure:
    """Read the name of a figure.

    Raises:
        RecipeError: If there is no such figure.

    Example:
        >>> parse_measure("ap50")
        'ap50'
    """
    for known in get_args(Measure):
        if text == known:
            found: Measure = known
            return found
    raise RecipeError(f"There is no figure {text!r} to search for. There are: {', '.join(MEASURES)}.")


def measure(predictor: Predictor, dataset: Dataset, kind: Measure) -> float:
    """Read photos and score them.

    Args:
        predictor: What reads them; its own rule says what the scores of 2019 count.
        dataset: Photos whose truth is known.
        kind: Which figure.

    Returns:
        The figure, 0 … 1; 0 where nothing was found that it could be measured on.
    """
    found = predict_dataset(dataset, predictor)
    report = evaluate(
        dataset.records,
        found.kept,
        ranked=found.ranked,
        unlabelled="unknown",
        bootstrap=Bootstrap(resamples=0),
    )
    value = {
        "ap50": report.coco.mask.ap50,
        "categories": report.score_categories.image.value,
        "score2019": report.score.image.value,
    }[kind]
    return float(value) if value == value else 0.0
