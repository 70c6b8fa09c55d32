"""``/v1/garments``, ``/v1/facets``, ``/v1/catalog`` and ``/v1/ontology``: what there is."""

from typing import Literal

from PIL import Image

from attire.client.asking.ask import Ask, as_image, as_model, given, path_of
from attire.serve.schemas.catalog import CatalogOut
from attire.serve.schemas.garments import FacetsOut, GarmentOut, GarmentPage
from attire.serve.schemas.ontology import OntologyOut

__all__ = ["Order", "catalog", "facets", "garment", "garments_page", "ontology", "picture"]

Order = Literal["mixed", "surest", "newest"]


def garment(garment_id: str) -> Ask[GarmentOut]:
    """Give one garment of the catalogue.

    Args:
        garment_id: Its id.

    Raises:
        ServiceError: If the service cannot be reached, or there is no such garment.
    """
    return Ask(method="GET", path=path_of("/v1/garments/{}", garment_id), read=as_model(GarmentOut))


def picture(garment_id: str, *, width: int = 240, height: int = 320) -> Ask[Image.Image]:
    """Give a garment's picture: in colour, what surrounds it faded.

    Args:
        garment_id: Its id.
        width: In pixels, 32 … 1024.
        height: Likewise.

    Raises:
        ServiceError: If the service cannot be reached, or there is no such garment.
    """
    return Ask(
        method="GET",
        path=path_of("/v1/garments/{}/picture", garment_id),
        read=as_image,
        params={"width": width, "height": height},
        accept="image/jpeg",
    )


def garments_page(
    where: str | None = None, *, order: Order = "mixed", offset: int = 0, limit: int = 48
) -> Ask[GarmentPage]:
    """Give a page of the garments that a filter leaves.

    Args:
        where: What they have to be, in the language of docs/search.md; all if None.
        order: By id, by score, or by when they were added.
        offset: Garments to pass over.
        limit: Of the page, 1 … 200.

    Raises:
        ServiceError: If the service cannot be reached, or the filter cannot be understood.
    """
    return Ask(
        method="GET",
        path="/v1/garments",
        read=as_model(GarmentPage),
        params=given(where=where, order=order, offset=offset, limit=limit),
    )


def facets(where: str | None = None) -> Ask[FacetsOut]:
    """Count the values of categories, attributes, colours, parts, sources and the user's own columns.

    Args:
        where: Of which garments; all if None.

    Raises:
        ServiceError: If the service cannot be reached, or the filter cannot be understood.
    """
    return Ask(method="GET", path="/v1/facets", read=as_model(FacetsOut), params=given(where=where))


def catalog() -> Ask[CatalogOut]:
    """Say what the catalogue holds.

    Raises:
        ServiceError: If the service cannot be reached, or serves none.
    """
    return Ask(method="GET", path="/v1/catalog", read=as_model(CatalogOut))


def ontology() -> Ask[OntologyOut]:
    """List the categories and attributes that photos are described by.

    Raises:
        ServiceError: If the service cannot be reached.
    """
    return Ask(method="GET", path="/v1/ontology", read=as_model(OntologyOut))
