"""Frame: on every evaluation picture with a product: the fill asked for, the centre, and a ground of pure white."""

from __future__ import annotations

import io
import sys
from typing import Any

import cv2
import numpy as np
from PIL import Image

from bench.harness import finish, machine
from bench.photos import photos
from pyservice.config import load_settings
from pyservice.errors import NoProduct
from pyservice.jobs import Engine, Rendered
from pyservice.recipes import Recipe, Step
from pyservice.storage import BlobStore

SOLID = 127


def recipe(fill: float, fill_by: str) -> Recipe:
    """Cut out, frame, white."""
    framing = {"aspect": "1:1", "fill": fill, "fill_by": fill_by, "size_px": 1000}
    return Recipe(
        steps=(
            Step(operation="remove-background", params={"model": "isnet"}),
            Step(operation="frame", params=framing),
            Step(operation="background"),
        )
    )


def measured(rendered: Rendered, mask: Any) -> dict[str, Any]:
    """Read the written JPEG and the mask with other means than the product's own."""
    picture = np.asarray(Image.open(io.BytesIO(rendered.data)).convert("RGB"))
    _, labels, stats, _ = cv2.connectedComponentsWithStats((mask > SOLID).astype(np.uint8))
    kept = [i for i in range(1, len(stats)) if stats[i, cv2.CC_STAT_AREA] >= 0.001 * stats[1:, cv2.CC_STAT_AREA].sum()]
    rows, columns = np.nonzero(np.isin(labels, kept))
    height, width = mask.shape
    box_width, box_height = np.ptp(columns) + 1, np.ptp(rows) + 1
    return {
        "bbox-area": box_width * box_height / (width * height),
        "longest-side": max(box_width / width, box_height / height),
        "off_centre": max(
            abs((columns.min() + columns.max() + 1) / 2 / width - 0.5),
            abs((rows.min() + rows.max() + 1) / 2 / height - 0.5),
        ),
        "free_margin": min(columns.min(), rows.min(), width - 1 - columns.max(), height - 1 - rows.max()) / width,
        "impure_ground_pixels": int(((picture != 255).any(axis=2) & (mask == 0)).sum()),
    }


def main() -> int:
    """Measure and print."""
    engine = Engine(load_settings(), BlobStore("memory://bench-frame"))
    print(machine("openvino", "opencv-python-headless", "pillow"))
    counts = {"pictures": 0, "no_product": 0, "fill_off": 0, "limited": 0, "limited_not_largest": 0, "off_centre": 0}
    impure, worst_fill, worst_centre = 0, 0.0, 0.0
    for path in photos("segmentation/dev", "products/dev"):
        blob = engine.ingest(path.read_bytes()).blob
        for fill, fill_by in ((0.6, "bbox-area"), (0.85, "longest-side")):
            try:
                rendered = engine.render(blob, recipe(fill, fill_by))
            except NoProduct:
                counts["no_product"] += 1
                continue
            mask = np.asarray(Image.open(io.BytesIO(engine.store.get(rendered.mask_blob or ""))))
            found = measured(rendered, mask)
            counts["pictures"] += 1
            off = abs(found[fill_by] - fill)
            if rendered.fill["fill_limited"]:
                counts["limited"] += 1
                if found["free_margin"] > 0.02 + 0.003:
                    counts["limited_not_largest"] += 1
                    print("limited, yet smaller than the margin allows:", path.name, found)
            else:
                worst_fill = max(worst_fill, off)
                if off > 0.01:
                    counts["fill_off"] += 1
                    print("fill off:", path.name, fill_by, fill, found)
            worst_centre = max(worst_centre, found["off_centre"])
            if found["off_centre"] > 0.01:
                counts["off_centre"] += 1
                print("off centre:", path.name, found)
            if found["impure_ground_pixels"]:
                impure += 1
                print("ground not pure:", path.name, found)
    engine.close()
    figures = {**counts, "impure": impure, "worst_fill": round(worst_fill, 4), "worst_centre": round(worst_centre, 4)}
    ok = not (counts["fill_off"] or counts["limited_not_largest"] or counts["off_centre"] or impure)
    return finish("frame", ok, figures, {"fill_within": 0.01, "centre_within": 0.01, "impure": 0})


if __name__ == "__main__":
    sys.exit(main())
