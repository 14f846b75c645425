"""Addresses for services: whether they are free, and how to reach what listens there."""

from __future__ import annotations

import errno
import http.client
import socket
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace

from pyservice.errors import InvalidConfig

# A service that was just stopped may take a moment to let go of its port.
_PATIENCE_S = 1.0
_STEP_S = 0.1
_ANSWER_S = 2.0


@dataclass(frozen=True)
class Place:
    """host_variable, port_variable: what sets them."""

    host: str
    port: int
    host_variable: str
    port_variable: str

    @property
    def url(self) -> str:
        """Where to call it from this machine."""
        host = {"0.0.0.0": "127.0.0.1", "": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"


def free_places(places: Sequence[Place]) -> list[Place]:
    """The same, with a port for each that asked for any. Raises InvalidConfig that names a taken one's variable."""
    latest_s = time.monotonic() + _PATIENCE_S
    while True:
        with ExitStack() as held:
            try:
                return [_taken(place, held) for place in places]
            except _TakenError as error:
                if time.monotonic() >= latest_s:
                    raise InvalidConfig(str(error)) from None
        time.sleep(_STEP_S)


class _TakenError(Exception):
    """Somebody listens there."""


def _taken(place: Place, held: ExitStack) -> Place:
    """Listens there until all are found free: two of ours must not want the same."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(
            place.host, place.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = held.enter_context(socket.socket(family, kind))
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(1)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise _TakenError(f"port {place.port} is taken; set {place.port_variable}") from None
        variable = place.port_variable if error.errno == errno.EACCES else place.host_variable
        raise InvalidConfig(
            f"Expected an address to listen on, received {place.host} port {place.port} ({error.strerror}); "
            f"set {variable}"
        ) from None
    return replace(place, port=listener.getsockname()[1])


def not_ready(url: str) -> str | None:
    """What keeps a service from working, in its own words, or None where it is ready. Asks no proxy."""
    address = url.removeprefix("http://")
    connection = http.client.HTTPConnection(address, timeout=_ANSWER_S)
    try:
        connection.request("GET", "/readyz")
        answer = connection.getresponse()
        text = answer.read(2000).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException) as error:
        return f"no answer at {url}: {error}"
    finally:
        connection.close()
    return None if answer.status == http.client.OK else f"{answer.status} {text}"


def answers(url: str) -> bool:
    """Whether anything listens there."""
    host, _, port = url.removeprefix("http://").rpartition(":")
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=_ANSWER_S).close()
    except OSError:
        return False
    return True
