"""What somebody wants done to a picture: a recipe, or a preset by its name."""

from __future__ import annotations

from typing import Any, Self

from pydantic import BaseModel, Field, model_validator


class Wish(BaseModel):
    """Base of what names either; how strictly it is read is for the model that mixes it in."""

    recipe: dict[str, Any] | None = None
    preset: str | None = Field(None, max_length=100)

    @model_validator(mode="after")
    def _one_wish(self) -> Self:
        if (self.recipe is None) == (self.preset is None):
            raise ValueError("Expected either recipe or preset")
        return self
