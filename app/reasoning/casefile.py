"""The file interface: a bare framework as JSON in, its evaluation as JSON out (see docs/reasoning.md)."""

import json
import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from app.errors import InvalidInput
from app.reasoning.flips import outcomes
from app.reasoning.framework import Framework, Relation
from app.reasoning.gradient import gradients
from app.reasoning.grounded import grounded
from app.reasoning.semantics import DEFAULT_SEMANTICS, Semantics, semantics_named
from app.reasoning.solve import solve
from app.reasoning.verdict import Thresholds, judge

TOP_KEYS = ("semantics", "nodes", "edges", "edge_relations", "topics")
EDGE_KEYS = ("id", "from", "to", "type", "base")
EDGE_RELATION_KEYS = ("id", "from", "to_edge", "type", "base")
SIGNS: Mapping[str, int] = {"support": 1, "attack": -1}


@dataclass(frozen=True)
class Case:
    """A framework and the semantics to evaluate it under; ``ignored`` are keys nobody knows."""

    framework: Framework
    semantics: Semantics
    ignored: tuple[str, ...]


def read_case(text: str) -> Case:
    """Parse a case.

    Raises
    ------
    InvalidInput
        for anything that is not a well-formed case; says where and what.
    """
    try:
        data = json.loads(text, parse_constant=_no_constant, object_pairs_hook=_no_duplicates)
    except json.JSONDecodeError as error:
        raise InvalidInput(f"not JSON: {error.msg}", f"line {error.lineno}, column {error.colno}") from error
    except (RecursionError, ValueError) as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise InvalidInput(f"not JSON that can be read: {reason}") from error
    case = _mapping(data, "the case")
    if "nodes" not in case:
        raise InvalidInput("there are no nodes", "nodes", 'give them as {"id": base score}')
    ignored = [key for key in case if key not in TOP_KEYS]
    nodes = {
        _text(id_, "nodes"): _base(base, f"nodes.{id_}")
        for id_, base in _mapping(case["nodes"], "nodes").items()
    }
    edges = _entries(case, "edges", EDGE_KEYS, ignored)
    onto = _entries(case, "edge_relations", EDGE_RELATION_KEYS, ignored)
    relations = _relations(edges, onto, nodes)
    topics = [_text(topic, f"topics[{i}]") for i, topic in enumerate(_list(case.get("topics"), "topics"))]
    semantics = semantics_named(_text(case.get("semantics", DEFAULT_SEMANTICS), "semantics"))
    return Case(Framework.build(nodes, relations, topics), semantics, tuple(ignored))


def evaluate(case: Case) -> dict[str, object]:
    """All there is to say about a case, ready for JSON.

    ``flips`` are base flips of every node, topics included: the verdict is the topic with the highest
    strength, ties going to the smaller id, and the margin its distance to the second (with a single topic:
    its strength).
    """
    framework, semantics = case.framework, case.semantics
    solved = solve(framework, semantics)
    result: dict[str, object] = {
        "strengths": dict(zip(framework.node_ids, solved.nodes.tolist(), strict=True)),
        "edge_strengths": dict(zip(framework.relation_ids, solved.relations.tolist(), strict=True)),
        "converged": solved.converged,
        "residual": solved.residual,
    }
    if framework.topics:
        found = gradients(framework, semantics, strengths=solved)
        result["gradients"] = {
            each.topic: dict(zip(framework.node_ids, each.nodes.tolist(), strict=True)) for each in found
        }
        result["edge_gradients"] = {
            each.topic: dict(zip(framework.relation_ids, each.relations.tolist(), strict=True))
            for each in found
        }
        result["gradients_exact"] = all(each.exact for each in found)
        result |= _flips(framework, semantics)
    labels = grounded(framework)
    result["grounded"] = labels.nodes
    result["edge_grounded"] = labels.relations
    return result


def _flips(framework: Framework, semantics: Semantics) -> dict[str, object]:
    bare = Thresholds(margin=0.0, jitters=0)
    strengths = solve(framework, semantics).nodes[list(framework.topics)]
    before = judge(framework.topic_ids, strengths, 1.0, True, bare)
    sets = [((node,), (value,)) for node in range(framework.n) for value in (0.0, 1.0)]
    found = outcomes(framework, sets, semantics, kind="base", thresholds=bare, before=before)
    after = [{"verdict": outcome.verdict.top, "margin": outcome.verdict.margin} for outcome in found]
    settled = all(outcome.verdict.reason != "unsettled" for outcome in found)
    flips = {
        id_: {"deny": after[2 * i], "concede": after[2 * i + 1]} for i, id_ in enumerate(framework.node_ids)
    }
    return {"flips": flips, "flips_converged": settled}


def _relations(
    edges: Sequence[Mapping[str, object]], onto: Sequence[Mapping[str, object]], nodes: Mapping[str, float]
) -> list[Relation]:
    taken = set(nodes)
    for kind, entries in (("edges", edges), ("edge_relations", onto)):
        for i, entry in enumerate(entries):
            if "id" in entry:
                id_ = _text(entry["id"], f"{kind}[{i}].id")
                if id_ in taken:
                    raise InvalidInput(f"the id “{id_}” is used twice", f"{kind}[{i}].id")
                taken.add(id_)
    fresh = _fresh_ids(taken)
    edge_names = [str(entry["id"]) if "id" in entry else fresh() for entry in edges]
    onto_names = [str(entry["id"]) if "id" in entry else fresh() for entry in onto]
    targets = {*edge_names, *onto_names}
    signs = {**SIGNS, "undercut": -1}
    relations = [
        _relation(name, entry, f"edges[{i}]", "to", nodes, nodes, SIGNS)
        for i, (name, entry) in enumerate(zip(edge_names, edges, strict=True))
    ]
    return relations + [
        _relation(name, entry, f"edge_relations[{i}]", "to_edge", targets, nodes, signs)
        for i, (name, entry) in enumerate(zip(onto_names, onto, strict=True))
    ]


def _fresh_ids(taken: set[str]) -> Callable[[], str]:
    """e1, e2, … in order, without those that are taken."""
    count = 0

    def fresh() -> str:
        nonlocal count
        while True:
            count += 1
            if f"e{count}" not in taken:
                return f"e{count}"

    return fresh


def _relation(
    id_: str,
    entry: Mapping[str, object],
    where: str,
    end: str,
    ends: Collection[str],
    nodes: Collection[str],
    signs: Mapping[str, int],
) -> Relation:
    for key in ("from", end, "type"):
        if key not in entry:
            raise InvalidInput(f"“{key}” is missing", where)
    source, target = _text(entry["from"], f"{where}.from"), _text(entry[end], f"{where}.{end}")
    if source not in nodes:
        raise InvalidInput(f"there is no node “{source}”", f"{where}.from")
    if target not in ends:
        kind = "node" if end == "to" else "edge"
        raise InvalidInput(f"there is no {kind} “{target}”", f"{where}.{end}")
    type_ = _text(entry["type"], f"{where}.type")
    if type_ not in signs:
        raise InvalidInput(f"unknown type “{type_}”", f"{where}.type", f"one of {', '.join(signs)}")
    base = _base(entry["base"], f"{where}.base") if "base" in entry else 1.0
    return Relation(id_, source, target, signs[type_], base)


def _entries(
    case: Mapping[str, object], key: str, known: Sequence[str], ignored: list[str]
) -> list[Mapping[str, object]]:
    entries: list[Mapping[str, object]] = []
    for i, item in enumerate(_list(case.get(key), key)):
        entry = _mapping(item, f"{key}[{i}]")
        ignored += [f"{key}[{i}].{name}" for name in entry if name not in known]
        entries.append(entry)
    return entries


def _mapping(value: object, where: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise InvalidInput(f"an object is expected, not {_kind(value)}", where)
    return value


def _list(value: object, where: str) -> list[object]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise InvalidInput(f"a list is expected, not {_kind(value)}", where)
    return value


def _text(value: object, where: str) -> str:
    if not isinstance(value, str):
        raise InvalidInput(f"a text is expected, not {_kind(value)}", where)
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise InvalidInput("half a character (a lone surrogate)", where)
    return value


def _base(value: object, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InvalidInput(f"a number from 0 to 1 is expected, not {_kind(value)}", where)
    if not 0 <= value <= 1:
        shown = f"{value:g}" if isinstance(value, float) and math.isfinite(value) else "this number"
        raise InvalidInput(f"{shown} is not a number from 0 to 1", where)
    return float(value)


def _kind(value: object) -> str:
    kinds = {dict: "an object", list: "a list", str: "a text", bool: "true or false", type(None): "null"}
    return kinds.get(type(value), "a number")


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not a number JSON knows")


def _no_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key “{twice}” is used twice in one object")
    return found
