"""The map's past on pages: revisions, what each changed, two revisions compared."""

import difflib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from app import urls
from app.model.records import Record
from app.model.snapshot import MapSnapshot
from app.store.history import Entry, Named
from app.store.writing import Change, Revision
from app.web.views.difference import element
from app.web.words import clip

SHOWN = 120
"""How many changed records a page shows."""
_LONG = 1200
_KINDS = {"ledger": "judgement", "map": "title page"}
_ORIGINS = {
    "load": "loaded from files",
    "api": "a comment",
    "edit": "an edit",
    "review": "a review",
    "undo": "undone",
    "revert": "gone back",
    "purge": "removed for good",
    "import": "imported",
}


@dataclass(frozen=True)
class RevisionRow:
    """A revision in a list."""

    n: int
    at: str
    who: str
    why: str
    how: str
    changes: int
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Piece:
    """Words that stayed (``same``), went (``del``) or came (``ins``)."""

    text: str
    kind: str


@dataclass(frozen=True)
class FieldChange:
    """A field on both sides; ``pieces`` where it is a text that was there before and after."""

    name: str
    before: str
    after: str
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True)
class ChangeView:
    """A record, what happened to it, and the fields that differ."""

    kind: str
    title: str
    url: str
    fate: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True)
class Changes:
    """Changed records, the first ones in full."""

    shown: tuple[ChangeView, ...]
    total: int

    @property
    def more(self) -> int:
        return self.total - len(self.shown)


@dataclass(frozen=True)
class RecordRow:
    """A revision as far as it concerns one record."""

    row: RevisionRow
    change: ChangeView


def row(revision: Revision, changes: int, named: Iterable[Named] = ()) -> RevisionRow:
    """A revision as a list shows it."""
    return RevisionRow(
        revision.n,
        when(revision.at),
        revision.who,
        revision.why,
        _ORIGINS.get(revision.origin, revision.origin),
        changes,
        tuple(found.name for found in named if found.revision == revision.n),
    )


def rows(entries: Sequence[Entry], named: Sequence[Named]) -> tuple[RevisionRow, ...]:
    """Revisions as the list shows them."""
    return tuple(row(entry.revision, entry.changes, named) for entry in entries)


def when(at: str) -> str:
    """A time of history for people: ``2026-11-21 09:18 UTC``."""
    return f"{at[:10]} {at[11:16]} UTC" if re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d", at) else at


def changes(found: Sequence[Change], *views: MapSnapshot) -> Changes:
    """Changed records; titles are looked up in the views."""
    return Changes(tuple(change(item, *views) for item in found[:SHOWN]), len(found))


def record_rows(found: Sequence[tuple[Revision, Change]], view: MapSnapshot) -> tuple[RecordRow, ...]:
    """The past of one record, newest first."""
    return tuple(RecordRow(row(revision, 1), change(item, view)) for revision, item in found)


def change(found: Change, *views: MapSnapshot) -> ChangeView:
    """A changed record with the fields that differ."""
    title, url = _named(found, views)
    return ChangeView(_KINDS.get(found.kind, found.kind), title, url, _fate(found), tuple(_fields(found)))


def _named(found: Change, views: Sequence[MapSnapshot]) -> tuple[str, str]:
    if found.kind in ("node", "relation", "comment"):
        there = element(found.key, *views)
        return clip(there.text, 200), there.url
    record = found.after or found.before
    title = str(getattr(record, "label", None) or getattr(record, "title", None) or found.key)
    living = found.after is not None
    if found.kind in ("participant", "document") and living:
        return clip(title, 200), f"/{found.kind}s/{found.key}"
    return clip(title, 200), ""


def _fate(found: Change) -> str:
    if found.before is None:
        return "added"
    if found.after is None:
        return "gone"
    was, now = getattr(found.before, "status", None), getattr(found.after, "status", None)
    return str(now) if was != now and now is not None else "changed"


def _fields(found: Change) -> Iterable[FieldChange]:
    before, after = _data(found.before), _data(found.after)
    for name in dict.fromkeys([*after, *before]):
        was, now = before.get(name), after.get(name)
        if was == now or (
            (found.before is None or found.after is None) and (was or now) in (None, "", [], {})
        ):
            continue
        if name in ("id", "sha256", "file"):
            continue
        words: tuple[Piece, ...] = ()
        if isinstance(was, str) and isinstance(now, str) and " " in f"{was}{now}":
            words = tuple(pieces(was, now)) if max(len(was), len(now)) <= 4 * _LONG else ()
        yield FieldChange(name.replace("_", " "), _shown(was), _shown(now), words)


def _data(record: Record | None) -> dict[str, Any]:
    return {} if record is None else record.model_dump(mode="json")


def _shown(value: Any) -> str:
    """A value as text a person reads."""
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, str):
        return clip(value, _LONG)
    if isinstance(value, list):
        return "\n".join(clip(_shown(item), 400) for item in value[:30])
    if isinstance(value, dict) and "exact" in value:
        return f"“{value['exact']}” ({value['holder']} {value['attitude']}, {value['document']})"
    if isinstance(value, dict) and {"document", "start", "end"} <= value.keys():
        return f"{value['document']}, characters {value['start']} to {value['end']}"
    if isinstance(value, dict):
        return clip("\n".join(f"{key}: {_shown(item)}" for key, item in value.items() if item), _LONG)
    return json.dumps(value, ensure_ascii=False)


def pieces(before: str, after: str) -> Iterable[Piece]:
    """Two versions of a text as one: words that stayed, went and came."""
    old, new = re.findall(r"\s+|[^\s]+", before), re.findall(r"\s+|[^\s]+", after)
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Piece("".join(old[a:b]), "same")
            continue
        if a < b:
            yield Piece("".join(old[a:b]), "del")
        if c < d:
            yield Piece("".join(new[c:d]), "ins")


def span(text: str) -> tuple[int, int] | None:
    """``3..7`` as two revisions; None for anything else."""
    found = re.fullmatch(r"(\d{1,9})\.\.(\d{1,9})", text)
    return (int(found[1]), int(found[2])) if found else None


def diff_twin(before: int, after: int) -> str:
    """The JSON resource that compares two revisions."""
    return f"{urls.API}/diff?from={before}&to={after}"
