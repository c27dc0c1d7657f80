"""What a body seems to repeat, to contradict or to quote. Suggestions only: nothing is ever merged by them.

Candidates come from full-text search; a similarity of words ranks them; polarity is checked apart, since
to a bag of words a claim and its negation look alike.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidfuzz import fuzz
from sqlmodel import Session

from app.model.records import Node
from app.model.snapshot import MapSnapshot
from app.source import Folded, Sentence, find_quotation, fold, quoted_lines, sentences
from app.store import search

Kind = Literal["repeats", "contradicts", "quotes"]
ENOUGH = 68.0
"""Similarity from which a node is suggested, of 100."""
MAX_SENTENCES = 60
_CANDIDATES = 25
_QUOTED_WORDS = 6
_WORD = re.compile(r"[\w']+")
_NEGATIONS = frozenset(
    [
        "not",
        "no",
        "never",
        "none",
        "nobody",
        "nothing",
        "neither",
        "nor",
        "without",
        "cannot",
        "can't",
        "don't",
        "doesn't",
        "didn't",
        "isn't",
        "aren't",
        "wasn't",
        "weren't",
        "won't",
        "wouldn't",
        "shouldn't",
        "couldn't",
        "hasn't",
        "haven't",
        "hadn't",
        "hardly",
        "barely",
        "false",
    ]
)
_PREFIXES = ("un", "in", "im", "mis", "dis", "non")
_OPPOSITES = (
    ("more", "less"),
    ("increase", "decrease"),
    ("increases", "decreases"),
    ("rise", "fall"),
    ("rises", "falls"),
    ("true", "false"),
    ("always", "never"),
    ("all", "none"),
    ("everybody", "nobody"),
    ("possible", "impossible"),
    ("safe", "dangerous"),
    ("better", "worse"),
    ("harder", "easier"),
    ("hard", "easy"),
)
_FLIPS = frozenset((*_OPPOSITES, *((b, a) for a, b in _OPPOSITES)))
_folded = lru_cache(maxsize=512)(fold)


@dataclass(frozen=True)
class Suggestion:
    """A stretch of the body and what in the map it seems to repeat, contradict or quote."""

    kind: Kind
    start: int
    end: int
    score: float
    reason: str
    node: str | None = None
    comment: str | None = None
    document: str | None = None
    source_start: int | None = None
    source_end: int | None = None


def suggest(session: Session, view: MapSnapshot, body: str, limit: int = 30) -> list[Suggestion]:
    """What a body seems to repeat, contradict or quote, best first."""
    quoted = [(line.start, line.end) for line in quoted_lines(body)]
    texts = {key: _folded(document.text) for key, document in view.content.documents.items()}
    found: list[Suggestion] = []
    for start, end in quoted:
        found += _quotation(
            view, texts, body, start, end, "this line is marked as a quotation, and stands there"
        )
    for sentence in sentences(body)[:MAX_SENTENCES]:
        if any(sentence.start < end and start < sentence.end for start, end in quoted):
            continue
        words = _words(body[sentence.start : sentence.end])
        if len(words) >= _QUOTED_WORDS:
            same = "the same words stand there"
            found += _quotation(view, texts, body, sentence.start, sentence.end, same)
        if len(words) >= 3:
            found += _nodes(session, view, body, sentence)
    best: dict[tuple[Kind, str | None, int], Suggestion] = {}
    for item in sorted(found, key=lambda s: (-s.score, s.start, s.kind)):
        best.setdefault((item.kind, item.node, item.start if item.node is None else -1), item)
    return list(best.values())[:limit]


def _quotation(
    view: MapSnapshot, texts: dict[str, Folded], body: str, start: int, end: int, reason: str
) -> Iterable[Suggestion]:
    match = find_quotation(body[start:end], texts)
    if match is None:
        return
    comment = view.comment_at(match.document, match.source_start)
    yield Suggestion(
        "quotes",
        start + match.start,
        start + match.end,
        100.0 if match.kind == "exact" else 95.0,
        reason if match.kind != "abridged" else f"{reason}, abridged",
        comment=comment.id if comment is not None else None,
        document=match.document,
        source_start=match.source_start,
        source_end=match.source_end,
    )


def _nodes(session: Session, view: MapSnapshot, body: str, sentence: Sentence) -> Iterable[Suggestion]:
    text = body[sentence.start : sentence.end]
    hits = search.find(session.connection(), text, ["node"], _CANDIDATES, any_word=True)
    for hit in hits:
        node = view.content.nodes.get(hit.ref)
        if node is None or not view.visible(node):
            continue
        score, against = max((likeness(text, other), other) for other in _sayings(node))
        if score < ENOUGH:
            continue
        why = contradiction(text, against)
        shown = "its text" if against == node.text else "a passage of it"
        if why is None:
            reason = f"{shown} has much the same words, and the same sense of yes and no"
        else:
            reason = f"{shown} has much the same words, but {why}"
        yield Suggestion(
            "repeats" if why is None else "contradicts",
            sentence.start,
            sentence.end,
            round(score, 1),
            reason,
            node=node.id,
        )


def _sayings(node: Node) -> list[str]:
    return [node.text, *dict.fromkeys(m.exact for m in node.passages)]


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text, case=True).text)


def likeness(one: str, other: str) -> float:
    """How alike two sentences are in their words, of 100; negations left aside."""
    bare = [" ".join(w for w in _words(text) if w not in _NEGATIONS) for text in (one, other)]
    if not all(bare):
        return 0.0
    # The set ratio alone finds a short phrase in any long sentence that has its words.
    return 0.6 * fuzz.token_sort_ratio(*bare) + 0.4 * fuzz.token_set_ratio(*bare)


def contradiction(one: str, other: str) -> str | None:
    """Why the second of two alike sentences seems to deny the first, or None."""
    first, second = _words(one), _words(other)
    odd = [sum(w in _NEGATIONS for w in words) % 2 for words in (first, second)]
    flipped = [
        f"one says “{a}”, the other “{b}”"
        for a in set(first) - set(second)
        for b in set(second) - set(first)
        if (a, b) in _FLIPS or any(a == p + b or b == p + a for p in _PREFIXES)
    ]
    negated = odd[0] != odd[1]
    if negated == (len(flipped) % 2 == 1):
        return None
    return flipped[0] if flipped else "one of the two is negated"
