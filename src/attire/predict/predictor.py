"""Photos in, looks out."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from functools import partial
from itertools import repeat
from pathlib import Path
from threading import Lock
from typing import Self, get_args

from attire.errors import RecipeError
from attire.ontology import Ontology
from attire.predict.attribute_rule import AttributeRule
from attire.predict.choice_values import ChoiceValues
from attire.predict.feature_maps import FeatureMaps
from attire.predict.in_flight import InFlight
from attire.predict.look import Look
from attire.predict.open_runtime import open_runtime
from attire.predict.paste import MASK_THRESHOLD
from attire.predict.postprocess import postprocess
from attire.predict.read_ahead import Needs, PhotoFailure, Prepared, prepare, read_ahead
from attire.predict.runtime import RawDetections, Runtime
from attire.predict.selection import DEFAULT_SCORE, Keep, LearnedSelector, Selector, select_by_score
from attire.predict.source import PhotoLike
from attire.predict.views import all_views, check_ensemble, further_specs, read_views
from attire.preprocess import InputSpec

__all__ = ["NETWORK", "Predictor"]

NETWORK = "network"
"""Target that uses no selector."""


class Predictor:
    """Reads photos with one network or several; knows nothing of the framework that runs them.

    Example:
        ``look = Predictor.load()("photo.jpg")``, then ``print(look.table())``.
    """

    def __init__(
        self,
        runtime: Runtime,
        *,
        also: Sequence[Runtime] = (),
        selector: Selector | None = None,
        calibration: LearnedSelector | None = None,
        rule: AttributeRule | None = None,
        mask_threshold: float = MASK_THRESHOLD,
        tta: bool = False,
    ) -> None:
        """Put a predictor together.

        Args:
            runtime: The network.
            also: Further networks of the same ontology that read each photo, too.
            selector: What ``keep="selected"`` keeps; if None, what ``calibration`` chooses, or else by score.
            calibration: Makes probabilities of the network's scores; None leaves them.
            rule: How attributes are decided; the default rule if None.
            mask_threshold: Probability in 0 … 1 above which a pixel belongs to a mask.
            tta: Also read each photo larger, and its mirror images, and fuse what is found: steadier, at
                several times the work.

        Raises:
            RecipeError: If the networks name different things.
        """
        check_ensemble([runtime, *also])
        self.runtime = runtime
        self.also = tuple(also)
        self.selector = selector or calibration or select_by_score(DEFAULT_SCORE)
        self.calibration = calibration
        self.rule = rule or AttributeRule()
        self.mask_threshold = mask_threshold
        self.tta = tta
        self.turn = Lock()
        """Held by whoever runs the networks: while a stream of photos is read, its own thread does."""
        self.views = all_views(1 + len(self.also), tta=tta)

    @classmethod
    def load(
        cls,
        model: Path | str | Sequence[Path | str] | None = None,
        *,
        runtime: str | None = None,
        precision: str | None = None,
        device: str | None = None,
        threads: int | None = None,
        selector: Selector | None = None,
        target: str | None = None,
        calibrated: bool = True,
        rule: AttributeRule | None = None,
        values: ChoiceValues | None = None,
        tta: bool = False,
    ) -> Self:
        """Load a trained model, or several that read each photo together.

        Args:
            model: File that ``attire train`` or ``attire export`` wrote, or the folder of a training; the
                model in the box if None. Of several, the first one's cut-off holds, or its selector if that
                was fitted to as many together.
            runtime: ``onnxruntime``, ``openvino`` or ``torch``; the best that is here and reads the file if
                None, see :func:`attire.predict.open_runtime`.
            precision: ``fp32``, ``bf16`` or ``int8``; the fastest that holds its accuracy here if None.
            device: For torch: ``cpu``, ``cuda``, ``cuda:1`` …; the first GPU, or else the CPU, if None.
            threads: Threads of an exported model; as many as there are usable cores if None.
            selector: As in the constructor; if None, the model's own, or its cut-off where its file has one.
            target: What the model's own selector is to be best at, such as ``score2019`` or
                ``precision=0.95``; what it was fitted for if None. ``network`` leaves the network's own
                scores and its file's cut-off.
            calibrated: Whether scores become probabilities, where the model knows how.
            rule: As in the constructor.
            values: What ``attire tune select`` found; takes the place of selector, calibration and rule.
            tta: As in the constructor.

        Raises:
            WeightsError: If there is no such model, or it is damaged.
            RecipeError: If there is no such target, or the model has no selector to aim at it, or models name
                different things.
            MissingExtraError: If what runs it is not installed.
        """
        models: list[Path | str | None] = [None]
        if model is not None:
            models = [model] if isinstance(model, Path | str) else [*model] or [None]
        opened, *also = [
            open_runtime(one, runtime=runtime, precision=precision, device=device, threads=threads)
            for one in models
        ]
        if values is not None:
            if target is not None:
                raise RecipeError(f"Values and target {target!r} both say what to keep: give one of them.")
            return cls(
                opened,
                also=also,
                selector=values.selector,
                rule=values.rule,
                mask_threshold=values.mask_threshold,
                tta=tta,
            )
        learned = opened.selector if calibrated and target != NETWORK else None
        if learned is not None and learned.networks != 1 + len(also):
            learned = None
        if target not in (None, NETWORK):
            if learned is None:
                of_all = f" that was fitted to all {1 + len(also)} models together" * bool(also)
                raise RecipeError(
                    f"{_name(models[0])}: holds no selector{of_all} to aim at {target!r}. Fit one: attire "
                    f"select DATA {' '.join(['--model …'] * (1 + len(also)))}"
                )
            learned = learned.aimed_at(target)
        if selector is None and learned is None and opened.least_score is not None:
            selector = select_by_score(opened.least_score)
        return cls(opened, also=also, selector=selector, calibration=learned, rule=rule, tta=tta)

    @property
    def ontology(self) -> Ontology:
        """What this predictor can name."""
        return self.runtime.ontology

    @property
    def input_spec(self) -> InputSpec:
        """What the network sees of a photo."""
        return self.runtime.input_spec

    @property
    def about(self) -> str:
        """What runs the networks, in a few words; empty where that is not known."""
        every = [str(getattr(runtime, "about", "")) for runtime in (self.runtime, *self.also)]
        return " and ".join(dict.fromkeys(filter(None, every)))

    @property
    def batch_size(self) -> int:
        """Photos that the network likes to be given at once; their sizes may differ."""
        return int(getattr(self.runtime, "parallel", 1))

    def needs(self, picture_side: int | None = None) -> Needs:
        """Say what :func:`prepare` has to make of a photo for all views.

        Args:
            picture_side: Longest side in pixels of the pictures that will be drawn, if any.
        """
        others = further_specs([self.runtime, *self.also], self.views)
        return Needs(self.input_spec, others=others, picture_side=picture_side)

    def __call__(
        self,
        photo: PhotoLike,
        *,
        keep: Keep = "selected",
        image_id: str | None = None,
        maps: bool = False,
    ) -> Look:
        """Read one photo.

        Args:
            photo: A file, a Pillow image, or RGB pixels, 0 … 255, uint8, shape ``(height, width, 3)``.
            keep: ``selected`` for what the selector keeps, ``all`` for all that the network gives.
            image_id: Name to go by; the file name if None.
            maps: Whether the look also holds what the network sees of all of the photo, some 2 MB.

        Returns:
            What is in it, highest score first.

        Raises:
            DataError: If the photo cannot be read.
            WeightsError: If maps are asked for, and the model's file was exported before there were any.
        """
        _check(keep)
        return self.read([prepare(photo, self.needs(), image_id)], keep=keep, maps=maps)[0]

    def many(
        self,
        photos: Iterable[PhotoLike],
        *,
        keep: Keep = "selected",
        batch_size: int | None = None,
        image_ids: Iterable[str | None] | None = None,
        picture_side: int | None = None,
        maps: bool = False,
    ) -> Iterator[Look | PhotoFailure]:
        """Read photos one batch after the other.

        Background threads decode the next photos, run the network and finish the looks, side by side, so
        that what is done with a look meanwhile costs no time. A few photos are on their way at once, never
        all.

        Args:
            photos: As for one photo.
            keep: As for one photo.
            batch_size: Photos the network sees at once; more than 1 pays on a GPU only. Photos of one input
                size are then gathered. If None, as many as its runtime asks for, as they come.
            image_ids: Name of each photo, in order; the file names if None.
            picture_side: Longest side in pixels of the pictures that will be drawn of all looks, so that a
                file is decoded once for both; None if none or few will be drawn.
            maps: As for one photo.

        Yields:
            In order, a look for every photo, or why there is none: a broken one does not stop the rest.
        """
        _check(keep)
        if batch_size is not None and batch_size < 1:
            raise RecipeError(f"A batch holds at least one photo; found batch_size={batch_size}.")
        named = zip(repeat(None) if image_ids is None else image_ids, photos, strict=image_ids is not None)
        return self._stream(named, keep, batch_size, self.needs(picture_side), maps=maps)

    def _stream(
        self,
        named: Iterable[tuple[str | None, PhotoLike]],
        keep: Keep,
        batch_size: int | None,
        needs: Needs,
        *,
        maps: bool,
    ) -> Iterator[Look | PhotoFailure]:
        flight = InFlight(
            partial(self.detect, maps=maps),
            partial(self.look, keep=keep),
            batch_size=batch_size or self.batch_size,
            alike=batch_size is not None,
        )
        with closing(read_ahead(named, needs, ahead=1)) as prepared, closing(flight.run(prepared)) as looks:
            yield from looks

    def read(self, batch: Sequence[Prepared], *, keep: Keep = "selected", maps: bool = False) -> list[Look]:
        """Read photos that are prepared already.

        Args:
            batch: What :func:`attire.predict.prepare` gives.
            keep: As for one photo.
            maps: As for one photo.
        """
        if not batch:
            return []
        detected = self.detect(batch, maps=maps)
        return [self.look(one, raw, keep=keep) for one, raw in zip(batch, detected, strict=True)]

    def look(self, prepared: Prepared, raw: RawDetections, *, keep: Keep = "selected") -> Look:
        """Turn the network's answer to a prepared photo into a look."""
        instances = postprocess(
            raw,
            prepared.geometry,
            image_id=prepared.image_id,
            ontology=self.ontology,
            attribute_categories=self.runtime.attribute_categories,
            rule=self.rule,
            mask_threshold=self.mask_threshold,
        )
        if self.calibration is not None:
            instances = self.calibration.rate(instances)
        chosen = self.selector(instances) if keep == "selected" else instances
        maps = None if raw.maps is None else FeatureMaps(levels=raw.maps, geometry=prepared.geometry)
        return Look.of(chosen, prepared.source, prepared.picture, maps)

    def detect(self, batch: Sequence[Prepared], *, maps: bool = False) -> list[RawDetections]:
        """Give all that the networks say of prepared photos, before anything is decided.

        Args:
            batch: What :func:`attire.predict.prepare` gives.
            maps: Whether to give the maps in which the first network sees them, too.
        """
        with self.turn:
            return read_views([self.runtime, *self.also], self.views, batch, maps=maps)


def _name(model: Path | str | None) -> str:
    return "The model in the box" if model is None else str(model)


def _check(keep: str) -> None:
    if keep not in get_args(Keep):
        raise RecipeError(f"keep is 'selected' or 'all'; found {keep!r}.")
