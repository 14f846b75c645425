"""Settings come from the environment, complete or not at all, and .env.example shows every one of them."""

import secrets
import string
from pathlib import Path

import pytest
from pydantic import ValidationError

from pyservice.config import Settings, cores, example_env, load_settings, unknown_variables, variable_of, weakness
from pyservice.errors import InvalidConfig

ROOT = Path(__file__).parents[2]


def test_an_empty_environment_gives_the_defaults() -> None:
    settings = load_settings({"HOME": "/home/someone"})
    assert settings.port == 8100
    assert settings.host == "127.0.0.1"
    assert settings.concurrency == cores()
    assert settings.cors_origins == ()
    assert settings.service_secret is None
    assert settings.models_dir == Path("/home/someone/.cache/vitrine/models")


def test_every_field_has_a_description_and_a_variable() -> None:
    strings = {
        "data_dir": "/srv/vitrine",
        "blob_url": "memory://blobs",
        "models_dir": "/srv/models",
        "service_secret": secrets.token_hex(32),
        "host": "::1",
        "port": "9000",
        "concurrency": "3",
        "queue": "0",
        "max_pixels": "5000",
        "max_bytes": "6000",
        "decode_timeout_s": "1.5",
        "cors_origins": "https://a.example, http://b.example:8080",
        "log_level": "WARNING",
        "log_format": "console",
        "inference_threads": "1",
        "model_precision": "f32",
        "workers": "4",
        "worker_memory_bytes": "900000000",
        "dask_scheduler_address": "tls://10.0.0.5:8786",
        "fetch_allow": "Images.lan:8080, [fd00::1]:443",
        "fetch_timeout_s": "2.5",
        "max_archive_bytes": "7000",
    }
    assert set(strings) == set(Settings.model_fields)
    assert all(info.description for info in Settings.model_fields.values())
    settings = load_settings({variable_of(name): value for name, value in strings.items()})
    assert settings.port == 9000
    assert settings.cors_origins == ("https://a.example", "http://b.example:8080")
    assert settings.log_level == "warning"
    assert settings.decode_timeout_s == 1.5
    assert settings.dask_scheduler_address == "tls://10.0.0.5:8786"
    assert settings.fetch_allow == ("images.lan:8080", "[fd00::1]:443")


def test_blobs_live_in_the_data_folder_unless_told() -> None:
    assert load_settings({"VITRINE_DATA_DIR": "/srv/v"}).blob_url == "file:///srv/v/blobs"


def test_the_cache_follows_xdg() -> None:
    assert load_settings({"XDG_CACHE_HOME": "/var/cache"}).models_dir == Path("/var/cache/vitrine/models")


def test_an_empty_variable_means_its_default() -> None:
    assert load_settings({"VITRINE_PORT": "", "VITRINE_QUEUE": " "}) == load_settings({})


def test_names_every_bad_variable_at_once() -> None:
    bad = {
        "VITRINE_PORT": "eighty",
        "VITRINE_QUEUE": "-1",
        "VITRINE_CONCURRENCY": "0",
        "VITRINE_LOG_FORMAT": "xml",
        "VITRINE_SERVICE_SECRET": "hunter2",
    }
    with pytest.raises(InvalidConfig) as caught:
        load_settings(bad)
    assert all(name in caught.value.message for name in bad)
    assert "eighty" in caught.value.message
    assert "hunter2" not in caught.value.message


def test_unknown_variables_come_with_what_may_be_meant() -> None:
    others = ["VITRINE_GATEWAY_PORT", "VITRINE_AUTH_SECRET", "MONGODB_URI"]
    given = {
        "VITRINE_GATEWAY_PROT": "VITRINE_GATEWAY_PORT",
        "VITRINE_DATADIR": "VITRINE_DATA_DIR",
        "vitrine_port": "VITRINE_PORT",
        "VITRINE_MONGODB_URI": "MONGODB_URI",
        "VITRINE_ZZZZ": None,
    }
    known = {"VITRINE_PORT": "1", "VITRINE_AUTH_SECRET": "", "MONGODB_URI": "", "HOME": "/", "PORT": "1"}
    assert unknown_variables({**dict.fromkeys(given, "1"), **known}, others) == given


@pytest.mark.parametrize("origin", ["*", "https://*.example", "shop.example", "https://shop.example/path", "null"])
def test_refuses_origins_that_are_not_exact(origin: str) -> None:
    with pytest.raises(InvalidConfig, match="VITRINE_CORS_ORIGINS"):
        load_settings({"VITRINE_CORS_ORIGINS": origin})


@pytest.mark.parametrize(
    "secret",
    [
        "short",
        "x" * 31,
        "a" * 64,
        "changeme" * 8,
        "change-me-" + secrets.token_hex(32),
        "vitrine-development-key-0123456789",
        string.ascii_lowercase + string.digits,
        "0123456789abcdef" * 4,
        "x7Gq9ZpK" * 8,
        "correct horse battery staple " * 2 + "correct",
    ],
)
def test_d4_refuses_weak_secrets(secret: str) -> None:
    with pytest.raises(InvalidConfig, match="VITRINE_SERVICE_SECRET"):
        load_settings({"VITRINE_SERVICE_SECRET": secret})


def test_accepts_random_secrets() -> None:
    for _ in range(1000):
        assert weakness(secrets.token_hex(16)) is None
        assert weakness(secrets.token_urlsafe(32)) is None


@pytest.mark.parametrize("address", ["10.0.0.5:8786", "http://10.0.0.5:8786", "tcp://10.0.0.5", "tcp://a b:1"])
def test_refuses_an_address_that_is_no_scheduler(address: str) -> None:
    with pytest.raises(InvalidConfig, match="DASK_SCHEDULER_ADDRESS"):
        load_settings({"DASK_SCHEDULER_ADDRESS": address})


@pytest.mark.parametrize("place", ["images.lan", "*.lan:80", "http://images.lan:80", "10.0.0.0/8", "a.lan:80/x"])
def test_refuses_places_that_are_not_exact(place: str) -> None:
    with pytest.raises(InvalidConfig, match=r"VITRINE_FETCH_ALLOW.*exact places"):
        load_settings({"VITRINE_FETCH_ALLOW": place})


def test_does_not_show_the_secret() -> None:
    secret = secrets.token_hex(32)
    assert secret not in repr(load_settings({"VITRINE_SERVICE_SECRET": secret}))


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        load_settings({}).port = 1  # type: ignore[misc]  # that it is read-only is the point


def test_env_example_is_the_settings() -> None:
    """Both ways: every setting with its description and default, and not a variable more."""
    text, _, _ = (ROOT / ".env.example").read_text().partition("# Gateway\n")
    assert example_env() in text
    variables = [line.partition("=")[0] for line in text.splitlines() if "=" in line and not line.startswith("#")]
    assert variables == [variable_of(name) for name in Settings.model_fields]


def test_env_example_as_it_stands_gives_the_defaults() -> None:
    pairs = [line.split("=", 1) for line in example_env().splitlines() if line and not line.startswith("#")]
    assert load_settings(dict(pairs)) == load_settings({})
