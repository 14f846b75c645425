"""Every error the service answers with: a code for programs, a status for HTTP, a sentence for people.

A subclass is all it takes to add one: the reference page and the HTTP handler read this module.
"""

from __future__ import annotations

from typing import ClassVar, TypedDict

INTERNAL_ERROR = "internal_error"


class VitrineError(Exception):
    """Base of every expected failure. The message says what was expected, where, and what came."""

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 500

    def __init__(self, message: str, **details: object) -> None:
        super().__init__(message)
        self.message = message
        self.details = details


class Told(TypedDict):
    """What callers hear of an error, wherever it is told."""

    code: str
    status: int
    detail: str


def told(error: Exception, log_has: str) -> Told:
    """What an unexpected error says is for the log, not for callers. log_has: by what it is found there."""
    if isinstance(error, VitrineError):
        return {"code": error.code, "status": error.status, "detail": error.message}
    detail = f"The service met an error it did not expect; its log has {log_has}"
    return {"code": INTERNAL_ERROR, "status": 500, "detail": detail}


def sentence(error: VitrineError | OSError) -> str:
    """What went wrong, for people."""
    return error.message if isinstance(error, VitrineError) else f"The file system said: {error}"


class InvalidRequest(VitrineError):
    """The request's shape is wrong: a missing or unknown field, or a value of the wrong type."""

    code = "invalid_request"
    status = 400


class InvalidRecipe(VitrineError):
    """A recipe names an unknown operation or gives a parameter outside its bounds."""

    code = "invalid_recipe"
    status = 400


class InvalidTable(VitrineError):
    """A spreadsheet cannot be read at all, or a row of it has a bad value."""

    code = "invalid_table"
    status = 400


class BlockedAddress(VitrineError):
    """An address outside is not one that Vitrine may ask: it is no public one, and nobody allowed it."""

    code = "blocked_address"
    status = 400


class Unauthorized(VitrineError):
    """The call carries no valid service token."""

    code = "unauthorized"
    status = 401


class NotFound(VitrineError):
    """The blob, preset, channel or page that was named does not exist."""

    code = "not_found"
    status = 404


class PreconditionFailed(VitrineError):
    """The blob was stored or asked for after the time in If-Unmodified-Since; nothing was done."""

    code = "precondition_failed"
    status = 412


class ImageTooLarge(VitrineError):
    """The picture has more bytes, pixels or frames than the limits allow; nothing was decoded."""

    code = "image_too_large"
    status = 413


class UnsupportedFormat(VitrineError):
    """The bytes are not a picture of a format that Vitrine reads, whatever the file is called."""

    code = "unsupported_format"
    status = 415


class BrokenImage(VitrineError):
    """The bytes look like a picture but cannot be decoded."""

    code = "broken_image"
    status = 422


class BrokenArchive(VitrineError):
    """The zip cannot be read, or holds what no zip of pictures should; nothing of it was taken."""

    code = "broken_archive"
    status = 422


# Raised with passing=True where the same address may answer another time.
class FetchFailed(VitrineError):
    """An address outside did not answer as it should: not in time, with an error, or with too much."""

    code = "fetch_failed"
    status = 422


class DecodeLimit(VitrineError):
    """Decoding was stopped because it took more time or memory than its budget."""

    code = "decode_limit"
    status = 422


class OutputTooLarge(VitrineError):
    """A recipe asks for a result with more pixels than the limits allow."""

    code = "output_too_large"
    status = 422


class NoProduct(VitrineError):
    """No product was found in the picture where an operation needs one."""

    code = "no_product"
    status = 422


class ByteBand(VitrineError):
    """The result cannot be encoded between min_bytes and max_bytes."""

    code = "byte_band"
    status = 422


class TooBusy(VitrineError):
    """All places for work are taken; try again after the time in Retry-After."""

    code = "too_busy"
    status = 429


class CorruptBlob(VitrineError):
    """A stored blob no longer has the bytes its name promises."""

    code = "corrupt_blob"
    status = 500


class ModelUnavailable(VitrineError):
    """The weights a step needs are not installed, or their checksum is wrong."""

    code = "model_unavailable"
    status = 503


class WorkerLost(VitrineError):
    """The process that worked on the picture ended, more than once: the picture may be what ends it."""

    code = "worker_lost"
    status = 503


class ClusterUnavailable(VitrineError):
    """The machines that work on batches cannot be reached."""

    code = "cluster_unavailable"
    status = 503


class StorageUnavailable(VitrineError):
    """The place where blobs are kept, away from this machine, does not answer or refuses; it may later."""

    code = "storage_unavailable"
    status = 503


class StorageFull(VitrineError):
    """There is no room left to write a blob; nothing half-written was kept."""

    code = "storage_full"
    status = 507


class InvalidConfig(VitrineError):
    """A setting in the environment is missing or bad; the service refuses to start."""

    code = "invalid_config"
    status = 500
