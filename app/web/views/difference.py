"""A difference on a page: the sentences, and the figures behind them with links."""

from dataclasses import dataclass

from app import urls
from app.api.differing import DifferenceShape
from app.api.past import CommentDifference
from app.model.snapshot import MapSnapshot
from app.web.views.common import CommentRef, Ref, comment_ref, ref

_NAMES = {
    "node": ("statement", "statements"),
    "relation": ("relation", "relations"),
    "comment": ("comment", "comments"),
    "document": ("text", "texts"),
    "participant": ("participant", "participants"),
    "quotation": ("quotation", "quotations"),
    "ledger": ("judgement on a sentence", "judgements on sentences"),
    "map": ("title page", "title pages"),
}
_CRUX = {"appeared": "turns the verdict now", "vanished": "no longer turns it", "moved": "turns it otherwise"}
_OBJECTION = {"created": "unanswered", "answered": "answered now", "reopened": "unanswered again"}
SHOWN = 60
"""How many rows of one kind a page shows before it counts the rest."""


@dataclass(frozen=True)
class StrengthRow:
    """A scenario's strength on both sides, as shown; empty where it does not count."""

    letter: str
    before: str
    after: str
    moved: bool


@dataclass(frozen=True)
class StanceRow:
    """A statement whose stance on a scenario changed."""

    ref: Ref
    letter: str
    before: str
    after: str


@dataclass(frozen=True)
class Said:
    """A statement, what became of it, and by how much."""

    ref: Ref
    says: str
    figures: str = ""


@dataclass(frozen=True)
class Group:
    """Records of one kind with one fate."""

    title: str
    refs: tuple[Ref, ...]
    more: int


@dataclass(frozen=True)
class DifferenceView:
    """A difference, ready to be set. ``nothing`` where the two states are the same."""

    sentences: tuple[str, ...]
    strengths: tuple[StrengthRow, ...]
    stances: tuple[StanceRow, ...]
    more_stances: int
    cruxes: tuple[Said, ...]
    cases: tuple[Said, ...]
    objections: tuple[Said, ...]
    groups: tuple[Group, ...]
    nothing: bool


@dataclass(frozen=True)
class CommentDifferencePage:
    """What a comment changed when it was added, and changes today."""

    comment: CommentRef
    status_help: str
    revision: int | None
    as_added: DifferenceView | None
    today: DifferenceView


def comment_difference(view: MapSnapshot, key: str, found: CommentDifference) -> CommentDifferencePage:
    """The page of what a comment changes."""
    comment = view.content.comments[key]
    return CommentDifferencePage(
        comment_ref(view, comment),
        view.words.statuses[comment.status].help,
        found.revision,
        shown(found.as_added, view) if found.as_added is not None else None,
        shown(found.counterfactual, view),
    )


def shown(found: DifferenceShape, *views: MapSnapshot) -> DifferenceView:
    """A difference for a page; what it names is looked up in the views, the first that has it."""

    def at(key: str) -> Ref:
        return element(key, *views)

    words = views[0].words.stances
    return DifferenceView(
        tuple(found.sentences),
        tuple(
            StrengthRow(s.scenario, _two(s.before), _two(s.after), _two(s.before) != _two(s.after))
            for s in found.strengths
        ),
        tuple(
            StanceRow(
                at(s.node),
                s.scenario,
                words[s.before].label if s.before else "did not count",
                words[s.after].label if s.after else "does not count",
            )
            for s in found.stances[:SHOWN]
        ),
        max(0, len(found.stances) - SHOWN),
        tuple(
            Said(at(c.node), _CRUX[c.change], _range(c.needed_before, c.needed_after))
            for c in found.cruxes[:SHOWN]
        ),
        tuple(Said(at(c.node), "", _range(c.before, c.after)) for c in found.cases[:SHOWN]),
        tuple(Said(at(o.relation), _OBJECTION[o.change]) for o in found.objections[:SHOWN]),
        tuple(
            Group(
                f"{many if len(keys) > 1 else one} {fate}",
                tuple(at(k) for k in keys[:SHOWN]),
                max(0, len(keys) - SHOWN),
            )
            for kind, changed in found.records.items()
            if kind in ("node", "relation", "comment")
            for one, many in (_NAMES[kind],)
            for fate, keys in (
                ("added", changed.created),
                ("changed", changed.changed),
                ("gone", changed.gone),
            )
            if keys
        ),
        not found.records,
    )


def element(key: str, *views: MapSnapshot) -> Ref:
    """A link to a node, relation or comment; only its id where it is in none of the views."""
    for view in views:
        content = view.content
        found = content.nodes.get(key) or content.relations.get(key)
        if found is not None:
            return ref(view, found)
        if key in content.comments:
            comment = content.comments[key]
            return Ref(key, urls.comment(comment), f"comment {key}", "comment", "comment", comment.status)
    return Ref(key, "", key, "", "", "reviewed")


def _two(number: float | None) -> str:
    return "" if number is None else f"{number:.2f}"


def _range(before: float | None, after: float | None) -> str:
    """``0.41 → 0.47``; one figure alone where the other is not there."""
    return " → ".join(part for part in (_two(before), _two(after)) if part)
