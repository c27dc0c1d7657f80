"""Writing a map as Argdown that Argdown's own tools open without a warning.

A node is a statement whose title is the node's id: ``[id]: words #tag {type: evidence}``, with what it
bears on indented beneath. A relation on which something bears (an undercut, a backing) cannot be an arrow,
so it is an argument between its ends: ``<id> {relation: supports, source: …, target: …}``. Neutral
relations have no counterpart in Argdown.
"""

import json
import re
from collections.abc import Mapping

from app.analysis import Analysis
from app.formats import yaml_text
from app.formats.exchange import Losses, Written, clean
from app.formats.selecting import lose_details, lose_groups, select
from app.model.records import Node, Relation
from app.model.vocabulary import vocabulary

_SPECIAL = re.compile(r"[\\@#*_\[\]<>{}]|/(?=[/*])|=(?==)|\.(?=\S+?\.)|:(?=\S+?:)")
_PLAIN_TAG = re.compile(r"[A-Za-z0-9-]+")
_TAG = re.compile(r"[^)\r\n]+")
_ARROWS = {"supports": "+>", "attacks": "->", "undercuts": "_>"}
_NO_PLACE = "Argdown has no place for it"
OWN_SOURCE = "support of a relation by its own source"


def write(result: Analysis) -> Written:
    """The map as an Argdown file, and what it does not hold."""
    chosen = select(result)
    lose_groups(chosen, result, ("documents", "participants", "comments", "quotations", "ledger"), _NO_PLACE)
    polar = vocabulary().polar
    drawn = {r.id: r for r in chosen.relations if r.type in polar}
    neutral = [r for r in chosen.relations if r.id not in drawn]
    if neutral:
        chosen.losses.add(
            "neutral relation",
            _NO_PLACE,
            f"{neutral[0].source} {neutral[0].type} {neutral[0].target}",
            len(neutral),
        )
    aims = {r.target for r in drawn.values()} & drawn.keys()
    _lose_relations(chosen.losses, drawn, aims)
    lose_details(chosen, _NO_PLACE, kept=("rationale", "base", "crux"))
    below: dict[str, list[str]] = {}
    for relation in drawn.values():
        arrow, aim = _ARROWS[relation.type], _name(relation.target, drawn)
        if relation.id in aims:
            below.setdefault(relation.id, []).append(f"  {arrow} {aim}")
            below.setdefault(relation.source, []).append(f"  +> <{relation.id}>")
        else:
            below.setdefault(relation.source, []).append(f"  {arrow} {aim}")
    blocks = [
        _front_matter(result.view.content.info.title),
        f"# {_escape(result.view.content.info.title) or 'Map'}",
    ]
    for node in chosen.nodes:
        if clean(node.text) != node.text:
            chosen.losses.add("line break or run of spaces", "Argdown joins lines and spaces", node.text)
        blocks.append("\n".join([_statement(node, chosen.losses), *dict.fromkeys(below.get(node.id, ()))]))
    blocks += ["\n".join([_argument(drawn[key]), *below.get(key, ())]) for key in sorted(aims)]
    return Written(("\n\n".join(blocks) + "\n").encode("utf-8"), chosen.losses.report())


def _lose_relations(losses: Losses, drawn: Mapping[str, Relation], aims: set[str]) -> None:
    """What an arrow does not hold of a relation: its id, rationale, basis, base score and parallels."""
    seen: set[tuple[str, str, str]] = set()
    for relation in drawn.values():
        ends = (relation.type, relation.source, relation.target)
        if ends in seen:
            losses.add("parallel relation", "Argdown has one arrow between the same two", relation.id)
        seen.add(ends)
        if relation.id in aims:
            if relation.rationale != clean(relation.rationale):
                losses.add(
                    "line break or run of spaces", "Argdown joins lines and spaces", relation.rationale
                )
            continue
        aim = drawn.get(relation.target)
        if aim is not None and relation.type == "supports" and relation.source == aim.source:
            losses.add(OWN_SOURCE, "its arrow is the one that ties the other relation to it", relation.id)
        losses.add("id of a relation", "an arrow has no name", relation.id)
        if relation.rationale:
            losses.add("rationale of a relation", "an arrow has no words", relation.rationale)
        if relation.base is not None:
            losses.add("base score of a relation", "an arrow has no data", relation.id)


def _name(key: str, drawn: Mapping[str, Relation]) -> str:
    return f"<{key}>" if key in drawn else f"[{key}]"


def _escape(text: str) -> str:
    return _SPECIAL.sub(lambda match: "\\" + match.group(), clean(text))


def _front_matter(title: str) -> str:
    shown = clean(title)
    # Quoted with escapes where need be: the front matter ends at the next row of equal signs, quoted or not.
    body = f"title: {_quoted(shown)}\n" if "=" in shown else yaml_text.emit({"title": shown})
    return f"===\n{body}==="


def _statement(node: Node, losses: Losses) -> str:
    words = _escape(node.text)
    line = f"[{node.id}]: {words}" if words else f"[{node.id}]"
    for tag in node.tags:
        if not _TAG.fullmatch(tag) or clean(tag) != tag:
            losses.add("tag", "Argdown cannot write it", tag)
        else:
            line += f" #{tag}" if _PLAIN_TAG.fullmatch(tag) else f" #({tag})"
    data: dict[str, str | float] = {}
    if node.type != "claim":
        data["type"] = node.type
    if node.scenario is not None:
        data["letter"] = node.scenario.letter
    if node.crux is not None:
        named = {
            "question": "question",
            "ifTrue": "if_true",
            "ifFalse": "if_false",
            "wouldSettle": "would_settle",
        }
        found = {key: getattr(node.crux, field) for key, field in named.items()}
        data.update({key: value for key, value in found.items() if value is not None})
    if node.base is not None:
        data["base"] = node.base
    return line + _data(data)


def _argument(relation: Relation) -> str:
    words = _escape(relation.rationale)
    data: dict[str, str | float] = {
        "relation": relation.type,
        "source": relation.source,
        "target": relation.target,
    }
    if relation.base is not None:
        data["base"] = relation.base
    return (f"<{relation.id}>: {words}" if words else f"<{relation.id}>") + _data(data)


def _data(data: Mapping[str, str | float]) -> str:
    """YAML data in braces. Text is quoted (``no`` is an id like any other); braces in it would end the data."""
    parts = [
        f"{key}: {_quoted(value) if isinstance(value, str) else _number(value)}"
        for key, value in data.items()
    ]
    return f" {{{', '.join(parts)}}}" if parts else ""


def _quoted(value: str) -> str:
    shown = json.dumps(value, ensure_ascii=False)
    return "".join(c if c.isprintable() and c not in "{}=" else f"\\U{ord(c):08x}" for c in shown)


def _number(value: float) -> str:
    # YAML 1.1 takes 1e-05 for text: a number needs its point.
    whole, e, exponent = repr(float(value)).partition("e")
    return f"{whole if '.' in whole else whole + '.0'}{e}{exponent}"
