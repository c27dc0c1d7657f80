"""How to cite a page: as a line of text and as BibTeX, with its permalink, the revision and its date."""

import re
from dataclasses import dataclass
from urllib.parse import quote

from app.web.words import quoted
from app.writeup.renderers.bibtex import entry, field

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True)
class Citation:
    """How to cite a page at the revision that is shown."""

    text: str
    bibtex: str


def citation(title: str, whole: str, address: str, path: str, revision: int, at: str) -> Citation:
    """How to cite a page called ``title`` of the map ``whole``.

    ``path`` with its query makes the key; ``at`` is when the revision was made, in ISO 8601, or empty.
    """
    dated = re.match(r"(\d{4})-(\d\d)-(\d\d)", at)
    which = f"revision {revision}" + (f" of {dated[0]}" if dated else "")
    # A permalink in a .bib file: what BibTeX reads as structure is percent-encoded.
    address = quote(address, safe="/:?#[]@!$&'()*+,;=~%")
    fields = {
        "title": f"{{{field(title)}}}",
        "howpublished": f"In: {field(whole)} (argument map)",
        **({"year": dated[1], "month": _MONTHS[int(dated[2]) - 1]} if dated else {}),
        "note": which.capitalize(),
        "url": address,
    }
    key = re.sub(r"[^a-z0-9]+", "-", path.lower()).strip("-")[:80] or "map"
    return Citation(
        f"{quoted(title)}. In: {whole} (argument map), {which}. {address}",
        entry(f"{key}-r{revision}", fields),
    )
