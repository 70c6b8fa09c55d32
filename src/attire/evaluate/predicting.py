"""A model's predictions for a data set, as they are scored."""

from collections.abc import Iterator
from dataclasses import fields

from attire.dataset import Dataset
from attire.errors import DataError
from attire.evaluate.collecting import collect
from attire.evaluate.evaluating import Candidate
from attire.instances import Instances
from attire.predict import Look, Predictor
from attire.progress import track

__all__ = ["predict_dataset", "read_dataset"]


def predict_dataset(dataset: Dataset, predictor: Predictor, *, batch_size: int | None = None) -> Candidate:
    """Read every photo once.

    Args:
        dataset: Photos whose truth is known.
        predictor: What reads them.
        batch_size: Photos the network sees at once; as many as its runtime asks for if None.

    Returns:
        What the predictor's selector keeps, and all that the network gives, for average precision.

    Raises:
        DataError: If a photo cannot be read, or is not of the size that its annotations state: a score
            over fewer photos would be another score.
    """
    ranked, kept = [], []
    for bare in read_dataset(dataset, predictor, batch_size=batch_size):
        ranked.append(bare)
        kept.append(predictor.selector(bare))
    return Candidate(kept=collect(kept, predictor.ontology), ranked=collect(ranked, predictor.ontology))


def read_dataset(
    dataset: Dataset, predictor: Predictor, *, batch_size: int | None = None
) -> Iterator[Instances]:
    """Read every photo once, showing progress.

    Args:
        dataset: Photos whose truth is known.
        predictor: What reads them.
        batch_size: Photos the network sees at once; as many as its runtime asks for if None.

    Yields:
        All that the network gives for each photo, in order, without its pixels.

    Raises:
        DataError: If a photo cannot be read, or is not of the size that its annotations state.
    """
    names = dataset.records.image_ids.tolist()
    paths = [dataset.photo_path(photo) for photo in range(len(names))]
    found = predictor.many(paths, keep="all", batch_size=batch_size, image_ids=names)
    for place, look in enumerate(track(found, "predict", total=len(names))):
        if not isinstance(look, Look):
            raise DataError(f"{look.reason} Run attire check on the data.")
        dataset.check_size(place, look.size)
        yield Instances(**{field.name: getattr(look, field.name) for field in fields(Instances)})
