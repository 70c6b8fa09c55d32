"""``/v1/ontology``: what garments and attributes are named by."""

from fastapi import APIRouter

from attire.serve.schemas.ontology import AttributeOut, CategoryOut, OntologyOut
from attire.serve.services import ServicesOf

__all__ = ["router"]

router = APIRouter(prefix="/v1", tags=["ontology"])


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
