"""A photo together with what was found in it."""

from dataclasses import dataclass, field, fields
from functools import cached_property
from io import StringIO
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from PIL import Image
from rich.console import Console
from rich.table import Table

from attire.drawing import draw_instances
from attire.instances import Instances
from attire.parts import Garment, attach_parts, gather_garments, name_parts
from attire.predict.feature_maps import FeatureMaps
from attire.predict.source import PhotoSource, picture_size

__all__ = ["Look", "LookTable"]

_TEXT_WIDTH = 110


class LookTable(Table):
    """A rich table that plain ``print`` shows as well."""

    def __str__(self) -> str:
        console = Console(file=StringIO(), width=_TEXT_WIDTH, color_system=None)
        with console.capture() as captured:
            console.print(self)
        return captured.get().rstrip("\n")


@dataclass(frozen=True, kw_only=True, eq=False)
class Look(Instances):
    """The instances of a photo with the way to the photo itself; it filters and slices as they do.

    Looks of files hold no pixels, and maps only on demand, so that thousands of them may be kept.
    """

    source: PhotoSource = field(repr=False)
    """Where the photo's pixels are."""
    picture: Image.Image | None = field(default=None, repr=False)
    """The photo as large as was planned to draw it; None where nothing was planned."""
    maps: FeatureMaps | None = field(default=None, repr=False)
    """What the network sees of all of the photo; None where it was not asked for."""

    @classmethod
    def of(
        cls,
        instances: Instances,
        source: PhotoSource,
        picture: Image.Image | None = None,
        maps: FeatureMaps | None = None,
    ) -> Self:
        """Put a photo beside its instances."""
        own = {f.name: getattr(instances, f.name) for f in fields(Instances)}
        return cls(**own, source=source, picture=picture, maps=maps)

    @property
    def photo(self) -> Image.Image:
        """The photo: RGB, upright, of ``size``. One from a file is read each time anew.

        Raises:
            DataError: If the file is gone, or another than it was.
        """
        return self.source.read(lambda size: size).image

    @cached_property
    def owners(self) -> npt.NDArray[np.int64]:
        """Row of the garment that each part belongs to, shape ``(N,)``; -1 for garments and loose parts."""
        return attach_parts(self)

    def garments(self) -> list[Garment]:
        """List the garments with their parts, highest score first; a part without a garment stands alone."""
        return gather_garments(self, self.owners)

    def to_coco(self) -> list[dict[str, Any]]:
        """Give COCO results as :meth:`attire.Instances.to_coco` does, and what belongs to what.

        Returns:
            Results that also hold ``id`` (place in this look), ``part_of`` (id of a part's garment, or None)
            and ``parts`` (ids of a garment's parts).
        """
        results = super().to_coco()
        for row, result in enumerate(results):
            owner = int(self.owners[row])
            result["id"] = row
            result["part_of"] = None if owner < 0 else owner
            result["parts"] = np.flatnonzero(self.owners == row).tolist()
        return results

    def table(self, rows: int | None = None) -> LookTable:
        """List what is there, highest score first.

        Args:
            rows: Garments to list at most; None for all.

        Returns:
            One row per garment, and per part whose garment was not found: category, score, parts, attributes
            said to hold, and percent of the photo.
        """
        title = f"{self.image_id}  {self.size[1]}×{self.size[0]}"
        table = LookTable(title=title, title_justify="left", expand=False)
        table.add_column("garment", no_wrap=True)
        table.add_column("score", justify="right")
        table.add_column("parts", overflow="fold")
        table.add_column("attributes", overflow="fold")
        table.add_column("of photo", justify="right")
        garments = self.garments()
        shown = garments if rows is None else garments[:rows]
        pixels = self.size[0] * self.size[1]
        areas = None if self.masks is None else self.masks.areas
        for garment in shown:
            i = garment.row
            category = self.ontology.categories[int(self.category_ids[i])]
            held = [] if self.attributes is None else self.attributes[i].nonzero()[0].tolist()
            table.add_row(
                category.short_name,
                self.sureness(i),
                name_parts(self, garment.parts),
                ", ".join(self.ontology.attributes[a].short_name for a in held),
                "" if areas is None else f"{100 * int(areas[i]) / pixels:.1f} %",
            )
        if len(shown) < len(garments):
            table.add_row(f"… {len(garments) - len(shown)} more")
        if not len(self):
            table.add_row("nothing found")
        return table

    def draw(self, *, max_side: int | None = None, attributes: bool = False) -> Image.Image:
        """Draw outlines and names on the photo; a garment's label names its parts.

        Args:
            max_side: Longest side of the picture in pixels; the photo's own if None.
            attributes: Whether labels name the attributes, too.

        Raises:
            DataError: If the photo's file is gone, or another than it was.
        """
        photo, needed = self.picture, picture_size(self.size, max_side)
        if photo is None or max(photo.size) < max(needed):
            photo = self.source.read(lambda size: picture_size(size, max_side)).image
        return draw_instances(photo, self, owners=self.owners, attributes=attributes, max_side=max_side)
