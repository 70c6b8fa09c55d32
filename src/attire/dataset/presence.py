"""What each photo shows, as one bool row per photo: what splits and resampling count with."""

import numpy as np
import numpy.typing as npt

from attire.annotations.records import Records

__all__ = ["annotated_photos", "attribute_presence", "category_presence"]

Presence = npt.NDArray[np.bool_]


def category_presence(records: Records) -> Presence:
    """Say which categories each photo shows: bool, shape ``(P, C)``."""
    shown = np.zeros((len(records), len(records.ontology.categories)), bool)
    shown[records.photo_indices, records.category_ids] = True
    return shown


def attribute_presence(records: Records) -> Presence:
    """Say which attributes hold for anything in each photo: bool, shape ``(P, A)``."""
    held = np.zeros((len(records), len(records.ontology.attributes)), bool)
    instances, attributes = np.nonzero(records.attributes)
    held[records.photo_indices[instances], attributes] = True
    return held


def annotated_photos(records: Records) -> npt.NDArray[np.bool_]:
    """Say which photos have an instance whose attributes anybody looked for: bool, shape ``(P,)``."""
    photos = np.zeros(len(records), bool)
    photos[records.photo_indices[records.annotated]] = True
    return photos
