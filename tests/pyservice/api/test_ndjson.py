"""Answers of many lines: beats while nothing comes, an end, and an ear for who hangs up."""

import json
import threading
import time
from typing import Any

from structlog.testing import capture_logs

from pyservice.api.ndjson import Lines, ndjson_answer

from ..patience import until


def told(chunks: list[bytes]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in b"".join(chunks).splitlines()]


def counted(count: int) -> Lines:
    for number in range(count):
        yield {"number": number}


def test_lines_come_in_order_and_the_end_is_last() -> None:
    answer = ndjson_answer(counted(100))
    assert answer.mimetype == "application/x-ndjson"
    assert told([answer.data]) == [*({"number": number} for number in range(100)), {"end": True}]


def test_beats_are_written_while_nothing_comes() -> None:
    gate = threading.Event()

    def lines() -> Lines:
        gate.wait(30)
        yield {"name": "late"}

    chunks = iter(ndjson_answer(lines(), beat_s=0.01).response)
    first = [next(chunks), next(chunks)]
    gate.set()
    *_, late, end = told([*first, *chunks])  # type: ignore[list-item]  # an answer may be text as well
    assert told(first) == [{"beat": True}] * 2  # type: ignore[arg-type]
    assert (late, end) == ({"name": "late"}, {"end": True})


def test_who_hangs_up_is_noticed_and_the_generator_is_closed() -> None:
    heard, closed = threading.Event(), threading.Event()

    def lines() -> Lines:
        try:
            yield from counted(1_000_000)
        finally:
            closed.set()

    answer = ndjson_answer(lines(), hung_up=heard.set)
    next(iter(answer.response))
    answer.close()
    assert heard.is_set()
    assert closed.wait(30)


def test_work_waits_for_a_slow_reader() -> None:
    taken = 0

    def lines() -> Lines:
        nonlocal taken
        for taken in range(10_000):
            yield {"number": taken}

    answer = ndjson_answer(lines())
    chunks = iter(answer.response)
    next(chunks)
    until(lambda: taken >= 64)
    time.sleep(0.3)
    assert taken < 200
    answer.close()


def test_an_error_on_the_way_cuts_the_answer_off_and_is_logged() -> None:
    def lines() -> Lines:
        yield {"name": "first"}
        raise ZeroDivisionError

    with capture_logs() as events:
        assert told([ndjson_answer(lines()).data]) == [{"name": "first"}]
    assert [event["event"] for event in events] == ["answer cut off"]


def test_an_end_is_no_hanging_up() -> None:
    heard = threading.Event()
    answer = ndjson_answer(counted(2), hung_up=heard.set)
    assert len(told([answer.data])) == 3
    answer.close()
    assert not heard.is_set()
