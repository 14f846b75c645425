"""What strangers named their files is shown, not obeyed."""

import io

from rich.console import Console

from pyservice.cli.consoles import shown


def printed(text: str) -> str:
    console = Console(file=io.StringIO(), width=200, force_terminal=False)
    console.print(shown(text))
    return console.file.getvalue().rstrip("\n")


def test_brackets_are_text() -> None:
    assert printed("[red]a[/red].jpg") == "[red]a[/red].jpg"


def test_control_characters_do_not_reach_the_terminal() -> None:
    assert printed("a\x1b[2J\u202egpj.exe\r") == "a\ufffd[2J\ufffdgpj.exe\ufffd"


def test_bytes_that_are_no_text_can_be_shown() -> None:
    assert printed(b"caf\xe9.jpg".decode("utf-8", "surrogateescape")) == "caf\ufffd.jpg"
