"""No page of another origin may read answers unless its origin was named (SECURITY_TESTS D11)."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

SHOP = "https://shop.example"


def test_d11_closed_by_default(client: FlaskClient) -> None:
    for method in ("GET", "OPTIONS"):
        answer = client.open("/operations", method=method, headers={"Origin": SHOP})
        assert not [name for name in answer.headers.keys() if name.startswith("Access-Control")]  # noqa: SIM118  # pairs


def test_d11_a_preflight_needs_a_token_while_closed(stranger: FlaskClient) -> None:
    headers = {"Origin": SHOP, "Access-Control-Request-Method": "POST"}
    assert stranger.options("/render", headers=headers).status_code == 401


def test_a_named_origin_may_call(make_app: Callable[..., Flask]) -> None:
    client = make_app(cors_origins=(SHOP,)).test_client()
    headers = {"Origin": SHOP, "Access-Control-Request-Method": "POST"}
    answer = client.options("/render", headers=headers)
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == SHOP
    assert client.post("/render", headers={"Origin": SHOP}).status_code == 401


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "https://shop.example.evil.example", "https://shopxexample", "null"]
)
def test_d11_other_origins_may_not(make_app: Callable[..., Flask], origin: str) -> None:
    client = make_app(cors_origins=(SHOP,)).test_client()
    assert "Access-Control-Allow-Origin" not in client.get("/healthz", headers={"Origin": origin}).headers
