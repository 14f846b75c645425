"""What `vitrine demo` does: a seller's folder and table, made of photos that come with scikit-image."""

from __future__ import annotations

from pathlib import Path

from pyservice.cli.consoles import err, out
from pyservice.cli.contact_sheet import Strip, contact_sheet
from pyservice.cli.processing import Order, process
from pyservice.cli.weights import fetch_missing
from pyservice.config import load_settings
from pyservice.jobs.placed import RESULT_TABLE
from pyservice.jobs.placing import place_bytes
from pyservice.jobs.samples import SAMPLES

PRESET = "catalog-white"
SHEET = "contact-sheet.jpg"

_COLUMNS = "filename,sku,brightness,contrast,sharpness,remove-background.model"
# What each has in the table besides its name and SKU; an empty cell means as the preset has it.
_CELLS = {
    "coffee": ("1.1", "", "", ""),
    "motorcycle_left": ("", "1.1", "1.2", ""),
    "motorcycle_right": ("", "1.1", "1.2", ""),
    "coins": ("0.8", "1.1", "", ""),
    # The small network sees these two as one thing, where the others see parts.
    "camera": ("", "", "1.3", "u2netp"),
    "rocket": ("1.1", "", "", "u2netp"),
}


def demonstrate(to: Path, workers: int | None) -> int:
    """Process the photos into the folder `to`; returns the exit code of `process`."""
    fetch_missing(load_settings().models_dir, err())
    originals, results, products = to / "originals", to / "results", to / "products.csv"
    demo_photos(originals)
    place_bytes(_table(), products)
    code = process(Order([str(originals)], results, PRESET, csv=products, workers=workers))
    strips = [
        Strip(
            originals / f"{name}.jpg",
            results / f"{name}_processed.jpg",
            results / f"{name}_mask.png",
        )
        for name in SAMPLES
    ]
    place_bytes(contact_sheet(strips), to / SHEET)
    _tell(originals, products, results, to / SHEET)
    return code


def demo_photos(to: Path) -> list[Path]:
    """Put the photos into the folder `to`, unless they are there, and return their paths."""
    paths = {to / f"{sample.name}.jpg": sample for sample in SAMPLES.values()}
    for path, sample in paths.items():
        if not path.exists():
            place_bytes(sample.photo(), path)
    return [*paths]


def _table() -> bytes:
    lines = [_COLUMNS]
    for sample in SAMPLES.values():
        cells = _CELLS.get(sample.name, ("", "", "", ""))
        lines.append(",".join([f"{sample.name}.jpg", sample.sku, *cells]))
    return ("\n".join(lines) + "\n").encode()


def _tell(originals: Path, products: Path, results: Path, sheet: Path) -> None:
    places = {
        "Originals": originals,
        "Their table": products,
        "Pictures and masks": results,
        "What became of each": results / RESULT_TABLE,
        "All at one look": sheet,
    }
    for what, path in places.items():
        out().print(f"{what + ':':<21}{path}", highlight=False, soft_wrap=True)
