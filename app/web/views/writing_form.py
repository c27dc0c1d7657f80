"""What the form for a comment holds. It travels in the form's own fields: the server keeps no drafts."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from pydantic import ValidationError

from app.errors import CruxmapError, InvalidInput, Problem
from app.store.services import CommentIn
from app.web.forms import Pairs, unsafe, validation, value

MAX_ROWS = 40
"""How many statements, links or listed things one form holds; the API takes more."""
_ROW = re.compile(r"(node|link)-(\d{1,3})-([a-z_]+)")
_PLACE = re.compile(r"(nodes|relations)\[(\d+)\](?:\.(.*))?")
_REF = re.compile(r"N(\d{1,4})")


@dataclass(frozen=True)
class NodeRow:
    """A statement: a new one (``ref``), or one of the map that the comment takes up (``id``)."""

    ref: str = ""
    id: str = ""
    type: str = ""
    text: str = ""
    quote: str = ""
    occurrence: str = ""
    place: str = ""
    paragraph: str = ""
    attitude: str = ""
    holder: str = ""
    tags: str = ""
    question: str = ""
    if_true: str = ""
    if_false: str = ""
    would_settle: str = ""


@dataclass(frozen=True)
class LinkRow:
    """A link between statements of the form and things of the map."""

    type: str = ""
    source: str = ""
    target: str = ""
    rationale: str = ""
    quote: str = ""


@dataclass(frozen=True)
class Draft:
    """A comment as far as it is written. ``shelf``: ids of the map to link to; ``once`` names this form."""

    participant: str = ""
    body: str = ""
    reply_to: str = ""
    source_url: str = ""
    once: str = ""
    find: str = ""
    shelf: tuple[str, ...] = ()
    nodes: tuple[NodeRow, ...] = ()
    links: tuple[LinkRow, ...] = ()

    @property
    def next_ref(self) -> str:
        """A name for another new statement. Capitals: no id of the map can be the same."""
        used = [int(found[1]) for row in self.nodes if (found := _REF.fullmatch(row.ref))]
        return f"N{max(used, default=0) + 1}"


_NODE_FIELDS = frozenset(f.name for f in fields(NodeRow))
_LINK_FIELDS = frozenset(f.name for f in fields(LinkRow))


def read(sent: Pairs) -> Draft:
    """The form as it was sent; rows beyond the bound are refused.

    Raises
    ------
    InvalidInput : there are too many rows.
    """
    rows: dict[str, dict[int, dict[str, str]]] = {"node": {}, "link": {}}
    for name, text in sent:
        if (found := _ROW.fullmatch(name)) is not None:
            kind, number, field = found[1], int(found[2]), found[3]
            if field in (_NODE_FIELDS if kind == "node" else _LINK_FIELDS):
                rows[kind].setdefault(number, {})[field] = text
    shelf = tuple(dict.fromkeys(text for name, text in sent if name == "shelf" and text))
    if max(len(shelf), len(rows["node"]), len(rows["link"])) > MAX_ROWS:
        raise InvalidInput(f"this form holds at most {MAX_ROWS} of each", remedy="use the API for more")
    return Draft(
        participant=value(sent, "participant").strip(),
        body=value(sent, "body"),
        reply_to=value(sent, "reply_to").strip(),
        source_url=value(sent, "source_url").strip(),
        once=value(sent, "once")[:60] or fresh_key(),
        find=value(sent, "find").strip()[:500],
        shelf=shelf,
        nodes=tuple(NodeRow(**row) for _, row in sorted(rows["node"].items())),
        links=tuple(LinkRow(**row) for _, row in sorted(rows["link"].items())),
    )


def fresh_key() -> str:
    """A name for a new form, so that sending it twice adds one comment."""
    return secrets.token_urlsafe(18)


def with_node(draft: Draft, row: NodeRow) -> Draft:
    """The draft with one statement more."""
    row = row if row.id else replace(row, ref=draft.next_ref)
    return replace(draft, nodes=(*draft.nodes, row)[:MAX_ROWS])


def without_node(draft: Draft, number: int) -> Draft:
    """The draft without a statement, and without what its links said of it."""
    if not 0 <= number < len(draft.nodes):
        return draft
    gone = {draft.nodes[number].ref, draft.nodes[number].id} - {""}
    links = tuple(
        replace(
            row,
            source="" if row.source in gone - set(draft.shelf) else row.source,
            target="" if row.target in gone - set(draft.shelf) else row.target,
        )
        for row in draft.links
    )
    return replace(draft, nodes=draft.nodes[:number] + draft.nodes[number + 1 :], links=links)


def submission(draft: Draft) -> CommentIn:
    """What the form asks for, as the API takes it.

    Raises
    ------
    InvalidInput : something is missing or malformed; names the places as the API does.
    """
    problems = _missing(draft)
    data = _payload(draft, problems)
    problems += unsafe(_texts(draft))
    try:
        made = CommentIn.model_validate(data)
    except ValidationError as error:
        said = {p.where for p in problems}
        problems += [p for p in validation(error).problems if p.where not in said]
        made = None
    if problems or made is None:
        raise InvalidInput(problems)
    return made


def _missing(draft: Draft) -> list[Problem]:
    found = []
    if not draft.body.strip():
        found.append(Problem("is empty", "body", "write something"))
    for number, row in enumerate(draft.links):
        place = f"relations[{number}]"
        for field, remedy in (
            ("source", "choose what the link starts from"),
            ("type", "choose what it says"),
            ("target", "choose what it leads to"),
        ):
            if not getattr(row, field):
                found.append(Problem("is missing", f"{place}.{field}", remedy))
    return found


def _texts(draft: Draft) -> list[tuple[str, str]]:
    found = [("body", draft.body), ("participant", draft.participant)]
    for number, node in enumerate(draft.nodes):
        found += [(f"nodes[{number}].{name}", getattr(node, name)) for name in sorted(_NODE_FIELDS)]
    for number, link in enumerate(draft.links):
        found += [(f"relations[{number}].{name}", getattr(link, name)) for name in sorted(_LINK_FIELDS)]
    return found


def _payload(draft: Draft, problems: list[Problem]) -> dict[str, object]:
    return {
        "participant": draft.participant or None,
        "body": draft.body,
        "reply_to": draft.reply_to or None,
        "source_url": draft.source_url or None,
        "nodes": [_node(row, f"nodes[{number}]", problems) for number, row in enumerate(draft.nodes)],
        "relations": [
            {
                "type": row.type,
                "source": row.source,
                "target": row.target,
                "rationale": row.rationale,
                "passages": [{"quote": row.quote.strip("\n")}] if row.quote.strip() else [],
            }
            for row in draft.links
        ],
    }


def _node(row: NodeRow, place: str, problems: list[Problem]) -> dict[str, object]:
    passage: dict[str, object] = {"quote": row.quote.strip("\n")}
    for name in ("occurrence", "paragraph"):
        if number := getattr(row, name).strip():
            if not number.isascii() or not number.isdecimal() or len(number) > 7:
                problems.append(Problem("is no number", f"{place}.{name}", "write 1, 2 …"))
            else:
                passage[name] = int(number)
    if row.place:
        passage["document"] = row.place
    made: dict[str, object] = {
        "attitude": row.attitude or None,
        "holder": row.holder or None,
        "passages": [passage] if row.quote.strip() else [],
    }
    if row.id:
        return made | {"id": row.id}
    made |= {
        "ref": row.ref or None,
        "type": row.type or None,
        "text": row.text or None,
        "tags": [tag for part in row.tags.split(",") if (tag := part.strip())],
    }
    if row.type == "crux":
        made["crux"] = {
            "question": row.question.strip(),
            "if_true": row.if_true.strip(),
            "if_false": row.if_false.strip(),
            "would_settle": row.would_settle.strip() or None,
        }
    return made


# --- from the API's places to the form's fields ----------------------------------------------------

_INNER = {"passages": "quote", "crux": "type", "document": "place", "comment": "place", "id": "quote"}


def field_of(where: str, draft: Draft) -> str:
    """The id of the field a problem is about; empty for one that is about none of them.

    >>> field_of("nodes[1].passages[0].quote", Draft(nodes=(NodeRow(), NodeRow())))
    'node-1-quote'
    """
    found = _PLACE.fullmatch(where)
    if found is None:
        name = where.partition(".")[0]
        return name if name in ("body", "participant", "reply_to", "source_url", "token") else ""
    kind, number, rest = found[1], int(found[2]), found[3] or ""
    last = re.sub(r"\[\d+\]", "", rest).split(".")[-1]
    names, rows = (_NODE_FIELDS, draft.nodes) if kind == "nodes" else (_LINK_FIELDS, draft.links)
    if number >= len(rows):
        return ""
    field = last if last in names else _INNER.get(last, "")
    if kind == "relations" and field not in names:
        field = "type"
    if kind == "nodes" and (field not in names or (field == "ref")):
        field = "quote" if draft.nodes[number].id else "text"
    return f"{'node' if kind == 'nodes' else 'link'}-{number}-{field}"


def by_field(error: CruxmapError, draft: Draft) -> Mapping[str, list[str]]:
    """What is wrong, by field; under the empty name what belongs to none."""
    found: dict[str, list[str]] = {}
    for problem in error.problems:
        remedy = f": {problem.remedy}" if problem.remedy else ""
        spot = field_of(problem.where, draft)
        place = f"{problem.where} " if not spot and problem.where else ""
        said = f"{place}{problem.message}{remedy}."
        found.setdefault(spot, []).append(said[:1].upper() + said[1:])
    return found
