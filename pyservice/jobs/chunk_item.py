"""One render of a batch: what is asked, and what is answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import ConfigDict, Field

from pyservice.errors import (
    INTERNAL_ERROR,
    ClusterUnavailable,
    ModelUnavailable,
    StorageFull,
    StorageUnavailable,
    WorkerLost,
    told,
)
from pyservice.operations.fields import BlobId
from pyservice.recipes.wish import Wish

MAX_ITEMS = 50
# The same item may succeed at another time, or elsewhere.
_WORTH_A_RETRY = {
    INTERNAL_ERROR,
    *(kind.code for kind in (WorkerLost, ClusterUnavailable, StorageFull, StorageUnavailable, ModelUnavailable)),
}

# A line of the answer, fit for JSON.
Answer = Mapping[str, Any]


class ChunkItem(Wish):
    """A stored original, and what is wanted of it. key: by which its answer is known."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)

    key: str = Field(min_length=1, max_length=100)
    blob: BlobId
    overrides: dict[str, dict[str, Any]] = Field(default_factory=dict)
    channels: list[Annotated[str, Field(max_length=100)]] = Field(default_factory=list, max_length=20)
    priority: int = Field(0, ge=-10, le=10)


def done(item: ChunkItem, content: Answer, elapsed_ms: float) -> Answer:
    """The answer to an item that came through. content: what was made of it."""
    return {"key": item.key, "status": "done", **content, "elapsed_ms": elapsed_ms}


def failed(item: ChunkItem, error: Exception, elapsed_ms: float = 0.0) -> Answer:
    """The answer to an item that did not."""
    problem = told(error, "the item's key")
    retry = problem["code"] in _WORTH_A_RETRY
    return {"key": item.key, "status": "failed", "problem": problem, "retry": retry, "elapsed_ms": elapsed_ms}
