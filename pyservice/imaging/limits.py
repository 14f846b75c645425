"""How much of a stranger's file Vitrine is willing to look at."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Budgets of one picture, checked from the header wherever the header can tell.

    progressive_max_pixels and progressive_max_scans bound JPEGs that come in several scans: they need two
    bytes of coefficients per sample for the whole picture and may ask for endless passes over it.
    max_metadata_bytes bounds each profile or metadata block; a larger one is ignored, the picture is read.
    timeout_s and memory_bytes are kept by the Sandbox: wall clock, and address space beyond its start.
    """

    max_pixels: int = 100_000_000
    max_bytes: int = 50_000_000
    max_frames: int = 1000
    progressive_max_pixels: int = 50_000_000
    progressive_max_scans: int = 100
    max_metadata_bytes: int = 4_000_000
    timeout_s: float = 20.0
    memory_bytes: int = 2_000_000_000
