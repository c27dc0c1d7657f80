"""The cruxes for a writeup: a page to choose them, with a preview, and the files."""

import re
from dataclasses import dataclass, replace
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from markupsafe import Markup
from starlette.responses import Response

from app.analysis import Analysis
from app.drawing import hash_source
from app.errors import NotFound
from app.export_request import Asked
from app.requests import Reasoned
from app.web.pages import etag, page
from app.writeup import Options, compose
from app.writeup.export import export
from app.writeup.language import counted
from app.writeup.renderers import FORMS, Form
from app.writeup.renderers.html import fragment as body

router = APIRouter(include_in_schema=False)

_BY_SUFFIX = {form.suffix: form for form in FORMS.values()}
_SHOWN = ("md", "html", "json", "txt")
_POLICY = "default-src 'none'; style-src {}; img-src data:; base-uri 'none'; form-action 'none'"
_STYLE = re.compile(rb"<style>(.*?)</style>", re.DOTALL)


@dataclass(frozen=True)
class Choice:
    """One thing to choose in the form."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class ExportPage:
    """What the page shows: the form as it stands, the addresses of the files, the preview."""

    options: Options
    cruxes: tuple[Choice, ...]
    people: tuple[Choice, ...]
    files: tuple[tuple[Form, str], ...]
    fragment_url: str
    preview: Markup
    count: int
    told: str


@router.get("/export/cruxes")
def show_export(request: Request, result: Reasoned, options: Asked) -> Response:
    """Choose cruxes and how they are told; see the outcome; take it in the form needed."""
    return page(
        request, result.view, "writeup/export.html", lambda: {"page": view_model(request, result, options)}
    )


@router.get("/export/cruxes.{suffix}")
def export_file(
    request: Request,
    result: Reasoned,
    options: Asked,
    suffix: str,
    fragment: Annotated[bool, Query()] = False,
) -> Response:
    """The cruxes as a file."""
    form = _BY_SUFFIX.get(suffix)
    if form is None:
        raise NotFound(
            "the cruxes are not written in this format", "suffix", f"ask for one of {', '.join(_BY_SUFFIX)}"
        )
    headers = {
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-cache",
        "ETag": etag(request, result.view),
        "Content-Disposition": f'{"inline" if suffix in _SHOWN else "attachment"}; filename="cruxes.{suffix}"',
    }
    if headers["ETag"] in [known.strip() for known in request.headers.get("if-none-match", "").split(",")]:
        return Response(status_code=304, headers=headers)
    made = export(result, options, form.name, fragment=fragment, linked=True)
    headers["Content-Security-Policy"] = _policy(made.content if suffix == "html" else b"")
    return Response(made.content, media_type=form.media_type, headers=headers)


def _policy(content: bytes) -> str:
    """Nothing but the file's own style, known by its hash."""
    return _POLICY.format(" ".join(sorted(map(hash_source, _STYLE.findall(content)))) or "'none'")


def view_model(request: Request, result: Analysis, options: Options) -> ExportPage:
    """Everything the page needs."""
    # Figures would make the preview heavy; the files have them.
    written = compose(result, options)
    query = urlencode([(key, value) for key, value in request.query_params.multi_items() if value])
    tail = f"?{query}" if query else ""
    content = result.view.content
    shown = {node.id for node in result.nodes}
    # The choice is offered in the order in which the whole document has them.
    whole = written if not options.cruxes else compose(result, replace(options, cruxes=()))
    places = {section.crux: section.number for section in whole.sections}
    wrote = {c.participant for c in content.comments.values()}
    return ExportPage(
        options=options,
        cruxes=tuple(
            Choice(node.id, node.crux.question if node.crux else node.text, node.id in options.cruxes)
            for node in sorted(result.view.cruxes, key=lambda node: places.get(node.id, len(places)))
            if node.id in shown
        ),
        people=tuple(
            Choice(p.id, p.label, p.id == options.participant)
            for p in sorted(content.participants.values(), key=lambda p: (len(p.label), p.label))
            if p.merged_into is None and p.id in wrote
        ),
        files=tuple((form, f"/export/cruxes.{form.suffix}{tail}") for form in FORMS.values()),
        fragment_url=f"/export/cruxes.tex{tail}{'&' if query else '?'}fragment=true",
        preview=body(written, 2),
        count=len(written.sections),
        told=_told(options, result),
    )


def _told(options: Options, result: Analysis) -> str:
    """The choices on the telling in a few words, for where the form is folded away."""
    parts = [
        counted(options.points, "argument") + " a side",
        {"notes": "quotes in the notes", "inline": "quotes in the text", "none": "no quotes"}[options.quotes],
    ]
    if options.participant is not None:
        parts.append(f"as {result.view.content.participants[options.participant].label} sees it")
    if options.order == "thread":
        parts.append("in the order of the thread")
    if options.strengths:
        parts.append("with strengths")
    if options.unreviewed:
        parts.append("with what is not reviewed")
    return ", ".join(parts)
