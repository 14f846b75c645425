"""Settings of the service, all checked at once. Only here the environment is read: VITRINE_<FIELD>, see variable_of."""

from __future__ import annotations

import math
import os
import re
from collections import Counter
from collections.abc import Collection, Mapping
from difflib import get_close_matches
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
)
from pydantic_core import PydanticUndefined

from pyservice.errors import InvalidConfig

PREFIX = "VITRINE_"
# As every tool around Dask calls it.
_NAMED_BY_OTHERS = {"dask_scheduler_address": "DASK_SCHEDULER_ADDRESS"}
SCHEDULER_ADDRESS = r"(tcp|tls)://[^\s/]+:\d{1,5}"
MIN_SECRET_BYTES = 32
MIN_SECRET_BITS = 80  # of 100,000 random keys of 32 hexadecimal digits, the least measured 90
_PLACEHOLDERS = (
    "change",
    "secret",
    "password",
    "default",
    "example",
    "vitrine",
    "placeholder",
    "your-",
)


def _split(value: object) -> object:
    return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


def _lowered(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


def cores() -> int:
    """Processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def cache_dir(environ: Mapping[str, str]) -> Path:
    """The user's cache folder for Vitrine (XDG Base Directory Specification)."""
    base = environ.get("XDG_CACHE_HOME") or str(Path(environ.get("HOME") or Path.home()) / ".cache")
    return Path(base) / "vitrine"


def aws_region(environ: Mapping[str, str] = os.environ) -> str | None:
    """Where buckets are. Amazon's own library reads only the second of these names, its other tools the first."""
    return environ.get("AWS_REGION") or environ.get("AWS_DEFAULT_REGION") or None


def weakness(secret: str) -> str | None:
    """What is wrong with a signing key, or None. Catches the short, the well-known and the regular."""
    if len(secret.encode()) < MIN_SECRET_BYTES:
        return f"Expected at least {MIN_SECRET_BYTES} bytes, received {len(secret.encode())}"
    if any(word in secret.lower() for word in _PLACEHOLDERS):
        return "Expected random bytes, received something that reads like a placeholder"
    steps = "".join(chr((ord(b) - ord(a)) % 0xD800) for a, b in pairwise(secret))
    # The same again after at most half of it, whole or cut off at the end.
    repeats = any(secret.startswith(secret[length:]) for length in range(1, len(secret) // 2 + 1))
    if repeats or min(_entropy_bits(secret), _entropy_bits(steps)) < MIN_SECRET_BITS:
        return "Expected random bytes, received something too regular"
    return None


def _entropy_bits(text: str) -> float:
    """Shannon's measure: how surprising the characters are, taken one by one."""
    counts = Counter(text).values()
    return -sum(count * math.log2(count / len(text)) for count in counts)


class Settings(BaseModel):
    """Everything that can be set from outside, each with its meaning, bounds and default."""

    model_config = ConfigDict(frozen=True, extra="forbid", protected_namespaces=())

    data_dir: Path = Field(Path("data"), description="Folder for everything Vitrine writes.")
    blob_url: str = Field(
        default_factory=lambda data: f"file://{Path(data['data_dir']).absolute()}/blobs",
        description="Where blobs live: file:///folder, or s3://bucket/folder with keys and address in the usual "
        "AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION and AWS_ENDPOINT_URL. "
        "Empty: the folder blobs in VITRINE_DATA_DIR.",
    )
    models_dir: Path = Field(
        default_factory=lambda: cache_dir(os.environ) / "models",
        description="Folder of model weights, shared by checkouts. Empty: in the user's cache folder.",
    )
    service_secret: SecretStr | None = Field(
        None,
        description="Key that signs service tokens, at least 32 random bytes. "
        "Empty: service.secret in VITRINE_DATA_DIR, made at the first start.",
    )
    host: str = Field("127.0.0.1", min_length=1, description="Address the service listens on.")
    port: int = Field(8100, ge=1, le=65535, description="TCP port the service listens on.")
    concurrency: int = Field(
        default_factory=cores, ge=1, le=256, description="Pictures worked on at once. Empty: one per core."
    )
    queue: int = Field(
        8,
        ge=0,
        le=1000,
        description="Requests that may wait for a place before others are told to come back.",
    )
    max_pixels: int = Field(
        100_000_000, ge=1, le=1_000_000_000, description="Most pixels a picture may have, frames counted in."
    )
    max_bytes: int = Field(50_000_000, ge=1, le=2_000_000_000, description="Most bytes a picture's file may have.")
    decode_timeout_s: float = Field(20.0, gt=0, le=600, description="Seconds one picture may take to decode.")
    cors_origins: Annotated[tuple[str, ...], BeforeValidator(_split)] = Field(
        (), description="Origins whose pages may call the service, comma-separated. Empty: none."
    )
    log_level: Annotated[Literal["debug", "info", "warning", "error"], BeforeValidator(_lowered)] = Field(
        "info", description="Least important log event to write: debug, info, warning or error."
    )
    log_format: Annotated[Literal["auto", "json", "console"], BeforeValidator(_lowered)] = Field(
        "auto",
        description="One JSON object a line (json), or text for people (console). auto: text on a terminal, else JSON.",
    )
    inference_threads: int = Field(
        default_factory=cores, ge=1, le=256, description="Threads one model run may use. Empty: one per core."
    )
    model_precision: Annotated[Literal["auto", "f32"], BeforeValidator(_lowered)] = Field(
        "auto", description="Arithmetic of the models: auto (fastest that was measured as good) or f32."
    )

    workers: int = Field(
        default_factory=cores,
        ge=1,
        le=256,
        description="Processes that work on batches on this machine, one picture each. Empty: one per core.",
    )
    worker_memory_bytes: int = Field(
        2_500_000_000,
        ge=500_000_000,
        description="Memory one of them may take; one that takes more is ended and started again.",
    )
    dask_scheduler_address: str = Field(
        "",
        pattern=rf"^({SCHEDULER_ADDRESS})?$",
        description="Dask scheduler whose workers do the batches, tcp://host:8786. Empty: processes on this machine.",
    )
    fetch_allow: Annotated[tuple[str, ...], BeforeValidator(_split)] = Field(
        (),
        description="Places of your own network that addresses in imports, scraping and webhooks may name although "
        "they are not public: exact host:port pairs, comma-separated. Empty: none.",
    )
    fetch_timeout_s: float = Field(5.0, gt=0, le=600, description="Seconds one download from outside may take.")
    max_archive_bytes: int = Field(
        8_000_000_000, ge=1, le=1_000_000_000_000, description="Most bytes an uploaded zip may have."
    )

    @field_validator("service_secret")
    @classmethod
    def _secret_is_strong(cls, secret: SecretStr | None) -> SecretStr | None:
        complaint = None if secret is None else weakness(secret.get_secret_value())
        if complaint:
            raise ValueError(complaint)
        return secret

    @field_validator("fetch_allow")
    @classmethod
    def _places_are_exact(cls, places: tuple[str, ...]) -> tuple[str, ...]:
        for place in places:
            if not re.fullmatch(r"([A-Za-z0-9.-]+|\[[0-9a-fA-F:.]+\]):\d{1,5}", place):
                raise ValueError(f"Expected exact places like images.lan:8080, received {place!r}")
        return tuple(place.lower() for place in places)

    @field_validator("cors_origins")
    @classmethod
    def _origins_are_exact(cls, origins: tuple[str, ...]) -> tuple[str, ...]:
        for origin in origins:
            if not re.fullmatch(r"https?://[A-Za-z0-9.-]+(:\d{1,5})?|https?://\[[0-9a-fA-F:]+\](:\d{1,5})?", origin):
                raise ValueError(f"Expected exact origins like https://shop.example, received {origin!r}")
        return origins


def load_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Settings from the environment; an empty variable means its default.

    Raises InvalidConfig that names every bad variable at once.
    """
    given: dict[str, Any] = {
        name: environ[variable_of(name)] for name in Settings.model_fields if environ.get(variable_of(name), "").strip()
    }
    given.setdefault("models_dir", cache_dir(environ) / "models")
    try:
        return Settings.model_validate(given)
    except ValidationError as error:
        raise InvalidConfig(_complaints(error)) from None


def variable_of(name: str) -> str:
    """The environment variable that a setting is read from."""
    return _NAMED_BY_OTHERS.get(name, PREFIX + name.upper())


def unknown_variables(environ: Mapping[str, str], others: Collection[str]) -> dict[str, str | None]:
    """Variables named like ours that nobody reads, each with the one that may be meant. others: what others read."""
    known = {name.removeprefix(PREFIX): name for name in (*_variables(), *others)}
    strange = {name: name.upper().removeprefix(PREFIX) for name in sorted(environ) if name.upper().startswith(PREFIX)}
    return {
        name: next((known[close] for close in get_close_matches(short, sorted(known), 1)), None)
        for name, short in strange.items()
        if name not in known.values()
    }


def _variables() -> list[str]:
    return [variable_of(name) for name in Settings.model_fields]


def _complaints(error: ValidationError) -> str:
    """Every bad variable by name. Values are left out where they are secret."""
    lines = []
    for found in error.errors(include_url=False):
        if found["type"] == "default_factory_not_called":
            continue
        field = str(found["loc"][0])
        message = found["msg"].removeprefix("Value error, ")
        received = "" if field == "service_secret" else f", received {found['input']!r}"
        lines.append(f"{variable_of(field)}: {message}{received}")
    return "Bad settings:\n" + "\n".join(f"  {line}" for line in lines)


def example_env() -> str:
    """The text of .env.example: every variable with its description and default."""
    blocks = [
        f"# {info.description}\n{variable_of(name)}={_as_text(info.default)}"
        for name, info in Settings.model_fields.items()
    ]
    return "\n\n".join(blocks) + "\n"


def _as_text(default: object) -> str:
    if default is None or default == () or default is PydanticUndefined:
        return ""
    return format(default, "g") if isinstance(default, float) else str(default)
