"""What `vitrine up` does: both services on one data folder, each told everything by its environment."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from pyservice.cli.child import Child
from pyservice.cli.consoles import err
from pyservice.cli.data_folder import alone_on
from pyservice.cli.gateway import GatewaySettings, gateway_settings, server_command
from pyservice.cli.listening import Place, free_places
from pyservice.cli.log_lines import LogLines
from pyservice.cli.supervisor import Service, Supervisor
from pyservice.cli.weights import fetch_missing
from pyservice.config import Settings, load_settings, unknown_variables
from pyservice.storage import BlobStore

_SERVICE_GRACE_S = 35.0
_GATEWAY_GRACE_S = 25.0


def up(*, fetch: bool) -> int:
    """Run both until told to stop. fetch: install the weights that are missing first.

    Raises InvalidConfig for whatever is known to be wrong before anything starts, and InvalidRequest where the folder
    is in use.
    """
    settings, gateway = load_settings(), gateway_settings(to_start=True)
    BlobStore(settings.blob_url).check_reachable()
    _warn_of_unknown(gateway)
    with alone_on(settings.data_dir):
        service_place, gateway_place = free_places(
            [
                Place(settings.host, settings.port, "VITRINE_HOST", "VITRINE_PORT"),
                Place(gateway.host, gateway.port, "VITRINE_GATEWAY_HOST", "VITRINE_GATEWAY_PORT"),
            ]
        )
        if fetch:
            fetch_missing(settings.models_dir, err())
        lines = LogLines(("pyservice", "gateway"))
        common = _common(settings)
        python = Child(
            "pyservice",
            [sys.executable, "-m", "pyservice.cli", "serve"],
            _service_environ(common, gateway),
            lines.write,
        )
        node = Child("gateway", server_command(), _gateway_environ(common, service_place, gateway_place), lines.write)
        services = [
            Service(python, service_place.url, _SERVICE_GRACE_S),
            Service(node, gateway_place.url, _GATEWAY_GRACE_S),
        ]
        return Supervisor(services, lines).run(lambda: f"Vitrine is at {gateway_place.url} · Ctrl-C stops it.")


def _warn_of_unknown(gateway: GatewaySettings) -> None:
    for name, meant in unknown_variables(os.environ, gateway.own).items():
        hint = f"; is {meant} meant?" if meant else ""
        err().print(
            f"vitrine: {name} is no setting of Vitrine and changes nothing{hint}",
            style="yellow",
            markup=False,
            highlight=False,
            soft_wrap=True,
        )


def _common(settings: Settings) -> dict[str, str]:
    """Our own output is what people see: the services' goes through a pipe."""
    for_people = "console" if sys.stdout.isatty() else "json"
    return {
        **os.environ,
        "VITRINE_DATA_DIR": str(Path(settings.data_dir).absolute()),
        "VITRINE_LOG_FORMAT": for_people if settings.log_format == "auto" else settings.log_format,
    }


def _service_environ(common: Mapping[str, str], gateway: GatewaySettings) -> dict[str, str]:
    """What is the gateway's alone, keys among it, is not told to the service."""
    return {name: value for name, value in common.items() if name not in gateway.own}


def _gateway_environ(common: Mapping[str, str], service: Place, gateway: Place) -> dict[str, str]:
    return {
        **common,
        "NODE_ENV": "production",
        "VITRINE_SERVICE_URL": service.url,
        "VITRINE_GATEWAY_HOST": gateway.host,
        "VITRINE_GATEWAY_PORT": str(gateway.port),
    }
