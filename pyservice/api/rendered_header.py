"""What is known of a rendered picture, in a header beside its bytes."""

from __future__ import annotations

import json

from pyservice.jobs import Rendered

RENDERED = "Vitrine-Rendered"
# Proxies take headers of 8 kB, all together.
MAX_BYTES = 4000
_WARNING_LETTERS = 300


def rendered_header(rendered: Rendered) -> str:
    """Compact ASCII JSON of at most MAX_BYTES; what does not fit is left out, the last warnings first."""
    warnings = [_shortened(warning) for warning in rendered.warnings]
    told: dict[str, object] = {
        "elapsed_ms": rendered.elapsed_ms,
        "width": rendered.width,
        "height": rendered.height,
        "seen": rendered.seen and rendered.seen.model_dump(),
        "steps": [{"operation": step.operation, "elapsed_ms": step.elapsed_ms} for step in rendered.steps],
    }
    while True:
        text = json.dumps({**told, "warnings": warnings}, separators=(",", ":"))
        if len(text) <= MAX_BYTES:
            return text
        if warnings:
            warnings.pop()
        else:
            told["steps"] = []


def _shortened(text: str) -> str:
    return text if len(text) <= _WARNING_LETTERS else text[: _WARNING_LETTERS - 1] + "…"
