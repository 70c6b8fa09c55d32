"""The words at the top of the report."""

from attire.annotations.layout import Layout
from attire.explore.numbers import Numbers, share_between
from attire.explore.wording import percent
from attire.wording import listed, plural

__all__ = ["facts", "gallery_caption", "standfirst", "title"]

_GENERIC = frozenset({"annotations", "data", "images", "photos", "test", "train", "val"})


def title(layout: Layout) -> str:
    """Name the data after its folder, and after the one above where the name alone says little."""
    root = layout.root.resolve()
    name = root.stem if root.is_file() else root.name
    return f"{root.parent.name} {name}".strip() if name.lower() in _GENERIC else name or "data"


def standfirst(numbers: Numbers) -> str:
    """Say in a sentence or two what the data are."""
    photos = plural(numbers.photos, "photo")
    if not numbers.instances:
        return f"{photos}, nothing annotated in them yet."
    attributes = "none has attributes"
    if numbers.annotated:
        attributes = f"{percent(numbers.annotated / numbers.instances)} of them are described by attributes"
    top = listed([numbers.category_name(c) for c in numbers.seen[:3].tolist()])
    return (
        f"{photos} with {plural(numbers.instances, 'garment and part', 'garments and parts')} outlined, "
        f"{top} above all; {attributes}."
    )


def facts(numbers: Numbers) -> list[tuple[str, str]]:
    """Give the headline numbers, each with what it counts."""
    found = [(f"{numbers.photos:,}", "photos")]
    if numbers.instances:
        areas = numbers.area_shares.sum() / max(numbers.photos, 1)
        found += [
            (f"{numbers.instances:,}", "instances"),
            (f"{len(numbers.seen)} of {len(numbers.ontology.categories)}", "categories seen"),
            (percent(share_between(numbers.instances_per_photo, 2, 10)), "of photos with 2 to 10 instances"),
            (percent(numbers.annotated / numbers.instances), "of instances with attributes"),
            (percent(float(areas)), "of a photo under masks, on average"),
        ]
    return found


def gallery_caption(shown: int, drawn_of: int, problems: list[str], *, annotated: bool) -> str:
    """Say how the photos of the gallery were chosen, and which could not be drawn.

    Args:
        shown: Photos drawn.
        drawn_of: Photos there are.
        problems: What was wrong with those that could not be drawn.
        annotated: Whether the photos have anything drawn on them.
    """
    chosen = (
        "chosen so that rare categories show too; colours stand for categories, families share a hue"
        if annotated
        else "taken at random"
    )
    failed = f" {plural(len(problems), 'photo')} could not be drawn: {problems[0]}" if problems else ""
    return f"{shown} of {plural(drawn_of, 'photo')}, {chosen}.{failed}"
