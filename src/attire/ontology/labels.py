"""The one place where model labels and category ids differ by one."""

from typing import TypeVar

__all__ = ["category_to_label", "label_to_category"]

IntOrArray = TypeVar("IntOrArray")


def category_to_label(category_id: IntOrArray) -> IntOrArray:
    """Turn ontology ids (0 is a real class) into model labels (0 is background).

    Works on ints, NumPy arrays and tensors alike.

    Example:
        >>> category_to_label(0)
        1
    """
    return category_id + 1  # type: ignore[operator, return-value]


def label_to_category(label: IntOrArray) -> IntOrArray:
    """Turn model labels (0 is background) into ontology ids; the background becomes −1.

    Example:
        >>> label_to_category(category_to_label(45))
        45
    """
    return label - 1  # type: ignore[operator, return-value]
