"""A query in which an attribute or the colour is another: what stays, what is wished, what is demanded."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from attire.catalog.encoder import Weights
from attire.catalog.filters import Filter, Not, any_of, named
from attire.catalog.garment import Garment
from attire.catalog.search.question import Question
from attire.catalog.search.scales import SCALES, beyond, place_on
from attire.catalog.search.wishes import Named, Step, Wish, chance
from attire.errors import QueryError
from attire.ontology import Ontology

__all__ = ["Swap", "swap"]

_TOUCHED = 0.5
"""What counts of a part that a change touches, since it also holds what stays."""
_COLUMNS = {"attribute": "attributes", "colour": "colours", "part": "parts", "category": "category"}


@dataclass(kw_only=True)
class Swap:
    """A query ready to be asked."""

    vector: npt.NDArray[np.float32]
    """What is looked for near, shape ``(D,)``; its colour part may be that of a colour."""
    near: Weights
    """How its parts count in looking."""
    weights: Weights
    """How the parts of the garment searched for count in ranking: what is changed does not."""
    wishes: dict[str, Callable[[Garment], float]] = field(default_factory=dict)
    """Gives the probability of each wish, by what it is called."""
    said: list[Filter] = field(default_factory=list)
    """What rows say for which a wish holds."""
    demands: list[Filter] = field(default_factory=list)
    """What results have to be."""
    notes: tuple[str, ...] = ()


def swap(
    garment: Garment,
    question: Question,
    *,
    parts: Mapping[str, slice],
    ontology: Ontology,
    colour_vector: Callable[[str], npt.NDArray[np.float32]] | None,
) -> Swap:
    """Work out what a question makes of the garment that is searched for.

    A change is of the same kind of garment, unless it names another. A pattern, wished or wished away,
    takes the part ``pattern`` out of the comparison and a colour the part ``colour``; any other change halves
    ``shape``. A colour that the encoder knows the vector of is looked for in its place, and its wish holds by
    the cosine with it.

    Raises:
        QueryError: If a step such as ``longer`` has no place to start from, or none to go to.
    """
    vector = np.array(garment.embedding, np.float32)
    weights = dict(question.weights)
    swapped = Swap(vector=vector, near=dict(question.weights), weights=dict(question.weights))
    colours: list[npt.NDArray[np.float32]] = []
    categories: list[str] = []
    for wish in question.changes:
        if isinstance(wish, Named) and wish.kind == "category":
            if wish.wanted:
                categories.append(wish.name)
            else:
                swapped.demands.append(Not(inner=_says(wish)))
            continue
        part = _part_of(wish, ontology)
        if part in parts:
            weights[part] = weights.get(part, 1.0) * (_TOUCHED if part == "shape" else 0.0)
        _wish(swapped, wish, garment, ontology)
        wants_colour = isinstance(wish, Named) and wish.kind == "colour" and wish.wanted
        if isinstance(wish, Named) and wants_colour and colour_vector is not None and "colour" in parts:
            colours.append(np.asarray(colour_vector(wish.name), np.float32))
            swapped.wishes[str(wish)] = _near_colour(colours[-1], parts["colour"])
    # What is changed still counts in looking, but for parts that nothing can be put in the place of.
    swapped.near = weights | ({"colour": question.weights.get("colour", 1.0)} if colours else {})
    if colours:
        _put_colour(vector, parts["colour"], np.mean([_unit(one) for one in colours], axis=0))
    if question.changes:
        kinds = categories or [garment.category]
        swapped.demands.append(named("category", *kinds))
    if question.text is not None:
        _add_text(swapped, question, garment, ontology)
    if any(weights.get(name, 1.0) for name in parts):
        swapped.weights = weights
    if not any(swapped.near.get(name, 1.0) for name in parts):
        swapped.near = dict(question.weights)
    return swapped


def _put_colour(vector: npt.NDArray[np.float32], numbers: slice, colour: npt.NDArray[np.float32]) -> None:
    """Put a colour in the place of the colour part, which keeps its length."""
    vector[numbers] = _unit(colour) * (float(np.linalg.norm(vector[numbers])) or 1.0)


def _near_colour(colour: npt.NDArray[np.float32], numbers: slice) -> Callable[[Garment], float]:
    """Say how near the colour part of garments is to a colour: their cosine, 0 … 1."""
    wished = _unit(colour)

    def how_near(found: Garment) -> float:
        if found.embedding is None:
            return 0.0
        return float(np.clip(wished @ _unit(found.embedding[numbers]), 0.0, 1.0))

    return how_near


def _unit(vector: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    return vector / (float(np.linalg.norm(vector)) or 1.0)


def _part_of(wish: Wish, ontology: Ontology) -> str:
    """Name the part of an embedding that holds what is wished."""
    if isinstance(wish, Step) or wish.kind != "attribute":
        return "colour" if isinstance(wish, Named) and wish.kind == "colour" else "shape"
    index = ontology.attribute_index(wish.name)
    return "pattern" if ontology.attributes[index].group in ("pattern", "finishing") else "shape"


def _wish(swapped: Swap, wish: Wish, garment: Garment, ontology: Ontology) -> None:
    if isinstance(wish, Named):
        swapped.wishes[str(wish)] = lambda found, wish=wish: chance(wish, found, ontology)  # type: ignore[misc]
        if wish.wanted:
            swapped.said.append(_says(wish))
        return
    names = _steps(wish, garment, ontology)
    wanted = [Named(kind="attribute", name=name) for name in names]
    swapped.wishes[str(wish)] = lambda found: min(1.0, sum(chance(one, found, ontology) for one in wanted))
    swapped.said.append(any_of(*map(_says, wanted)))


def _steps(step: Step, garment: Garment, ontology: Ontology) -> tuple[str, ...]:
    """Name the attributes that a step leads to."""
    place = place_on(step.scale, garment, ontology)
    if place is None:
        raise QueryError(
            f"but {step}: the {step.scale} of the {garment.category} is not known. Name one instead: "
            f"{', '.join(SCALES[step.scale])}."
        )
    known = {attribute.short_name for attribute in ontology.attributes}
    names = tuple(name for name in beyond(step.scale, place, up=step.up) if name in known)
    if not names:
        raise QueryError(
            f"but {step}: the {garment.category} is {SCALES[step.scale][place]} already, and no "
            f"{step.scale} goes further."
        )
    return names


def _add_text(swapped: Swap, question: Question, garment: Garment, ontology: Ontology) -> None:
    """Let free words rank, and demand what they say of category and price."""
    text = question.text
    if text is None:
        return
    for wish in text.wishes:
        _wish(swapped, wish, garment, ontology)
    if text.categories:
        swapped.demands.append(named("category", *text.categories))
    swapped.demands += [Not(inner=named("category", name)) for name in text.never]
    if text.limits is not None:
        swapped.demands.append(text.limits)
    if text.words:
        swapped.notes = (
            f"Not looked for beside a photo: {', '.join(text.words)}. Use where for own columns.",
        )


def _says(wish: Named) -> Filter:
    """The filter for rows that say what is wished, wanted or not."""
    return named(_COLUMNS[wish.kind], wish.name)
