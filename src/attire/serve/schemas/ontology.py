"""What ``/v1/ontology`` answers."""

from pydantic import BaseModel

__all__ = ["AttributeOut", "CategoryOut", "OntologyOut"]


class CategoryOut(BaseModel):
    """A garment, part or decoration."""

    id: int
    name: str
    """As the ontology writes it."""
    short_name: str
    """As answers and filters have it."""
    is_part: bool


class AttributeOut(BaseModel):
    """What can be said of a garment."""

    id: int
    name: str
    short_name: str
    group: str


class OntologyOut(BaseModel):
    """All that the model can name."""

    categories: list[CategoryOut]
    attributes: list[AttributeOut]
