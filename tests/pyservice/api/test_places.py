"""Bounded work: the N+1st is refused politely, and health stays green (SECURITY_TESTS A12)."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pyservice.api import create_app
from pyservice.api.places import Places
from pyservice.config import Settings
from pyservice.errors import TooBusy
from pyservice.jobs import Engine
from pyservice.jobs.ingesting import Proven

from ..patience import until


class SlowEngine(Engine):
    """The real engine, which holds each upload until the test opens the gate."""

    gate: threading.Event

    def prove(self, data: bytes) -> Proven:
        assert self.gate.wait(60)
        return super().prove(data)


@contextmanager
def slow_app(settings: Settings) -> Iterator[tuple[Flask, threading.Event]]:
    engine = SlowEngine(settings)
    engine.gate = threading.Event()
    try:
        yield create_app(settings, engine), engine.gate
    finally:
        engine.gate.set()
        engine.close()


def test_a12_the_surplus_is_told_to_come_back(
    make_settings: Callable[..., Settings], signed_in: Callable[[Flask], FlaskClient], photo: bytes
) -> None:
    settings = make_settings(concurrency=2, queue=3)
    with slow_app(settings) as (app, gate), ThreadPoolExecutor(5) as pool:
        uploads = [pool.submit(signed_in(app).post, "/blobs", data=photo) for _ in range(5)]
        places = app.extensions["vitrine"].places
        until(lambda: (places.busy, places.waiting) == (2, 3))
        client = signed_in(app)
        refused = [
            client.post("/blobs", data=photo),
            client.post("/inspect", json={"blob": "f" * 64}),
            client.post("/render", json={"blob": "f" * 64, "recipe": {}}),
        ]
        for answer in refused:
            assert answer.status_code == 429
            assert answer.get_json(force=True)["code"] == "too_busy"
            assert 1 <= int(answer.headers["Retry-After"]) <= 60
        assert client.get("/healthz").status_code == 200
        assert client.get("/readyz").status_code in (200, 503)
        assert client.get("/operations").status_code == 200
        assert "vitrine_places_waiting 3.0" in client.get("/metrics").get_data(as_text=True)
        gate.set()
        answers = [upload.result(60).status_code for upload in uploads]
        # Of uploads that arrive together, more than one may be told that it was the first.
        assert set(answers) <= {200, 201}
        assert 201 in answers
        assert client.post("/blobs", data=photo).status_code == 200


def test_no_more_than_concurrency_are_at_work() -> None:
    places, lock, at_work, most = Places(3, 100), threading.Lock(), 0, 0

    def work() -> None:
        nonlocal at_work, most
        with places.taken():
            with lock:
                at_work += 1
                most = max(most, at_work)
            time.sleep(0.005)
            with lock:
                at_work -= 1

    with ThreadPoolExecutor(20) as pool:
        for job in [pool.submit(work) for _ in range(60)]:
            job.result()
    assert most == 3
    assert (places.busy, places.waiting) == (0, 0)


def test_a_failed_job_gives_its_place_back() -> None:
    places = Places(1, 0)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), places.taken():
            _ = 1 / 0
    with places.taken(), pytest.raises(TooBusy), places.taken():
        pass


def test_work_in_no_hurry_waits_until_nobody_else_does() -> None:
    places, never = Places(1, 5), threading.Event()
    order: list[str] = []

    def patient() -> None:
        with places.taken_when_idle(never):
            order.append("patient")

    def hurried() -> None:
        with places.taken():
            order.append("hurried")

    with ThreadPoolExecutor(4) as pool:
        with places.taken():
            jobs = [pool.submit(patient), *(pool.submit(hurried) for _ in range(3))]
            until(lambda: places.waiting == 3)
        for job in jobs:
            job.result(30)
    assert order == [*["hurried"] * 3, "patient"]
    assert (places.busy, places.waiting) == (0, 0)


def test_work_in_no_hurry_can_be_called_off() -> None:
    places, stop = Places(1, 0), threading.Event()
    stop.set()
    with places.taken(), pytest.raises(TooBusy), places.taken_when_idle(stop):
        pytest.fail("there was no place")
    assert (places.busy, places.waiting) == (0, 0)
