"""Writing records into their tables, kind by kind, so that each row comes after what it refers to."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlmodel import Session

from app.model.records import (
    Comment,
    Document,
    Kind,
    LedgerNote,
    MapInfo,
    Node,
    Participant,
    Quotation,
    Relation,
)
from app.model.tables import (
    AttitudeRow,
    CommentRow,
    CommentTextRow,
    CruxRow,
    DocumentRow,
    ElementRow,
    LedgerNoteRow,
    MapRow,
    NodeRow,
    ParticipantRow,
    PassageRow,
    QuotationRow,
    RelationRow,
    ScenarioRow,
)
from app.store.changes import Change


def write(session: Session, changes: Sequence[Change]) -> None:
    """Write the records, kind by kind, so that each row comes after what it refers to."""
    groups: dict[Kind, list[Change]] = defaultdict(list)
    for change in changes:
        groups[change.kind].append(change)
    ids = _passage_ids(session, changes)
    for change in groups["map"]:
        assert isinstance(change.after, MapInfo)
        session.execute(delete(MapRow))
        session.execute(insert(MapRow).values(id=1, **change.after.model_dump()))
    _insert(
        session,
        ParticipantRow,
        [c.after.model_dump() for c in groups["participant"] if c.before is None and c.after is not None],
    )
    for participant in (c.after for c in groups["participant"] if c.before is not None):
        assert isinstance(participant, Participant)
        values = participant.model_dump(exclude={"id"})
        session.execute(update(ParticipantRow).filter_by(id=participant.id).values(**values))
    _write_comments(session, groups["comment"])
    _write_elements(session, groups["node"] + groups["relation"])
    _write_attitudes(session, groups["node"] + groups["relation"], ids)
    _write_quotations(session, groups["quotation"], ids)
    _write_ledger(session, groups["ledger"])


def _insert(session: Session, table: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        session.execute(insert(table), rows)


def _write_comments(session: Session, changes: list[Change]) -> None:
    versions = {"earlier", "document", "first_paragraph", "last_paragraph"}
    rows: list[dict[str, Any]] = []
    texts: list[dict[str, Any]] = []
    for change in changes:
        comment = change.after
        assert isinstance(comment, Comment)
        values = comment.model_dump(exclude=versions)
        if change.before is None:
            rows.append(values)
        else:
            session.execute(delete(CommentTextRow).filter_by(comment=comment.id))
            values.pop("id")
            session.execute(update(CommentRow).filter_by(id=comment.id).values(**values))
        for number, version in enumerate(comment.versions, 1):
            texts.append(
                {
                    "comment": comment.id,
                    "version": number,
                    "document": version.document,
                    "first_paragraph": version.first_paragraph,
                    "last_paragraph": version.last_paragraph,
                }
            )
    _insert(session, CommentRow, rows)
    _insert(session, CommentTextRow, texts)


def _write_elements(session: Session, changes: list[Change]) -> None:
    nodes = [c.after for c in changes if isinstance(c.after, Node)]
    relations = [c.after for c in changes if isinstance(c.after, Relation)]
    old = {c.key for c in changes if c.before is not None}
    # Details go first and come back last: a crux row ties its node to the type "crux".
    for table in (CruxRow, ScenarioRow):
        for node in nodes:
            if node.id in old:
                session.execute(delete(table).filter_by(node=node.id))
    created = [{"id": e.id, "type": e.type, "kind": e.kind} for e in (*nodes, *relations) if e.id not in old]
    _insert(session, ElementRow, created)
    for element in (*nodes, *relations):
        if element.id in old:
            session.execute(update(ElementRow).filter_by(id=element.id).values(type=element.type))
    _insert(session, NodeRow, [_node_row(n) for n in nodes if n.id not in old])
    for node in nodes:
        if node.id in old:
            session.execute(update(NodeRow).filter_by(element=node.id).values(**_node_row(node)))
    _insert(
        session,
        CruxRow,
        [{"node": n.id, "type": "crux", **n.crux.model_dump()} for n in nodes if n.crux is not None],
    )
    _insert(
        session,
        ScenarioRow,
        [
            {"node": n.id, "type": "scenario", **n.scenario.model_dump()}
            for n in nodes
            if n.scenario is not None
        ],
    )
    if relations:
        ends = {r.source for r in relations} | {r.target for r in relations}
        types = _types(session, ends)
        rows = [_relation_row(r, types) for r in relations]
        _insert(session, RelationRow, [row for row in rows if row["element"] not in old])
        for row in rows:
            if row["element"] in old:
                session.execute(update(RelationRow).filter_by(element=row["element"]).values(**row))


def _types(session: Session, keys: set[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    wanted = sorted(keys)
    for at in range(0, len(wanted), 500):
        query = select(ElementRow.id, ElementRow.type).where(ElementRow.id.in_(wanted[at : at + 500]))  # type: ignore[call-overload,attr-defined]
        found.update(session.execute(query).tuples().all())
    return found


def _node_row(node: Node) -> dict[str, Any]:
    return {
        "element": node.id,
        "kind": "node",
        "text": node.text,
        "tags": list(node.tags),
        "base": node.base,
        "status": node.status,
        "model": node.model,
        "merged_into": node.merged_into,
    }


def _relation_row(relation: Relation, types: Mapping[str, str]) -> dict[str, Any]:
    return {
        "element": relation.id,
        "type": relation.type,
        "source": relation.source,
        "source_type": types[relation.source],
        "target": relation.target,
        "target_type": types[relation.target],
        "basis": relation.basis,
        "rationale": relation.rationale,
        "base": relation.base,
        "status": relation.status,
    }


Key = tuple[str, int, int]


def _passage_ids(session: Session, changes: Sequence[Change]) -> dict[Key, int]:
    """The row of each passage the changes speak of, made where it is missing."""
    documents = [c.after for c in changes if isinstance(c.after, Document)]
    _insert(session, DocumentRow, [d.model_dump() for d in documents])
    wanted: dict[Key, tuple[str, str, str]] = {}
    for change in changes:
        record = change.after
        if isinstance(record, (Node, Relation)):
            for m in record.passages:
                wanted[m.document, m.start, m.end] = (m.exact, m.prefix, m.suffix)
        elif isinstance(record, Quotation):
            for span in (record, record.quotes):
                if span is not None:
                    wanted.setdefault((span.document, span.start, span.end), ("", "", ""))
    if not wanted:
        return {}
    have = _stored_passages(session, {key[0] for key in wanted})
    texts = {d.id: d.text for d in documents}
    rows = []
    for key in sorted(wanted.keys() - have.keys()):
        document, start, end = key
        exact, prefix, suffix = wanted[key]
        if not exact:  # a quotation's passage: read it from the document
            if document not in texts:
                texts[document] = session.execute(
                    select(DocumentRow.text).filter_by(id=document)  # type: ignore[call-overload]
                ).scalar_one()
            text = texts[document]
            exact, prefix, suffix = text[start:end], text[max(0, start - 32) : start], text[end : end + 32]
        rows.append(
            {
                "document": document,
                "start": start,
                "end": end,
                "exact": exact,
                "prefix": prefix,
                "suffix": suffix,
            }
        )
    _insert(session, PassageRow, rows)
    return _stored_passages(session, {key[0] for key in wanted})


def _stored_passages(session: Session, documents: set[str]) -> dict[Key, int]:
    found: dict[Key, int] = {}
    columns = (PassageRow.document, PassageRow.start, PassageRow.end, PassageRow.id)
    wanted = sorted(documents)
    for at in range(0, len(wanted), 500):
        query = select(*columns).where(PassageRow.document.in_(wanted[at : at + 500]))  # type: ignore[call-overload,attr-defined]
        for document, start, end, number in session.execute(query):
            found[document, start, end] = number
    return found


def _write_attitudes(session: Session, changes: list[Change], ids: Mapping[Key, int]) -> None:
    rows = []
    for change in changes:
        element = change.after
        assert isinstance(element, (Node, Relation))
        if change.before is not None:
            session.execute(delete(AttitudeRow).filter_by(element=element.id))
        rows += [
            {
                "passage": ids[m.document, m.start, m.end],
                "element": element.id,
                "kind": m.attitude,
                "holder": m.holder,
            }
            for m in element.passages
        ]
    _insert(session, AttitudeRow, rows)


def _write_quotations(session: Session, changes: list[Change], ids: Mapping[Key, int]) -> None:
    rows = []
    for change in changes:
        before, after = change.before, change.after
        if isinstance(before, Quotation):
            stored = ids or _stored_passages(session, {before.document})
            if (before.document, before.start, before.end) not in stored:
                stored = _stored_passages(session, {before.document})
            number = stored[before.document, before.start, before.end]
            session.execute(delete(QuotationRow).filter_by(passage=number))
        if isinstance(after, Quotation):
            source = after.quotes
            rows.append(
                {
                    "passage": ids[after.document, after.start, after.end],
                    "source_passage": ids[source.document, source.start, source.end] if source else None,
                    "outside": after.outside,
                }
            )
    _insert(session, QuotationRow, rows)


def _write_ledger(session: Session, changes: list[Change]) -> None:
    rows = []
    for change in changes:
        for state in (change.before, change.after):
            if isinstance(state, LedgerNote):
                place = {"document": state.document, "start": state.start, "end": state.end}
                if state is change.before:
                    session.execute(delete(LedgerNoteRow).filter_by(**place))
                else:
                    rows.append({**place, "kind": state.type, "reason": state.reason})
    _insert(session, LedgerNoteRow, rows)
