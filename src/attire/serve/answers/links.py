"""Where the service gives things."""

from urllib.parse import quote

__all__ = ["picture_link"]


def picture_link(garment_id: str) -> str:
    """Say where to get a garment's picture.

    Example:
        >>> picture_link("05f09429021ea0cf-0")
        '/v1/garments/05f09429021ea0cf-0/picture'
    """
    return f"/v1/garments/{quote(garment_id, safe='')}/picture"
