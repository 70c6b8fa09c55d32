"""A photo together with what was found in it."""

from dataclasses import dataclass, field, fields
from io import StringIO
from typing import Self

from PIL import Image
from rich.console import Console
from rich.table import Table

from attire.drawing import draw_instances
from attire.instances import Instances

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
    """The instances of a photo with the photo itself; it filters and slices as they do."""

    photo: Image.Image = field(repr=False)
    """RGB, upright, of ``size``."""

    @classmethod
    def of(cls, instances: Instances, photo: Image.Image) -> Self:
        """Put a photo beside its instances."""
        own = {f.name: getattr(instances, f.name) for f in fields(Instances)}
        return cls(**own, photo=photo)

    def table(self, rows: int | None = None) -> LookTable:
        """List what is there, highest score first.

        Args:
            rows: Instances to list at most; None for all.

        Returns:
            One row per instance: category, score, attributes said to hold, and percent of the photo.
        """
        title = f"{self.image_id}  {self.size[1]}×{self.size[0]}"
        table = LookTable(title=title, title_justify="left", expand=False)
        table.add_column("garment", no_wrap=True)
        table.add_column("score", justify="right")
        table.add_column("attributes", overflow="fold")
        table.add_column("of photo", justify="right")
        shown = len(self) if rows is None else min(rows, len(self))
        pixels = self.size[0] * self.size[1]
        areas = None if self.masks is None else self.masks.areas
        for i in range(shown):
            category = self.ontology.categories[int(self.category_ids[i])]
            held = [] if self.attributes is None else self.attributes[i].nonzero()[0].tolist()
            table.add_row(
                category.short_name,
                self.sureness(i),
                ", ".join(self.ontology.attributes[a].short_name for a in held),
                "" if areas is None else f"{100 * int(areas[i]) / pixels:.1f} %",
            )
        if shown < len(self):
            table.add_row(f"… {len(self) - shown} more", "", "", "")
        if not len(self):
            table.add_row("nothing found", "", "", "")
        return table

    def draw(self, *, max_side: int | None = None, attributes: bool = False) -> Image.Image:
        """Draw outlines and names on the photo.

        Args:
            max_side: Longest side of the picture in pixels; the photo's own if None.
            attributes: Whether labels name the attributes, too.
        """
        return draw_instances(self.photo, self, attributes=attributes, max_side=max_side)
