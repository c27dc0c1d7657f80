"""HTML: a file of its own, with its style and its figures in it."""

import base64
from functools import lru_cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from app import resources
from app.writeup.document import Figure, Writeup
from app.writeup.words import TABLE_KEY, basis_of, cell, safe_url, where, who


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Every template is escaped, whatever its name."""
    made = Environment(
        loader=FileSystemLoader(resources.path("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(context())
    return made


def context() -> dict[str, object]:
    """What the templates call: fixed wordings and the kinds of pieces."""
    return {
        "stance_cell": cell,
        "who": who,
        "where": where,
        "reference_line": basis_of,
        "safe_url": safe_url,
        "data_uri": data_uri,
        "table_key": TABLE_KEY,
        "kind": lambda piece: type(piece).__name__,
    }


def data_uri(figure: Figure) -> str:
    """The figure as an address that holds it: an image, in which no script runs."""
    return "data:image/svg+xml;base64," + base64.b64encode(figure.svg.encode()).decode("ascii")


def render(writeup: Writeup) -> str:
    """The whole file."""
    return environment().get_template("writeup/document.html").render(writeup=writeup)


def fragment(writeup: Writeup, level: int) -> Markup:
    """The body alone, its first heading at that level: for a page around it."""
    body = environment().get_template("writeup/body.html").make_module().body  # type: ignore[attr-defined]
    return Markup(body(writeup, level))  # noqa: S704 - the template escapes all it is given
