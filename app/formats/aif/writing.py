"""Writing a map as AIF JSON: AIFdb's node set, and xAIF around it.

What AIF has no field for but a reader can keep (ids, types, tags, rationales, a crux's details) stands
beside each node under "cruxmap", which other tools pass over.
"""

import html
import json
from collections.abc import Mapping
from typing import Any

from app.analysis import Analysis
from app.formats.exchange import Written, clean
from app.formats.selecting import Selection, lose_details, lose_groups, select
from app.model.records import Mention, Node, Relation

Data = dict[str, Any]
_SCHEMES = {
    "supports": ("RA", "Default Inference"),
    "attacks": ("CA", "Default Conflict"),
    "undercuts": ("CA", "Default Conflict"),
    "refines": ("MA", "Default Rephrase"),
}
_ILLOCUTIONS = {
    "asserts": "Asserting",
    "denies": "Disagreeing",
    "concedes": "Conceding",
    "asks": "Pure Questioning",
    "supposes": "Hypothesising",
    "reports": "Reporting",
    "quotes": "Quoting",
    "declines": "Declining",
}
_NO_PLACE = "AIF has no place for it"


def write_aif(result: Analysis) -> Written:
    """The map as an AIFdb node set: ids are strings of digits, as AIFdb gives them."""
    chosen = select(result)
    graph = _Graph(result, chosen)
    body = graph.body(as_text=True)
    return Written(_bytes(body), chosen.losses.report())


def write_xaif(result: Analysis) -> Written:
    """The map as xAIF: the graph under "AIF", the words of the locutions under "text"."""
    chosen = select(result)
    graph = _Graph(result, chosen)
    body = graph.body(as_text=False)
    places = [
        {
            "nodeID": node["nodeID"],
            "visible": True,
            "x": 40 + 260 * (n % 8),
            "y": 40 + 90 * (n // 8),
            "timestamp": "",
        }
        for n, node in enumerate(body["nodes"])
    ]
    whole = {
        "AIF": {
            **body,
            "schemefulfillments": [],
            "descriptorfulfillments": [],
            "cqdescriptorfulfillments": [],
        },
        "OVA": {"firstname": "", "surname": "", "url": "", "nodes": places, "edges": []},
        "title": clean(result.view.content.info.title),
        "dialog": True,
        "text": {"txt": "".join(graph.spoken)},
    }
    return Written(_bytes(whole), chosen.losses.report())


def _bytes(value: Data) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


class _Graph:
    def __init__(self, result: Analysis, chosen: Selection) -> None:
        self.view = result.view
        self.chosen = chosen
        self.nodes: list[Data] = []
        self.edges: list[tuple[int, int]] = []
        self.locutions: list[tuple[int, str]] = []
        self.spoken: list[str] = []
        self.number: dict[str, int] = {}
        self._write()
        self._lose(result)

    def _add(self, kind: str, text: str, **own: Any) -> int:
        number = len(self.nodes) + 1
        kept = {key: value for key, value in own.items() if value not in (None, "", [])}
        self.nodes.append(
            {"nodeID": number, "text": text, "type": kind, **({"cruxmap": kept} if kept else {})}
        )
        return number

    def _write(self) -> None:
        for node in self.chosen.nodes:
            self.number[node.id] = self._statement(node)
        kept = [r for r in self.chosen.relations if self._kind(r) is not None]
        for relation in kept:
            scheme, text = self._kind(relation) or ("", "")
            self.number[relation.id] = self._add(
                scheme,
                text,
                id=relation.id,
                rationale=clean(relation.rationale),
                base=relation.base,
                basis=relation.basis,
            )
        for relation in kept:
            at = self.number[relation.id]
            self.edges += [(self.number[relation.source], at), (at, self.number[relation.target])]
        for element in (*self.chosen.nodes, *kept):
            for mention in element.passages:
                self._locution(mention, self.number[element.id])

    @staticmethod
    def _kind(relation: Relation) -> tuple[str, str] | None:
        return _SCHEMES.get(relation.type)

    def _statement(self, node: Node) -> int:
        if clean(node.text) != node.text:
            self.chosen.losses.add(
                "line break or run of spaces", "a statement is read back as one line", node.text
            )
        return self._add(
            "I",
            node.text,
            id=node.id,
            type=node.type if node.type != "claim" else None,
            tags=list(node.tags),
            base=node.base,
            letter=node.scenario.letter if node.scenario is not None else None,
            crux=node.crux.model_dump() if node.crux is not None else None,
        )

    def _locution(self, mention: Mention, about: int) -> None:
        holder = self.view.content.participants.get(mention.holder)
        label = clean(holder.label) if holder is not None else mention.holder
        words = clean(mention.exact)
        spoken = self._add("L", f"{label} : {words}")
        illocution = self._add("YA", _ILLOCUTIONS[mention.attitude], attitude=mention.attitude)
        self.edges += [(spoken, illocution), (illocution, about)]
        self.locutions.append((spoken, mention.holder))
        self.spoken.append(
            f'{html.escape(label)}: <span class="highlighted" id="node{spoken}">{html.escape(words)}</span><br><br>'
        )

    def _lose(self, result: Analysis) -> None:
        chosen = self.chosen
        lose_groups(chosen, result, ("documents", "comments", "quotations", "ledger"), _NO_PLACE)
        lose_details(chosen, _NO_PLACE, kept=("crux", "rationale", "base", "passages"))
        places = [
            m
            for element in (*chosen.nodes, *chosen.relations)
            if element.id in self.number
            for m in element.passages
        ]
        if places:
            chosen.losses.add("place of a passage in its document", _NO_PLACE, places[0].exact, len(places))
        seen: set[tuple[str, str, str]] = set()
        for relation in chosen.relations:
            ends = (relation.type, relation.source, relation.target)
            if self._kind(relation) is None:
                chosen.losses.add(f"relation {relation.type}", _NO_PLACE, relation.id)
            elif ends in seen:
                chosen.losses.add("parallel relation", "it is read back as one", relation.id)
            seen.add(ends)
        for person in self.view.content.participants.values():
            if person.note or person.merged_into:
                chosen.losses.add("note on a participant", _NO_PLACE, person.note or person.id)

    def body(self, *, as_text: bool) -> Data:
        """The lists of the graph; ids are text for AIFdb, numbers for xAIF."""

        def key(number: int) -> int | str:
            return str(number) if as_text else number

        people = {name: number for number, name in enumerate(self.view.content.participants, 1)}
        return {
            "nodes": [{**node, "nodeID": key(node["nodeID"])} for node in self.nodes],
            "edges": [
                {"edgeID": key(n), "fromID": key(start), "toID": key(end)}
                for n, (start, end) in enumerate(self.edges, 1)
            ],
            "locutions": [
                {"nodeID": key(node), "personID": key(people.get(holder, 0))}
                for node, holder in self.locutions
            ],
            "participants": self._participants(people, key),
        }

    def _participants(self, people: Mapping[str, int], key: Any) -> list[Data]:
        return [
            {
                "participantID": key(people[p.id]),
                "firstname": clean(p.label),
                "surname": "",
                "cruxmap": {"id": p.id},
            }
            for p in self.view.content.participants.values()
        ]
