"""Fixed wordings that several formats share: table cells, how a place is cited."""

import unicodedata

from app.writeup.document import Quote, Reference
from app.writeup.people import with_article

_CELLS = {"supports": "for", "opposes": "against", "mixed": "both ways", "none": "–"}
_DOING = {
    "denies": "denying it",
    "concedes": "conceding it",
    "supposes": "supposing it",
    "reports": "reporting it",
    "asks": "asking",
    "declines": "declining to say",
}
TABLE_KEY = (
    "“For” and “against” say what the proposition behind the question would do for a scenario, if it were true; a"
    " dash means that no chain of arguments leads from it to the scenario."
)
_UNSAFE = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def flat(text: str) -> str:
    """Text on one line: white space as single blanks, nothing that steers a terminal or that XML forbids.

    >>> flat("a\\n b\\x00c")
    'a b c'
    """
    return " ".join("".join(" " if unicodedata.category(c) in _UNSAFE else c for c in text).split())


def spaced(text: str) -> str:
    """The same, with a blank kept at either end where there was white space."""
    body = flat(text)
    if not body:
        return " " if text[:1].isspace() else ""
    return f"{' ' if text[0].isspace() else ''}{body}{' ' if text[-1].isspace() else ''}"


def cell(stance: str) -> str:
    """A stance in the summary table."""
    return _CELLS.get(stance, stance)


def who(quote: Quote) -> str:
    """Whose words they are: "commenter 8, denying it", "the thread author, as quoted by commenter 3"."""
    doing = f", {_DOING[quote.attitude]}" if quote.attitude in _DOING else ""
    holder = with_article(quote.holder)
    if quote.writer and quote.writer != quote.holder:
        holder += f", as quoted by {with_article(quote.writer)}"
    return f"{holder}{doing}"


def where(quote: Quote) -> str:
    """Where they stand: "comment c17, document 001, paragraph 47"."""
    comment = f"comment {quote.comment}, " if quote.comment else ""
    return f"{comment}document {quote.document}, paragraph {quote.paragraph}"


def quoted(quote: Quote) -> str:
    """The words in quotation marks, with a blank behind; empty where only the place is cited."""
    return f"“{quote.exact}” " if quote.exact else ""


def span(reference: Reference) -> str:
    """The paragraphs of a reference."""
    if reference.first_paragraph == reference.last_paragraph:
        return f"paragraph {reference.first_paragraph}"
    return f"paragraphs {reference.first_paragraph}–{reference.last_paragraph}"


def basis_of(reference: Reference) -> str:
    """A reference as one line."""
    author = with_article(reference.author)
    return (
        f"{author[:1].upper()}{author[1:]}. Comment {reference.comment}. In: “{reference.document_title}”, "
        f"document {reference.document}, {span(reference)}."
    )


def safe_url(url: str) -> str:
    """An address without characters that any of the formats could stumble over.

    >>> safe_url("http://x/a b{c}")
    'http://x/a%20b%7Bc%7D'
    """
    keep = "-._~:/?#[]@!$&'()*+,;=%"
    return "".join(
        c
        if c.isascii() and (c.isalnum() or c in keep)
        else "".join(f"%{b:02X}" for b in c.encode("utf-8", "replace"))
        for c in url
    )
