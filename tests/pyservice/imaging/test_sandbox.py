"""Decoding out of process: same pictures, and nothing a file does reaches the service (SECURITY_TESTS A9)."""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pillow_heif import register_heif_opener

from pyservice.errors import BrokenImage, DecodeLimit, ImageTooLarge, UnsupportedFormat, VitrineError
from pyservice.imaging import Limits, Sandbox, decode, read_facts
from pyservice.imaging.sandbox_channel import ChannelError, receive_message, send_message

register_heif_opener()

_ROOT = Path(__file__).parents[3]
_CORPUS = _ROOT.parent / "shared" / "eval" / "robustness" / "dev"


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox(Limits(), workers=2) as running:
        yield running


def _workers_of(parent_pid):
    """Process ids of the decoding workers under a process."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parent = int(stat.read_text().rsplit(")", 1)[1].split()[1])
            if parent == parent_pid and b"sandbox_worker" in (stat.parent / "cmdline").read_bytes():
                found.append(int(stat.parent.name))
    return sorted(found)


def _flat_png(side):
    """A valid PNG of side×side black pixels that costs time and memory to unpack, not to store."""

    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    packer = zlib.compressobj(9)
    rows = b"".join([packer.compress(bytes(1 + side * 3)) for _ in range(side)]) + packer.flush()
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF", "TIFF", "BMP", "GIF"])
def test_gives_the_same_as_decoding_in_process(name, sandbox, photo, file_of, limits):
    data = file_of(Image.fromarray(photo(300, 200)).convert("RGBA" if name == "PNG" else "RGB"), name)
    inside, here = sandbox.decode(data, max_px=150), decode(data, limits, max_px=150)
    assert (inside.picture.rgb == here.picture.rgb).all()
    assert (inside.facts, inside.metadata, inside.scale) == (here.facts, here.metadata, here.scale)
    assert sandbox.facts(data) == read_facts(data, limits)


def test_transparency_and_metadata_come_through(sandbox, file_of):
    pixels = np.random.default_rng(5).integers(0, 255, (20, 30, 4), dtype=np.uint8)
    exif = Image.Exif()
    exif[0x8298] = "© nobödy".encode()
    decoded = sandbox.decode(file_of(Image.fromarray(pixels), "PNG", exif=exif))
    assert decoded.picture.alpha is not None
    assert (decoded.picture.alpha == pixels[..., 3]).all()
    assert decoded.metadata.copyright == "© nobödy"
    with pytest.raises(ValueError, match="read-only"):
        decoded.picture.rgb[0, 0, 0] = 1


@pytest.mark.parametrize(
    ("data", "error"),
    [(b"", BrokenImage), (b"%PDF-1.7", UnsupportedFormat), (b"\xff\xd8\xff\xe0 no jpeg", BrokenImage)],
)
def test_refusals_are_the_same_errors(data, error, sandbox):
    with pytest.raises(error):
        sandbox.decode(data)
    with pytest.raises(error):
        sandbox.facts(data)


def test_too_many_bytes_never_reach_a_worker():
    with Sandbox(Limits(max_bytes=10)) as small, pytest.raises(ImageTooLarge):
        small.decode(bytes(11))


def test_too_slow_is_stopped_and_the_next_picture_is_served(photo, file_of):
    quick = file_of(Image.fromarray(photo()), "PNG")
    before = set(_workers_of(os.getpid()))
    with Sandbox(Limits(timeout_s=1.0), workers=1) as one:
        one.decode(quick)
        (first,) = set(_workers_of(os.getpid())) - before
        os.kill(first, signal.SIGSTOP)
        with pytest.raises(DecodeLimit):
            one.decode(quick)
        assert one.decode(quick).picture.width == 96
        assert not Path(f"/proc/{first}").exists()


def test_too_much_memory_is_refused_and_the_worker_serves_on(photo, file_of):
    with Sandbox(Limits(memory_bytes=60_000_000), workers=1) as one:
        with pytest.raises(DecodeLimit):
            one.decode(_flat_png(5000))
        assert one.decode(file_of(Image.fromarray(photo()), "PNG")).picture.width == 96


def test_a_worker_that_dies_over_a_file_takes_nobody_along(photo, file_of):
    quick, slow = file_of(Image.fromarray(photo()), "PNG"), _flat_png(6000)
    before = set(_workers_of(os.getpid()))
    with Sandbox(Limits(), workers=1) as one:
        one.decode(quick)
        (worker,) = set(_workers_of(os.getpid())) - before
        os.kill(worker, signal.SIGSTOP)
        killer = threading.Timer(0.3, lambda: (os.kill(worker, signal.SIGSEGV), os.kill(worker, signal.SIGCONT)))
        killer.start()
        with pytest.raises(BrokenImage, match="died"):
            one.decode(slow)
        assert one.decode(quick).picture.width == 96


def test_a_worker_that_died_idle_is_replaced_unnoticed(photo, file_of):
    quick = file_of(Image.fromarray(photo()), "PNG")
    before = set(_workers_of(os.getpid()))
    with Sandbox(Limits(), workers=1) as one:
        one.decode(quick)
        (worker,) = set(_workers_of(os.getpid())) - before
        os.kill(worker, signal.SIGKILL)
        os.waitid(os.P_PID, worker, os.WEXITED | os.WNOWAIT)
        assert one.decode(quick).picture.width == 96


def test_many_threads_share_few_workers(sandbox, file_of):
    colors = [(index * 5, 100, 255 - index * 5) for index in range(40)]
    files = [file_of(Image.new("RGB", (50, 40), color), "PNG") for color in colors]
    with ThreadPoolExecutor(8) as pool:
        seen = [decoded.picture.rgb[0, 0].tolist() for decoded in pool.map(sandbox.decode, files)]
    assert seen == [list(color) for color in colors]


def test_closing_ends_every_worker(photo, file_of):
    before = set(_workers_of(os.getpid()))
    with Sandbox(Limits(), workers=1) as one:
        one.decode(file_of(Image.fromarray(photo()), "PNG"))
        assert len(set(_workers_of(os.getpid())) - before) == 1
    assert set(_workers_of(os.getpid())) <= before


def test_a_worker_knows_no_secret_and_has_its_limits(photo, file_of, monkeypatch):
    monkeypatch.setenv("VITRINE_SERVICE_SECRET", "hush-hush")
    before = set(_workers_of(os.getpid()))
    with Sandbox(Limits(), workers=1) as one:
        one.decode(file_of(Image.fromarray(photo()), "PNG"))
        (worker,) = set(_workers_of(os.getpid())) - before
        assert b"hush-hush" not in Path(f"/proc/{worker}/environ").read_bytes()
        kept = Path(f"/proc/{worker}/limits").read_text()
        assert "Max address space         unlimited" not in kept
        assert os.getsid(worker) != os.getsid(0)


def test_workers_end_with_the_service(photo, file_of, tmp_path):
    picture = tmp_path / "a.png"
    picture.write_bytes(file_of(Image.fromarray(photo()), "PNG"))
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom pyservice.imaging import Limits, Sandbox\n"
        "box = Sandbox(Limits(), workers=1)\nbox.decode(Path(sys.argv[1]).read_bytes())\n"
        "print(box._free.get()._process.pid, flush=True)\nos._exit(1)"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(entry or os.getcwd() for entry in sys.path)}
    ran = subprocess.run(
        [sys.executable, "-c", code, str(picture)], capture_output=True, text=True, env=environment, check=False
    )
    worker = int(ran.stdout)
    for _ in range(100):
        if not _is_running(worker):
            break
        time.sleep(0.1)
    assert not _is_running(worker)


def _is_running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_a_message_arrives_whole_and_sealed():
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with ours, theirs:
        send_message(ours, {"verb": "decode"}, [b"abc", b"defg"])
        header, body = receive_message(theirs)
    assert header == {"verb": "decode"}
    assert bytes(body) == b"abcdefg"


@pytest.mark.parametrize("header", [b"[1]", b"{", b"[" * 100_000, b"\xff\xfe"])
def test_a_bad_header_is_refused(header):
    with pytest.raises(ChannelError):
        _receive_raw(header, seals=fcntl.F_SEAL_WRITE | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL)


@pytest.mark.parametrize("seals", [0, fcntl.F_SEAL_WRITE, fcntl.F_SEAL_SHRINK])
def test_memory_that_a_worker_could_still_change_is_refused(seals):
    with pytest.raises(ChannelError, match="sealed"):
        _receive_raw(b"{}", seals)


def _receive_raw(header, seals):
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    memory = os.memfd_create("test", os.MFD_ALLOW_SEALING)
    with ours, theirs:
        os.write(memory, b"pixels")
        fcntl.fcntl(memory, fcntl.F_ADD_SEALS, seals)
        socket.send_fds(ours, [header], [memory])
        os.close(memory)
        return receive_message(theirs)


@pytest.mark.skipif(not _CORPUS.is_dir(), reason="the robustness corpus is not beside this checkout")
def test_a9_every_file_of_the_corpus_gets_a_picture_or_a_4xx(sandbox):
    files = sorted(path for path in _CORPUS.iterdir() if path.is_file() and path.suffix != ".csv")
    with ThreadPoolExecutor(2) as pool:
        statuses = dict(zip(files, pool.map(lambda path: _status(sandbox, path), files), strict=True))
    assert len(files) > 100
    assert {path.name: status for path, status in statuses.items() if not 200 <= status < 500} == {}
    assert sum(status == 200 for status in statuses.values()) > len(files) / 3


def _status(sandbox, path):
    try:
        decoded = sandbox.decode(path.read_bytes())
    except VitrineError as error:
        return error.status
    facts = decoded.facts
    return 200 if (decoded.picture.width, decoded.picture.height) == (facts.width, facts.height) else 599


def test_a6_a_progressive_jpeg_within_its_budget_is_decoded(sandbox, file_of):
    image = Image.new("RGB", (5000, 4000), "gray")
    assert sandbox.decode(file_of(image, "JPEG", progressive=True), max_px=500).picture.width == 500


def test_the_largest_allowed_picture_fits_the_memory_budget():
    limits = replace(Limits(), timeout_s=60.0)
    with Sandbox(limits, workers=1) as one:
        decoded = one.decode(_flat_png(10_000), max_px=1000)
    assert decoded.picture.long_side == 1000
