"""The addresses of everything that has one. A page and its JSON twin share a path under ``/api/v1``."""

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
    """The reader at a passage; the text fragment makes browsers scroll to and mark the words."""
    number = view.paragraph_number(key, start)
    exact = view.content.documents[key].text[start:end]
    return f"/documents/{key}?at={start}-{end}#p{number}:~:text={fragment(exact)}"


def fragment(exact: str, limit: int = 80) -> str:
    """The text directive of a quote: whole where short, first and last words where long."""
    if len(exact) <= limit:
        return quote(exact, safe="").replace("-", "%2D")
    words = exact.split()
    first, last = " ".join(words[:5]), " ".join(words[-5:])
    return ",".join(quote(part, safe="").replace("-", "%2D") for part in (first, last))


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
