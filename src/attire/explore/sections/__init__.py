"""The figures of the report, in reading order."""

from collections.abc import Callable

from attire.explore.numbers import Numbers
from attire.explore.sections.attribute_frequency import attribute_frequency
from attire.explore.sections.attributes_of_categories import attributes_of_categories
from attire.explore.sections.category_frequency import category_frequency
from attire.explore.sections.mask_areas import mask_areas
from attire.explore.sections.mask_positions import mask_positions
from attire.explore.sections.per_photo import per_photo
from attire.explore.sections.photo_sizes import photo_sizes
from attire.explore.sections.section import Section
from attire.explore.sections.together import together

__all__ = ["Section", "choose_sections"]


def choose_sections(numbers: Numbers) -> list[Callable[[Numbers], Section]]:
    """Give the builders of the sections for which there is something to draw."""
    chosen: list[Callable[[Numbers], Section]] = []
    if numbers.instances:
        chosen += [category_frequency, per_photo, together]
    if numbers.annotated:
        chosen += [attribute_frequency, attributes_of_categories]
    if numbers.instances:
        chosen += [mask_positions, mask_areas]
    if numbers.photos:
        chosen += [photo_sizes]
    return chosen
