"""A garment as the catalogue gives it back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

import numpy as np
import numpy.typing as npt

__all__ = ["Garment"]


@dataclass(frozen=True, kw_only=True, eq=False)
class Garment:
    """One row of the catalogue; what each field means stands in :class:`attire.catalog.row.GarmentRow`."""

    garment_id: str
    photo_id: str
    photo_uri: str
    photo_look: str
    photo_size: tuple[int, int]
    """``(height, width)`` in pixels."""
    garment: int
    category_id: int
    category: str
    score: float
    attributes: tuple[str, ...] = ()
    attribute_probs: npt.NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, np.float32))
    """Shape ``(A,)``, or empty."""
    parts: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()
    colour_lab: npt.NDArray[np.float32] = field(default_factory=lambda: np.zeros((0, 3), np.float32))
    """One row per colour, shape ``(K, 3)``."""
    colour_share: npt.NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, np.float32))
    """Shape ``(K,)``."""
    mask: str = ""
    box: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    seen_at: datetime | None = None
    source: str = ""
    encoder: str = ""
    embedding: npt.NDArray[np.float32] | None = None
    """Of length 1, shape ``(D,)``; None where it was not asked for."""
    own: Mapping[str, Any] = field(default_factory=dict)
    """The user's own columns."""

    @classmethod
    def from_row(cls, row: Mapping[str, Any], own: tuple[str, ...] = ()) -> Self:
        """Take a row as Arrow gives it: a mapping from column to plain value.

        Args:
            row: Every column but ``embedding`` has to be there.
            own: Names of the user's columns.
        """
        return cls(
            garment_id=row["garment_id"],
            photo_id=row["photo_id"],
            photo_uri=row["photo_uri"],
            photo_look=row["photo_look"],
            photo_size=(row["photo_height"], row["photo_width"]),
            garment=row["garment"],
            category_id=row["category_id"],
            category=row["category"],
            score=row["score"],
            attributes=tuple(row["attributes"]),
            attribute_probs=np.asarray(row["attribute_probs"], dtype=np.float32),
            parts=tuple(row["parts"]),
            colours=tuple(row["colours"]),
            colour_lab=np.asarray(row["colour_lab"], dtype=np.float32).reshape(-1, 3),
            colour_share=np.asarray(row["colour_share"], dtype=np.float32),
            mask=row["mask"],
            box=tuple(row["box"]),
            seen_at=row["seen_at"],
            source=row["source"],
            encoder=row["encoder"],
            embedding=None if row.get("embedding") is None else np.asarray(row["embedding"], np.float32),
            own={name: row[name] for name in own},
        )

    def to_json(self) -> dict[str, Any]:
        """Give what people and programs want to see of it, ready for JSON: no embedding, no mask."""
        return {
            "garment_id": self.garment_id,
            "photo_uri": self.photo_uri,
            "box": [round(side, 1) for side in self.box],
            "category": self.category,
            "score": round(self.score, 4),
            "attributes": list(self.attributes),
            "parts": list(self.parts),
            "colours": [
                {"name": name, "lab": [round(float(x), 1) for x in lab], "share": round(float(share), 3)}
                for name, lab, share in zip(self.colours, self.colour_lab, self.colour_share, strict=True)
            ],
            "seen_at": None if self.seen_at is None else self.seen_at.isoformat(),
            "source": self.source,
            **{name: _plain(value) for name, value in self.own.items()},
        }


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
