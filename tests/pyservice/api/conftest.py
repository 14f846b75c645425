"""A service in this process, with the real engine and a real photo."""

import io
import secrets
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jwt
import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from pydantic import SecretStr
from skimage import data as photos

from pyservice.api import create_app
from pyservice.config import Settings
from pyservice.jobs import Engine

SECRET = secrets.token_hex(32)


Token = Callable[..., str]


def _token(headers: dict[str, Any] | None = None, alg: str = "HS256", key: str = SECRET, **changes: Any) -> str:
    now = int(time.time())
    good = {
        "iss": "vitrine-gateway",
        "aud": "vitrine-pyservice",
        "sub": "gateway",
        "iat": now,
        "exp": now + 60,
    }
    claims = {name: value for name, value in {**good, **changes}.items() if value is not None}
    return jwt.encode(claims, key, alg, headers=headers)


@pytest.fixture(scope="session")
def token() -> Token:
    """Signs a token as the gateway does. Keywords change claims; None leaves one out."""
    return _token


@pytest.fixture(scope="session")
def photo() -> bytes:
    """A cup of coffee, 600×400, as a JPEG."""
    file = io.BytesIO()
    Image.fromarray(photos.coffee()).save(file, "JPEG", quality=90)
    return file.getvalue()


@pytest.fixture
def make_settings(tmp_path: Path) -> Callable[..., Settings]:
    def make(**changes: Any) -> Settings:
        given = {
            "data_dir": tmp_path / "data",
            "models_dir": tmp_path / "models",
            "service_secret": SecretStr(SECRET),
            "concurrency": 2,
        }
        return Settings.model_validate({**given, **changes})

    return make


@pytest.fixture
def make_app(make_settings: Callable[..., Settings]) -> Iterator[Callable[..., Flask]]:
    engines: list[Engine] = []

    def make(**changes: Any) -> Flask:
        settings = make_settings(**changes)
        engines.append(Engine(settings))
        return create_app(settings, engines[-1])

    yield make
    for engine in engines:
        engine.close()


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("service")


@pytest.fixture(scope="session")
def shared_engine(shared_folder: Path) -> Iterator[Engine]:
    """One engine for the tests that change nothing about it: its sandbox takes a moment to start."""
    engine = Engine(_settings_of(shared_folder))
    yield engine
    engine.close()


def _settings_of(folder: Path) -> Settings:
    return Settings(
        data_dir=folder / "data",
        models_dir=folder / "models",
        service_secret=SecretStr(SECRET),
        concurrency=2,
    )


@pytest.fixture(scope="session")
def client_with_weights(tmp_path_factory: pytest.TempPathFactory, models_dir: Path) -> Iterator[FlaskClient]:
    """A client of a service that has its networks; the slow tests share it."""
    settings = _settings_of(tmp_path_factory.mktemp("weighted")).model_copy(update={"models_dir": models_dir})
    engine = Engine(settings)
    yield _signed_in(create_app(settings, engine))
    engine.close()


def _signed_in(app: Flask) -> FlaskClient:
    client = app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {_token()}"
    return client


@pytest.fixture
def app(shared_engine: Engine, shared_folder: Path) -> Flask:
    return create_app(_settings_of(shared_folder), shared_engine)


@pytest.fixture
def stranger(app: Flask) -> FlaskClient:
    """A client without a token."""
    return app.test_client()


@pytest.fixture
def signed_in() -> Callable[[Flask], FlaskClient]:
    """A client of that app which holds a service token."""

    return _signed_in


@pytest.fixture
def client(app: Flask, signed_in: Callable[[Flask], FlaskClient]) -> FlaskClient:
    """A client with a service token."""
    return signed_in(app)


@pytest.fixture
def blob(client: FlaskClient, photo: bytes) -> str:
    """The photo, stored."""
    return str(client.post("/blobs", data=photo).get_json()["id"])


@pytest.fixture
def own_client(make_app: Callable[..., Flask], signed_in: Callable[[Flask], FlaskClient]) -> FlaskClient:
    """A client of a service of its own, whose store begins empty and whose pictures have at most 2 MB."""
    return signed_in(make_app(max_bytes=2_000_000, max_archive_bytes=20_000_000))
