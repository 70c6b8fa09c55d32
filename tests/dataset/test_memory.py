"""What a worker costs: its private memory, as Linux counts it, with large records and with small ones."""

import gc
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from torch.utils.data import DataLoader

from attire.annotations import Layout, Records
from attire.dataset import AugmentConfig, Dataset
from attire.dataset.samples import TrainingSamples, collate
from attire.masks import RunLengths
from attire.preprocess import InputSpec

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/smaps_rollup").exists(), reason="private memory is read from Linux's /proc"
)
SIZE = (480, 320)


def striped_dataset(ontology, folder, n_photos, runs_per_mask):
    """Six instances per photo, each of many short runs; all are the same photo, to spare the disk."""
    Image.new("RGB", (SIZE[1], SIZE[0])).save(folder / "photo.jpg")
    n, width = 6 * n_photos, len(ontology.attributes)
    starts = np.tile(np.arange(runs_per_mask, dtype=np.int32) * (SIZE[0] * SIZE[1] // runs_per_mask), n)
    records = Records(
        ontology=ontology,
        image_ids=np.full(n_photos, "photo.jpg"),
        sizes=np.full((n_photos, 2), SIZE, np.int32),
        offsets=np.arange(0, n + 1, 6),
        category_ids=np.arange(n) % 46,
        masks=RunLengths(
            starts,
            np.full(len(starts), 9, np.int32),
            np.arange(n + 1) * runs_per_mask,
            np.full((n, 2), SIZE, np.int32),
        ),
        attributes=np.zeros((n, width), bool),
        attributes_known=np.zeros((n, width), bool),
        rows=np.arange(n),
    )
    layout = Layout(kind="photos", root=folder, annotations=None, photos_dir=folder, descriptions=None)
    return Dataset(records=records, layout=layout)


def private_mb(pid):
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) / 1024


def worker_mb(dataset, start_method, n_samples=120):
    """Private memory of each of two workers, in MB, after a third of the samples and after all."""
    samples = TrainingSamples(
        dataset,
        InputSpec(height=96, width=64),
        augment=AugmentConfig(paste=0.5),
        photos=np.linspace(0, len(dataset) - 1, n_samples).astype(int),
    )
    loader = DataLoader(
        samples,
        batch_size=2,
        num_workers=2,
        collate_fn=collate,
        multiprocessing_context=start_method,
        persistent_workers=True,
    )
    early = late = []
    gc.collect()
    gc.freeze()  # a collection in a forked worker would otherwise touch its parent's objects
    try:
        batches = iter(loader)
        for done, _ in enumerate(batches):
            if done == n_samples // 6:
                early = [private_mb(worker.pid) for worker in batches._workers]
        late = [private_mb(worker.pid) for worker in batches._workers]
        batches._shutdown_workers()
    finally:
        gc.unfreeze()
    return early, late


@pytest.mark.parametrize("start_method", ["fork", pytest.param("spawn", marks=pytest.mark.slow)])
def test_workers_share_the_annotations(ontology, tmp_path, start_method):
    _, small = worker_mb(striped_dataset(ontology, tmp_path, 200, 10), start_method)
    dataset = striped_dataset(ontology, tmp_path, 2000, 2000)
    masks = dataset.records.masks
    size_mb = (masks.starts.nbytes + masks.lengths.nbytes) / 2**20
    early, late = worker_mb(dataset, start_method)
    print(f"{start_method}: records {size_mb:.0f} MB, private {small}, then {early} and {late}")
    assert size_mb > 150
    assert max(late) - max(small) < 0.15 * size_mb
    assert max(late) - max(early) < 0.1 * size_mb
