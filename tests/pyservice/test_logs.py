"""Log events are lines with fields on stderr."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Literal

import pytest
import structlog

from pyservice.config import Settings
from pyservice.logs import bind_request, configure, logger, unbind_request


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    unbind_request()
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


def test_writes_one_json_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    configure(Settings(log_format="json"))
    logger("test").info("rendered", blob="ab", elapsed_ms=12.5)
    logger("test").warning("line\nbreak")
    out, err = capsys.readouterr()
    first, second = (json.loads(line) for line in err.splitlines())
    assert out == ""
    assert (first["event"], first["blob"], first["elapsed_ms"], first["level"]) == (
        "rendered",
        "ab",
        12.5,
        "info",
    )
    assert second["event"] == "line\nbreak"


def test_carries_the_request_id_until_it_is_unbound(capsys: pytest.CaptureFixture[str]) -> None:
    configure(Settings(log_format="json"))
    bind_request("r-1")
    logger("test").info("one")
    unbind_request()
    logger("test").info("two")
    first, second = (json.loads(line) for line in capsys.readouterr().err.splitlines())
    assert first["request_id"] == "r-1"
    assert "request_id" not in second


def test_libraries_speak_the_same_format(capsys: pytest.CaptureFixture[str]) -> None:
    configure(Settings(log_format="json"))
    logging.getLogger("some.library").warning("lost %s", "it")
    assert json.loads(capsys.readouterr().err)["event"] == "lost it"


def test_c12_addresses_and_answers_of_strangers_are_not_written_down(capsys: pytest.CaptureFixture[str]) -> None:
    configure(Settings(log_format="json", log_level="debug"))
    logging.getLogger("urllib3.connectionpool").debug("GET /a.jpg?signature=abc")
    logging.getLogger("urllib3.connection").warning("Failed to parse headers: banner")
    assert capsys.readouterr().err == ""


def test_leaves_out_what_is_less_than_the_level(capsys: pytest.CaptureFixture[str]) -> None:
    configure(Settings(log_format="json", log_level="warning"))
    logger("test").info("chatter")
    logging.getLogger("some.library").info("chatter")
    assert capsys.readouterr().err == ""


def test_console_format_is_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    configure(Settings(log_format="console"))
    logger("test").info("rendered", blob="ab")
    line = capsys.readouterr().err
    assert "rendered" in line
    assert "blob=ab" in line


@pytest.mark.parametrize(("terminal", "form"), [(True, "console"), (False, "json")])
def test_auto_is_text_on_a_terminal_and_json_elsewhere(
    monkeypatch: pytest.MonkeyPatch, terminal: bool, form: str
) -> None:
    to = io.StringIO()
    monkeypatch.setattr(to, "isatty", lambda: terminal)
    monkeypatch.setattr("sys.stderr", to)
    configure(Settings())
    logger("test").info("rendered", blob="ab")
    assert to.getvalue().startswith("{") == (form == "json")


def break_with(password: str) -> float:
    return len(password) / 0


@pytest.mark.parametrize("log_format", ["json", "console"])
def test_a_trace_shows_the_error_and_no_local_variable(
    capsys: pytest.CaptureFixture[str], log_format: Literal["json", "console"]
) -> None:
    configure(Settings(log_format=log_format))
    try:
        break_with("hunter" + "2")
    except ZeroDivisionError as error:
        logger("test").error("broke", exc_info=error)
    trace = capsys.readouterr().err
    assert "ZeroDivisionError: division by zero" in trace
    assert "hunter2" not in trace
