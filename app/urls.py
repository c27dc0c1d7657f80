"""The addresses of everything that has one. A page and its JSON twin share a path under ``/api/v1``."""

from functools import lru_cache
from urllib.parse import quote, urlencode

from app.model.records import Comment, Node, Participant, Relation
from app.model.snapshot import MapSnapshot

API = "/api/v1"
GRAPH = f"{API}/graph"  # the whole map as JSON


def export(form: str) -> str:
    """The whole map as a file of this format."""
    return f"{API}/export/graph/{form}"


def node(record: Node) -> str:
    """The page of a node; scenarios and cruxes have pages of their own kind."""
    if record.scenario is not None:
        return f"/scenarios/{record.scenario.letter}"
    return f"/{'cruxes' if record.type == 'crux' else 'nodes'}/{record.id}"


def relation(record: Relation) -> str:
    """The page of a relation."""
    return f"/relations/{record.id}"


def element(record: Node | Relation) -> str:
    """The page of a node or relation."""
    return node(record) if isinstance(record, Node) else relation(record)


def comment(record: Comment) -> str:
    """The page of a comment."""
    return f"/comments/{record.id}"


def participant(record: Participant) -> str:
    """The page of a participant."""
    return f"/participants/{record.id}"


def document(key: str, paragraph: int | None = None) -> str:
    """The reader of a document, at a paragraph."""
    return f"/documents/{key}" + (f"#p{paragraph}" if paragraph is not None else "")


def passage(view: MapSnapshot, key: str, start: int, end: int) -> str:
    """The reader at a passage: the place is marked, and the text directive makes browsers mark the words, too."""
    text = view.content.documents[key].text
    line = view.paragraphs[key][view.paragraph_number(key, start) - 1]
    found = directive(text, start, end, line.start, max(line.end, end))
    return f"/documents/{key}?at={start}-{end}#at" + (f":~:text={found}" if found else "")


def directive(text: str, start: int, end: int, first: int, last: int, limit: int = 80) -> str:
    """The text directive of ``text[start:end]``, in a paragraph from ``first`` to ``last``.

    The whole quote where it is short, its first and last words where it is long. Browsers take the first
    place that fits, whatever its case: where the words stand earlier in the text, those before or after them
    tell the places apart; where these cannot either, there is no directive (the empty string).
    """
    exact, earlier = text[start:end], _folded(text)[:start]
    words = exact.split()
    parts = [exact] if len(exact) <= limit else [" ".join(words[:5]), " ".join(words[-5:])]
    written = ",".join(map(_encoded, parts))
    if parts[0].lower() not in earlier:
        return written
    before, after = text[first:start].split()[-4:], text[end:last].split()[:4]
    # A word that is cut by the quote is none to tell by.
    if before and text[start - 1].isspace() and f"{' '.join(before)} {parts[0]}".lower() not in earlier:
        return f"{_encoded(' '.join(before))}-,{written}"
    if after and text[end].isspace() and f"{exact} {' '.join(after)}".lower() not in earlier:
        return f"{written},-{_encoded(' '.join(after))}"
    return ""


@lru_cache(maxsize=64)
def _folded(text: str) -> str:
    """In small letters, with every character where it was."""
    return "".join(low if len(low := c.lower()) == 1 else c for c in text)


def _encoded(part: str) -> str:
    return quote(part, safe="").replace("-", "%2D")


def crux_drawing(key: str) -> str:
    """The drawing of a crux as a file of its own."""
    return f"/drawings/crux/{key}.svg"


def stand(answers: str, semantics: str = "", unreviewed: bool = False) -> str:
    """The page of a position, by its query string: the shortest address of it."""
    more = {"semantics": semantics, "unreviewed": "true" if unreviewed else ""}
    query = "&".join(part for part in (answers, urlencode({k: v for k, v in more.items() if v})) if part)
    return f"/stand?{query}" if query else "/stand"


def twin(path: str) -> str:
    """The JSON resource behind a page."""
    return API + ("" if path == "/" else path)
