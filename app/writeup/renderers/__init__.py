"""One module a format; each turns a :class:`~app.writeup.document.Writeup` into text or bytes."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.errors import InvalidInput
from app.writeup.document import Writeup
from app.writeup.renderers import bibtex, data, docx, html, latex, markdown, plain


@dataclass(frozen=True)
class Form:
    """A format: how it is asked for, what its files end in, and the form its figures take."""

    name: str
    suffix: str
    media_type: str
    label: str
    figure: str = ""


FORMS: Mapping[str, Form] = {
    form.name: form
    for form in (
        Form("md", "md", "text/markdown; charset=utf-8", "Markdown", "svg"),
        Form("html", "html", "text/html; charset=utf-8", "HTML"),
        Form(
            "docx", "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word"
        ),
        Form("latex", "tex", "application/x-tex; charset=utf-8", "LaTeX", "pdf"),
        Form("json", "json", "application/json", "JSON"),
        Form("csv", "csv", "text/csv; charset=utf-8", "CSV"),
        Form("txt", "txt", "text/plain; charset=utf-8", "Plain text"),
        Form("bibtex", "bib", "application/x-bibtex; charset=utf-8", "BibTeX"),
    )
}


def render(
    writeup: Writeup, form: str, *, fragment: bool = False, figures: Mapping[str, str] | None = None
) -> bytes:
    """The document in a format. ``figures``: by crux, the files that Markdown and LaTeX refer to.

    Raises
    ------
    InvalidInput : no such format, or a fragment of one that has none.
    """
    if form not in FORMS:
        raise InvalidInput(f"there is no format {form!r}", "format", f"one of: {', '.join(FORMS)}")
    if fragment and form != "latex":
        raise InvalidInput("only LaTeX has fragments", "fragment", "leave it out, or ask for latex")
    if form == "docx":
        return docx.render(writeup)
    text = {
        "md": lambda: markdown.render(writeup, figures),
        "html": lambda: html.render(writeup),
        "latex": lambda: latex.render(writeup, figures, fragment=fragment),
        "json": lambda: data.render_json(writeup),
        "csv": lambda: data.render_csv(writeup),
        "txt": lambda: plain.render(writeup),
        "bibtex": lambda: bibtex.render(writeup),
    }[form]()
    return text.encode("utf-8", "replace")
