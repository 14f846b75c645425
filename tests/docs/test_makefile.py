"""Verbs of the Makefile that do more than call one program."""

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MAKEFILE = ROOT / "Makefile"


def made(folder: Path, *words: str, **given: str) -> str:
    """What `make` does there, where another program stands for ours: it prints two settings and its arguments."""
    program = folder / "bin/vitrine"
    program.parent.mkdir(exist_ok=True)
    program.write_text('#!/bin/bash\necho "$VITRINE_PORT $VITRINE_HOST $*"\n')
    program.chmod(0o755)
    settled = ["--old-file=models", "--old-file=setup", "--old-file=frontend/dist/index.html", "BIN=bin"]
    command = ["make", "--silent", "--file", str(MAKEFILE), *settled, *words]
    env = {"PATH": os.environ["PATH"], **given}
    done = subprocess.run(command, cwd=folder, env=env, text=True, capture_output=True, check=False)
    return done.stdout if done.returncode == 0 else f"refused: {done.stderr}"


@pytest.mark.parametrize(
    ("words", "command"),
    [
        (["up"], "up --fetch"),
        (["serve"], "serve"),
        (["verify"], "verify"),
        (["verify", "CLEAN=yes"], "verify --clean"),
        (["backup", "FILE=my backup.tar"], "backup my backup.tar"),
        (["backup", "FILE=b.tar", "ALLOW_DAMAGED=yes"], "backup b.tar --allow-damaged"),
        (["restore", "FILE=my backup.tar"], "restore my backup.tar"),
        (["password", "EMAIL=a@example.com"], "password a@example.com"),
        (["restore", "FILE=b.tar", "FORCE=yes"], "restore b.tar --force"),
    ],
)
def test_verbs_read_the_file_env_and_what_is_set_already_wins(tmp_path: Path, words: list[str], command: str) -> None:
    assert made(tmp_path, *words, VITRINE_PORT="7").split() == f"7 {command}".split()
    (tmp_path / ".env").write_text("# A comment.\nVITRINE_PORT=9000\n\nVITRINE_HOST=::1\n")
    assert made(tmp_path, *words) == f"9000 ::1 {command}\n"
    assert made(tmp_path, *words, VITRINE_PORT="7") == f"7 ::1 {command}\n"


def test_a_backup_without_a_name_goes_into_a_private_folder(tmp_path: Path) -> None:
    assert re.search(r"backup backups/vitrine-\d{4}-\d\d-\d\d-\d{6}\.tar", made(tmp_path, "backup"))
    assert (tmp_path / "backups").stat().st_mode & 0o077 == 0


def test_restore_needs_a_name(tmp_path: Path) -> None:
    assert "FILE=" in made(tmp_path, "restore")
    assert made(tmp_path, "restore").startswith("refused")


def test_password_needs_an_account(tmp_path: Path) -> None:
    assert made(tmp_path, "password").startswith("refused: make password needs EMAIL=")


@pytest.mark.parametrize(
    ("goal", "program"), [("bench-gallery", "node bench/gallery.ts"), ("bench-frame", "-m bench.frame")]
)
def test_benchmarks_are_started_in_their_language(goal: str, program: str) -> None:
    command = ["make", "--dry-run", "--no-print-directory", "--file", str(MAKEFILE), goal]
    shown = subprocess.run(command, cwd=ROOT, text=True, capture_output=True, check=True).stdout
    assert program in shown.splitlines()[-1]
