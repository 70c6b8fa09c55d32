"""Starting from other weights: files, names, downloads and the table."""

import hashlib
from dataclasses import replace
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
import torch
from rich.console import Console
from safetensors.torch import save_file
from torchvision.models import mobilenet_v3_large, resnet18
from torchvision.models.detection import maskrcnn_resnet50_fpn

from attire.errors import WeightsError
from attire.model import CONFIGS, ModelCard, build_model, load_weights, save_model
from attire.model import weights as weights_module
from attire.model.weight_source import cache_dir, fetch, weights_url
from attire.preprocess import InputSpec


@pytest.fixture
def served(request):
    """Serve one body of bytes on this machine: ``served(body, cut=0, status=200)`` gives its address."""
    servers = []

    def serve(body: bytes, *, name="weights.pth", cut: int = 0, status: int = 200) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body[: len(body) - cut])

            def log_message(self, *_):
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        Thread(target=partial(server.serve_forever, poll_interval=0.01), daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/{name}"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


def test_torchvisions_detector_fits_but_for_its_heads(ontology, tmp_path):
    theirs = maskrcnn_resnet50_fpn(weights=None, weights_backbone=None)
    path = tmp_path / "coco.pth"
    torch.save(theirs.state_dict(), path)
    ours = build_model(CONFIGS["resnet50"], ontology)
    report = load_weights(ours, path)
    predictor = "roi_heads.{}.weight", "roi_heads.{}.bias"
    assert set(report.names("re-initialised")) == {
        text.format(head)
        for text in predictor
        for head in ("box_predictor.cls_score", "box_predictor.bbox_pred", "mask_predictor.mask_fcn_logits")
    }
    assert all(".attribute_head." in name for name in report.names("missing"))
    assert all("num_batches_tracked" in name for name in report.names("unused"))
    state = ours.state_dict()
    for name in report.names("taken"):
        assert torch.equal(state[name], theirs.state_dict()[name]), name
    assert report.counts()["taken"] > 280
    assert report.by_module()["backbone.fpn"] == {"taken": 16, "re-initialised": 0, "missing": 0, "unused": 0}
    row = next(r for r in report.rows if r.name == "roi_heads.box_predictor.cls_score.weight")
    assert (row.model_shape, row.file_shape) == ((47, 1024), (91, 1024))


def test_the_table_sums_up_by_part(small_config, small_ontology, tmp_path):
    path = tmp_path / "own.pth"
    torch.save(build_model(small_config, small_ontology).state_dict(), path)
    report = load_weights(build_model(replace(small_config, fpn_channels=16), small_ontology), path)
    console = Console(width=120, record=True, file=None, quiet=False)
    with console.capture() as capture:
        console.print(report.table())
    lines = {
        line.split()[1]: line.split() for line in capture.get().splitlines() if "│" in line and "." in line
    }
    assert lines["backbone.body"][3] == str(report.by_module()["backbone.body"]["taken"])
    assert "backbone.fpn" in lines
    assert report.by_module()["backbone.fpn"]["re-initialised"] > 0


@pytest.mark.parametrize(
    ("backbone", "classifier"), [("resnet18", resnet18), ("mobilenet_v3_large", mobilenet_v3_large)]
)
@pytest.mark.parametrize("norm", ["frozen", "batch", "group"])
def test_an_imagenet_classifier_fits_the_backbone(
    backbone, classifier, norm, small_config, small_ontology, tmp_path
):
    theirs = classifier(weights=None).state_dict()
    torch.save(theirs, tmp_path / "imagenet.pth")
    ours = build_model(replace(small_config, backbone=backbone, norm=norm), small_ontology)
    report = load_weights(ours, tmp_path / "imagenet.pth")
    body = report.by_module()["backbone.body"]
    assert body["taken"] >= 60
    assert body["missing"] == body["re-initialised"] == 0
    if norm == "group":
        assert any(name.endswith("running_var") for name in report.names("unused"))
        assert "skipped" in report.notes[0]
    else:
        assert not report.notes
        assert all(name.startswith(("fc.", "classifier.", "backbone.body.16.")) for name in unused(report))
    first = "conv1.weight" if backbone == "resnet18" else "0.0.weight"
    source = first if backbone == "resnet18" else f"features.{first}"
    assert torch.equal(ours.state_dict()[f"backbone.body.{first}"], theirs[source])


def unused(report):
    """What was left in the file; counters of batches do not matter."""
    return [name for name in report.names("unused") if not name.endswith("num_batches_tracked")]


def test_names_from_before_torchvision_013_are_renewed(small_config, small_ontology, tmp_path):
    one, other = (build_model(small_config, small_ontology) for _ in range(2))
    old = {
        name.replace("rpn.head.conv.0.0.", "rpn.head.conv.")
        .replace("inner_blocks.0.0.", "inner_blocks.0.")
        .replace("mask_head.0.0.", "mask_head.mask_fcn1."): value
        for name, value in one.state_dict().items()
    }
    torch.save({"state_dict": {f"model.{name}": value for name, value in old.items()}}, tmp_path / "old.pth")
    report = load_weights(other, tmp_path / "old.pth")
    assert report.counts()["taken"] == len(report.rows) == len(one.state_dict())
    assert all(
        torch.equal(a, b) for a, b in zip(one.state_dict().values(), other.state_dict().values(), strict=True)
    )


def test_our_own_files_are_a_start_too(small_config, small_ontology, ontology, tmp_path):
    source = build_model(small_config, ontology)
    path = save_model(
        tmp_path / "own.safetensors",
        source,
        card=ModelCard(name="x"),
        input_spec=InputSpec(height=64, width=64),
        half=True,
    )
    report = load_weights(build_model(small_config, small_ontology), path)
    assert "roi_heads.attribute_head.logits.weight" in report.names("re-initialised")
    assert not report.names("missing")


def test_starting_from_nothing_changes_nothing(small_config, small_ontology):
    model = build_model(small_config, small_ontology)
    before = {name: value.clone() for name, value in model.state_dict().items()}
    assert load_weights(model, "none") is None
    assert all(torch.equal(before[name], value) for name, value in model.state_dict().items())


def test_files_that_do_not_serve_are_refused(small_config, small_ontology, tmp_path):
    model = build_model(small_config, small_ontology)
    with pytest.raises(WeightsError, match="no such file"):
        load_weights(model, tmp_path / "missing.pth")
    (tmp_path / "text.pth").write_text("not weights")
    with pytest.raises(WeightsError, match="not a file of plain tensors"):
        load_weights(model, tmp_path / "text.pth")
    (tmp_path / "text.safetensors").write_text("not weights")
    with pytest.raises(WeightsError, match="not a safetensors file"):
        load_weights(model, tmp_path / "text.safetensors")
    torch.save(CONFIGS, tmp_path / "code.pth")
    with pytest.raises(WeightsError, match="not a file of plain tensors"):
        load_weights(model, tmp_path / "code.pth")
    torch.save([torch.zeros(1)], tmp_path / "list.pth")
    with pytest.raises(WeightsError, match="expected tensors by name"):
        load_weights(model, tmp_path / "list.pth")
    torch.save({"epoch": 3}, tmp_path / "empty.pth")
    with pytest.raises(WeightsError, match="holds no tensors"):
        load_weights(model, tmp_path / "empty.pth")
    save_file({"encoder.weight": torch.zeros(3)}, tmp_path / "other.safetensors")
    with pytest.raises(WeightsError, match=r"none of its tensors fits.*encoder\.weight"):
        load_weights(model, tmp_path / "other.safetensors")


def test_coco_weights_come_over_the_wire_once(served, small_config, small_ontology, tmp_path, monkeypatch):
    source = build_model(small_config, small_ontology)
    torch.save(source.state_dict(), tmp_path / "made.pth")
    body = (tmp_path / "made.pth").read_bytes()
    url = served(body, name=f"weights-{hashlib.sha256(body).hexdigest()[:8]}.pth")
    monkeypatch.setattr(weights_module, "weights_url", lambda kind, config: url)
    cache = tmp_path / "cache"
    for _ in range(2):
        model = build_model(small_config, small_ontology)
        report = load_weights(model, "coco", folder=cache)
        assert report.counts()["taken"] == len(report.rows)
        assert torch.equal(model.rpn.head.cls_logits.weight, source.rpn.head.cls_logits.weight)
        monkeypatch.setattr("urllib.request.urlopen", None)
    assert [entry.name for entry in cache.iterdir()] == [url.rsplit("/", 1)[-1]]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        pytest.param({"name": "weights-00000000.pth"}, "SHA-256", id="other content"),
        pytest.param({"status": 404}, "Not Found", id="not there"),
        pytest.param({"cut": 50}, "of 1000 bytes|IncompleteRead", id="cut short"),
    ],
)
def test_a_bad_download_leaves_nothing_behind(served, options, message, tmp_path):
    with pytest.raises(WeightsError, match=message):
        fetch(served(b"x" * 1000, **options), tmp_path)
    assert not list(tmp_path.iterdir())


def test_without_a_network_the_message_says_what_to_do(tmp_path, monkeypatch, small_config, small_ontology):
    monkeypatch.setattr(weights_module, "weights_url", lambda kind, config: "http://127.0.0.1:9/w.pth")
    model = build_model(small_config, small_ontology)
    with pytest.raises(WeightsError, match=r"Could not download.*--weights w\.pth.*--weights none"):
        load_weights(model, "coco", folder=tmp_path)


def test_each_kind_has_its_address():
    assert "maskrcnn_resnet50_fpn_coco" in weights_url("coco", CONFIGS["resnet50"])
    assert "maskrcnn_resnet50_fpn_v2_coco" in weights_url("coco", CONFIGS["resnet50_v2"])
    for name in CONFIGS:
        assert CONFIGS[name].backbone.split("_")[0] in weights_url("imagenet", CONFIGS[name])
    with pytest.raises(WeightsError, match="for resnet50 only, not for resnet101"):
        weights_url("coco", CONFIGS["resnet101"])
    with pytest.raises(WeightsError, match="no weights 'cocoa'"):
        weights_url("cocoa", CONFIGS["resnet50"])


def test_the_cache_follows_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("ATTIRE_CACHE", str(tmp_path / "own"))
    assert cache_dir() == tmp_path / "own" / "weights"
    monkeypatch.delenv("ATTIRE_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_dir() == tmp_path / "attire" / "weights"
