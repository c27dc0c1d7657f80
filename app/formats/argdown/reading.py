"""From the parts of an Argdown file to a map.

- A statement (an equivalence class: all ``[…]`` of one title) is a node. Its words are those of its last
  definition, as in Argdown's own tools; the other definitions stay as passages.
- An argument ``<…>`` is a node with the words of its description. Where it is spelled out as a
  premise–conclusion structure, its premises support it and it supports its conclusion, and what it is said
  to bear on, its conclusion bears on. An argument that is only spelled out (no description, nothing said
  about it or about its last inference from several premises) is no node: its premises support its
  conclusion, and its title is the rationale.
- An undercut of an argument is one of the relation from it to its conclusion, or, where none is spelled
  out, of every relation the argument is the source of.
- ``><`` has no direction and becomes two attacks; a contrary of strict mode keeps the direction written.
- ``{type: …, base: …}`` as this program writes them are read back, and so are relations that are
  arguments because something bears on them (``{relation: …, source: …, target: …}``).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.errors import InvalidInput
from app.formats.argdown.parsing import parse
from app.formats.argdown.parts import Inference, Link, Member, Parsed, Reconstruction
from app.formats.building import Builder
from app.formats.exchange import Imported, Progress, clean, decode, shorten
from app.model.records import CruxDetails

Key = tuple[str, str]
_SIGNS = re.compile(
    r"^[ \t]+(?:\+>|->|_>|<\+|<-|<_|\+|-)[ \t]*[\[<]|^(?:\[[^\]\n]+\]:|<[^>\n!]+>:)[ \t]", re.M
)
_CRUX = {"question": "question", "if_true": "ifTrue", "if_false": "ifFalse", "would_settle": "wouldSettle"}
_OWN_DATA = frozenset(("type", "base", "letter", "isCanonical", "uses", *_CRUX.values()))


def looks_like(text: str) -> bool:
    """Whether a text is Argdown rather than any other text."""
    start = text[:200_000]
    return _SIGNS.search(start) is not None


def read(data: bytes, name: str, progress: Progress | None = None) -> Imported:
    """The map in an Argdown file.

    Raises
    ------
    InvalidInput : not UTF-8, or not Argdown; names the line.
    """
    text = decode(data, name)
    parsed = parse(text, name)
    if not parsed.members:
        raise InvalidInput("there is no statement in this file", where=f"{name}:1", remedy="is it Argdown?")
    build = Builder(name, text, progress)
    build.title = clean(str(parsed.meta.get("title", "")))
    _Reader(parsed, build).run()
    return build.finish()


@dataclass(eq=False)
class _Class:
    """All that is said of one statement or argument."""

    key: Key
    members: list[Member] = field(default_factory=list)
    reconstruction: Reconstruction | None = None
    node: str = ""
    inference: tuple[str, ...] = ()

    @property
    def canonical(self) -> Member | None:
        defined = [m for m in self.members if not m.reference and m.text]
        marked = [m for m in defined if m.data.get("isCanonical")]
        return (marked or defined)[-1] if defined else None

    @property
    def data(self) -> Mapping[str, Any]:
        merged: dict[str, Any] = {}
        for member in self.members:
            merged.update(member.data)
        return merged

    @property
    def is_relation(self) -> bool:
        return self.key[0] == "argument" and all(
            isinstance(self.data.get(k), str) for k in ("relation", "source", "target")
        )


class _Reader:
    def __init__(self, parsed: Parsed, build: Builder) -> None:
        self.parsed = parsed
        self.build = build
        self.classes: dict[Key, _Class] = {}
        self.inferences: dict[int, tuple[str, ...]] = {}

    def run(self) -> None:
        for member in self.parsed.members:
            key = self._key(member)
            self.classes.setdefault(key, _Class(key)).members.append(member)
        self._assign_reconstructions()
        aimed_at = {
            self._key(end) for link in self.parsed.links if isinstance(end := self._ends(link)[1], Member)
        }
        undercut = {id(link.parent) for link in self.parsed.links}
        for found in self.classes.values():
            spelled = found.reconstruction
            bare = spelled is not None and found.canonical is None and found.key not in aimed_at
            if bare and spelled is not None and len(spelled.steps) > 2:
                bare = id(spelled.steps[-1].inference) not in undercut
            if not bare and not found.is_relation:
                self._node(found)
        for reconstruction in self.parsed.reconstructions:
            self._reconstruct(reconstruction)
        self._relations_as_arguments()
        undercuts = [link for link in self.parsed.links if link.kind == "undercuts"]
        for link in [link for link in self.parsed.links if link.kind != "undercuts"] + undercuts:
            self._link(link)
        self._report()

    def _key(self, member: Member) -> Key:
        return (member.kind, member.title if member.title is not None else f"\n{id(member)}")

    def _assign_reconstructions(self) -> None:
        for reconstruction in self.parsed.reconstructions:
            if reconstruction.argument is None:
                continue
            found = self.classes[self._key(reconstruction.argument)]
            if found.reconstruction is None:
                found.reconstruction = reconstruction

    # --- nodes ---------------------------------------------------------------------------------

    def _node(self, found: _Class) -> None:
        member, data = found.canonical, found.data
        title = found.members[0].title
        text = member.text if member is not None else title
        if not text:
            self.build.losses.add(
                "statement without words", "there is nothing to keep", f"line {found.members[0].line}"
            )
            return
        if member is None:
            self.build.losses.add(
                f"{found.key[0]} without words", "only its title is in the file; it stands for them", text
            )
        wordings = {m.text for m in found.members if not m.reference and m.text}
        if len(wordings) > 1:
            self.build.losses.add(
                "further wording",
                "a node has one text; the others are kept as passages",
                text,
                len(wordings) - 1,
            )
        base = data.get("base")
        letter = data.get("letter")
        known = isinstance(base, (int, float)) and not isinstance(base, bool) and 0 <= base <= 1
        found.node = self.build.node(
            text,
            wanted=title,
            kind=data["type"] if isinstance(data.get("type"), str) else "claim",
            tags=[tag for m in found.members for tag in m.tags],
            base=float(base) if known and base is not None else None,
            letter=letter if isinstance(letter, str) and re.fullmatch("[A-Z]", letter) else None,
            crux=_crux(data),
        )
        for name in sorted(data.keys() - _OWN_DATA):
            self.build.losses.add(
                "data",
                "a map has no place for it; it stays in the document",
                f"{name} of {shorten(text, 60)}",
            )
        for place in [place for m in found.members for place in m.places] or self._titles(found):
            self.build.stands(found.node, place)

    def _titles(self, found: _Class) -> list[tuple[int, int]]:
        """Where a title without words first stands."""
        member = found.members[0]
        return [(member.end - 1 - len(member.title), member.end - 1)] if member.title and member.end else []

    # --- relations -----------------------------------------------------------------------------

    def _reconstruct(self, spelled: Reconstruction) -> None:
        owner = self.classes[self._key(spelled.argument)] if spelled.argument is not None else None
        if owner is not None and owner.reconstruction is not spelled:
            self.build.losses.add(
                "second structure of an argument",
                "an argument has one; this one is kept without it",
                owner.key[1],
            )
            owner = None
        title = owner.key[1] if owner is not None else ""
        waiting: list[tuple[int, str]] = []
        numbered: dict[int, str] = {}
        for step in spelled.steps:
            node = self.classes[self._key(step.member)].node
            if not node:
                continue
            if step.inference is not None:
                uses = step.inference.data.get("uses", step.member.data.get("uses"))
                premises = [n for _, n in waiting]
                if isinstance(uses, list) and uses:
                    premises = [numbered[use] for use in uses if isinstance(use, int) and use in numbered]
                last = step is spelled.steps[-1]
                whole = owner.node if owner is not None and last else ""
                why = ": ".join(part for part in (title, step.inference.rules) if part)
                inference = self._infer(premises, whole, node, why)
                self.inferences[id(step.inference)] = inference
                if owner is not None and last:
                    owner.inference = inference
                waiting = []
            waiting.append((step.number, node))
            numbered[step.number] = node

    def _infer(self, premises: list[str], whole: str, conclusion: str, why: str) -> tuple[str, ...]:
        """The relations of one inference; those an undercut of it would be about."""
        if len(premises) > 1:
            self.build.losses.add(
                "inference from several premises together",
                "each premise supports for itself: a relation has one source",
                why,
            )
        target = whole or conclusion
        made = [self.build.relation("supports", premise, target, rationale=why) for premise in premises]
        if whole:
            made = [self.build.relation("supports", whole, conclusion, rationale=why)]
        return tuple(key for key in made if key is not None)

    def _relations_as_arguments(self) -> None:
        """Relations that were written as arguments, each after the relation it is about."""
        waiting = {found.key[1]: found for found in self.classes.values() if found.is_relation}
        progress = True
        while waiting and progress:
            progress = False
            for title, found in list(waiting.items()):
                data = found.data
                source = self.classes.get(("statement", data["source"]))
                aim = self.classes.get(("statement", data["target"])) or self.classes.get(
                    ("argument", data["target"])
                )
                if aim is not None and aim.is_relation and not aim.node and aim.key[1] in waiting:
                    continue
                del waiting[title]
                progress = True
                if source is None or aim is None or not source.node or not aim.node:
                    self.build.losses.add("relation", "one of its ends is not in the file", title)
                    continue
                words = found.canonical
                base = data.get("base")
                found.node = self.build.relation(
                    data["relation"], source.node, aim.node, wanted=title,
                    rationale=words.text if words is not None else "",
                    base=float(base) if isinstance(base, (int, float)) and 0 <= base <= 1 else None,
                ) or ""  # fmt: skip
        for title in waiting:
            self.build.losses.add("relation", "relations are about one another in a circle", title)

    def _ends(self, link: Link) -> tuple[Member | Inference, Member | Inference]:
        return (link.parent, link.child) if link.outward else (link.child, link.parent)

    def _link(self, link: Link) -> None:
        source, target = self._ends(link)
        if not isinstance(source, Member):
            self.build.losses.add(
                "relation from an inference", "a relation starts from a statement", f"line {source.line}"
            )
            return
        start = self.classes[self._key(source)]
        if start.is_relation:
            return  # read from its data
        node = self._conclusion(start) or start.node
        if isinstance(target, Inference):
            self._undercut(link, node, self.inferences.get(id(target), ()), "", f"line {target.line}")
            return
        aim = self.classes[self._key(target)]
        if not node or not aim.node:
            self.build.losses.add("relation", "one of its ends has no words", f"line {link.child.line}")
        elif aim.is_relation:
            # A support by its own source is how a relation that was written as an argument hangs on it.
            if link.kind != "supports" or start.key[1] != aim.data["source"]:
                self._place(link, self.build.relation(link.kind, node, aim.node))
        elif link.kind == "undercuts":
            spelled = aim.inference or self.build.sources(aim.node)
            self._undercut(link, node, spelled, aim.node, aim.key[1])
        elif link.kind == "contradicts":
            self.build.losses.add(
                "contradiction", "it has no direction; it became an attack in both", f"{node} >< {aim.node}"
            )
            self._place(link, self.build.relation("attacks", node, aim.node))
            self._place(link, self.build.relation("attacks", aim.node, node))
        elif node == aim.node and start.key[0] == "argument":
            pass  # an argument for what is its own conclusion: its inference says so
        else:
            self._place(link, self.build.relation(link.kind, node, aim.node))

    def _conclusion(self, found: _Class) -> str:
        """The main conclusion of an argument that is spelled out."""
        if found.reconstruction is None:
            return ""
        return self.classes[self._key(found.reconstruction.steps[-1].member)].node

    def _undercut(self, link: Link, source: str, targets: tuple[str, ...], whole: str, example: str) -> None:
        if not source:
            self.build.losses.add("undercut", "its source has no words", example)
        elif not targets and whole:
            self.build.losses.add(
                "undercut of an argument that bears on nothing", "kept as an attack on the argument", example
            )
            self._place(link, self.build.relation("attacks", source, whole))
        elif not targets:
            self.build.losses.add("undercut", "the inference it is about could not be kept", example)
        else:
            if len(targets) > 1:
                self.build.losses.add("undercut of several relations", "it became one of each", example)
            for target in targets:
                self._place(link, self.build.relation("undercuts", source, target))

    def _place(self, link: Link, made: str | None) -> None:
        if made is not None:
            self.build.stands(made, link.place)

    # --- what had to be left -------------------------------------------------------------------

    def _report(self) -> None:
        losses, parsed = self.build.losses, self.parsed
        model = parsed.meta.get("model")
        strict = isinstance(model, Mapping) and model.get("mode") == "strict"
        contrary = [
            link
            for link in parsed.links
            if link.kind == "attacks"
            and isinstance(link.parent, Member)
            and link.parent.kind == link.child.kind == "statement"
        ]
        if strict and contrary:
            losses.add(
                "contrary of strict mode",
                "it goes both ways; the direction written is kept",
                f"line {contrary[0].child.line}",
                len(contrary),
            )
        headings = [heading for heading in parsed.headings if heading != self.build.title]
        for what, rows in (
            ("heading", headings),
            ("comment", parsed.comments),
            ("link address", parsed.addresses),
        ):
            if rows:
                losses.add(what, "a map has no place for it; it stays in the document", rows[0], len(rows))
        if parsed.stray:
            losses.add(
                "words after a reference",
                "a reference has none of its own; they stay in the document",
                parsed.stray[0],
                len(parsed.stray),
            )
        for name in parsed.meta:
            if name not in ("title", "cruxmap"):
                losses.add("front matter", "a map has no place for it; it stays in the document", str(name))


def _crux(data: Mapping[str, Any]) -> CruxDetails | None:
    found = {field: data[key] for field, key in _CRUX.items() if isinstance(data.get(key), str) and data[key]}
    return CruxDetails(**found) if {"question", "if_true", "if_false"} <= found.keys() else None
