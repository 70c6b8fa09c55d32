"""Photos indexed by a cluster of two machines: the rows of a run here, each once, whatever is lost."""

import json
import os
import subprocess
import sys
from collections import Counter
from functools import partial
from pathlib import Path

import pytest
from tests.catalog.indexing import reading_of_greys as greys
from tests.catalog.indexing.reading_of_greys import DIMENSIONS, grey_reading, save_grey
from typer.testing import CliRunner

from attire.catalog.indexing import Manifest, index_photos, manifest_path
from attire.catalog.own_columns import read_own_columns
from attire.catalog.sources import find_photos
from attire.catalog.store import Store
from attire.cli.app import app
from attire.errors import WeightsError
from attire.samples import sample_looks
from attire.scale import on_cluster
from attire.scale.indexing import Spent, index_on_ray, plan_pool, shards

ray = pytest.importorskip("ray")
# Ray warns of what it sets itself.
pytestmark = pytest.mark.filterwarnings(r"ignore::DeprecationWarning:ray\..*")
PROGRAM = Path(__file__).with_name("index_greys_on_ray.py")
VERSION = "grey\ngrey 1"


@pytest.fixture(scope="module")
def cluster():
    """Two machines of one processor each, as Ray simulates them, and a leading program with none."""
    from ray import cloudpickle
    from ray.cluster_utils import Cluster

    ours = (greys, sys.modules[__name__])
    for module in ours:  # which the simulated machines have not
        cloudpickle.register_pickle_by_value(module)
    made = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    made.add_node(num_cpus=1)
    ray.init(address=made.address, log_to_driver=False, namespace="attire")
    yield made
    ray.shutdown()
    made.shutdown()
    for module in ours:
        cloudpickle.unregister_pickle_by_value(module)


@pytest.fixture
def shop(tmp_path):
    """Forty photos of 0 to 3 garments, and one that is none."""
    for n in range(40):
        save_grey(tmp_path / "shop" / f"{n:02}.png", 7 * n % 256)
    (tmp_path / "shop" / "broken.jpg").write_text("no photo")
    return tmp_path / "shop"


def index(folder, catalog, *, opening=grey_reading, meta=None, **how):
    own = None if meta is None else read_own_columns(meta)
    store = Store.create(catalog, DIMENSIONS, () if own is None else own.fields, encoder="grey 1")
    with on_cluster() as found, Manifest(manifest_path(catalog)) as manifest:
        return index_on_ray(
            find_photos([str(folder)]), store, manifest, opening, VERSION, plan_pool(found), own=own, **how
        )


def index_here(folder, catalog, *, meta=None, **how):
    own = None if meta is None else read_own_columns(meta)
    store = Store.create(catalog, DIMENSIONS, () if own is None else own.fields, encoder="grey 1")
    with Manifest(manifest_path(catalog)) as manifest:
        return index_photos(find_photos([str(folder)]), store, manifest, grey_reading(), own=own, **how)


def rows(catalog):
    """All there is, bit for bit, but when it was written."""
    table = Store.open(catalog).rows().sort_by("garment_id")
    return table.drop_columns(["indexed_at"])


def counts(outcome):
    said = outcome.to_json()
    del said["seconds"], said["photos_per_second"]
    return said | {"broken": sorted(one["photo"] + one["reason"] for one in said["broken"])}


def test_the_same_rows_come_of_it_as_here_and_again_of_what_changed(cluster, shop, tmp_path):
    meta = tmp_path / "meta.csv"
    meta.write_text("photo,price,date\n01.png,10.5,2026-02-01\n02,20,\ngone.png,1,\n")
    there, here = tmp_path / "there", tmp_path / "here"
    spent = Spent()
    how = {"meta": meta, "source": "shop"}
    assert counts(index(shop, there, spent=spent, **how)) == counts(index_here(shop, here, **how))
    assert rows(there).equals(rows(here))
    assert min(spent.fetching, spent.reading, spent.writing, spent.committing, spent.started) > 0
    save_grey(shop / "01.png", 250)
    save_grey(shop / "03.png", 0)
    save_grey(shop / "new.png", 90)
    os.utime(shop / "04.png", ns=(1, 1))
    (shop / "05.png").unlink()
    meta.write_text("photo,price\n02,25.5\n")
    how = {"meta": meta, "prune": True}
    assert counts(index(shop, there, **how)) == counts(index_here(shop, here, **how))
    assert rows(there).equals(rows(here))
    with Manifest(manifest_path(there)) as manifest:
        (touched,) = (one for one in find_photos([str(shop)]) if one.uri.endswith("04.png"))
        assert manifest.unchanged(touched, VERSION)


def test_the_verb_gives_the_bits_of_a_local_run_and_says_where_it_ran(cluster, tmp_path, monkeypatch):
    def noisy(*args, **how):
        print("a machine is lost")
        return index_on_ray(*args, **how)

    monkeypatch.setattr("attire.scale.indexing.index_on_ray", noisy)
    photos = sample_looks() / "photos" / "00000*.jpg"
    words = [
        "index",
        str(photos),
        "--source",
        "samples",
        "--json",
        "--catalog",
    ]
    said = {}
    for name, more in {"there": ["--on", "ray"], "here": []}.items():
        result = CliRunner().invoke(app, [*words, str(tmp_path / name), *more])
        assert result.exit_code == 0, result.output
        said[name] = json.loads(result.stdout)
        assert ("a machine is lost" in result.stderr) == (name == "there")
    assert said["there"].pop("cluster") == {"nodes": 2, "cpus": 2, "gpus": 0}
    assert said["there"].keys() == said["here"].keys()
    assert said["there"]["rows"] == said["here"]["rows"] > 0
    assert rows(tmp_path / "there").equals(rows(tmp_path / "here"))


def test_interrupted_it_keeps_what_is_read_and_a_run_here_goes_on(cluster, shop, tmp_path):
    def stop(outcome):
        if outcome.read:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index(shop, tmp_path / "there", said=stop)
    assert len(rows(tmp_path / "there")) > 0
    assert index_here(shop, tmp_path / "there").known > 0
    index_here(shop, tmp_path / "here")
    assert rows(tmp_path / "there").equals(rows(tmp_path / "here"))


def no_model():
    raise WeightsError("fast.safetensors: no such model.")


def test_what_goes_wrong_on_a_machine_is_said(cluster, shop, tmp_path):
    catalog = tmp_path / "there"
    with pytest.raises(WeightsError, match=r"^fast.safetensors: no such model\.$"):
        index(shop, catalog, opening=no_model)
    assert len(Store.open(catalog)) == 0


def test_a_lost_machine_costs_time_and_nothing_else(cluster, shop, tmp_path, monkeypatch):
    monkeypatch.setattr(shards, "LONGEST_S", 0.2)
    lost = cluster.add_node(num_cpus=1)
    cluster.wait_for_nodes()
    left = [lost]

    def lose(outcome):
        if outcome.read and left:
            cluster.remove_node(left.pop(), allow_graceful=False)

    many = tmp_path / "many"
    for n in range(300):
        save_grey(many / f"{n:03}.png", 7 * n % 256)
    outcome = index(many, tmp_path / "there", opening=partial(grey_reading, seconds=0.02), said=lose)
    assert not left, "it was lost while photos were read"
    assert outcome.read == 300
    index_here(many, tmp_path / "here")
    assert rows(tmp_path / "there").equals(rows(tmp_path / "here"))


def test_a_killed_leader_loses_only_what_was_in_hand(cluster, tmp_path):
    many, catalog = tmp_path / "many", tmp_path / "there"
    for n in range(400):
        save_grey(many / f"{n:03}.png", 7 * n % 256)
    words = [sys.executable, str(PROGRAM), str(many), str(catalog), cluster.address, "0.02"]
    program = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    for line in program.stdout:
        if int(line) > 0:
            break
    program.kill()
    program.communicate()
    written = Counter(row["photo_uri"] for row in Store.open(catalog).rows(["photo_uri"]).to_pylist())
    assert 0 < len(written) < 380
    outcome = index(many, catalog)
    assert outcome.known >= len(written)
    index_here(many, tmp_path / "here")
    assert rows(catalog).equals(rows(tmp_path / "here"))
