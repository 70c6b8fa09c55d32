"""Records of any data set, whatever its format."""

from pathlib import Path

from rich.console import Console
from rich.text import Text

from attire.annotations.imaterialist import read_imaterialist
from attire.annotations.known import UnlabelledGroups
from attire.annotations.layout import Layout, find_layout
from attire.annotations.records import Records
from attire.errors import AnnotationError
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
        data: An iMaterialist folder or CSV, a COCO or Fashionpedia JSON, a folder of photos or one
            photo; or its layout.
        unlabelled_groups: What a group without any label means on an instance with labels in others.
        skip_bad_rows: Leave out what cannot become an instance, saying on stderr how much that was.

    Returns:
        Its records; those of bare photos have no instances.

    Raises:
        AnnotationError: If an annotation is impossible and ``skip_bad_rows`` is not set.
        DataError: If there is no such data, or a bare photo cannot be read.
        OntologyError: If its description file is malformed.
    """
    layout = data if isinstance(data, Layout) else find_layout(data)
    ontology = load_ontology(layout.descriptions) if layout.descriptions else Ontology.imaterialist2019()
    if layout.kind != "imaterialist" or layout.annotations is None:
        raise AnnotationError(f"{layout.root}: cannot be read yet.")
    records, bad_rows = read_imaterialist(
        layout.annotations, ontology, unlabelled_groups=unlabelled_groups, skip_bad_rows=skip_bad_rows
    )
    if bad_rows:
        first = bad_rows[0]
        said = (
            f"{layout.annotations}: left out {len(bad_rows)} bad rows, {len(records.category_ids)} remain; "
            f"the first was row {first.row} ({first.image_id}): {first.what}."
        )
        Console(stderr=True).print(Text(said), soft_wrap=True)
    return records
