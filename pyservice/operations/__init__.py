"""Operations: typed, documented, versioned, pure functions on a picture. One file each, found by themselves."""

from pyservice.operations.registry import (
    GROUPS,
    Context,
    MaskWish,
    Operation,
    Outcome,
    Params,
    ProductMask,
    all_operations,
    explain,
    find_operation,
    operation,
)

__all__ = [
    "GROUPS",
    "Context",
    "MaskWish",
    "Operation",
    "Outcome",
    "Params",
    "ProductMask",
    "all_operations",
    "explain",
    "find_operation",
    "operation",
]
