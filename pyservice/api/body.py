"""Reading request bodies: JSON by a typed shape, files by a byte limit."""

from __future__ import annotations

import contextlib
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, TypeVar, cast

from flask import Response, request
from gunicorn.http.errors import ParseException
from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import from_json
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType

from pyservice.api.patience import PatientSocket
from pyservice.api.service import current_service
from pyservice.errors import ImageTooLarge, InvalidRequest
from pyservice.operations import explain

MAX_JSON_BYTES = 1_000_000
_MULTIPART_EXTRA_BYTES = 64_000  # boundaries, headers of parts and the file's name
_CHUNK_BYTES = 1 << 16
_IN_MEMORY_BYTES = 1 << 20
# A refusal is worth no more of our time than this.
_DISCARD_S = 2.0


class Body(BaseModel):
    """Base of request bodies: no unknown field, no value of another JSON type."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


Shape = TypeVar("Shape", bound=Body)


def read_json(shape: type[Shape]) -> Shape:
    """The request's JSON body. Raises InvalidRequest that names the field, TooBusy."""
    return parse_json(shape, json_bytes(MAX_JSON_BYTES))


def json_bytes(max_bytes: int) -> bytes:
    """The request's JSON body as it came: parsed, a large one takes many times its bytes. Raises TooBusy."""
    if not request.is_json:
        raise UnsupportedMediaType("Expected a body of type application/json")
    request.max_content_length = max_bytes
    with current_service().readers.taken():
        return request.get_data(cache=False)


def parse_json(shape: type[Shape], data: bytes) -> Shape:
    """What `json_bytes` gave. Raises InvalidRequest that names the field."""
    try:
        return shape.model_validate(from_json(data, allow_inf_nan=False))
    except ValidationError as error:
        raise InvalidRequest(explain(error, "body")) from None
    except ValueError as error:
        raise InvalidRequest(f"Expected JSON in the body, received something else: {error}") from None


def body_bytes(max_bytes: int) -> bytes:
    """The raw body. Raises ImageTooLarge, TooBusy."""
    with current_service().readers.taken():
        return b"".join(body_chunks(max_bytes))


@contextmanager
def uploaded_file(max_bytes: int) -> Iterator[BinaryIO]:
    """The uploaded bytes, spooled: a raw body, or the part `file` of a multipart one.

    Reading stops at the limit, whether a length was announced or not, and takes a place of its own, so that slow
    bodies leave threads to others. Raises ImageTooLarge, InvalidRequest, TooBusy.
    """
    with contextlib.ExitStack() as opened:
        with current_service().readers.taken():
            file = opened.enter_context(_received(max_bytes))
        yield file


def _received(max_bytes: int) -> contextlib.AbstractContextManager[BinaryIO]:
    return _multipart_file(max_bytes) if request.mimetype == "multipart/form-data" else _raw_file(max_bytes)


@contextmanager
def _raw_file(max_bytes: int) -> Iterator[BinaryIO]:
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY_BYTES) as spool:
        for chunk in body_chunks(max_bytes):
            spool.write(chunk)
        spool.seek(0)
        yield cast("BinaryIO", spool)


def body_chunks(max_bytes: int) -> Iterator[bytes]:
    """The raw body as it comes in. Raises ImageTooLarge at the limit, whether a length was announced or not."""
    if (request.content_length or 0) > max_bytes:
        raise _too_large(max_bytes)
    request.max_content_length = max_bytes + 1  # for bodies that announce no length
    received = 0
    while chunk := _read_chunk(max_bytes):
        received += len(chunk)
        if received > max_bytes:
            raise _too_large(max_bytes)
        yield chunk


def _read_chunk(max_bytes: int) -> bytes:
    try:
        return request.stream.read(_CHUNK_BYTES)
    except RequestEntityTooLarge:
        raise _too_large(max_bytes) from None


def discard_rest(max_bytes: int) -> None:
    """Throw away what is left of the body, up to a limit.

    A client that is still sending meets a closed door otherwise, and never hears the reason for it.
    """
    if (request.content_length or 0) > max_bytes:
        return
    source, left = request.environ["wsgi.input"], max_bytes
    sock = request.environ.get("gunicorn.socket")
    if isinstance(sock, PatientSocket):
        sock.hurry()
    ends_s = time.monotonic() + _DISCARD_S
    with contextlib.suppress(OSError, ParseException):  # it hung up, or sent chunks that are none
        while left > 0 and time.monotonic() < ends_s and (chunk := source.read(_CHUNK_BYTES)):
            left -= len(chunk)


def let_refusal_be_heard(response: Response, max_bytes: int) -> Response:
    """A refused upload is read on for a while. Not for strangers: they get their 401 and no more of our time."""
    if request.method == "POST" and response.status_code >= 400 and response.status_code != 401:
        discard_rest(max_bytes)
    return response


@contextmanager
def _multipart_file(max_bytes: int) -> Iterator[BinaryIO]:
    request.max_content_length = max_bytes + _MULTIPART_EXTRA_BYTES
    try:
        parts = [*request.files.items(multi=True)]
        fields = sorted(request.form)
    except RequestEntityTooLarge:
        raise _too_large(max_bytes) from None
    if [name for name, _ in parts] != ["file"] or fields:
        received = ", ".join([*(name for name, _ in parts), *fields]) or "none"
        raise InvalidRequest(f"Expected one part called file in the multipart body, received: {received}")
    file = parts[0][1]
    file.stream.seek(0, 2)
    if file.stream.tell() > max_bytes:
        raise _too_large(max_bytes)
    file.stream.seek(0)
    with file.stream as stream:
        yield cast("BinaryIO", stream)


def _too_large(max_bytes: int) -> ImageTooLarge:
    return ImageTooLarge(f"Expected a file of at most {max_bytes:,} bytes, received more")
