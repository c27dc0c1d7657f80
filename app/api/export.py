"""The cruxes for a writeup as data."""

from typing import Any

from app.api.common import router
from app.export_request import Asked
from app.requests import Reasoned
from app.writeup import compose
from app.writeup.renderers.data import tree

routes = router("export")


@routes.get("/export/cruxes", operation_id="exportCruxes", summary="The cruxes for a writeup")
def export_cruxes(result: Reasoned, options: Asked) -> dict[str, Any]:
    """Each crux with its question, what follows either way, which scenarios it separates, the points on each
    side with verbatim quotes, and the paragraphs that tell all this.

    The same as `/export/cruxes.json`; other formats are at `/export/cruxes.md`, `.html`, `.docx`, `.tex`, `.csv`,
    `.txt` and `.bib`.
    """
    return tree(compose(result, options))
