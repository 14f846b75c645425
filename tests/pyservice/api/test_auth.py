"""Only holders of a fresh service token signed by us get in (SECURITY_TESTS D1-D3, D10)."""

import base64
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pyservice.jobs import Engine

Token = Callable[..., str]

PUBLIC_KEY = "-----BEGIN PUBLIC KEY-----\nMFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAK\n-----END PUBLIC KEY-----\n"
NOW = int(time.time())


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def with_header(token: str, header: dict[str, str], key: str | None = None) -> str:
    """The token's claims under another header: signed by hand with that key, or not at all."""
    text = f"{_base64(json.dumps(header).encode())}.{token.split('.')[1]}"
    mac = hmac.new(key.encode(), text.encode(), hashlib.sha256).digest() if key else b""
    return f"{text}.{_base64(mac)}"


def tampered(token: Token) -> str:
    head, body, signature = token(sub="viewer").split(".")
    forged = token(sub="admin").split(".")[1]
    assert forged != body
    return f"{head}.{forged}.{signature}"


BAD_TOKENS: dict[str, Callable[[Token], str]] = {
    "d1 alg none": lambda token: with_header(token(), {"alg": "none", "typ": "JWT"}),
    "d1 alg None": lambda token: with_header(token(), {"alg": "None", "typ": "JWT"}),
    "d1 alg nOnE": lambda token: with_header(token(), {"alg": "nOnE", "typ": "JWT"}),
    "d1 empty signature": lambda token: token().rpartition(".")[0] + ".",
    "d1 HS512": lambda token: token(alg="HS512"),
    "d2 public key": lambda token: with_header(token(), {"alg": "HS256", "typ": "JWT"}, key=PUBLIC_KEY),
    "d2 foreign key": lambda token: token(key=secrets.token_hex(32)),
    "d2 jwk": lambda token: token(headers={"jwk": {"kty": "oct", "k": "AAAA"}}),
    "d2 jku": lambda token: token(headers={"jku": "https://evil.example/keys"}),
    "d2 x5u": lambda token: token(headers={"x5u": "https://evil.example/cert"}),
    "d2 kid": lambda token: token(headers={"kid": "../../dev/null"}),
    "d3 expired": lambda token: token(iat=NOW - 120, exp=NOW - 60),
    "d3 not yet": lambda token: token(nbf=NOW + 3600),
    "d3 issued in the future": lambda token: token(iat=NOW + 3600, exp=NOW + 3660),
    "d3 wrong issuer": lambda token: token(iss="someone"),
    "d3 wrong audience": lambda token: token(aud="vitrine-gateway"),
    "d3 one audience of many": lambda token: token(aud=["vitrine-pyservice", "other"]),
    "d3 tampered": tampered,
    "d3 no exp": lambda token: token(exp=None),
    "d3 no iat": lambda token: token(iat=None),
    "d3 no aud": lambda token: token(aud=None),
    "d3 no iss": lambda token: token(iss=None),
    "d3 lives a day": lambda token: token(exp=NOW + 86400),
    "d3 exp is a number in text": lambda token: token(exp=str(NOW + 60)),
    "d3 iat is a number in text": lambda token: token(iat=str(NOW)),
    "d3 exp is a fraction": lambda token: token(exp=NOW + 60.5),
    "d3 exp is text": lambda token: token(exp="never"),
    "not a token": lambda _: "x.y.z",
    "nothing": lambda _: "",
}


@pytest.mark.parametrize("make", BAD_TOKENS.values(), ids=BAD_TOKENS.keys())
def test_d1_d2_d3_refuses_bad_tokens(stranger: FlaskClient, token: Token, make: Callable[[Token], str]) -> None:
    answer = stranger.get("/operations", headers=bearer(make(token)))
    assert answer.status_code == 401
    assert answer.mimetype == "application/problem+json"
    assert answer.get_json()["code"] == "unauthorized"
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_accepts_a_good_token(stranger: FlaskClient, token: Token) -> None:
    assert stranger.get("/operations", headers=bearer(token())).status_code == 200


def test_forgives_clocks_that_differ_by_a_little(stranger: FlaskClient, token: Token) -> None:
    now = int(time.time())
    late = token(iat=now - 61, exp=now - 1)
    early = token(iat=now + 2, exp=now + 60)
    assert stranger.get("/operations", headers=bearer(late)).status_code == 200
    assert stranger.get("/operations", headers=bearer(early)).status_code == 200


@pytest.mark.parametrize("header", ["", "Basic dTpw", "Bearer", "Bearer ", "bearer"])
def test_refuses_other_credentials(stranger: FlaskClient, header: str) -> None:
    assert stranger.get("/operations", headers={"Authorization": header}).status_code == 401


def test_d10_every_route_but_health_wants_a_token(app: Flask, stranger: FlaskClient) -> None:
    asked = 0
    for rule in app.url_map.iter_rules():
        if rule.rule in ("/healthz", "/readyz", "/metrics"):
            continue
        for method in (rule.methods or set()) - {"HEAD"}:
            asked += 1
            answer = stranger.open(rule.rule.replace("<blob>", "a" * 64), method=method)
            assert answer.status_code == 401, (method, rule.rule)
    assert asked >= 9


def test_d10_a_stranger_stores_nothing(shared_engine: Engine, stranger: FlaskClient, photo: bytes) -> None:
    unseen = photo + b"sent by a stranger"
    assert stranger.post("/blobs", data=unseen).status_code == 401
    assert not shared_engine.store.exists(hashlib.sha256(unseen).hexdigest())


def test_does_not_tell_a_stranger_which_pages_exist(stranger: FlaskClient) -> None:
    assert stranger.get("/no/such/page").status_code == 401


def test_health_wants_no_token(stranger: FlaskClient) -> None:
    assert stranger.get("/healthz").status_code == 200
    assert stranger.get("/readyz").status_code in (200, 503)


def test_metrics_are_free_on_this_machine_only(stranger: FlaskClient, token: Token) -> None:
    assert stranger.get("/metrics").status_code == 200
    elsewhere = {"REMOTE_ADDR": "203.0.113.7"}
    assert stranger.get("/metrics", environ_base=elsewhere).status_code == 401
    assert stranger.get("/metrics", environ_base=elsewhere, headers=bearer(token())).status_code == 200
    proxied = {"X-Forwarded-For": "203.0.113.7"}
    assert stranger.get("/metrics", headers=proxied).status_code == 401
