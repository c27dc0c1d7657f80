"""Writing a map as three CSV tables, nodes, relations and passages: a zip, or a folder of the three.

A cell that a spreadsheet would take for a formula (it begins with = + - @, a tab or a line end) is given
a leading apostrophe, as spreadsheets themselves do; that is noted.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence

from app.analysis import Analysis
from app.formats.exchange import Losses, Written
from app.formats.selecting import lose_details, lose_groups, select
from app.model.records import Mention
from app.model.snapshot import MapSnapshot, letter

_NO_PLACE = "the tables hold nodes, relations and passages"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_STAMP = (1980, 1, 1, 0, 0, 0)
Cell = str | int | float | None


def write(result: Analysis) -> Written:
    """The map as a zip of ``nodes.csv``, ``relations.csv`` and ``passages.csv``."""
    tables, written = write_tables(result)
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in tables.items():
            # A fixed time, so that equal maps give equal files.
            archive.writestr(zipfile.ZipInfo(name, _STAMP), data, zipfile.ZIP_DEFLATED)
    return Written(body.getvalue(), written.losses)


def write_tables(result: Analysis) -> tuple[dict[str, bytes], Written]:
    """The three tables by file name, and what they do not hold."""
    view, chosen = result.view, select(result)
    lose_groups(chosen, result, ("documents", "quotations", "ledger"), _NO_PLACE)
    lose_details(chosen, _NO_PLACE, kept=("crux", "rationale", "base", "status", "passages"))
    tables = {
        "nodes.csv": _table(
            (
                "id",
                "type",
                "text",
                "tags",
                "base",
                "status",
                "letter",
                "question",
                "if_true",
                "if_false",
                "would_settle",
            ),
            (
                (n.id, n.type, n.text, "; ".join(n.tags), n.base, n.status, letter(n))
                + (
                    (n.crux.question, n.crux.if_true, n.crux.if_false, n.crux.would_settle)
                    if n.crux
                    else ("",) * 4
                )
                for n in chosen.nodes
            ),
            chosen.losses,
        ),
        "relations.csv": _table(
            (
                "id",
                "type",
                "source",
                "target",
                "target_kind",
                "polarity",
                "basis",
                "rationale",
                "base",
                "status",
            ),
            (
                (
                    r.id,
                    r.type,
                    r.source,
                    r.target,
                    "node" if r.target in view.content.nodes else "relation",
                    view.polarity(r),
                    r.basis,
                    r.rationale,
                    r.base,
                    r.status,
                )
                for r in chosen.relations
            ),
            chosen.losses,
        ),
        "passages.csv": _table(
            (
                "element",
                "attitude",
                "holder",
                "participant",
                "comment",
                "document",
                "paragraph",
                "start",
                "end",
                "exact",
            ),
            (
                (
                    e.id,
                    m.attitude,
                    m.holder,
                    view.content.participants[m.holder].label,
                    _comment(view, m),
                    m.document,
                    view.paragraph_number(m.document, m.start),
                    m.start,
                    m.end,
                    m.exact,
                )
                for e in (*chosen.nodes, *chosen.relations)
                for m in e.passages
            ),
            chosen.losses,
        ),
    }
    return tables, Written(b"", chosen.losses.report())


def _comment(view: MapSnapshot, mention: Mention) -> str:
    at = view.comment_at(mention.document, mention.start)
    return at.id if at is not None else ""


def _table(head: Sequence[str], rows: Iterable[Sequence[Cell]], losses: Losses) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_MINIMAL, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([_cell(value, losses) for value in row] for row in rows)
    return out.getvalue().encode("utf-8")


def _cell(value: Cell, losses: Losses) -> Cell:
    if value is None:
        return ""
    if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA):
        losses.add("cell like a formula", "it was given a leading apostrophe", value)
        return f"'{value}"
    return value
