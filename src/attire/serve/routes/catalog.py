"""``/v1/catalog``: what the catalogue holds, and photos added to it."""

from fastapi import APIRouter

from attire.serve.browsing import ShelfOf
from attire.serve.schemas.catalog import CatalogOut, OwnColumnOut

__all__ = ["router"]

router = APIRouter(prefix="/v1/catalog", tags=["catalog"])


@router.get("")
def catalog(shelf: ShelfOf) -> CatalogOut:
    """Say what the catalogue holds."""
    known, counted = shelf.columns.columns, shelf.count(None)
    return CatalogOut(
        garments=counted.total,
        photos=shelf.photos(),
        own_columns=[
            OwnColumnOut.model_validate(
                {"name": name, "kind": known[name].kind if name in known else "other"}
            )
            for name in shelf.store.own_columns
        ],
        sources=list(counted.values["source"]),
        encoder=shelf.store.encoder,
        takes_photos=False,
    )
