"""From an AIF graph to a map.

- I-nodes are statements. RA, CA and MA nodes join each of their premises to each of their conclusions:
  supports, attacks, refines. A CA or RA whose conclusion is a scheme node undercuts or backs the relations
  that scheme became. Schemes that only target one another, or lack an end, are counted as left out.
- L-nodes are comments, one paragraph each of a transcript, by their speaker: the locution's person, or
  the "Speaker :" its text begins with. Analysts' notes ("Analyst : Speaker : words") are no speech. A transition (TA) makes the later one a reply. What a YA node
  anchors in a locution is stated there, with the attitude of the illocution.
- A locution anchored in a locution is reported speech: the outer speaker reports, the inner one is quoted.
- A statement no locution states stands in the transcript for itself, held by whoever wrote the file.
- A file of locutions without I-nodes: the locutions are the statements.
"""

import re
from typing import Any

from app.formats.aif.graph import SCHEMES, AifGraph, AifNode, parse
from app.formats.aif.speakers import ANALYSIS, analysts_notes, names_of, prefix_of
from app.formats.building import Builder, Place
from app.formats.exchange import Imported, Progress, parse_json, shorten
from app.model.records import CruxDetails
from app.model.vocabulary import vocabulary

_RELATIONS = {"RA": "supports", "CA": "attacks", "MA": "refines"}
_ATTITUDES = (
    ("question", "asks"), ("challeng", "asks"), ("conced", "concedes"), ("disagree", "denies"), ("deny", "denies"),
    ("hypothes", "supposes"), ("suppos", "supposes"), ("alternative", "supposes"), ("report", "reports"),
    ("quot", "quotes"), ("declin", "declines"),
)  # fmt: skip


def read(data: bytes, name: str, progress: Progress | None = None) -> Imported:
    """The map in an AIF or xAIF file.

    Raises
    ------
    InvalidInput : not JSON, not AIF, or two different nodes under one id; names the line or the path.
    """
    build = Builder(name, None, progress)
    graph = parse(parse_json(data, name), name, build.losses)
    build.title = graph.title
    _Reader(graph, build).run()
    return build.finish()


class _Reader:
    def __init__(self, graph: AifGraph, build: Builder) -> None:
        self.graph = graph
        self.build = build
        self.people: dict[str, str] = {}  # by person id, and by name for those without one
        self.words: dict[str, tuple[str, Place]] = {}  # what a locution says, and where that stands
        self.speaker: dict[str, str] = {}
        self.comments: dict[str, str] = {}
        self.statements: dict[str, str] = {}
        self.relations: dict[str, list[str]] = {}

    def run(self) -> None:
        for person in self.graph.people.values():
            wanted = person.own.get("id")
            label = person.name or f"participant {person.id}"
            self.people[person.id] = self.build.participant(
                label, wanted if isinstance(wanted, str) else None
            )
            self.people.setdefault(f"name {label.lower()}", self.people[person.id])
        for key, name in names_of(self.graph).items():
            self.people[key] = self.build.participant(name)
            self.people.setdefault(f"name {name.lower()}", self.people[key])
        notes = analysts_notes(self.graph)
        for node in self.graph.of("L"):
            if node.id in notes:
                self.build.losses.add("analyst's note", "it repeats a locution and is no speech", node.text)
            else:
                self._locution(node)
        self._make_statements()
        self._join()
        for node in self.graph.of("YA"):
            self._illocution(node)
        self._anchor_the_rest()
        for node in self.graph.of("TA"):
            for before in self.graph.sources(node.id, "L"):
                for after in self.graph.targets(node.id, "L"):
                    self.build.reply(self.comments[after], self.comments[before])
        self._report()

    # --- locutions -----------------------------------------------------------------------------

    def _locution(self, node: AifNode) -> None:
        text = node.text or "(empty)"
        start, who = self._split(node.id, text)
        paragraph, (begin, end) = self.build.say(text)
        self.words[node.id] = (text[start:], (begin + start, end))
        self.speaker[node.id] = who
        self.comments[node.id] = self.build.comment(paragraph, who)

    def _split(self, key: str, text: str) -> tuple[int, str]:
        """Where the words of a locution begin, after the speaker's name, and who the speaker is."""
        person = self.graph.speakers.get(key)
        known = self.graph.people.get(person) if person is not None else None
        if known is not None:
            start = prefix_of(text, known.name)[1]
            return start, self.people[known.id]
        prefix, start = prefix_of(text)
        if person is not None:
            return start, self.people[person]
        if not prefix:
            return 0, self.build.unnamed
        called = f"name {prefix.lower()}"
        if called not in self.people:
            self.people[called] = self.build.participant(prefix)
        return start, self.people[called]

    # --- statements ----------------------------------------------------------------------------

    def _make_statements(self) -> None:
        for node in self.graph.of("I"):
            if not node.text:
                self.build.losses.add("I-node without text", "there is nothing to keep", node.id)
                continue
            self.statements[node.id] = self.build.node(node.text, **_own_fields(node))
        if not self.graph.of("I") and self.words:
            self.build.losses.add(
                "locution without a proposition",
                "the file holds no I-nodes: each locution is kept as a statement",
                next(iter(self.words.values()))[0],
                len(self.words),
            )
            for key, (words, place) in self.words.items():
                made = self.build.node(words)
                self.build.stands(made, place, "asserts", self.speaker[key])

    def _anchor_the_rest(self) -> None:
        for key, made in self.statements.items():
            for locution in self._spoken(self.graph.sources(key, "L")):
                self._state(made, locution, "asserts", self.graph.nodes[key].text)
            if not self.build.has_place(made):
                _, place = self.build.say(self.graph.nodes[key].text)
                self.build.stands(made, place)

    def _state(
        self, element: str, locution: str, attitude: str, text: str = "", holder: str | None = None
    ) -> None:
        words, (start, end) = self.words[locution]
        at = words.find(text) if text else -1
        place = (start + at, start + at + len(text)) if at >= 0 else (start, end)
        self.build.stands(element, place, attitude, holder or self.speaker[locution])

    def _illocution(self, node: AifNode) -> None:
        graph = self.graph
        said = (node.text or node.scheme).lower()
        spoken = graph.sources(node.id, "L")
        for transition in graph.sources(node.id, "TA"):
            spoken += graph.targets(transition, "L")
        spoken = self._spoken(spoken)
        aims = graph.targets(node.id, "I", *SCHEMES)
        own = node.own.get("attitude")
        for locution in spoken:
            for aim in aims:
                elements = [self.statements[aim]] if aim in self.statements else self.relations.get(aim, [])
                scheme = graph.nodes[aim].kind != "I"
                attitude = own if own in vocabulary().attitudes else _attitude(said, scheme)
                if self._is_reported(locution) and not scheme:
                    attitude = "quotes"
                # What we wrote ourselves is a passage already; elsewhere the statement's words are the place.
                sought = "" if scheme or own is not None else graph.nodes[aim].text
                for element in elements:
                    self._state(element, locution, str(attitude), sought)
            if not said.startswith(ANALYSIS):
                for inner in graph.targets(node.id, "L"):
                    self._report_speech(locution, inner)

    def _spoken(self, locutions: list[str]) -> list[str]:
        return [key for key in locutions if key in self.words]

    def _is_reported(self, locution: str) -> bool:
        """Whether another locution says this one: an analyst's note on it does not count."""
        return any(
            self.graph.sources(ya, "L") and not self.graph.nodes[ya].text.lower().startswith(ANALYSIS)
            for ya in self.graph.sources(locution, "YA")
        )

    def _report_speech(self, outer: str, inner: str) -> None:
        for illocution in self.graph.targets(inner, "YA"):
            for aim in self.graph.targets(illocution, "I"):
                if aim in self.statements:
                    self._state(self.statements[aim], outer, "reports", self.graph.nodes[aim].text)

    # --- relations -----------------------------------------------------------------------------

    def _join(self) -> None:
        """Make each scheme's relations, after those of the schemes it is about."""
        schemes = {node.id: node for node in self.graph.of(*SCHEMES)}
        waiting = {key: len(self.graph.targets(key, *SCHEMES)) for key in schemes}
        ready = [key for key, count in waiting.items() if count == 0]
        for key in ready:  # grows while we go through it
            self._scheme(schemes[key])
            for about in self.graph.sources(key, *SCHEMES):
                waiting[about] -= 1
                if waiting[about] == 0:
                    ready.append(about)
        for key in schemes.keys() - set(ready):
            self.build.losses.add(
                "scheme in a circle", "schemes that are about one another have no relation to be about", key
            )

    def _scheme(self, node: AifNode) -> None:
        lose = self.build.losses.add
        made = self.relations.setdefault(node.id, [])
        premises = [self.statements[k] for k in self.graph.sources(node.id, "I") if k in self.statements]
        aims = [self.statements[k] for k in self.graph.targets(node.id, "I") if k in self.statements]
        abouts = [r for k in self.graph.targets(node.id, *SCHEMES) for r in self.relations.get(k, ())]
        example = f"{node.kind} {node.id}: {shorten(node.text, 60)}"
        if node.kind not in _RELATIONS:
            lose("preference (PA)", "a map has no preferences between statements", example)
            return
        if not premises or not (aims or abouts):
            what = "premise" if not premises else "conclusion"
            lose(f"{node.kind} without a {what}", "a relation needs two ends", example)
            return
        if len(premises) > 1 and node.kind != "MA":
            lose(
                "scheme with several premises",
                "each premise bears for itself: a relation has one source",
                example,
                1,
            )
        if len(abouts) > 1 and node.kind == "CA":
            lose(
                "undercut of several relations",
                "the inference became several; it became one of each",
                example,
            )
        self.build.room(len(premises) * (len(aims) + len(abouts)))
        for premise in premises:
            for aim in aims:
                made += self._relate(_RELATIONS[node.kind], premise, aim, node)
            for about in abouts:
                kind = {"RA": "supports", "CA": "undercuts"}.get(node.kind)
                if kind is None:
                    lose("rephrase (MA) of a scheme", "only statements are rephrased", example)
                else:
                    made += self._relate(kind, premise, about, node)

    def _relate(self, kind: str, source: str, target: str, node: AifNode) -> list[str]:
        own = node.own
        wanted, basis, words = own.get("id"), own.get("basis"), own.get("rationale")
        made = self.build.relation(
            kind,
            source,
            target,
            wanted=wanted if isinstance(wanted, str) else None,
            rationale=words if isinstance(words, str) else _scheme_name(node),
            base=_number(own.get("base")),
            basis=basis if isinstance(basis, str) else None,
        )
        return [made] if made is not None else []

    def _report(self) -> None:
        lose = self.build.losses.add
        known = {"I", "L", "YA", "TA", *SCHEMES}
        for node in self.graph.nodes.values():
            if node.kind not in known:
                lose(
                    f"node of type {shorten(node.kind, 20) or '(none)'}",
                    "a map has no place for it",
                    node.text,
                )
        for key, targets in self.graph.out.items():
            if self.graph.nodes[key].kind == "I":
                straight = [k for k in targets if self.graph.nodes[k].kind == "I"]
                if straight:
                    lose(
                        "edge between statements without a scheme",
                        "it does not say whether for or against",
                        f"{key} to {straight[0]}",
                        len(straight),
                    )


def _attitude(said: str, scheme: bool) -> str:
    """What an illocution does with its content; to disagree is to assert the conflict it anchors."""
    for part, attitude in _ATTITUDES:
        if part in said:
            return "asserts" if scheme and attitude == "denies" else attitude
    return "asserts"


def _scheme_name(node: AifNode) -> str:
    name = node.scheme or node.text
    return "" if name.lower().startswith("default") or name.upper() in SCHEMES else name


def _own_fields(node: AifNode) -> dict[str, Any]:
    own = node.own
    crux = own.get("crux")
    try:
        details = CruxDetails.model_validate(crux) if isinstance(crux, dict) else None
    except ValueError:
        details = None
    letter, tags, kind = own.get("letter"), own.get("tags"), own.get("type")
    return {
        "wanted": own["id"] if isinstance(own.get("id"), str) else None,
        "kind": kind if isinstance(kind, str) else "claim",
        "tags": [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else [],
        "base": _number(own.get("base")),
        "letter": letter if isinstance(letter, str) and re.fullmatch("[A-Z]", letter) else None,
        "crux": details,
    }


def _number(value: Any) -> float | None:
    fits = isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= 1
    return float(value) if fits else None
