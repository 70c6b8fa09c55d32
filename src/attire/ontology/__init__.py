"""What can be seen: categories, attributes and the groups the attributes fall into."""

from attire.ontology.labels import category_to_label, label_to_category
from attire.ontology.ontology import Attribute, AttributeGroup, Category, Ontology
from attire.ontology.reading import load_ontology, parse_ontology

__all__ = [
    "Attribute",
    "AttributeGroup",
    "Category",
    "Ontology",
    "category_to_label",
    "label_to_category",
    "load_ontology",
    "parse_ontology",
]
