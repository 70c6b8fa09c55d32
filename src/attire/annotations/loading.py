"""Records of any data set, whatever its format."""

from pathlib import Path

from rich.console import Console
from rich.text import Text

from attire.annotations.coco import read_coco
from attire.annotations.imaterialist import read_imaterialist
from attire.annotations.known import UnlabelledGroups
from attire.annotations.layout import Layout, find_layout
from attire.annotations.records import Records
from attire.errors import DataError
from attire.ontology import Ontology, load_ontology

__all__ = ["load_records"]


def load_records(
    data: Path | str | Layout,
    *,
    unlabelled_groups: UnlabelledGroups = "unknown",
    skip_bad_rows: bool = False,
) -> Records:
    """Read the annotations of a data set.

    Args:
        data: An iMaterialist folder or CSV, or a COCO or Fashionpedia JSON; or its layout.
        unlabelled_groups: What a group without any label means on an instance with labels in others.
        skip_bad_rows: Leave out what cannot become an instance, saying on stderr how much that was.

    Returns:
        Its records.

    Raises:
        AnnotationError: If an annotation is impossible and ``skip_bad_rows`` is not set.
        DataError: If there is no such data, or nothing in it is annotated.
        OntologyError: If its description file is malformed.
    """
    layout = data if isinstance(data, Layout) else find_layout(data)
    if layout.annotations is None:
        raise DataError(f"{layout.root}: photos without annotations. Give the data set that annotates them.")
    if layout.kind == "coco":
        records, bad_rows = read_coco(
            layout.annotations, unlabelled_groups=unlabelled_groups, skip_bad_rows=skip_bad_rows
        )
    else:
        named = layout.descriptions
        ontology = load_ontology(named) if named else Ontology.imaterialist2019()
        records, bad_rows = read_imaterialist(
            layout.annotations, ontology, unlabelled_groups=unlabelled_groups, skip_bad_rows=skip_bad_rows
        )
    if bad_rows:
        first = bad_rows[0]
        said = (
            f"{layout.annotations}: left out {len(bad_rows)} bad rows, {len(records.category_ids)} instances "
            f"remain; the first was row {first.row} ({first.image_id}): {first.what}."
        )
        Console(stderr=True).print(Text(said), soft_wrap=True)
    return records
