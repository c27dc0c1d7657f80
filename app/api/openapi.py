"""The OpenAPI document: what FastAPI gathers from the routes, and what it cannot know.

``python -m app.api.openapi`` writes it to schema/openapi.json; a test keeps that file up to date.
"""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from app.api.common import errors
from app.api.problems import ProblemDocument
from app.urls import API

DESCRIPTION = """\
An argument map of a comment thread: read everything its pages show, add comments, see the difference
they make.

Every page has a twin here: the page at `/nodes/x` is `/api/v1/nodes/x`. Reading is public; writing
needs a bearer token. Lists come in pages with `Link` headers; follow `next`. Every answer to a GET has
an `ETag` and honours `If-None-Match`. Every error is an RFC 9457 problem document. Within `/api/v1`,
keys and addresses may be added; none is renamed, removed or given another meaning.
"""
TAGS = [
    {"name": "whole", "description": "The map as a whole."},
    {"name": "map", "description": "Scenarios, cruxes, nodes and relations."},
    {"name": "reasoning", "description": "Verdicts, bearings, cruxes. A strength is not a probability."},
    {"name": "export", "description": "The map, or its cruxes, to take along."},
    {"name": "thread", "description": "Comments, participants and documents."},
    {"name": "writing", "description": "Adding comments, importing maps. Needs a token."},
    {"name": "helping", "description": "Suggestions, reports, the review queue."},
    {"name": "editing", "description": "Editing and reviewing. Needs a token of an editor."},
    {"name": "history", "description": "Revisions, differences, snapshots; undoing and reverting."},
]


# What an administrator can remove for good answers 410 from then on.
_PURGEABLE = tuple(f"/{name}/{{id}}" for name in ("comments", "nodes", "cruxes", "relations", "documents"))


def describe(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document of the application, made once."""
    if app.openapi_schema is None:
        found = get_openapi(
            title="Cruxmap",
            version="1",
            summary="Argument maps of comment threads",
            description=DESCRIPTION,
            routes=app.routes,
            tags=TAGS,
            license_info={"name": "MIT", "identifier": "MIT"},
        )
        for path, methods in found["paths"].items():
            for operation in methods.values():
                more = errors(410) if path.removeprefix(API).startswith(_PURGEABLE) else {}
                if "requestBody" in operation:
                    more |= errors(400, 403, 413, 415)
                for code, answer in more.items():
                    operation["responses"].setdefault(str(code), answer)
        components = found.setdefault("components", {}).setdefault("schemas", {})
        problem = ProblemDocument.model_json_schema(ref_template="#/components/schemas/{model}")
        components.update(problem.pop("$defs", {}))
        components["ProblemDocument"] = problem
        for name in ("HTTPValidationError", "ValidationError"):
            components.pop(name, None)
        found["components"]["schemas"] = dict(sorted(components.items()))
        app.openapi_schema = found
    return app.openapi_schema


def text() -> str:
    """The document of an application over an empty map, as it is published."""
    from app.main import create_app
    from app.settings import Settings

    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(database_url=f"sqlite:///{folder}/empty.sqlite3"))
        found = describe(app)
        app.state.database.dispose()
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "schema/openapi.json")
    target.write_text(text(), encoding="utf-8")
