"""Verbs of the Makefile that do more than call one program."""

import os
import re
import subprocess
from pathlib import Path

MAKEFILE = Path(__file__).parents[2] / "Makefile"


def served_with(folder: Path, **given: str) -> str:
    """What `make serve` starts the service with, for a program in its place that prints its settings."""
    (recipe,) = re.findall(r"^serve:.*\n\t@(.*)$", MAKEFILE.read_text("utf-8"), re.MULTILINE)
    program = folder / "bin/vitrine"
    program.parent.mkdir(exist_ok=True)
    program.write_text('#!/bin/bash\necho "$VITRINE_PORT $VITRINE_HOST"\n')
    program.chmod(0o755)
    command = recipe.replace("$(BIN)", "bin").replace("$$", "$")
    env = {"PATH": os.environ["PATH"], **given}
    return subprocess.run(
        ["bash", "-c", command], cwd=folder, env=env, text=True, capture_output=True, check=True
    ).stdout


def test_serve_reads_the_file_env_and_what_is_set_already_wins(tmp_path: Path) -> None:
    assert served_with(tmp_path, VITRINE_PORT="7").strip() == "7"
    (tmp_path / ".env").write_text("# A comment.\nVITRINE_PORT=9000\n\nVITRINE_HOST=::1\n")
    assert served_with(tmp_path) == "9000 ::1\n"
    assert served_with(tmp_path, VITRINE_PORT="7") == "7 ::1\n"
