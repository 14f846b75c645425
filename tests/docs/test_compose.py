"""docker-compose.yml and Dockerfile name what exists, publish one port, and hold no keys."""

import argparse
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from pyservice.cli import build_parser
from pyservice.config import Settings, variable_of

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
PAGE = (ROOT / "docs/how-to/from-one-machine-to-many.md").read_text("utf-8")
OURS = sorted(name for name, service in SERVICES.items() if "build" in service)
EACH = pytest.mark.parametrize("name", sorted(SERVICES))
EACH_OF_OURS = pytest.mark.parametrize("name", OURS)

_FILLED = re.compile(r"\$\{([A-Z_]+)(:[-?][^}]*)?\}")
# botocore reads these; AWS_REGION is read by us.
_AWS = {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_REGION", "AWS_ENDPOINT_URL"}
_MADE_UP = {"PUBLISHED_ADDRESS"}


@cache
def variables_of(name: str) -> set[str]:
    """What the service in the container reads."""
    gateway = set(re.findall(r"'((?:VITRINE|MONGODB)_\w+)'", (ROOT / "backend-node/src/config.ts").read_text("utf-8")))
    service = {variable_of(field) for field in Settings.model_fields} | _AWS
    return {"gateway": gateway, "tools": gateway | service}.get(name, service)


def test_ours_are_all_there() -> None:
    assert OURS == ["dask-scheduler", "dask-worker", "gateway", "pyservice", "tools"]


@EACH_OF_OURS
def test_every_setting_exists_in_its_service(name: str) -> None:
    given = SERVICES[name].get("environment", {})
    assert set(given) <= variables_of(name)


def test_what_is_asked_of_people_are_settings() -> None:
    asked = {match[1] for match in _FILLED.finditer((ROOT / "docker-compose.yml").read_text("utf-8"))}
    known = variables_of("gateway") | variables_of("pyservice") | _MADE_UP
    assert asked <= known
    assert {variable for variable in asked if not variable.startswith("AWS_")} <= set(re.findall(r"[A-Z_]{5,}", PAGE))


def test_settings_in_the_image_exist() -> None:
    named = set(re.findall(r"^\s*(?:ENV )?(VITRINE_\w+)=", DOCKERFILE, re.MULTILINE))
    assert named
    assert named <= variables_of("pyservice")


def test_only_the_gateway_publishes_a_port_and_by_default_on_this_machine_alone() -> None:
    assert {name for name, service in SERVICES.items() if "ports" in service} == {"gateway"}
    assert SERVICES["gateway"]["ports"] == ["${PUBLISHED_ADDRESS:-127.0.0.1}:8080:8080"]


def test_nobody_but_the_gateway_reaches_the_database() -> None:
    reaching = {name for name, service in SERVICES.items() if "store" in service["networks"]}
    assert reaching == {"gateway", "tools", "mongo"}
    assert COMPOSE["networks"]["store"] == {"internal": True}


def test_no_key_is_written_down() -> None:
    for service in SERVICES.values():
        for variable, value in service.get("environment", {}).items():
            if re.search(r"SECRET|PASSWORD|KEY", variable):
                assert value is None or _FILLED.fullmatch(value), variable
    assert "?" in SERVICES["gateway"]["environment"]["VITRINE_AUTH_SECRET"]
    ignored = (ROOT / ".dockerignore").read_text("utf-8").split()
    assert {".env", "data", "backups", ".git"} <= set(ignored)


@EACH
def test_images_are_pinned_to_a_tag(name: str) -> None:
    image = SERVICES[name]["image"]
    assert re.fullmatch(r"[a-z/]+:[\w.-]+", image)
    assert not image.endswith(":latest")


def test_the_base_image_is_pinned_to_a_tag_that_our_packages_run_on() -> None:
    (base,) = re.findall(r"^FROM (\S+)$", DOCKERFILE, re.MULTILINE)
    match = re.fullmatch(r"python:3\.(\d+)-slim-bookworm", base)
    assert match
    assert int(match[1]) >= 11


@EACH
def test_whoever_is_waited_for_exists_and_can_say_that_it_is_well(name: str) -> None:
    for other, how in SERVICES[name].get("depends_on", {}).items():
        if how["condition"] == "service_healthy":
            assert "test" in SERVICES[other]["healthcheck"]
        else:
            assert how["condition"] == "service_completed_successfully"
            assert "restart" not in SERVICES[other]
        is_always_there = set(SERVICES[other].get("profiles", [])) <= set(SERVICES[name].get("profiles", []))
        assert is_always_there == how.get("required", True)


@EACH
def test_volumes_and_networks_are_declared(name: str) -> None:
    service = SERVICES[name]
    assert {volume.split(":")[0] for volume in service.get("volumes", [])} <= set(COMPOSE["volumes"])
    assert set(service["networks"]) <= set(COMPOSE["networks"])


@EACH
def test_whoever_runs_on_is_started_again_and_may_finish(name: str) -> None:
    if name in ("bucket", "tools"):
        assert SERVICES[name].get("restart", "no") == "no"
        return
    assert SERVICES[name]["restart"] == "unless-stopped"
    assert re.fullmatch(r"\d+s", SERVICES[name]["stop_grace_period"])


@EACH
def test_addresses_name_services(name: str) -> None:
    service = SERVICES[name]
    texts = [*map(str, service.get("environment", {}).values()), *service.get("command", [])]
    for host in re.findall(r"(?:http|tcp|mongodb)://([a-z-]+):", " ".join(texts)):
        assert host in SERVICES
        assert set(SERVICES[host]["networks"]) & set(service["networks"])


@pytest.mark.parametrize("name", ["pyservice", "dask-worker", "tools"])
def test_our_commands_exist(name: str) -> None:
    program, *words = SERVICES[name]["command"]
    assert program == "vitrine"
    assert isinstance(build_parser().parse_args(words), argparse.Namespace)


def test_the_gateway_and_the_scheduler_are_started_as_they_can_be() -> None:
    node, entry = SERVICES["gateway"]["command"]
    assert f"{node}\n" in DOCKERFILE.replace(" \\", "\n")
    assert (ROOT / entry).is_file()
    program, verb, *options = SERVICES["dask-scheduler"]["command"]
    help_text = subprocess.run(
        [Path(sys.executable).with_name(program), verb, "--help"], capture_output=True, text=True, check=True
    ).stdout
    assert all(option in help_text for option in options if option.startswith("--"))


@EACH_OF_OURS
def test_ours_run_as_nobody_special(name: str) -> None:
    assert SERVICES[name]["cap_drop"] == ["ALL"]
    assert "user" not in SERVICES[name]
    assert re.findall(r"^USER (\w+)$", DOCKERFILE, re.MULTILINE) == ["vitrine"]


def test_health_checks_in_python_are_python() -> None:
    for service in SERVICES.values():
        test = service.get("healthcheck", {}).get("test", [])
        if test[1:2] == ["python"]:
            compile(test[3], "healthcheck", "exec")


def test_the_image_is_built_by_verbs_of_the_makefile() -> None:
    match = re.search(r"^RUN make (.+?) \\$", DOCKERFILE, re.MULTILINE)
    assert match
    dry = subprocess.run(
        ["make", "--dry-run", *match[1].split()],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert dry.returncode == 0, dry.stderr


def test_what_the_build_needs_is_not_ignored() -> None:
    ignored = set((ROOT / ".dockerignore").read_text("utf-8").split())
    needed = ("Makefile", "pyproject.toml", "requirements", "package.json", "package-lock.json", ".npmrc", "README.md")
    for name in (*needed, "pyservice", "backend-node", "frontend", "docs"):
        assert (ROOT / name).exists()
        assert name not in ignored
