"""POST /archives takes in a zip of pictures, one after the other, with the spreadsheet that may lie among them."""

from __future__ import annotations

import base64
import threading
from contextlib import ExitStack

from flask import Blueprint, Response, g, request

from pyservice.api.blobs import ingested_facts
from pyservice.api.body import body_chunks, let_refusal_be_heard
from pyservice.api.ndjson import Line, Lines, ndjson_answer
from pyservice.api.service import Service, current_service
from pyservice.errors import InvalidTable, VitrineError, told
from pyservice.jobs.archive import Archive, Member
from pyservice.jobs.side_by_side import side_by_side
from pyservice.jobs.spool import spooled
from pyservice.logs import logger

archives = Blueprint("archives", __name__)

# Each may take up max_archive_bytes of the disk.
MOST_ARCHIVES = 2
SPOOL = "tmp"

log = logger(__name__)


@archives.post("/archives")
def add_archive() -> Response:
    """A line per picture as it is taken in, or not; one with the spreadsheet. 422 for a zip that is none to take."""
    service = current_service()
    settings = service.settings
    with ExitStack() as held:
        held.enter_context(service.archives.taken())
        chunks = body_chunks(settings.max_archive_bytes)
        file = held.enter_context(spooled(chunks, settings.data_dir / SPOOL, request.content_length or 0))
        archive = held.enter_context(Archive(file, settings.max_bytes))
        taking = _Taking(service, archive, g.request_id)
        return ndjson_answer(taking.lines(held.pop_all()), hung_up=taking.stop.set)


@archives.after_request
def _let_refusals_be_heard(response: Response) -> Response:
    return let_refusal_be_heard(response, 2 * current_service().settings.max_archive_bytes)


class _Taking:
    """Takes the members of one archive in. stop: set it, and nothing more is begun."""

    def __init__(self, service: Service, archive: Archive, request_id: str) -> None:
        self.stop = threading.Event()
        self._service = service
        self._archive = archive
        self._request_id = request_id

    def lines(self, held: ExitStack) -> Lines:
        """What became of each member. held: what is let go of at the end."""
        with held:
            for number, member in enumerate(self._archive.tables):
                yield self._table(member, is_first=number == 0)
            workers = self._service.settings.concurrency
            for _, line in side_by_side(self._archive.pictures, self._picture, workers, self.stop):
                yield line

    def _table(self, member: Member, *, is_first: bool) -> Line:
        try:
            if not is_first:
                raise InvalidTable("Expected one table in the zip, received more")
            data = self._archive.table()
        except InvalidTable as error:
            return _failed(member, error)
        return {"name": member.name, "status": "table", "table": base64.b64encode(data).decode()}

    def _picture(self, member: Member) -> Line:
        service = self._service
        try:
            with service.places.taken_when_idle(self.stop):
                proven = service.engine.prove(member.read(service.settings.max_bytes))
            ingested = service.engine.keep(proven)
        except VitrineError as error:
            return _failed(member, error)
        except Exception as error:
            log.error("member failed", exc_info=error, name=member.name, request_id=self._request_id)
            return _failed(member, error)
        return {"name": member.name, "status": "taken", "blob": ingested_facts(ingested)}


def _failed(member: Member, error: Exception) -> Line:
    return {"name": member.name, "status": "failed", "problem": told(error, "the member's name")}
