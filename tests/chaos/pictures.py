"""The photos of `make chaos`, and whether what was made of them opens whole.

python -m tests.chaos.pictures make FOLDER COUNT
python -m tests.chaos.pictures check BLOBS < IDS
"""

from __future__ import annotations

import io
import json
import sys
from itertools import count
from pathlib import Path

from PIL import Image, ImageOps

from bench.photos import photos

_LONGEST_PX = 900


def make(folder: Path, wanted: int) -> None:
    """That many different JPEGs of real photos: the same photo again differs by a pixel."""
    made = 0
    sources = photos("products/dev")
    for turn in count():
        for source in sources:
            if made == wanted:
                return
            made += 1
            (folder / f"{made:04}.jpg").write_bytes(_marked(source, turn))


def _marked(source: Path, turn: int) -> bytes:
    with Image.open(source) as image:
        upright = ImageOps.exif_transpose(image).convert("RGB")
    upright.thumbnail((_LONGEST_PX, _LONGEST_PX))
    upright.paste((turn * 37 % 256, turn * 91 % 256, 128), (0, 0, 8, 8))
    file = io.BytesIO()
    upright.save(file, "JPEG", quality=88)
    return file.getvalue()


def check(blobs: Path, ids: list[str]) -> dict[str, str]:
    """What is wrong with those that do not decode to their last row, by id."""
    wrong: dict[str, str] = {}
    for blob in ids:
        try:
            with Image.open(blobs / blob[:2] / blob[2:4] / blob) as image:
                image.load()
        except (OSError, SyntaxError) as error:
            wrong[blob] = str(error)
    return wrong


if __name__ == "__main__":
    verb, place, *more = sys.argv[1:]
    if verb == "make":
        make(Path(place), int(more[0]))
    else:
        sys.stdout.write(json.dumps(check(Path(place), sys.stdin.read().split())))
