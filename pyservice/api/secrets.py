"""The key that signs service tokens: given in the settings, or kept in data/service.secret."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from pydantic import SecretStr

from pyservice.config import Settings, weakness
from pyservice.errors import InvalidConfig

FILE_NAME = "service.secret"
_NEW_BYTES = 48


def with_service_secret(settings: Settings) -> Settings:
    """Settings that surely hold a strong key: the one given, else the stored one, else a new one (mode 0600).

    Raises InvalidConfig for a stored key that is weak or that other users of the machine can read.
    """
    if settings.service_secret is not None:
        return settings
    path = settings.data_dir / FILE_NAME
    _create_once(path)
    secret = _read_private(path)
    return settings.model_copy(update={"service_secret": SecretStr(secret)})


def strong_secret(settings: Settings) -> str:
    """The signing key. Raises InvalidConfig where it is missing or weak."""
    if settings.service_secret is None:
        raise InvalidConfig("VITRINE_SERVICE_SECRET: Expected a key for service tokens, received none")
    secret = settings.service_secret.get_secret_value()
    complaint = weakness(secret)
    if complaint:
        raise InvalidConfig(f"VITRINE_SERVICE_SECRET: {complaint}")
    return secret


def _create_once(path: Path) -> None:
    """Make the file where there is none. It appears whole: two starts at once agree on one key."""
    if path.exists():
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_name(f"{FILE_NAME}.{secrets.token_hex(8)}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(_NEW_BYTES) + "\n")
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(fresh, path)
    finally:
        fresh.unlink()


def _read_private(path: Path) -> str:
    if path.stat().st_mode & 0o077:
        raise InvalidConfig(f"Expected {path} to be readable by its owner only: run chmod 600 on it")
    secret = path.read_text().strip()
    complaint = weakness(secret)
    if complaint:
        raise InvalidConfig(f"{path}: {complaint}")
    return secret
