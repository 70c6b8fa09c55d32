"""A selector that was learnt: calibrated confidence, and the choice that pays."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from attire.errors import RecipeError, WeightsError
from attire.instances import Instances
from attire.predict.selection.attribute_sets import AttributeSets
from attire.predict.selection.by_score import RIVAL_IOU, drop_rivals
from attire.predict.selection.decision import Target, choose, parse_target
from attire.predict.selection.hit_model import HitModel

__all__ = ["LearnedSelector"]

Some = TypeVar("Some", bound=Instances)
_FORMAT = 1


@dataclass(frozen=True, kw_only=True, eq=False)
class LearnedSelector:
    """What ``attire select`` fits and a model file holds.

    :meth:`rate` replaces the network's scores by the probability of being right: the right category, and a
    mask whose IoU with the truth exceeds 0.5. Calling it keeps what the target asks for.
    """

    hit_model: HitModel
    """How likely each detection is right."""
    target: Target
    """What its choice is best at."""
    missed: float
    """Truths that a photo holds, on average, beside those that its detections account for."""
    blank: float = 1.0
    """Share of photos that hold nothing, at most."""
    levels: npt.NDArray[np.float64]
    """Probability from which 1 %, 2 %, …, 99 % of what is kept is right, shape ``(99,)``."""
    sets: AttributeSets | None = None
    """How attributes are decided; None leaves them as they are."""
    rival_iou: float = RIVAL_IOU
    """As in :func:`drop_rivals`: of two that outline the same thing, the surer is kept."""
    networks: int = 1
    """Networks whose fused detections it was fitted to."""
    about: str = ""
    """What it was fitted on, in a sentence."""

    def rate(self, instances: Some) -> Some:
        """Give a photo's detections their probability of being right, highest first.

        Args:
            instances: All detections of one photo.

        Returns:
            The same with ``scores``, ``network_scores`` and ``hit_probs``; and with attributes decided anew:
            letter by letter, with ``set_probs``, if the target is ``score2019``, else as people would.

        Raises:
            RecipeError: If the model speaks of other categories.
        """
        if len(self.hit_model.rates) != len(instances.ontology.categories):
            raise RecipeError(
                f"The selector knows {len(self.hit_model.rates)} categories, the model "
                f"{len(instances.ontology.categories)}. Fit it for this model: attire select."
            )
        if instances.scores is None:
            return instances
        hits = self.hit_model(instances).astype(np.float32)
        rated = replace(instances, scores=hits[:, 0], hit_probs=hits, network_scores=instances.scores)
        if self.sets is not None and rated.attribute_probs is not None:
            rated = self._decided(rated, self.sets, rated.attribute_probs.astype(np.float64))
        return rated[np.argsort(-hits[:, 0], kind="stable")]

    def _decided(self, rated: Some, sets: AttributeSets, probs: npt.NDArray[np.float64]) -> Some:
        """Decide the attributes of those that carry any."""
        carries = probs.max(axis=1, initial=0)[:, None] > 0
        marginals = sets.marginals(probs, rated.category_ids)
        chance = None
        if self.target.name == "score2019":
            held, likely = sets.likeliest(probs, rated.category_ids)
            chance = np.where(carries[:, 0], likely, 1.0).astype(np.float32)
        else:
            held = sets.decide(marginals, rated.category_ids)
        return replace(
            rated,
            attributes=held & carries,
            attribute_probs=(marginals * carries).astype(np.float32),
            set_probs=chance,
        )

    def __call__(self, instances: Instances) -> Instances:
        """Keep what the target asks for; instances that :meth:`rate` has not seen are rated first."""
        rated = instances if instances.hit_probs is not None else self.rate(instances)
        if rated.hit_probs is None:
            return rated
        single = rated if self.target.name == "all" else drop_rivals(rated, self.rival_iou)
        assert single.hit_probs is not None
        chosen = choose(
            single.hit_probs.astype(np.float64),
            None if single.set_probs is None else single.set_probs.astype(np.float64),
            self.target,
            missed=self.missed,
            blank=self.blank,
            least=self.level(self.target.level),
        )
        return single[chosen]

    def level(self, precision: float) -> float:
        """Probability from which so large a share of what is kept is right."""
        return float(self.levels[round(100 * min(max(precision, 0.01), 0.99)) - 1])

    def aimed_at(self, target: str) -> "LearnedSelector":
        """Give the same selector with another target, such as ``precision=0.95``."""
        return replace(self, target=parse_target(target))

    def to_arrays(self) -> tuple[dict[str, npt.NDArray[np.float64]], str]:
        """Give its arrays by name, and the rest as JSON."""
        rest = {
            "format": _FORMAT,
            "kind": self.hit_model.kind,
            "target": str(self.target),
            "missed": self.missed,
            "blank": self.blank,
            "rival_iou": self.rival_iou,
            "networks": self.networks,
            "about": self.about,
        }
        sets = {} if self.sets is None else self.sets.to_arrays()
        return {**self.hit_model.to_arrays(), **sets, "levels": self.levels}, json.dumps(rest)

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[Any]], rest: str) -> "LearnedSelector":
        """Read back what :meth:`to_arrays` gave.

        Raises:
            WeightsError: If it is damaged or of a newer version.
        """
        try:
            values = json.loads(rest)
            if values["format"] > _FORMAT:
                raise WeightsError("Selector: fitted by a newer Attire. Upgrade: pip install -U attire")
            return cls(
                hit_model=HitModel.from_arrays(values["kind"], arrays),
                target=parse_target(values["target"]),
                missed=float(values["missed"]),
                blank=float(values.get("blank", 1.0)),
                levels=np.asarray(arrays["levels"], np.float64),
                sets=AttributeSets.from_arrays(arrays),
                rival_iou=float(values["rival_iou"]),
                networks=int(values.get("networks", 1)),
                about=str(values["about"]),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise WeightsError(
                f"Selector: damaged ({type(error).__name__}: {error}). Fit it again: attire select."
            ) from None
