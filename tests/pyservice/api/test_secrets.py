"""The service starts with a strong key or not at all (SECURITY_TESTS D4)."""

import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from pyservice.api import create_app
from pyservice.api.secrets import strong_secret, with_service_secret
from pyservice.config import Settings
from pyservice.errors import InvalidConfig
from pyservice.jobs import Engine


@pytest.fixture
def keyless(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data")


def test_d4_no_app_without_a_secret(shared_engine: Engine, keyless: Settings) -> None:
    with pytest.raises(InvalidConfig, match="VITRINE_SERVICE_SECRET"):
        create_app(keyless, shared_engine)


@pytest.mark.parametrize("weak", ["", "short", "a" * 64, "changeme" * 8])
def test_d4_no_app_with_a_weak_secret(shared_engine: Engine, keyless: Settings, weak: str) -> None:
    settings = keyless.model_copy(update={"service_secret": SecretStr(weak)})
    with pytest.raises(InvalidConfig, match="VITRINE_SERVICE_SECRET"):
        create_app(settings, shared_engine)


def test_makes_a_private_key_once(keyless: Settings) -> None:
    first = strong_secret(with_service_secret(keyless))
    path = keyless.data_dir / "service.secret"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_text().strip() == first
    assert strong_secret(with_service_secret(keyless)) == first
    assert [file.name for file in keyless.data_dir.iterdir()] == ["service.secret"]


def test_starts_at_the_same_time_agree_on_one_key(keyless: Settings) -> None:
    with ThreadPoolExecutor(16) as pool:
        keys = list(pool.map(lambda _: strong_secret(with_service_secret(keyless)), range(16)))
    assert len(set(keys)) == 1


def test_a_given_key_needs_no_file(make_settings: Callable[..., Any]) -> None:
    settings = make_settings()
    assert with_service_secret(settings) is settings
    assert not settings.data_dir.exists()


def test_refuses_a_key_file_that_others_can_read(keyless: Settings) -> None:
    with_service_secret(keyless)
    (keyless.data_dir / "service.secret").chmod(0o644)
    with pytest.raises(InvalidConfig, match="chmod 600"):
        with_service_secret(keyless)


def test_refuses_a_weak_key_file(keyless: Settings) -> None:
    with_service_secret(keyless)
    (keyless.data_dir / "service.secret").write_text("hunter2\n")
    with pytest.raises(InvalidConfig, match="at least 32 bytes"):
        with_service_secret(keyless)
