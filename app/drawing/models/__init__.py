"""Models the thread speaks of, drawn from their machine-readable form, with numbers the reader may set."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from app.drawing import svg
from app.drawing.metrics import wrap
from app.drawing.models.data import Model, text
from app.drawing.models.form import Form, ModelView, Parameter, Preset
from app.drawing.models.gap import gap
from app.drawing.models.power import power_law
from app.drawing.models.product import product
from app.drawing.models.race import race
from app.drawing.models.testing import test
from app.drawing.visible import Visible
from app.model.records import Node
from app.model.snapshot import MapSnapshot

__all__ = ["ModelView", "Parameter", "Preset", "model", "modelled"]

_KINDS: Mapping[str, Callable[[str, str, Model, Form], ModelView]] = {
    "product": product,
    "race": race,
    "power_law": power_law,
    "test": test,
    "gap": gap,
}


def model(node: Node, query: Mapping[str, str] | None = None) -> ModelView | None:
    """The model of a node with the settings in ``query``; None where the node has none, or of no known kind."""
    if node.model is None:
        return None
    kind = _KINDS.get(str(node.model.get("kind")))
    if kind is None:
        return None
    made = kind(f"model-{node.id}", node.text, node.model, Form(query or {}))
    note = text(node.model, "note")
    return _marked(replace(made, assumptions=(*made.assumptions, note)) if note else made)


def modelled(view: MapSnapshot) -> list[tuple[Node, ModelView]]:
    """The visible nodes that have a model, each with it as it is to begin with."""
    return [(node, made) for node in Visible(view).nodes.values() if (made := model(node)) is not None]


def _marked(made: ModelView) -> ModelView:
    """The model with its disclaimer in the picture itself: files travel without their page."""
    picture = made.picture
    lines = wrap(made.disclaimer, 13, picture.width - 32)
    note = svg.block(lines, 16, picture.height + 10, 17, "d-note")
    marked = replace(
        picture,
        body=picture.body + note,
        height=picture.height + 17 * len(lines) + 6,
        description=f"{made.disclaimer} {picture.description}",
    )
    return replace(made, picture=marked)
