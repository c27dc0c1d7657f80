"""What an editor should look at again: signs that a map misreads its thread or says too little."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from rapidfuzz import fuzz, process

from app.analysis.analysis import Analysis
from app.model.ledger import ledger
from app.model.records import Node, Relation
from app.reasoning import odd_cycles

MAX_PASSAGE = 400
DIRECT_SHARE = 1 / 3
LIKENESS = 92.0
OWN_VOICE = frozenset(("asserts", "concedes", "denies"))


@dataclass(frozen=True)
class Remark:
    """One thing to look at: an error breaks a promise of the map, a warning may be right as it is."""

    rule: str
    level: Literal["error", "warning"]
    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.level}: {self.rule}: {self.where}: {self.message}"


Rule = Callable[[Analysis], Iterator[Remark]]


def lint(result: Analysis) -> list[Remark]:
    """All remarks on a map, errors first."""
    remarks = [remark for rule in RULES for remark in rule(result)]
    return sorted(remarks, key=lambda r: (r.level, r.rule, r.where))


def unread_sentences(result: Analysis) -> Iterator[Remark]:
    """Every sentence of the source documents is mapped, quoted, copied or judged."""
    for document in result.view.documents():
        for row in ledger(result.view, document.id):
            if row.fate == "unread":
                text = document.text[row.sentence.start : row.sentence.end]
                where = f"document {document.id}, paragraph {row.sentence.paragraph}"
                yield Remark("unread", "error", where, f"nobody has judged “{_short(text)}”")


def without_passage(result: Analysis) -> Iterator[Remark]:
    """Every node stands on words of the text."""
    for node in result.nodes:
        if not node.passages:
            yield Remark("no-passage", "error", node.id, "has no passage")


def long_passages(result: Analysis) -> Iterator[Remark]:
    """A passage is the shortest stretch that carries its node."""
    for element in (*result.nodes, *result.view.content.relations.values()):
        for mention in element.passages:
            if mention.end - mention.start > MAX_PASSAGE:
                yield Remark(
                    "long-passage",
                    "warning",
                    element.id,
                    f"a passage of {mention.end - mention.start} characters",
                )


def without_rationale(result: Analysis) -> Iterator[Remark]:
    """Every relation says why it holds."""
    for relation in result.view.content.relations.values():
        if result.view.visible(relation) and not relation.rationale.strip():
            yield Remark("no-rationale", "error", relation.id, "has no rationale")


def isolated(result: Analysis) -> Iterator[Remark]:
    """A node without relations explains nothing."""
    for node in result.nodes:
        if not result.view.outgoing.get(node.id) and not result.view.incoming.get(node.id):
            yield Remark("isolated", "warning", node.id, "has no relation to anything")


def one_sided_cruxes(result: Analysis) -> Iterator[Remark]:
    """A crux on which nobody argues both ways is hardly one."""
    signs: dict[str, set[int]] = defaultdict(set)
    links = {r.id: r for r in result.relations}
    for relation in result.relations:
        sign = result.view.polarity(relation)
        signs[relation.target].add(sign)
        # An undercut of a support is an argument for the other side.
        below = links.get(relation.target)
        if below is not None:
            signs[below.target].add(sign * result.view.polarity(below))
    for node in result.nodes:
        if node.type == "crux" and len(signs[node.id]) < 2:
            missing = "against" if 1 in signs[node.id] else "for"
            yield Remark("one-sided-crux", "warning", node.id, f"nothing speaks {missing} it")


def idle_objections(result: Analysis) -> Iterator[Remark]:
    """An objection attacks or undercuts something."""
    for node in result.nodes:
        kinds = {r.type for r in result.view.outgoing.get(node.id, ())}
        if node.type == "objection" and not kinds & {"attacks", "undercuts"}:
            yield Remark("idle-objection", "error", node.id, "objects to nothing")


def credited_quotations(result: Analysis) -> Iterator[Remark]:
    """A quotation is never credited to the quoter."""
    view = result.view
    elements: list[Node | Relation] = [*view.content.nodes.values(), *view.content.relations.values()]
    for element in elements:
        for mention in element.passages:
            for quotation in view.quotations.get(mention.document, ()):
                if not (quotation.start <= mention.start and mention.end <= quotation.end):
                    continue
                comment = view.comment_at(mention.document, mention.start)
                if (
                    comment is None
                    or mention.holder != comment.participant
                    or mention.attitude not in OWN_VOICE
                ):
                    continue
                quoted = quotation.quotes
                source = view.comment_at(quoted.document, quoted.start) if quoted is not None else None
                if source is None or source.participant != comment.participant:
                    yield Remark(
                        "credited-quotation", "error", element.id,
                        f"“{_short(mention.exact)}” is quoted in {comment.id}, not said there by {mention.holder}",
                    )  # fmt: skip


def counted_twice(result: Analysis) -> Iterator[Remark]:
    """A duplicate comment adds nothing."""
    for mentions in result.view.mentions.values():
        for mention, element in mentions:
            comment = result.view.comment_at(mention.document, mention.start)
            if comment is not None and comment.duplicate_of is not None:
                yield Remark(
                    "counted-twice",
                    "error",
                    element.id,
                    f"has a passage in {comment.id}, a copy of {comment.duplicate_of}",
                )


def lookalikes(result: Analysis) -> Iterator[Remark]:
    """The same point made twice is one node with two passages; as siblings it would count double."""
    nodes = [n for n in result.nodes if n.type != "scenario"]
    texts = [n.text for n in nodes]
    if len(texts) < 2:
        return
    targets = {n.id: {(r.target, r.type) for r in result.view.outgoing.get(n.id, ())} for n in nodes}
    scores = process.cdist(texts, texts, scorer=fuzz.token_sort_ratio, score_cutoff=LIKENESS, workers=-1)
    for i, j in combinations(range(len(nodes)), 2):
        if scores[i][j] >= LIKENESS:
            siblings = targets[nodes[i].id] & targets[nodes[j].id]
            rule, level = ("twin-siblings", "error") if siblings else ("lookalike", "warning")
            yield Remark(rule, level, f"{nodes[i].id}, {nodes[j].id}", "read almost the same")  # type: ignore[arg-type]


def odd_circles(result: Analysis) -> Iterator[Remark]:
    """In an odd cycle an argument speaks against itself."""
    for cycle in odd_cycles(result.framework):
        yield Remark(
            "odd-cycle",
            "warning",
            cycle.example[0],
            "argues against itself through " + " → ".join(cycle.example),
        )


def too_direct(result: Analysis) -> Iterator[Remark]:
    """A map in which everything is wired straight to the scenarios explains nothing."""
    bearing = direct = 0
    for node in result.nodes:
        found = [s for s in result.stances_of(node.id).values() if s.stance != "none"]
        bearing += bool(found)
        direct += any(s.basis == "direct" for s in found)
    if bearing and direct / bearing > DIRECT_SHARE:
        share = f"{direct} of {bearing} nodes with a stance are tied straight to a scenario"
        yield Remark("too-direct", "error", "map", f"{share}; at most a third should be")


def unfounded_links(result: Analysis) -> Iterator[Remark]:
    """A direct relation to a scenario needs a passage that is about it."""
    scenarios = {n.id for n in result.view.scenarios}
    for relation in result.relations:
        if relation.target in scenarios and not relation.passages:
            yield Remark(
                "unfounded-link", "error", relation.id, "is tied straight to a scenario without a passage"
            )


RULES: tuple[Rule, ...] = (
    unread_sentences,
    without_passage,
    long_passages,
    without_rationale,
    isolated,
    one_sided_cruxes,
    idle_objections,
    credited_quotations,
    counted_twice,
    lookalikes,
    odd_circles,
    too_direct,
    unfounded_links,
)


def _short(text: str, limit: int = 70) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
