"""The photos that benchmarks measure on."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from pyservice.cli.demonstration import demo_photos

EVAL = Path(__file__).parents[2] / "shared/eval"
_ENDINGS = {".jpg", ".jpeg", ".png", ".webp", ".bmp"}


def photos(*folders: str) -> list[Path]:
    """The pictures of the folder IMAGES, else of these folders of the evaluation set, else the demo photos.

    QUICK=n takes every n-th.
    """
    wished = [Path(os.environ["IMAGES"])] if os.environ.get("IMAGES") else [EVAL / folder for folder in folders]
    found = [path for folder in wished if folder.is_dir() for path in sorted(folder.iterdir())]
    pictures = [path for path in found if path.suffix.lower() in _ENDINGS]
    if not pictures:
        print(f"No pictures in {', '.join(str(folder) for folder in wished)}: taking the demo photos")
        pictures = demo_photos(Path(tempfile.mkdtemp(prefix="vitrine-bench-")))
    return pictures[:: int(os.environ.get("QUICK") or 1)]
