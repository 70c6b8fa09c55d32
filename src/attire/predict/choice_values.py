"""The values of plain post-processing, as one file that ``attire tune select`` writes."""

import json
from dataclasses import dataclass, fields
from pathlib import Path

from attire.errors import RecipeError
from attire.predict.attribute_rule import AttributeRule
from attire.predict.paste import MASK_THRESHOLD
from attire.predict.selection import DEFAULT_SCORE, REPEAT_IOU, RIVAL_IOU, Selector, select_by_score

__all__ = ["ChoiceValues", "read_choice_values"]


@dataclass(frozen=True, kw_only=True)
class ChoiceValues:
    """What to keep of a network's detections, with the network's own scores; all in 0 … 1."""

    least_score: float = DEFAULT_SCORE
    """Confidence from which a detection is kept."""
    rival_iou: float = RIVAL_IOU
    """IoU of masks above which the less sure of two detections goes; 1 keeps both."""
    repeat_iou: float = REPEAT_IOU
    """Likewise, among detections of one category."""
    mask_threshold: float = MASK_THRESHOLD
    """Probability above which a pixel belongs to a mask."""
    single_choice: float = AttributeRule.single_choice
    """As in :class:`~attire.predict.AttributeRule`."""
    others: float = AttributeRule.others
    """As in :class:`~attire.predict.AttributeRule`."""

    def __post_init__(self) -> None:
        """Refuse what is no share."""
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
                raise RecipeError(f"{field.name}: found {value!r}, expected a number from 0 to 1.")

    @property
    def selector(self) -> Selector:
        """What keeps detections by these values."""
        return select_by_score(self.least_score, rival_iou=self.rival_iou, repeat_iou=self.repeat_iou)

    @property
    def rule(self) -> AttributeRule:
        """What decides attributes by these values."""
        return AttributeRule(single_choice=self.single_choice, others=self.others)


def read_choice_values(path: Path) -> ChoiceValues:
    """Read the ``best.json`` of ``attire tune select``.

    Raises:
        RecipeError: If the file is missing or holds no such values.
    """
    try:
        found = dict(json.loads(path.read_text(encoding="utf-8"))["values"])
        names = {field.name for field in fields(ChoiceValues)}
        unknown = sorted(set(found) - names)
    except FileNotFoundError:
        raise RecipeError(f"{path}: no such file. attire tune select writes one: best.json.") from None
    except (OSError, ValueError, KeyError, TypeError):
        raise RecipeError(
            f"{path}: holds no values of post-processing, as attire tune select writes them."
        ) from None
    if unknown:
        raise RecipeError(f"{path}: {unknown[0]} is no such value; there are {', '.join(sorted(names))}.")
    try:
        return ChoiceValues(**found)
    except RecipeError as error:
        raise RecipeError(f"{path}: {error}") from None
