import fcntl
import hashlib
import io
import json
import tarfile
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pyservice.errors import ModelUnavailable
from pyservice.models import Weight, fetch

WEIGHTS = bytes(range(256)) * 40


def wheel() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("pkg/net.onnx", WEIGHTS)
    return target.getvalue()


def chunked_package() -> bytes:
    """Weights in two chunks named by their hash, listed out of order in an index."""
    parts = [WEIGHTS[:6000], WEIGHTS[6000:]]
    chunks = [
        {"hash": hashlib.sha256(part).hexdigest(), "offsets": [at, at + len(part)]}
        for part, at in zip(parts, (0, 6000), strict=True)
    ]
    files = {"package/dist/resources.json": json.dumps({"/models/m": {"chunks": chunks[::-1]}}).encode()}
    files |= {f"package/dist/{chunk['hash']}": part for chunk, part in zip(chunks, parts, strict=True)}
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w:gz") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return target.getvalue()


def row(archive: bytes, *, member: str, key: str | None = None, sha256: str | None = None) -> Weight:
    return Weight.model_validate(
        {
            "id": "net",
            "task": "product-mask",
            "title": "Net",
            "registry": "pypi",
            "package": "no-such-package-of-vitrine",
            "version": "1",
            "archive_bytes": len(archive),
            "archive_sha256": hashlib.sha256(archive).hexdigest(),
            "member": member,
            "member_key": key,
            "bytes": len(WEIGHTS),
            "sha256": sha256 or hashlib.sha256(WEIGHTS).hexdigest(),
            "license_weights": "-",
            "contract": {"size_px": 64, "divide_by": 255, "mean": [0, 0, 0], "std": [1, 1, 1]},
        }
    )


def left_by_an_earlier_run(models_dir: Path, name: str, archive: bytes) -> None:
    folder = models_dir / ".archives" / "net"
    folder.mkdir(parents=True)
    (folder / name).write_bytes(archive)


def test_goes_on_with_the_archive_of_a_broken_off_run(tmp_path: Path) -> None:
    left_by_an_earlier_run(tmp_path, "pkg-1.whl", wheel())
    path = fetch(row(wheel(), member="pkg/net.onnx"), tmp_path, lambda done, total: None)
    assert path.read_bytes() == WEIGHTS
    assert not (tmp_path / ".archives" / "net").exists()


def test_joins_chunks_by_their_offset(tmp_path: Path) -> None:
    package = chunked_package()
    left_by_an_earlier_run(tmp_path, "pkg-1.tgz", package)
    weight = row(package, member="package/dist/resources.json", key="/models/m")
    assert fetch(weight, tmp_path, lambda done, total: None).read_bytes() == WEIGHTS


def test_a_wrong_checksum_installs_nothing(tmp_path: Path) -> None:
    left_by_an_earlier_run(tmp_path, "pkg-1.whl", wheel())
    with pytest.raises(ModelUnavailable, match="sha256"):
        fetch(row(wheel(), member="pkg/net.onnx", sha256="0" * 64), tmp_path, lambda done, total: None)
    assert not list(tmp_path.glob("net*"))


def test_installed_weights_are_not_fetched_again(tmp_path: Path) -> None:
    (tmp_path / "net.onnx").write_bytes(WEIGHTS)
    told: list[int] = []
    fetch(row(wheel(), member="pkg/net.onnx"), tmp_path, lambda done, total: told.append(done))
    assert told == []


def test_a_fetched_network_is_what_the_table_promises(models_dir: Path) -> None:
    from pyservice.models import weights_table

    for weight in weights_table().values():
        assert weight.verified(models_dir).stat().st_size == weight.bytes


def test_of_two_that_want_one_weight_the_second_waits_and_finds_it_there(tmp_path: Path) -> None:
    (tmp_path / ".archives").mkdir()
    with ThreadPoolExecutor(1) as pool, (tmp_path / ".archives/net.lock").open("ab") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        # Its package is on no registry: only who was here first can have brought it.
        second = pool.submit(fetch, row(wheel(), member="pkg/net.onnx"), tmp_path, lambda done, total: None)
        (tmp_path / "net.onnx.part").write_bytes(WEIGHTS)
        while f":{held_inode(tmp_path)} " not in waiting_locks():
            assert not second.done()
        (tmp_path / "net.onnx.part").replace(tmp_path / "net.onnx")
        fcntl.flock(held, fcntl.LOCK_UN)
        assert second.result(timeout=60).read_bytes() == WEIGHTS


def held_inode(models_dir: Path) -> int:
    return (models_dir / ".archives/net.lock").stat().st_ino


def waiting_locks() -> str:
    return "\n".join(line for line in Path("/proc/locks").read_text().splitlines() if "->" in line)
