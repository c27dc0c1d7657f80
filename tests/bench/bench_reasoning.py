"""How fast the reasoning core is: ratios within one run, since absolutes say little on shared machines.

Run with ``make bench`` or ``python tests/bench/bench_reasoning.py``. The yardstick is the fastest independent
implementation that can be imported: QBAF-Py (``qbaf``), else formal-argumentation (``argumentation``), else the
plain Python evaluator at the end of this file. None of them is a dependency.
"""

import sys
import time
from collections.abc import Callable

import numpy as np

from app.reasoning import (
    Framework,
    cruxes,
    flip_sets,
    flips,
    gradients,
    grounded,
    removal_effects,
    solve,
    stances,
    verdict,
)
from app.reasoning.verdict import Thresholds
from app.reasoning.whatif import Change, what_if

TOPICS = 4
SEMANTICS = "dfquad"


def best(work: Callable[[], object], repeat: int = 3) -> float:
    """Seconds of the fastest of some runs."""
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def forum(nodes: int, per_node: int = 3, seed: int = 1) -> dict[str, np.ndarray]:
    """A forum-shaped acyclic graph: everything answers to things said earlier, the first four are the topics."""
    rng = np.random.default_rng(seed)
    source = np.repeat(np.arange(TOPICS, nodes), per_node)
    return {
        "source": source,
        "target": (rng.random(len(source)) * source).astype(int),
        "sign": rng.choice([-1.0, 1.0], len(source)),
        "node_base": np.full(nodes, 0.5),
    }


def build(arrays: dict[str, np.ndarray]) -> Framework:
    """Compile a framework from arrays, plan included."""
    framework = Framework.from_arrays(**arrays, topics=range(TOPICS))
    assert framework.plan
    return framework


def yardstick() -> tuple[str, Callable[[dict[str, np.ndarray]], Callable[[], object]]]:
    """A name, and what makes of a graph a function that builds and solves it."""
    try:
        import qbaf
    except ImportError:
        pass
    else:

        def with_qbaf(graph: dict[str, np.ndarray]) -> Callable[[], object]:
            names, attacks, supports = named(graph)
            bases = graph["node_base"].tolist()
            return lambda: (
                qbaf.QBAFramework(names, bases, attacks, supports, semantics="DFQuAD_model").final_strengths
            )

        return "QBAF-Py", with_qbaf
    try:
        from argumentation.gradual import dfquad, gradual
    except ImportError:
        return "plain Python", lambda graph: lambda: plain(graph)

    def with_formal_argumentation(graph: dict[str, np.ndarray]) -> Callable[[], object]:
        names, attacks, supports = named(graph)
        bases = dict(zip(names, graph["node_base"].tolist(), strict=True))
        return lambda: dfquad.dfquad_strengths(
            gradual.WeightedBipolarGraph(frozenset(names), bases, frozenset(attacks), frozenset(supports))
        )

    return "formal-argumentation", with_formal_argumentation


def named(graph: dict[str, np.ndarray]) -> tuple[list[str], list[tuple[str, str]], list[tuple[str, str]]]:
    """Names, attacks, supports; no pair twice, since the others allow one relation between two arguments."""
    names = [f"n{i}" for i in range(len(graph["node_base"]))]
    pairs = dict(
        zip(zip(graph["source"].tolist(), graph["target"].tolist(), strict=True), graph["sign"], strict=True)
    )
    attacks = [(names[s], names[t]) for (s, t), sign in pairs.items() if sign < 0]
    supports = [(names[s], names[t]) for (s, t), sign in pairs.items() if sign > 0]
    return names, attacks, supports


def plain(graph: dict[str, np.ndarray]) -> list[float]:
    """DF-QuAD in a few lines of Python, sources before targets (they have the larger numbers)."""
    incoming: list[list[tuple[int, float]]] = [[] for _ in graph["node_base"]]
    for source, target, sign in zip(
        graph["source"].tolist(), graph["target"].tolist(), graph["sign"].tolist(), strict=True
    ):
        incoming[target].append((source, sign))
    strength = graph["node_base"].tolist()
    for node in range(len(strength) - 1, -1, -1):
        supported = attacked = 1.0
        for source, sign in incoming[node]:
            if sign > 0:
                supported *= 1.0 - strength[source]
            else:
                attacked *= 1.0 - strength[source]
        x, w = attacked - supported, strength[node]
        strength[node] = w + ((1.0 - w) if x >= 0 else w) * x
    return strength


def table(relations: list[int]) -> None:
    """Cost from a thousand to a million relations; microseconds per relation should stay level."""
    print(
        f"{'relations':>10} {'compile':>9} {'solve':>9} {'µs/rel.':>8} {'gradient':>9} {'/forward':>8} {'grounded':>9}"
    )
    for count in relations:
        graph = forum(count // 3 + TOPICS)
        framework = build(graph)
        solved = solve(framework, SEMANTICS)
        topic = [framework.node_ids[0]]
        compiling = best(lambda graph=graph: build(graph))
        solving = best(lambda framework=framework: solve(framework, SEMANTICS))
        back = best(lambda f=framework, t=topic, s=solved: gradients(f, SEMANTICS, t, s))
        labelling = best(lambda framework=framework: grounded(framework), 1)
        print(
            f"{framework.m:>10,} {compiling:>8.4f}s {solving:>8.4f}s {(compiling + solving) / count * 1e6:>8.3f}"
            f" {back:>8.4f}s {back / (compiling + solving):>7.2f}× {labelling:>8.4f}s"
        )


def compare(nodes: int) -> None:
    """Build and solve, against the yardstick on the same graph."""
    name, maker = yardstick()
    graph = forum(nodes)
    ours = best(lambda: solve(build(graph), SEMANTICS))
    theirs = best(maker(graph), 1)
    print(
        f"build and solve, {nodes:,} nodes: {ours:.4f}s, {name} {theirs:.4f}s: {ours / theirs:.3f}× its time"
    )


def compare_flips(nodes: int) -> None:
    """Every deny and concede flip, against rebuilding and solving for each of them."""
    name, maker = yardstick()
    graph = forum(nodes)
    framework = build(graph)
    changes = [Change((i,), np.array([[0.0, 1.0]]), established=False) for i in range(TOPICS, nodes)]
    ours = best(lambda: what_if(framework, changes, SEMANTICS))
    theirs = best(maker(graph)) * 2 * len(changes)
    print(
        f"all {2 * len(changes):,} flips, {nodes:,} nodes: {ours:.4f}s, {name} rebuilding {theirs:.2f}s:"
        f" 1/{theirs / ours:.0f} of its time"
    )


def a_map(nodes: int) -> None:
    """What a page needs, on a map of the size of the seeded one."""
    framework = build(forum(nodes, per_node=2))
    still = Thresholds(jitters=0)
    print(f"a map of {framework.n} nodes and {framework.m} relations (milliseconds):")
    for what, work in {
        "strengths": lambda: solve(framework),
        "stances on four topics": lambda: stances(framework),
        "all removal effects": lambda: removal_effects(framework),
        "verdict with 200 jitters": lambda: verdict(framework),
        "every flip, without jitter": lambda: flips(framework, thresholds=still),
        "verdict and every flip, with jitter": lambda: flips(framework),
        "cruxes with tipping curves": lambda: cruxes(framework),
        "pairs of flips, bounded": lambda: flip_sets(framework, 2, thresholds=still),
    }.items():
        print(f"  {what:<38} {best(work) * 1e3:8.2f}")


def main() -> None:
    """Print everything."""
    largest = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    table([count for count in (1_000, 10_000, 100_000, 300_000, 1_000_000) if count <= largest])
    compare(min(100_000, largest))
    compare_flips(1_000)
    a_map(150)


if __name__ == "__main__":
    main()
