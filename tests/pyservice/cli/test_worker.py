"""`vitrine worker`: what it says before it works. How it works is in tests/pyservice/jobs/test_remote_chunks.py."""

from collections.abc import Callable

import pytest

Run = Callable[..., int]
Capture = pytest.CaptureFixture[str]


def test_help_says_what_it_joins_and_how_that_is_started(run: Run, capsys: Capture) -> None:
    with pytest.raises(SystemExit) as caught:
        run("worker", "--help")
    assert caught.value.code == 0
    told = capsys.readouterr().out
    assert "tcp://host:8786" in told
    assert "dask scheduler --no-dashboard" in told


@pytest.mark.parametrize("address", ["10.0.0.5:8786", "http://10.0.0.5:8786", "tcp://10.0.0.5", "tcp://a/b:1", ""])
def test_an_address_of_no_scheduler_is_told(run: Run, capsys: Capture, address: str) -> None:
    with pytest.raises(SystemExit) as caught:
        run("worker", address)
    assert caught.value.code == 1
    told = capsys.readouterr().err
    assert f"expected an address like tcp://host:8786, received {address}" in told


def test_a_bad_setting_is_told_before_it_joins(run: Run, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VITRINE_WORKERS", "0")
    # Nobody listens there: who went on would never come back.
    assert run("worker", "tcp://127.0.0.1:9") == 1
    assert "VITRINE_WORKERS" in capsys.readouterr().err
