"""What `vitrine password` does: the gateway's own program sets it, by the gateway's rules."""

from __future__ import annotations

import getpass
import sys

from pyservice.cli.consoles import out, shown
from pyservice.cli.data_folder import shown_folder
from pyservice.cli.exits import DONE
from pyservice.cli.gateway import run_tool
from pyservice.cli.metadata import NOTHING_THERE
from pyservice.config import load_settings
from pyservice.errors import InvalidRequest, NotFound


def set_password(email: str) -> int:
    """Ask for it, and set it. Raises what keeps it from being set."""
    settings = load_settings()
    told = run_tool("password", email, given=_asked())
    if told.returncode == NOTHING_THERE:
        raise NotFound(f"Expected accounts in the folder {shown_folder(settings)}, found none")
    if told.returncode != 0:
        raise InvalidRequest(told.stderr.strip())
    out().print(
        f"The password of {shown(email)} is set. Whoever was signed in has to sign in again; API keys stay.",
        highlight=False,
        soft_wrap=True,
    )
    return DONE


def _asked() -> str:
    """Never an argument: those can be seen by others on the machine."""
    if not sys.stdin.isatty():
        return sys.stdin.readline()
    password = getpass.getpass("New password: ")
    if getpass.getpass("Again: ") != password:
        raise InvalidRequest("Expected the same password twice, received two different ones")
    return password
