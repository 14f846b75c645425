"""A bucket for those who need one, asked over real HTTP; and servers of the outside."""

import socket
import ssl
from collections.abc import Iterator

import pytest

from .bucket import Bucket, running_bucket
from .listener import Handle, Listen, Listener


@pytest.fixture(scope="session")
def bucket_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bucket]:
    with running_bucket(tmp_path_factory.mktemp("s3")) as bucket:
        yield bucket


@pytest.fixture
def bucket(bucket_server: Bucket, monkeypatch: pytest.MonkeyPatch) -> Bucket:
    """The environment names it."""
    for name, value in bucket_server.environ.items():
        monkeypatch.setenv(name, value)
    return bucket_server


@pytest.fixture
def listen() -> Iterator[Listen]:
    """Start a server: `listen(handle)`, or `listen(answer(b"hello"))`."""
    listeners: list[Listener] = []

    def start(said: Handle | bytes, tls: ssl.SSLContext | None = None) -> Listener:
        def say(connection: socket.socket) -> None:
            connection.sendall(said) if isinstance(said, bytes) else said(connection)

        listeners.append(Listener(say, tls))
        return listeners[-1]

    yield start
    for listener in listeners:
        listener.close()
