"""`vitrine password`: how it asks, and what it says; what it does is tested with the gateway."""

import getpass
import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pyservice.storage import BlobStore

from .studio_data import dump_of, exported, loaded, user

Run = Callable[..., int]
Capture = pytest.CaptureFixture[str]
_WANTED = "a whole new pass phrase"


@pytest.fixture
def studio(store: BlobStore, tmp_path: Path) -> Path:
    """With an account."""
    name, row = user("anna", "anna@example.com")
    loaded(dump_of((name, row | {"state": "active", "password_hash": "old"})), tmp_path)
    return tmp_path


def says(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


def types(monkeypatch: pytest.MonkeyPatch, *words: str) -> None:
    left = list(words)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr(getpass, "getpass", lambda _prompt: left.pop(0))


def test_reads_one_line_where_nobody_types(
    studio: Path, run: Run, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    says(monkeypatch, f"{_WANTED}\nanother line\n")
    assert run("password", "anna@example.com") == 0
    assert "The password of anna@example.com is set." in capsys.readouterr().out
    after = exported(studio).decode()
    assert "$argon2id$" in after
    assert "account.password_reset" in after
    assert _WANTED not in after


def test_asks_twice_on_a_terminal(studio: Path, run: Run, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    before = exported(studio)
    types(monkeypatch, _WANTED, "a whole mew pass phrase")
    assert run("password", "anna@example.com") == 1
    assert "two different ones" in capsys.readouterr().err
    assert exported(studio) == before
    types(monkeypatch, _WANTED, _WANTED)
    assert run("password", "anna@example.com") == 0
    assert exported(studio) != before


@pytest.mark.parametrize(
    ("email", "password", "complaint"),
    [
        ("bob@example.com", _WANTED, "has an account, received bob@example.com"),
        ("anna@example.com", "password123", "not commonly used"),
        ("anna@example.com", "", "Expected a password"),
    ],
)
def test_says_why_it_was_not_set(
    studio: Path,
    run: Run,
    capsys: Capture,
    monkeypatch: pytest.MonkeyPatch,
    email: str,
    password: str,
    complaint: str,
) -> None:
    before = exported(studio)
    says(monkeypatch, password)
    assert run("password", email) == 1
    assert complaint in " ".join(capsys.readouterr().err.split())
    assert exported(studio) == before


def test_names_the_folder_where_nobody_has_an_account(
    store: BlobStore, tmp_path: Path, run: Run, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    says(monkeypatch, _WANTED)
    assert run("password", "anna@example.com") == 1
    assert f"folder {tmp_path / 'data'}, found none" in " ".join(capsys.readouterr().err.split())
    assert not (tmp_path / "data").exists()


def test_the_password_is_no_argument() -> None:
    command = [sys.executable, "-m", "pyservice.cli", "password", "anna@example.com", _WANTED]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 1
