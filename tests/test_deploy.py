"""What the manifests say, held to Kubernetes' own schemas, to KubeRay's fields and to the package.

No cluster is asked. The core kinds are checked, strictly, by the schemas that kubernetes-validate carries.
KubeRay's are in no package: those of its fields that are used here are listed, as its API reference has them,
and the pods in them are checked as Kubernetes' own.
"""

import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from attire.cli.app import app

yaml = pytest.importorskip("yaml", reason="PyYAML comes with the extra dev")

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
PARTS = ("serve", "index", "ray-index", "ray-serve")
KUBERNETES = "1.34"
DOCKERFILE = (ROOT / "Dockerfile").read_text()

CLUSTER = {
    "rayVersion": str,
    "authOptions": {"mode": str, "secretName": str, "enableK8sTokenAuth": bool},
    "enableInTreeAutoscaling": bool,
    "headGroupSpec": {"serviceType": str, "enableIngress": bool, "rayStartParams": dict, "template": dict},
    "workerGroupSpecs": [
        {
            "groupName": str,
            "replicas": int,
            "minReplicas": int,
            "maxReplicas": int,
            "numOfHosts": int,
            "idleTimeoutSeconds": int,
            "rayStartParams": dict,
            "template": dict,
        }
    ],
}
RAY = {
    "RayJob": {
        "entrypoint": str,
        "submissionMode": str,
        "backoffLimit": int,
        "activeDeadlineSeconds": int,
        "shutdownAfterJobFinishes": bool,
        "ttlSecondsAfterFinished": int,
        "rayClusterSpec": CLUSTER,
    },
    "RayService": {"serveConfigV2": str, "excludeHeadPodFromServeSvc": bool, "rayClusterConfig": CLUSTER},
}


def manifests(part: str) -> list[dict[str, Any]]:
    """Manifests of a part as they are written, with the settings that all parts share."""
    said = yaml.safe_load((DEPLOY / part / "kustomization.yaml").read_text())
    assert said["components"] == ["../settings"]
    return [
        one for name in said["resources"] for one in yaml.safe_load_all((DEPLOY / part / name).read_text())
    ]


def of_kind(part: str, kind: str) -> dict[str, Any]:
    (found,) = (one for one in manifests(part) if one["kind"] == kind)
    return found


def cluster_of(one: dict[str, Any]) -> dict[str, Any]:
    spec = one["spec"]
    return spec["rayClusterSpec"] if one["kind"] == "RayJob" else spec["rayClusterConfig"]


def pods_of(one: dict[str, Any]) -> list[dict[str, Any]]:
    """Templates of the pods that a manifest leads to."""
    if one["kind"] == "Deployment":
        return [one["spec"]["template"]]
    if one["kind"] == "CronJob":
        return [one["spec"]["jobTemplate"]["spec"]["template"]]
    if one["kind"] in RAY:
        cluster = cluster_of(one)
        return [group["template"] for group in (cluster["headGroupSpec"], *cluster["workerGroupSpecs"])]
    return []


PODS = [
    pytest.param(part, pod, id=f"{part}-{pod['spec']['containers'][0]['name']}")
    for part in PARTS
    for one in manifests(part)
    for pod in pods_of(one)
]
RAY_PARTS = ("ray-index", "ray-serve")


def check_fields(said: Any, known: Any, where: str) -> None:
    """Every field is one that KubeRay has, and of its type."""
    if isinstance(known, dict):
        assert isinstance(said, dict), where
        for name, value in said.items():
            assert name in known, f"{where}.{name}"
            check_fields(value, known[name], f"{where}.{name}")
    elif isinstance(known, list):
        assert isinstance(said, list), where
        for place, value in enumerate(said):
            check_fields(value, known[0], f"{where}[{place}]")
    else:
        assert isinstance(said, known), f"{where} is {said!r}"
        assert known is not int or not isinstance(said, bool), where


@pytest.mark.parametrize("part", PARTS)
def test_core_kinds_keep_to_the_schemas_of_kubernetes(part):
    kubernetes = pytest.importorskip("kubernetes_validate", reason="it comes with the extra dev")
    checked = 0
    for one in manifests(part):
        if one["kind"] not in RAY:
            kubernetes.validate(one, KUBERNETES, strict=True)
            checked += 1
        for pod in pods_of(one):
            whole = {"apiVersion": "v1", "kind": "PodTemplate", "metadata": {"name": "pod"}, "template": pod}
            kubernetes.validate(whole, KUBERNETES, strict=True)
    assert checked


def test_the_schemas_find_a_field_that_is_none():
    kubernetes = pytest.importorskip("kubernetes_validate", reason="it comes with the extra dev")
    wrong = json.loads(
        json.dumps(of_kind("serve", "Deployment")).replace("readOnlyRootFilesystem", "readOnly")
    )
    with pytest.raises(kubernetes.ValidationError):
        kubernetes.validate(wrong, KUBERNETES, strict=True)
    with pytest.raises(AssertionError, match="workers"):
        check_fields({"workers": 3}, CLUSTER, "cluster")


@pytest.mark.parametrize("part", RAY_PARTS)
def test_ray_kinds_name_fields_that_kuberay_has(part):
    (one,) = (one for one in manifests(part) if one["kind"] in RAY)
    assert one["apiVersion"] == "ray.io/v1"
    check_fields(one["spec"], RAY[one["kind"]], one["kind"])
    cluster = cluster_of(one)
    for group in (cluster["headGroupSpec"], *cluster["workerGroupSpecs"]):
        assert all(isinstance(value, str) for value in group["rayStartParams"].values())
    for group in cluster["workerGroupSpecs"]:
        assert 0 <= group["minReplicas"] <= group["replicas"] <= group["maxReplicas"]
    assert f"ray=={cluster['rayVersion']}\n" in (ROOT / "constraints.txt").read_text()


@pytest.mark.parametrize("part", PARTS)
def test_kubectl_puts_the_parts_together(part):
    if shutil.which("kubectl") is None:
        pytest.skip("no kubectl here")
    words = ["kubectl", "kustomize", str(DEPLOY / part)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    together = list(yaml.safe_load_all(done.stdout))
    assert len(together) == len(manifests(part)) + 1, "and the settings"
    for one in together:
        if one["kind"] != "Namespace":
            assert one["metadata"]["namespace"] == "attire"
        for pod in pods_of(one):
            for container in pod["spec"]["containers"]:
                assert container["image"].startswith("registry.example/attire"), "the user's registry"


@pytest.mark.parametrize(("part", "pod"), PODS)
def test_pods_may_do_as_little_as_they_can(part, pod):
    spec = pod["spec"]
    assert spec["automountServiceAccountToken"] is False
    user, _, group = re.search(r"USER (\S+)", DOCKERFILE)[1].partition(":")
    assert spec["securityContext"] == {
        "runAsNonRoot": True,
        "runAsUser": int(user),
        "runAsGroup": int(group),
        "fsGroup": int(group),
        "seccompProfile": {"type": "RuntimeDefault"},
    }
    assert not {"hostNetwork", "hostPID", "hostIPC"} & set(spec)
    volumes = {volume["name"]: volume for volume in spec["volumes"]}
    assert all(set(volume) == {"name", "emptyDir"} for volume in volumes.values())
    for container in spec["containers"]:
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }
        assert "/tmp" in {mount["mountPath"] for mount in container["volumeMounts"]}
        assert {mount["name"] for mount in container["volumeMounts"]} == set(volumes)
        for bound in ("requests", "limits"):
            assert {"cpu", "memory", "ephemeral-storage"} <= set(container["resources"][bound])
        secrets = {one["secretRef"]["name"] for one in container["envFrom"] if "secretRef" in one}
        assert secrets <= {"attire-keys", "attire-s3"}
        assert not any("value" in one for one in container.get("env", [])), "keys are in secrets"


@pytest.mark.parametrize("part", ["serve", "ray-serve"])
def test_who_serves_has_keys_and_is_asked_whether_it_is_well(part):
    (one,) = (one for one in manifests(part) if pods_of(one))
    for pod in pods_of(one):
        (container,) = pod["spec"]["containers"]
        ports = {port.get("name"): port["containerPort"] for port in container["ports"]}
        assert {"secretRef": {"name": "attire-keys"}} in container["envFrom"], (
            "a pod without keys does not start"
        )
        for kind in ("readinessProbe", "livenessProbe"):
            port = container[kind]["httpGet"]["port"]
            assert port in ports or port in ports.values()


def test_probes_ask_what_the_service_answers():
    app_of = pytest.importorskip("attire.serve.settings", reason="the service needs the extra serve")
    (container,) = pods_of(of_kind("serve", "Deployment"))[0]["spec"]["containers"]
    assert container["readinessProbe"]["httpGet"]["path"] == "/readyz"
    assert container["startupProbe"]["httpGet"]["path"] == "/readyz"
    assert container["livenessProbe"]["httpGet"]["path"] == "/healthz"
    (port,) = container["ports"]
    assert f"EXPOSE {port['containerPort']}\n" in DOCKERFILE
    grace = of_kind("serve", "Deployment")["spec"]["template"]["spec"]["terminationGracePeriodSeconds"]
    assert grace > app_of.Settings.model_fields["shutdown_s"].default + 5


def test_settings_are_settings():
    settings = pytest.importorskip(
        "attire.serve.settings", reason="the service needs the extra serve"
    ).Settings
    said = yaml.safe_load((DEPLOY / "settings" / "kustomization.yaml").read_text())
    (shared,) = said["configMapGenerator"]
    named = {word.split("=")[0] for word in shared["literals"]}
    named |= set(
        re.findall(r"\bATTIRE_[A-Z_]+\b", "".join(path.read_text() for path in DEPLOY.glob("*/*.yaml")))
    )
    ours = {name for name in named if name.startswith("ATTIRE_")}
    assert ours - {"ATTIRE_CACHE"} <= {f"ATTIRE_{name.upper()}" for name in settings.model_fields}
    assert "ATTIRE_CATALOG" in ours


def test_the_nightly_run_is_one_that_the_command_takes():
    (pod,) = pods_of(of_kind("index", "CronJob"))
    (container,) = pod["spec"]["containers"]
    assert container["command"] == ["attire"]
    verb, *words = container["args"]
    context = get_command(app).commands[verb].make_context(verb, words)
    assert context.params["prune"] is True


def test_the_run_on_ray_is_one_that_the_command_takes():
    program, verb, *words = shlex.split(of_kind("ray-index", "RayJob")["spec"]["entrypoint"])
    assert program == "attire"
    command = get_command(app).commands[verb]
    if "on" not in {option.name for option in command.params}:
        pytest.skip("attire index has no --on yet")
    context = command.make_context(verb, words)
    assert str(getattr(context.params["on"], "value", context.params["on"])) == "ray"


def test_the_service_on_ray_is_one_that_serve_and_attire_take():
    said = yaml.safe_load(of_kind("ray-serve", "RayService")["spec"]["serveConfigV2"])
    schema = pytest.importorskip("ray.serve.schema", reason="Ray comes with the extra scale")
    (application,) = schema.ServeDeploySchema.model_validate(said).applications
    assert said["http_options"]["port"] == 8000
    settings = pytest.importorskip("attire.serve.settings").Settings
    replicas = {"min_replicas", "max_replicas"}
    assert set(application.args) <= set(settings.model_fields) | replicas | {"gpus"}
    settings(**{name: value for name, value in application.args.items() if name not in replicas})
    one = of_kind("ray-serve", "RayService")
    (group,) = cluster_of(one)["workerGroupSpecs"]
    (worker,) = group["template"]["spec"]["containers"]
    processors = group["maxReplicas"] * int(worker["resources"]["limits"]["cpu"])
    assert application.args["threads"] * application.args["max_replicas"] + 1 <= processors
    module, _, name = application.import_path.partition(":")
    found = pytest.importorskip(module, reason="attire serve has no --on yet")
    assert callable(getattr(found, name))


@pytest.mark.parametrize("part", RAY_PARTS)
def test_rays_job_interface_is_for_the_cluster_and_kuberay_alone(part):
    (one,) = (one for one in manifests(part) if one["kind"] in RAY)
    assert cluster_of(one)["authOptions"] == {"mode": "token"}
    policy = of_kind(part, "NetworkPolicy")["spec"]
    chosen = policy["podSelector"]["matchLabels"]
    assert set(policy["policyTypes"]) == {"Ingress", "Egress"}
    for pod in pods_of(one):
        labels = pod["metadata"]["labels"]
        assert chosen.items() <= labels.items(), "the policy holds for every pod"
        assert "app.kubernetes.io/name" not in labels, "KubeRay finds its pods by it"
    own, kuberay, *others = policy["ingress"]
    assert own == {"from": [{"podSelector": {"matchLabels": chosen}}]}
    (operator,) = kuberay["from"]
    assert {"namespaceSelector", "podSelector"} == set(operator)
    assert [rule["ports"] for rule in others] == ([[{"port": "serve"}]] if part == "ray-serve" else [])
    assert "enableIngress" not in cluster_of(one)["headGroupSpec"]
    assert cluster_of(one)["headGroupSpec"]["serviceType"] == "ClusterIP"


def test_the_autoscaler_and_the_service_mean_the_deployment():
    deployment = of_kind("serve", "Deployment")
    scaler = of_kind("serve", "HorizontalPodAutoscaler")["spec"]
    assert scaler["scaleTargetRef"] == {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "name": deployment["metadata"]["name"],
    }
    assert 2 <= scaler["minReplicas"] < scaler["maxReplicas"]
    assert "replicas" not in deployment["spec"], "applying it again would undo the autoscaler's number"
    labels = deployment["spec"]["template"]["metadata"]["labels"]
    for kind in ("Service", "PodDisruptionBudget", "NetworkPolicy"):
        spec = of_kind("serve", kind)["spec"]
        chosen = spec.get("podSelector") or spec["selector"]
        assert (chosen.get("matchLabels") or chosen).items() <= labels.items(), kind
