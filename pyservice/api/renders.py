"""POST /render runs a recipe on a blob."""

from __future__ import annotations

from typing import Literal, Self

from flask import Blueprint, Response, request
from pydantic import Field, model_validator

from pyservice.api.answers import as_untrusted, json_answer
from pyservice.api.body import Body, read_json
from pyservice.api.rendered_header import RENDERED, rendered_header
from pyservice.api.service import current_service
from pyservice.jobs import Engine, Rendered
from pyservice.jobs.item_work import told_with_recipe
from pyservice.operations.fields import BlobId
from pyservice.recipes import Recipe, bind, find_preset, parse_recipe
from pyservice.recipes.wish import Wish

renders = Blueprint("renders", __name__)


class RenderBody(Body, Wish):
    """What to render, with which recipe (or preset), how large, whether to keep the result, and what to answer.

    part: the result, its transparency or its colours alone, or where the product is in the original. All but the
    result need store to be false.
    """

    blob: BlobId
    max_px: int | None = Field(None, ge=1, le=20_000)
    store: bool = True
    part: Literal["result", "alpha", "colors", "source_mask"] = "result"

    @model_validator(mode="after")
    def _parts_are_not_kept(self) -> Self:
        if self.part != "result" and self.store:
            raise ValueError(f"Expected store to be false where the part is {self.part}")
        return self

    def checked(self) -> Self:
        """Itself, once the wish is known to exist and to be well-formed. Raises InvalidRecipe, NotFound."""
        if self.preset is not None:
            find_preset(self.preset)
        else:
            bind(parse_recipe(self.recipe))
        return self

    def recipe_for(self, engine: Engine) -> Recipe:
        """The recipe to run: a preset with rules looks at the picture first."""
        if self.preset is None:
            return parse_recipe(self.recipe)
        return engine.recipe_for(self.blob, find_preset(self.preset))


@renders.post("/render")
def render() -> Response:
    """Facts of the result and its recipe as JSON; the picture itself with store=false or Accept: image/*.

    A picture comes with what it took in the header Vitrine-Rendered.
    """
    service = current_service()
    body = read_json(RenderBody).checked()
    with service.places.taken():
        recipe = body.recipe_for(service.engine)
        if body.part == "source_mask":
            mask = service.engine.source_mask(body.blob, recipe, max_px=body.max_px)
            return as_untrusted(Response(mask, mimetype="image/png"))
        if body.part == "result":
            rendered = service.engine.render(body.blob, recipe, max_px=body.max_px, keep=body.store)
        else:
            rendered = service.engine.render_part(body.blob, recipe, body.part, max_px=body.max_px)
    if not body.store or _wants_picture(rendered):
        headers = {RENDERED: rendered_header(rendered)}
        return as_untrusted(Response(rendered.data, mimetype=rendered.mime, headers=headers))
    return json_answer(told_with_recipe(rendered, bind(recipe)))


def _wants_picture(rendered: Rendered) -> bool:
    offered = ["application/json", rendered.mime]
    return bool(request.accept_mimetypes.best_match(offered, default=offered[0]) == rendered.mime)
