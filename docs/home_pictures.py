"""Make the before/after pictures of the home page with the engine: `python docs/home_pictures.py`.

The photos come with scikit-image and are free of rights: coffee (Rachel Michetti), camera (Lav Varshney) and chelsea
(Stéfan van der Walt) are CC0 by their photographers.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import Any

from pyservice.cli.exits import DONE
from pyservice.cli.processing import Order, process
from pyservice.jobs.samples import Sample

SHOWN = Path(__file__).parent.parent / "frontend" / "public" / "home"
WIDTH_PX = 960
MOST_BYTES = 60_000

Steps = list[dict[str, Any]]


@dataclass(frozen=True)
class Example:
    """A photo, the part of it that is shown (box in pixels, so that all have one aspect), and what is done with it."""

    photo: str
    box: dict[str, float]
    steps: Steps


EXAMPLES = (
    Example(
        "coffee",
        {"x": 0, "y": 0, "width": 600, "height": 400},
        [{"operation": "remove-background"}, {"operation": "background"}],
    ),
    Example(
        "camera",
        {"x": 0, "y": 12, "width": 510, "height": 340},
        [{"operation": "remove-background", "params": {"model": "u2netp"}}],
    ),
    Example(
        "chelsea",
        {"x": 0, "y": 0, "width": 450, "height": 300},
        [{"operation": "equalize", "params": {"method": "clahe"}}],
    ),
)


def make(example: Example, scratch: Path) -> None:
    """Write `<photo>-before.webp` and `<photo>-after.webp`, the same part of the same photo."""
    photo = scratch / f"{example.photo}.jpg"
    photo.write_bytes(Sample(example.photo, "").photo())
    shown = [
        {"operation": "crop", "params": {"unit": "px", **example.box}},
        {"operation": "resize", "params": {"width": WIDTH_PX, "enlarge": True}},
    ]
    for name, steps in {"before": shown, "after": [*example.steps, *shown]}.items():
        render(photo, steps, scratch / name, SHOWN / f"{example.photo}-{name}.webp")


def render(photo: Path, steps: Steps, results: Path, to: Path) -> None:
    """Put the photo through the steps. Raises SystemExit where that fails or weighs too much for a home page."""
    recipe = results.with_suffix(".json")
    output = {"format": "webp", "quality": 70, "metadata": "none"}
    recipe.write_text(json.dumps({"steps": steps, "output": output}))
    if process(Order([str(photo)], results, "", recipe=recipe, workers=1)) != DONE:
        raise SystemExit(1)
    copyfile(results / f"{photo.stem}_processed.webp", to)
    if to.stat().st_size > MOST_BYTES:
        raise SystemExit(f"Expected {to.name} to have at most {MOST_BYTES} bytes, it has {to.stat().st_size}")


def main() -> None:
    """Make them all."""
    SHOWN.mkdir(parents=True, exist_ok=True)
    for example in EXAMPLES:
        with TemporaryDirectory() as scratch:
            make(example, Path(scratch))


if __name__ == "__main__":
    main()
