"""Log events with fields, one line each on stderr. The request id travels in a context variable."""

from __future__ import annotations

import logging
import sys
from typing import Protocol

import structlog
from structlog.typing import Processor

_SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
]


class LogSettings(Protocol):
    """The settings that logging needs: log_level debug…error, log_format auto, json or console."""

    @property
    def log_level(self) -> str: ...

    @property
    def log_format(self) -> str: ...


def configure(settings: LogSettings) -> None:
    """Send our events, and those of the libraries below us, to stderr in the format asked for."""
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(settings.log_level.upper())),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(foreign_pre_chain=_SHARED, processors=_rendering(settings.log_format))
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(settings.log_level.upper())
    # It writes down what strangers answered, and whole addresses: some are signed, which makes them keys.
    logging.getLogger("urllib3").setLevel(logging.ERROR)


def _rendering(log_format: str) -> list[Processor]:
    first: Processor = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    if log_format == "console" or (log_format == "auto" and sys.stderr.isatty()):
        # The default trace prints local variables, and secrets are among them.
        plain = structlog.dev.plain_traceback
        return [first, structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain)]
    return [first, structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]


def logger(name: str) -> structlog.stdlib.BoundLogger:
    """A logger: `logger(__name__).info("rendered", blob=…, elapsed_ms=…)`."""
    bound: structlog.stdlib.BoundLogger = structlog.get_logger(name)
    return bound


def bind_request(request_id: str) -> None:
    """Put this request id on every event of this thread, instead of what the request before left there."""
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=request_id)


def unbind_request() -> None:
    """Take the request id off again."""
    structlog.contextvars.clear_contextvars()
