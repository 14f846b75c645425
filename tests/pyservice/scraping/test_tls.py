"""TLS to a vetted address is TLS with the name: its SNI, its certificate, its Host."""

from __future__ import annotations

import datetime
import socket
import ssl
import time
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from pyservice.errors import FetchFailed
from pyservice.scraping import GuardedClient

from ..listener import Listen, answer
from .internet import Internet

PUBLIC = "93.184.216.34"


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate of shop.example that it signed itself, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "shop.example")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("shop.example")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "shop.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM) + secret)
    return file


@pytest.fixture
def shown() -> list[str | None]:
    """The names that clients asked for in their handshakes."""
    return []


@pytest.fixture
def tls(certificate: Path, shown: list[str | None]) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    context.sni_callback = lambda _sock, name, _context: shown.append(name)
    return context


def status(client: GuardedClient, url: str) -> int:
    with client.get(url, timeout_s=30, max_bytes=1000) as answer:
        return answer.status


def test_c6_the_name_stays_in_sni_host_and_certificate(
    listen: Listen, tls: ssl.SSLContext, certificate: Path, shown: list[str | None]
) -> None:
    listener = listen(answer(b"hello"), tls)
    net = Internet({"shop.example": [PUBLIC]}, {PUBLIC: listener.port})
    client = GuardedClient(resolve=net.resolve, connect=net.connect, trusted=str(certificate))
    assert status(client, "https://shop.example/a") == 200
    assert net.connected == [(PUBLIC, 443)]
    assert shown == ["shop.example"]
    assert b"Host: shop.example\r\n" in listener.heads[0]


def test_a_certificate_of_another_name_is_refused(listen: Listen, tls: ssl.SSLContext, certificate: Path) -> None:
    listener = listen(answer(b"hello"), tls)
    net = Internet({"cdn.example": [PUBLIC]}, {PUBLIC: listener.port})
    client = GuardedClient(resolve=net.resolve, connect=net.connect, trusted=str(certificate))
    with pytest.raises(FetchFailed, match="a certificate that is trusted"):
        status(client, "https://cdn.example/")
    assert listener.heads == []


def test_a_certificate_that_nobody_signed_is_refused(
    listen: Listen, tls: ssl.SSLContext, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    listener = listen(answer(b"hello"), tls)
    net = Internet({"shop.example": [PUBLIC]}, {PUBLIC: listener.port})
    client = GuardedClient(resolve=net.resolve, connect=net.connect)
    with pytest.raises(FetchFailed, match="a certificate that is trusted"):
        status(client, "https://shop.example/")
    assert listener.heads == []


def test_c9_a_handshake_that_never_comes_is_cut_off(listen: Listen) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        net = Internet({"shop.example": [PUBLIC]}, {PUBLIC: silent.getsockname()[1]})
        client = GuardedClient(resolve=net.resolve, connect=net.connect)
        with (
            pytest.raises(FetchFailed, match="it took longer"),
            client.get("https://shop.example/", timeout_s=0.5, max_bytes=1000),
        ):
            pass


def test_c9_a_body_that_drips_through_tls_is_cut_off(listen: Listen, tls: ssl.SSLContext, certificate: Path) -> None:
    def drip(connection: Any) -> None:
        connection.sendall(b"HTTP/1.1 200 Fine\r\nContent-Length: 100000\r\n\r\n")
        while True:
            connection.sendall(b"x")
            time.sleep(0.02)

    listener = listen(drip, tls)
    net = Internet({"shop.example": [PUBLIC]}, {PUBLIC: listener.port})
    client = GuardedClient(resolve=net.resolve, connect=net.connect, trusted=str(certificate))
    with (
        pytest.raises(FetchFailed, match="it took longer"),
        client.get("https://shop.example/", timeout_s=0.5, max_bytes=1_000_000) as answer,
    ):
        list(answer.pieces(1_000_000))
