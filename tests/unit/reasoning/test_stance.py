"""Stances: signs of chains, shortest first."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import InvalidInput
from app.reasoning import Framework, Relation, odd_cycles, stances


def framework(*relations: tuple[str, str, str, int], topics: tuple[str, ...] = ("A",)) -> Framework:
    names = [end for r in relations for end in (r[1], r[2])] + list(topics)
    ids = {r[0] for r in relations}
    nodes = dict.fromkeys((name for name in names if name not in ids), 0.5)
    return Framework.build(nodes, [Relation(*r) for r in relations], topics)


def test_a_relation_to_the_scenario_is_a_direct_stance() -> None:
    stance = stances(framework(("r", "x", "A", 1))).of("x", "A")
    assert (stance.stance, stance.basis) == ("supports", "direct")
    assert stance.chains["+"] is not None
    assert stance.chains["+"].ids == ("x", "r", "A")
    assert stance.chains["-"] is None


def test_an_attack_on_an_attacker_supports() -> None:
    stance = stances(framework(("r", "x", "y", -1), ("s", "y", "A", -1))).of("x", "A")
    assert (stance.stance, stance.basis) == ("supports", "derived")


def test_an_undercut_continues_through_the_sign_of_the_relation_it_hits() -> None:
    stance = stances(framework(("r", "x", "A", -1), ("u", "y", "r", -1))).of("y", "A")
    assert stance.stance == "supports"
    assert stance.chains["+"] is not None
    assert stance.chains["+"].ids == ("y", "u", "r", "A")
    assert stance.chains["+"].relations == 2


def test_an_undercut_of_an_undercut_restores_the_sign() -> None:
    stance = stances(framework(("r", "x", "A", 1), ("u", "y", "r", -1), ("v", "z", "u", -1))).of("z", "A")
    assert stance.stance == "supports"
    assert stance.chains["+"] is not None
    assert stance.chains["+"].ids == ("z", "v", "u", "r", "A")


def chain_of_supports(length: int) -> list[tuple[str, str, str, int]]:
    stops = ["x", *(f"m{i}" for i in range(1, length)), "A"]
    return [(f"s{i}", stops[i], stops[i + 1], 1) for i in range(length)]


@pytest.mark.parametrize(("longer_by", "expected"), [(0, "mixed"), (2, "mixed"), (3, "opposes")])
def test_a_stance_is_mixed_when_the_other_sign_is_at_most_two_relations_longer(
    longer_by: int, expected: str
) -> None:
    stance = stances(framework(("r", "x", "A", -1), *chain_of_supports(1 + longer_by))).of("x", "A")
    assert stance.stance == expected
    assert stance.remote == ("+" if expected == "opposes" else None)


def test_a_node_without_a_chain_has_no_stance() -> None:
    stance = stances(framework(("r", "A", "x", 1))).of("x", "A")
    assert (stance.stance, stance.basis) == ("none", None)


def test_ties_go_to_the_smaller_ids_whatever_the_order_of_the_relations() -> None:
    relations = [("r2", "x", "b", 1), ("r1", "x", "c", 1), ("s", "b", "A", 1), ("t", "c", "A", 1)]
    for order in itertools.permutations(relations):
        chain = stances(framework(*order)).of("x", "A").chains["+"]
        assert chain is not None
        assert chain.ids == ("x", "r1", "c", "t", "A")


def test_a_walk_round_an_odd_cycle_is_not_a_chain() -> None:
    # x supports A; x and y attack and support each other, so a walk x-y-x changes the sign
    found = stances(framework(("r", "x", "A", 1), ("a", "x", "y", -1), ("b", "y", "x", 1))).of("x", "A")
    assert found.stance == "supports"
    assert found.chains["-"] is None
    assert found.unsearched == ()


def test_a_longer_simple_chain_is_found_where_the_shortest_walk_repeats_itself() -> None:
    detour = [("d0", "x", "p", 1), ("d1", "p", "q", 1), ("d2", "q", "s", 1), ("d3", "s", "A", -1)]
    cycle = [("r", "x", "A", 1), ("a", "x", "y", -1), ("b", "y", "x", 1)]
    chain = stances(framework(*cycle, *detour)).of("x", "A").chains["-"]
    assert chain is not None
    assert chain.ids == ("x", "d0", "p", "d1", "q", "d2", "s", "d3", "A")


def test_a_search_given_up_at_its_bound_says_so() -> None:
    cycle = [("r", "x", "A", 1), ("a", "x", "y", -1), ("b", "y", "x", 1)]
    found = stances(framework(*cycle), limit=1).of("x", "A")
    assert found.unsearched == ("-",)


def test_asking_for_an_unknown_stance_is_an_error() -> None:
    with pytest.raises(InvalidInput, match="no stance"):
        stances(framework(("r", "x", "A", 1))).of("nobody", "A")


def test_an_odd_cycle_is_listed_with_an_example() -> None:
    found = odd_cycles(framework(("a", "x", "y", -1), ("b", "y", "x", 1), ("r", "x", "A", 1)))
    assert [cycle.members for cycle in found] == [("a", "b", "x", "y")]
    example = found[0].example
    assert example[0] == example[-1]
    assert set(example) == {"a", "b", "x", "y"}


def test_an_even_cycle_is_no_odd_cycle() -> None:
    assert odd_cycles(framework(("a", "x", "y", -1), ("b", "y", "x", -1))) == ()


def test_a_claim_that_undercuts_its_own_support_is_an_odd_cycle() -> None:
    found = odd_cycles(framework(("r", "x", "y", 1), ("u", "y", "r", -1)))
    assert [set(cycle.example) for cycle in found] == [{"y", "u", "r"}]


links = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 9), st.sampled_from([1, -1])), min_size=1, max_size=8
)


def small(edges: list[tuple[int, int, int]]) -> Framework:
    """Five nodes; targets 5… are earlier or later relations (any depth, cycles allowed)."""
    relations = []
    for i, (source, target, sign) in enumerate(edges):
        end = f"n{target}" if target < 5 else f"r{(target - 5) % len(edges)}"
        relations.append(Relation(f"r{i}", f"n{source}", end, sign))
    return Framework.build({f"n{i}": 0.5 for i in range(5)}, relations, ["n0"])


def all_simple_chains(framework: Framework, node: str) -> list[tuple[tuple[str, ...], int, int]]:
    relation = {
        id_: (framework.element_id(int(target)), int(sign))
        for id_, target, sign in zip(framework.relation_ids, framework.target, framework.sign, strict=True)
    }
    found = []

    def walk(path: tuple[str, ...], sign: int) -> None:
        last = path[-1]
        if last == "n0":
            found.append((path, sign, sum(id_ in relation for id_ in path)))
            return
        if last in relation:
            steps = [(relation[last][0], sign * relation[last][1])]
        else:
            number = framework.number[last]
            steps = [
                (id_, sign)
                for id_, source in zip(framework.relation_ids, framework.source, strict=True)
                if source == number
            ]
        for following, product in steps:
            if following not in path:
                walk((*path, following), product)

    walk((node,), 1)
    return found


@given(links)
@settings(max_examples=300, deadline=None)
def test_each_chain_is_the_shortest_simple_one_of_its_sign(edges: list[tuple[int, int, int]]) -> None:
    graph = small(edges)
    table = stances(graph)
    for node in graph.node_ids[1:]:
        chains = all_simple_chains(graph, node)
        for name, sign in (("+", 1), ("-", -1)):
            best = min(((length, ids) for ids, s, length in chains if s == sign), default=None)
            chain = table.of(node, "n0").chains[name]
            assert (None if chain is None else (chain.relations, chain.ids)) == best


@given(links)
@settings(max_examples=200, deadline=None)
def test_an_odd_cycle_example_is_a_simple_cycle_with_a_negative_product(
    edges: list[tuple[int, int, int]],
) -> None:
    graph = small(edges)
    sign = dict(zip(graph.relation_ids, graph.sign, strict=True))
    for cycle in odd_cycles(graph):
        inner = cycle.example[:-1]
        assert len(set(inner)) == len(inner)
        product = 1.0
        for here, following in itertools.pairwise(cycle.example):
            if here in sign:
                assert graph.element_id(int(graph.target[graph.number[here] - graph.n])) == following
                product *= sign[here]
            else:
                assert graph.source[graph.number[following] - graph.n] == graph.number[here]
        assert product == -1
