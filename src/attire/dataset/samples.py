"""Samples for training: a photo at the size of the input and what is in it."""

from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.utils.data import Dataset as TorchDataset

from attire.dataset.augment import AugmentConfig
from attire.dataset.dataset import Dataset
from attire.dataset.sampler import Draw
from attire.dataset.scene import Scene
from attire.dataset.shared import SharedRecords
from attire.dataset.transforms import erase, paste, recolor, rotate
from attire.dataset.view import View
from attire.photos import read_draft, read_photo
from attire.preprocess import PADDING, InputSpec, preprocess

__all__ = ["Target", "TrainingSamples", "collate"]

Target = dict[str, Tensor]
"""What :meth:`attire.dataset.scene.Scene.target` gives, and ``image_id``: the photo's place, int64, ()."""


class TrainingSamples(TorchDataset[tuple[Tensor, Target]]):
    """Map-style data set of torch: one entry per photo to train on.

    An entry asked for by number comes as in epoch 0; :class:`attire.dataset.sampler.EpochSampler` asks by
    :class:`Draw`, which carries the epoch into every worker. All chance follows from
    ``(seed, epoch, entry)``.
    """

    def __init__(
        self,
        dataset: Dataset,
        spec: InputSpec,
        *,
        augment: AugmentConfig | None = None,
        seed: int = 0,
        photos: npt.NDArray[np.integer[Any]] | None = None,
    ) -> None:
        """Prepare, without reading a photo.

        Args:
            dataset: Records and photos.
            spec: The network's input, shared with validation and prediction.
            augment: What may be changed; without it, photos go through :func:`attire.preprocess.preprocess`.
            seed: Where all chance comes from.
            photos: Places of the photos, repeats allowed; all when absent.
        """
        self.dataset = dataset
        self.spec = spec
        self.augment = augment
        self.seed = seed
        self.photos = np.arange(len(dataset)) if photos is None else np.asarray(photos, np.int64)
        self._shared: SharedRecords | None = None

    def __len__(self) -> int:
        return len(self.photos)

    def __getitem__(self, draw: int | Draw) -> tuple[Tensor, Target]:
        """Make a sample.

        Args:
            draw: Which entry of ``photos``, and in which epoch.

        Returns:
            RGB image, uint8, shape ``(3, height, width)``, and its target.

        Raises:
            DataError: If the photo cannot be read or is not of the size its annotations state.
        """
        if not isinstance(draw, Draw):
            draw = Draw(epoch=0, entry=draw, sample=draw)
        photo = int(self.photos[draw.sample])
        if self.augment is None:
            scene = self._plain(photo).visible(0)
        else:
            rng = np.random.default_rng((self.seed, draw.epoch, draw.entry))
            scene = self._augmented(photo, self.augment, rng)
        return scene.image, {**scene.target(), "image_id": torch.tensor(photo)}

    def __getstate__(self) -> dict[str, Any]:
        """Hand the records to a spawned worker by reference to shared memory, never as a copy."""
        if self._shared is None:
            self._shared = SharedRecords(self.dataset.records)
        return {**self.__dict__, "dataset": (self.dataset.layout, self.dataset.joined)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        layout, joined = state["dataset"]
        self.dataset = Dataset(records=state["_shared"].records(), layout=layout, joined=joined)

    def _plain(self, photo: int) -> Scene:
        draft = read_draft(self.dataset.photo_path(photo), self.spec.least_size)
        self.dataset.check_size(photo, draft.size)
        pixels, geometry = preprocess(draft, self.spec)
        return self._scene(photo, torch.from_numpy(pixels), View.whole(geometry))

    def _augmented(self, photo: int, augment: AugmentConfig, rng: np.random.Generator) -> Scene:
        scene = self._seen(photo, augment, rng)
        if rng.random() < augment.paste:
            donor = self._seen(int(self.photos[rng.integers(len(self))]), augment, rng)
            scene = paste(scene, donor.visible(augment.min_visible), rng)
        if rng.random() < augment.erase:
            scene = erase(scene, augment, rng)
        return scene.visible(augment.min_visible)

    def _seen(self, photo: int, augment: AugmentConfig, rng: np.random.Generator) -> Scene:
        """See a photo through a random window, in changed colours, turned."""
        height, width = (int(side) for side in self.dataset.records.sizes[photo])
        view = View.random(self.spec.geometry((height, width)), augment, rng)
        # Halving in the decoder averages as smooth resizing does; at twice the size needed it does not show.
        enough = int(np.ceil(2 * max(view.scales) * max(height, width))) if self.spec.antialias else None
        image = read_photo(self.dataset.photo_path(photo), max_side=enough)
        self.dataset.check_size(photo, (image.height, image.width), halvings=3 if enough else 0)
        content = torch.from_numpy(view.draw(image, (height, width), antialias=self.spec.antialias))
        content = recolor(content, augment, rng)
        canvas = torch.tensor(PADDING, dtype=torch.uint8)[:, None, None].repeat(1, *view.network_size)
        canvas[:, : content.shape[1], : content.shape[2]] = content
        scene = self._scene(photo, canvas, view)
        return rotate(scene, view.content_size, augment, rng) if rng.random() < augment.rotation else scene

    def _scene(self, photo: int, image: Tensor, view: View) -> Scene:
        records = self.dataset.records
        own = slice(int(records.offsets[photo]), int(records.offsets[photo + 1]))
        masks = records.masks[own]
        scale_y, scale_x = view.scales
        return Scene(
            image=image,
            masks=torch.from_numpy(view.decode(masks)),
            full_areas=masks.areas.astype(np.float64) * (scale_y * scale_x),
            category_ids=records.category_ids[own].copy(),
            attributes=records.attributes[own],
            attributes_known=records.attributes_known[own],
            labelled=(
                np.ones(len(records.ontology.categories), bool)
                if records.labelled is None
                else records.labelled[photo]
            ),
        )


def collate(batch: list[tuple[Tensor, Target]]) -> tuple[list[Tensor], list[Target]]:
    """Collect samples of any size and number of instances into two lists."""
    images, targets = zip(*batch, strict=True)
    return list(images), list(targets)
