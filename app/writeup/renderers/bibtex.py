"""The cited comments as BibTeX, one entry each."""

from collections.abc import Mapping

from app.writeup.document import Reference, Writeup
from app.writeup.people import with_article
from app.writeup.renderers.latex import citation_key, escape
from app.writeup.words import safe_url, span


def render(writeup: Writeup) -> str:
    """The entries; the keys are those of the LaTeX export's list of references."""
    return "\n".join(_entry(reference, writeup.revision) for reference in writeup.references)


def _entry(reference: Reference, revision: int) -> str:
    fields = {
        "author": f"{{{field(with_article(reference.author))}}}",
        "title": f"Comment {field(reference.comment)}",
        "howpublished": field(
            f"In: “{reference.document_title}”, document {reference.document}, {span(reference)}"
        ),
        "url": safe_url(reference.url),
        "note": f"Argument map, revision {revision}; SHA-256 of the document: {reference.sha256}",
    }
    return entry(citation_key(reference.key), fields)


def entry(key: str, fields: Mapping[str, str]) -> str:
    """An entry; the fields are escaped already. A month is one of BibTeX's own abbreviations."""
    rows = (f"  {name} = {value if name == 'month' else f'{{{value}}}'},\n" for name, value in fields.items())
    return f"@misc{{{key},\n{''.join(rows)}}}\n"


def field(text: str) -> str:
    """Text for a field. BibTeX counts braces whether or not a backslash stands before them."""
    return escape(text).replace(r"\{", r"\textbraceleft{}").replace(r"\}", r"\textbraceright{}")
