"""Weights and what they are for: finding the product, refining its edge, estimating its colours."""

from pyservice.models.fetch import fetch
from pyservice.models.foreground import decontaminated
from pyservice.models.product_mask import AUTO, AUTO_MODELS, FoundProduct, find_product, intersection_over_union
from pyservice.models.refine import refined
from pyservice.models.sessions import MaskSession, SessionOptions, Sessions
from pyservice.models.table import Contract, Weight, weights_table

__all__ = [
    "AUTO",
    "AUTO_MODELS",
    "Contract",
    "FoundProduct",
    "MaskSession",
    "SessionOptions",
    "Sessions",
    "Weight",
    "decontaminated",
    "fetch",
    "find_product",
    "intersection_over_union",
    "refined",
    "weights_table",
]
