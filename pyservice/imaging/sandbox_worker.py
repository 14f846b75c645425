"""The process in which strangers' bytes are decoded. Started by the Sandbox: `python -m … <socket fd>`."""

from __future__ import annotations

import contextlib
import json
import math
import os
import resource
import signal
import socket
import sys
from pathlib import Path
from typing import Any

import cv2

from pyservice.errors import BrokenImage, DecodeLimit, VitrineError
from pyservice.imaging.decode import Decoded, decode
from pyservice.imaging.header import read_facts
from pyservice.imaging.limits import Limits
from pyservice.imaging.sandbox_channel import Buffer, ChannelError, receive_message, send_message

_OPEN_FILES = 32
_GRACE_S = 2
# The kernel should end a decoder before anything else of the service.
_OOM_SCORE = "900"


def main() -> None:
    """Serve one request after the other until the service hangs up."""
    channel = socket.socket(fileno=int(sys.argv[1]))
    limits = Limits(**json.loads(sys.argv[2]))
    _confine(limits)
    while True:
        try:
            header, data = receive_message(channel)
        except ChannelError:
            return
        _start_clock(limits.timeout_s)
        reply, parts = _answer(header, bytes(data), limits)
        signal.alarm(0)
        del data
        try:
            send_message(channel, reply, parts)
        except OSError:
            return


def _confine(limits: Limits) -> None:
    cv2.setNumThreads(1)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (_OPEN_FILES, _OPEN_FILES))
    budget = _address_space_bytes() + limits.memory_bytes
    resource.setrlimit(resource.RLIMIT_AS, (budget, budget))
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(_OOM_SCORE)


def _address_space_bytes() -> int:
    """What the interpreter and the decoders' libraries have mapped before any picture came."""
    return int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")


def _start_clock(timeout_s: float) -> None:
    """Die by the kernel's hand, even inside C code, should the service not be there to kill."""
    whole_s = math.ceil(timeout_s) + _GRACE_S
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used_s = math.ceil(usage.ru_utime + usage.ru_stime)
    resource.setrlimit(resource.RLIMIT_CPU, (used_s + whole_s, resource.RLIM_INFINITY))
    signal.alarm(whole_s)


def _answer(header: dict[str, Any], data: bytes, limits: Limits) -> tuple[dict[str, Any], list[Buffer]]:
    try:
        if header["verb"] == "facts":
            return {"facts": read_facts(data, limits).model_dump()}, []
        return _described(decode(data, limits, header["max_px"]))
    except MemoryError:
        refusal = DecodeLimit(f"Expected a picture that decodes within {limits.memory_bytes:,} bytes")
        return _refusal(refusal), []
    except VitrineError as error:
        return _refusal(error), []
    except Exception as error:  # noqa: BLE001  # whatever a hostile file provokes is that file's fault
        name = type(error).__name__
        return _refusal(BrokenImage(f"Expected a whole picture, its decoder failed with {name}")), []


def _refusal(error: VitrineError) -> dict[str, Any]:
    return {"error": type(error).__name__, "message": error.message}


def _described(decoded: Decoded) -> tuple[dict[str, Any], list[Buffer]]:
    picture = decoded.picture
    reply = {
        "facts": decoded.facts.model_dump(),
        "metadata": decoded.metadata.model_dump(mode="json"),
        "shape": picture.rgb.shape[:2],
        "alpha": picture.alpha is not None,
    }
    return reply, [plane.data for plane in (picture.rgb, picture.alpha) if plane is not None]


if __name__ == "__main__":
    main()
