"""The JPEGs that bench/upload.ts sends, and what copying them with a checksum and a thumbnail takes.

python -m bench.jpegs prepare FOLDER COUNT
python -m bench.jpegs copy FOLDER
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import shutil
import sys
import tempfile
import time
from itertools import count
from pathlib import Path

from PIL import Image, ImageOps

from bench.photos import photos

# Without robustness: its files are broken on purpose.
_FOLDERS = tuple(f"{name}/dev" for name in ("products", "segmentation", "detection", "orientation", "style"))
_THUMB_PX = 512
_PROCESSES = 2


def prepare(folder: Path, wanted: int) -> None:
    """That many different JPEGs: photos as they are, then croppings of them."""
    known: set[str] = set()
    sources = photos(*_FOLDERS)
    for source in sources:
        if source.suffix.lower() in {".jpg", ".jpeg"}:
            _keep(source.read_bytes(), folder, known, wanted)
    for cut_px in count(1):
        for source in sources:
            if len(known) >= wanted:
                return
            _keep(_cropped(source, cut_px, folder), folder, known, wanted)


def _keep(data: bytes, folder: Path, known: set[str], wanted: int) -> None:
    digest = hashlib.sha256(data).hexdigest()
    if digest in known or len(known) >= wanted:
        return
    known.add(digest)
    (folder / f"{len(known):04}.jpg").write_bytes(data)


def _cropped(source: Path, cut_px: int, folder: Path) -> bytes:
    with Image.open(source) as image:
        upright = ImageOps.exif_transpose(image).convert("RGB")
        box = (cut_px, cut_px, upright.width, upright.height)
        made = folder / "cropped.tmp"
        upright.crop(box).save(made, "JPEG", quality=92)
    data = made.read_bytes()
    made.unlink()
    return data


def copy(folder: Path) -> float:
    """Seconds for a copy, its sha256 and a thumbnail of each, two at a time."""
    with tempfile.TemporaryDirectory() as out, multiprocessing.Pool(_PROCESSES) as pool:
        work = [(path, Path(out)) for path in sorted(folder.glob("*.jpg"))]
        pool.map(_warm, range(_PROCESSES))
        started = time.perf_counter()
        pool.starmap(_copy_one, work, chunksize=1)
        return time.perf_counter() - started


def _warm(_: int) -> None:
    Image.init()
    time.sleep(0.1)


def _copy_one(path: Path, out: Path) -> str:
    copied = out / path.name
    shutil.copyfile(path, copied)
    with copied.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    with Image.open(copied) as image:
        image.thumbnail((_THUMB_PX, _THUMB_PX))
        image.convert("RGB").save(out / f"{path.stem}.thumb.jpg", "JPEG", quality=82)
    return digest


def main(verb: str, folder: str, wanted: str = "0") -> None:
    """Runs the verb; its last line is JSON."""
    if verb == "prepare":
        prepare(Path(folder), int(wanted))
        told = {"files": len(list(Path(folder).glob("*.jpg")))}
    else:
        told = {"seconds": copy(Path(folder))}
    print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
