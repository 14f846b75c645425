"""What is measured on a picture: plain numbers with units, nothing judged yet."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Side = Literal["left", "top", "right", "bottom"]


def _unit(unit: str) -> dict[str, Any]:
    return {"unit": unit}


class Metrics(BaseModel):
    """Every number about one decoded picture; None where it cannot be known (no mask, no file).

    "Product" means inside the mask; without one the whole picture stands in for it, as `mask_source` tells.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    width_px: int = Field(description="Width of the picture.", json_schema_extra=_unit("px"))
    height_px: int = Field(description="Height of the picture.", json_schema_extra=_unit("px"))
    long_side_px: int = Field(description="Longer side of the picture.", json_schema_extra=_unit("px"))
    mask_source: Literal["given", "alpha", "ground", "none"] = Field(
        description="Where the product's place comes from: the picture's mask, its transparency, "
        "what is not white on a white ground, or nowhere."
    )

    blur: float = Field(description="How little a further blur changes the product (Crete 2007): 0 crisp, 1 smooth.")
    tenengrad: float = Field(
        description="Mean squared Sobel gradient on the product, long side scaled to 768 px.",
        json_schema_extra=_unit("grey levels²"),
    )
    laplacian_variance: float = Field(
        description="Variance of the Laplacian on the product, long side scaled to 768 px.",
        json_schema_extra=_unit("grey levels²"),
    )
    noise_sigma: float | None = Field(
        description="Standard deviation of the grain in flat product patches (Haar HH band).",
        json_schema_extra=_unit("grey levels"),
    )
    median_lightness: float = Field(description="Median L* of the product.", json_schema_extra=_unit("L*"))
    bright_lightness: float = Field(description="L* that 5 % of the product exceeds.", json_schema_extra=_unit("L*"))
    clipped_highlights_percent: float = Field(
        description="Product pixels with all three channels at 254 or more.", json_schema_extra=_unit("%")
    )
    clipped_shadows_percent: float = Field(
        description="Product pixels with all three channels at 2 or less.", json_schema_extra=_unit("%")
    )
    contrast: float = Field(
        description="L* between the 5th and the 95th percentile of the product.",
        json_schema_extra=_unit("L*"),
    )
    color_cast: float | None = Field(
        description="Chroma that the product's near-grey pixels share; None where hardly any are near grey.",
        json_schema_extra=_unit("C*ab"),
    )
    chroma: float = Field(
        description="Chroma that 5 % of the picture exceeds; about 0 in a black-and-white picture.",
        json_schema_extra=_unit("C*ab"),
    )

    ground_white_percent: float | None = Field(
        description="Ground pixels that are exactly 255, 255, 255; transparent ones count as white.",
        json_schema_extra=_unit("%"),
    )
    ground_worst_delta_e: float | None = Field(
        description="Distance of the worst ground pixel from white (CIE76).", json_schema_extra=_unit("ΔE")
    )
    ground_delta_e: float | None = Field(
        description="Distance from white that 10 % of the ground exceeds (CIE76).",
        json_schema_extra=_unit("ΔE"),
    )
    ground_lightness: float | None = Field(description="Median L* of the ground.", json_schema_extra=_unit("L*"))
    ground_chroma: float | None = Field(description="Median chroma of the ground.", json_schema_extra=_unit("C*ab"))
    ground_transparent_percent: float | None = Field(
        description="Ground pixels that are transparent.", json_schema_extra=_unit("%")
    )
    border_white_percent: float | None = Field(
        description="Pure white share of the outer 1 % ring, product left out where it is known.",
        json_schema_extra=_unit("%"),
    )

    fill_bbox_area: float | None = Field(
        description="Area of the product's bounding box ÷ that of the picture.",
        json_schema_extra=_unit("0…1"),
    )
    fill_longest_side: float | None = Field(
        description="Bounding box side ÷ picture side, in the direction where it is larger.",
        json_schema_extra=_unit("0…1"),
    )
    fill_mask_area: float | None = Field(
        description="Area of the product itself ÷ area of the picture.", json_schema_extra=_unit("0…1")
    )
    centring_offset: float | None = Field(
        description="Centre of the bounding box from that of the picture, ÷ picture side; worse direction.",
        json_schema_extra=_unit("0…0.5"),
    )
    touched_edges: tuple[Side, ...] = Field(description="Edges of the picture that the product touches.")
    touched_edge_count: int | None = Field(
        description="How many edges the product touches.", json_schema_extra=_unit("edges")
    )
    tilt_deg: float | None = Field(
        description="Lean of the product's long axis from the nearer of upright and level; None if round.",
        json_schema_extra=_unit("°"),
    )

    mask_hole_count: int | None = Field(
        description="Holes in the product larger than 0.05 % of it.", json_schema_extra=_unit("holes")
    )
    mask_hole_percent: float | None = Field(
        description="Area of those holes ÷ area of the product.", json_schema_extra=_unit("%")
    )
    mask_component_count: int | None = Field(
        description="Separate pieces larger than 0.05 % of the product.", json_schema_extra=_unit("pieces")
    )
    mask_stray_percent: float | None = Field(
        description="Product area outside its largest piece.", json_schema_extra=_unit("%")
    )
    mask_soft_band: float | None = Field(
        description="Mean width of the half-transparent edge, in thousandths of the picture's long side.",
        json_schema_extra=_unit("‰"),
    )
    mask_agreement: float | None = Field(
        description="Overlap (IoU) of the masks of two models; two that agree are rarely both wrong.",
        json_schema_extra=_unit("0…1"),
    )

    jpeg_quality: int | None = Field(
        description="Quality that the file's quantisation tables stand for; None if it is no JPEG.",
        json_schema_extra=_unit("1…100"),
    )
    blockiness: float = Field(
        description="How much larger steps are on the 8 px JPEG grid than off it; 0 = no grid in sight.",
        json_schema_extra=_unit("ratio"),
    )
    text_outside_percent: float | None = Field(
        description="Ground covered by shapes that look like lines of text. A hint, not a reading.",
        json_schema_extra=_unit("%"),
    )
    text_boxes: tuple[tuple[int, int, int, int], ...] = Field(
        description="Those shapes as x, y, width, height.", json_schema_extra=_unit("px")
    )
