"""The processing service, but its workers do nothing with a picture: what is left is what a batch costs by itself."""

from __future__ import annotations

from pyservice.api.serve import serve
from pyservice.config import load_settings
from pyservice.jobs import Engine
from pyservice.jobs.chunk_item import Answer, ChunkItem


def answer_only(_engine: Engine, item: ChunkItem) -> Answer:
    """As large as a real answer: a result that is the original."""
    rendered = {
        "blob": item.blob,
        "mask_blob": None,
        "source_mask_blob": None,
        "thumb": item.blob,
        "thumbhash": "3OcRJYB4d3h/iIeHeEh3eIhw+j2w",
        "mime": "image/jpeg",
        "width": 2000,
        "height": 2000,
        "bytes": 300_000,
        "steps": [
            {"operation": name, "elapsed_ms": 0.0, "report": {"fill": 0.6}, "warnings": []}
            for name in ("remove-background", "background", "frame", "adjust")
        ],
        "warnings": [],
        "doubts": [],
        "quality_before": 70.0,
        "quality_after": 90.0,
        "quality": {"value": 90.0, "parts": dict.fromkeys(("sharpness", "noise", "exposure", "mask"), 90.0)},
        "gates": [],
        "review_state": "auto_approved",
        "fill": {"fill_bbox_area": 0.6},
        "white_purity": 1.0,
        "elapsed_ms": 0.0,
        "cached": False,
        "recipe": {"steps": [], "output": {"format": "jpeg"}},
    }
    row = {"brightness": 1.0, "width": 2000, "height": 2000, "bytes": 300_000, "review_state": "auto_approved"}
    return {"rendered": rendered, "row": {**row, "quality_after": 90.0, "elapsed_ms": 0.0}}


if __name__ == "__main__":
    serve(load_settings(), answer_only)
