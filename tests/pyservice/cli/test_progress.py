"""Progress where nobody watches: a line now and then, and always the last."""

import io

from rich.console import Console

from pyservice.cli.progress import counting


def test_the_last_line_tells_all() -> None:
    console = Console(file=io.StringIO(), width=200, force_terminal=False)
    with counting(console, 3) as tick:
        for failed in (False, True, False):
            tick(failed=failed)
    (line,) = console.file.getvalue().splitlines()
    assert line.startswith("3/3 pictures, ")
    assert line.endswith(" 0 s left, 1 failed")


def test_a_terminal_gets_a_bar_with_the_failures() -> None:
    console = Console(file=io.StringIO(), width=120, force_terminal=True, color_system=None)
    with counting(console, 2) as tick:
        tick(failed=True)
        tick(failed=False)
    assert "2/2" in console.file.getvalue()
    assert "1 failed" in console.file.getvalue()
