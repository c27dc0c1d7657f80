"""The cited comments as BibTeX, one entry each."""

from app.writeup.document import Reference, Writeup
from app.writeup.people import with_article
from app.writeup.renderers.latex import citation_key, escape
from app.writeup.words import safe_url, span


def render(writeup: Writeup) -> str:
    """The entries; the keys are those of the LaTeX export's list of references."""
    return "\n".join(_entry(reference, writeup.revision) for reference in writeup.references)


def _entry(reference: Reference, revision: int) -> str:
    fields = {
        "author": f"{{{escape(with_article(reference.author))}}}",
        "title": f"Comment {escape(reference.comment)}",
        "howpublished": escape(
            f"In: “{reference.document_title}”, document {reference.document}, {span(reference)}"
        ),
        "url": safe_url(reference.url),
        "note": f"Argument map, revision {revision}; SHA-256 of the document: {reference.sha256}",
    }
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{{citation_key(reference.key)},\n{body}}}\n"
