"""``/v1/ontology``: what garments and attributes are named by."""

from fastapi import APIRouter
from pydantic import BaseModel

from attire.serve.services import ServicesOf

__all__ = ["router"]

router = APIRouter(prefix="/v1", tags=["ontology"])


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


@router.get("/ontology")
async def ontology(services: ServicesOf) -> OntologyOut:
    """List categories and attributes."""
    known = services.ontology
    return OntologyOut(
        categories=[
            CategoryOut(id=c.id, name=c.name, short_name=c.short_name, is_part=c.is_part)
            for c in known.categories
        ],
        attributes=[
            AttributeOut(id=a.id, name=a.name, short_name=a.short_name, group=a.group)
            for a in known.attributes
        ],
    )
