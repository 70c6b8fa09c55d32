"""Ontologies from ``label_descriptions.json`` (iMaterialist) and from Fashionpedia's JSON."""

import json
from pathlib import Path
from typing import Any

from attire.errors import OntologyError
from attire.ontology.groups import group_attributes, group_name
from attire.ontology.ontology import Attribute, Category, Ontology

__all__ = ["load_ontology", "parse_ontology"]


def load_ontology(path: Path | str) -> Ontology:
    """Read an ontology from a description file.

    Args:
        path: iMaterialist's ``label_descriptions.json``, or a Fashionpedia annotation JSON.

    Returns:
        The ontology, named after its content where that is known and after the file otherwise.

    Raises:
        OntologyError: If the file is missing, is not JSON, or lacks a list it must have.
    """
    path = Path(path)
    try:
        description = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise OntologyError(f"{path}: no such file. Give a label_descriptions.json.") from None
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise OntologyError(f"{path}: not readable as JSON ({error}).") from None
    if not isinstance(description, dict):
        raise OntologyError(f"{path}: holds a {type(description).__name__}, expected an object.")
    return parse_ontology(description, where=str(path))


def parse_ontology(description: dict[str, Any], where: str = "description") -> Ontology:
    """Build an ontology from the ``categories`` and ``attributes`` lists of a description.

    Args:
        description: Parsed JSON; attributes may be absent.
        where: Said in errors.

    Returns:
        The ontology.

    Raises:
        OntologyError: If a list is missing or an entry has no id or name.
    """
    if not isinstance(description.get("categories"), list):
        raise OntologyError(f"{where}: has no list 'categories'.")
    categories = tuple(
        Category(*_entry(entry, f"{where} categories[{place}]"))
        for place, entry in enumerate(description["categories"])
    )
    entries = [
        _entry(entry, f"{where} attributes[{place}]")
        for place, entry in enumerate(description.get("attributes") or [])
    ]
    attributes = tuple(
        Attribute(id, name, group_name(name, above), above) for id, name, above in sorted(entries)
    )
    ordered = tuple(sorted(categories, key=lambda category: category.id))
    return Ontology(
        _name(description, where, ordered, attributes), ordered, attributes, group_attributes(attributes)
    )


def _entry(entry: Any, where: str) -> tuple[int, str, str]:
    if (
        not isinstance(entry, dict)
        or not isinstance(entry.get("name"), str)
        or isinstance(entry.get("id"), bool)
        or not isinstance(entry.get("id"), int)
    ):
        raise OntologyError(
            f"{where}: expected an object with an integer 'id' and a 'name', found {entry!r}."
        )
    return entry["id"], entry["name"], str(entry.get("supercategory") or "")


def _name(
    description: dict[str, Any],
    where: str,
    categories: tuple[Category, ...],
    attributes: tuple[Attribute, ...],
) -> str:
    from attire.ontology.imaterialist2019 import IMATERIALIST_2019

    if categories == IMATERIALIST_2019.categories and attributes == IMATERIALIST_2019.attributes:
        return IMATERIALIST_2019.name
    info = description.get("info")
    if isinstance(info, dict) and isinstance(info.get("name"), str):
        return str(info["name"])
    if isinstance(info, dict) and "fashionpedia" in json.dumps(info).lower():
        return "fashionpedia"
    return Path(where).stem
