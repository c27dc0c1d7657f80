"""Random frameworks for property tests, and a slow evaluator written straight from the formulas."""

import math

from hypothesis import strategies as st

from app.reasoning import Framework, Relation

SEMANTICS_NAMES = ["qe+dfquad-gate", "dfquad", "qe", "euler", "mlp", "mlp+dfquad-gate", "euler+dfquad-gate"]

scores = st.floats(0.05, 0.95).map(lambda x: round(x, 3))


@st.composite
def frameworks(
    draw: st.DrawFn, *, cyclic: bool = True, max_nodes: int = 7, max_relations: int = 14
) -> Framework:
    """Nodes n0…; relations between nodes and onto relations. Acyclic ones run from larger to smaller numbers."""
    n = draw(st.integers(2, max_nodes))
    count = draw(st.integers(1, max_relations))
    relations: list[Relation] = []
    for r in range(count):
        source = draw(st.integers(0 if cyclic else 1, n - 1))
        sign = draw(st.sampled_from([1, -1]))
        base = draw(st.one_of(st.just(1.0), scores))
        if relations and draw(st.integers(0, 3)) == 0:
            hit = draw(st.sampled_from(relations))
            # acyclic: an undercutter must be larger than the node the whole chain of relations ends in
            end = hit
            while not end.target.startswith("n"):
                end = next(x for x in relations if x.id == end.target)
            if cyclic or source > int(end.target[1:]):
                relations.append(Relation(f"r{r}", f"n{source}", hit.id, sign, base))
                continue
        target = draw(st.integers(0, n - 1 if cyclic else source - 1))
        relations.append(Relation(f"r{r}", f"n{source}", f"n{target}", sign, base))
    nodes = {f"n{i}": draw(scores) for i in range(n)}
    return Framework.build(nodes, relations, ["n0", "n1"])


def influence(name: str, w: float, supports: list[float], attacks: list[float]) -> float:
    """One element's strength, from the papers, without any of the machinery under test."""
    if name == "dfquad":
        x = (1 - math.prod(1 - s for s in supports)) - (1 - math.prod(1 - a for a in attacks))
        return w + (1 - w) * x if x >= 0 else w - w * -x
    e = sum(supports) - sum(attacks)
    if name == "qe":
        h = max(e, 0) ** 2 / (1 + max(e, 0) ** 2)
        g = max(-e, 0) ** 2 / (1 + max(-e, 0) ** 2)
        return w - w * g + (1 - w) * h
    if name == "euler":
        return 1 - (1 - w**2) / (1 + w * math.exp(e))
    if w in (0.0, 1.0):
        return w
    return 1 / (1 + math.exp(-(math.log(w / (1 - w)) + e)))


def slow(framework: Framework, semantics: str, rounds: int = 60) -> dict[str, float]:
    """Strengths of everything by repeating the definition; exact on acyclic frameworks shallower than ``rounds``."""
    node_rule, _, gate = semantics.partition("+")
    gate_rule = "dfquad" if gate else node_rule
    value = dict(zip(framework.node_ids, framework.node_base.tolist(), strict=True))
    value |= dict(zip(framework.relation_ids, framework.relation_base.tolist(), strict=True))
    base = dict(value)
    relations = list(framework.relation_ids)
    for _ in range(rounds):
        new = {}
        for id_ in value:
            given: dict[float, list[float]] = {1.0: [], -1.0: []}
            for r, relation in enumerate(relations):
                if framework.element_id(int(framework.target[r])) == id_:
                    source = framework.node_ids[int(framework.source[r])]
                    given[float(framework.sign[r])].append(value[relation] * value[source])
            rule = gate_rule if id_ in relations else node_rule
            new[id_] = influence(rule, base[id_], given[1.0], given[-1.0])
        value = new
    return value
