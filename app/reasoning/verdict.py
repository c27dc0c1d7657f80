"""The verdict: which topic leads, or that it is too close to call.

On random maps of a few hundred nodes the median margin is below 0.05, so a leader is named only when its
margin is large enough *and* it keeps the lead when the base scores are shaken.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from app.reasoning.arrays import FloatArray, IntArray
from app.reasoning.framework import Framework
from app.reasoning.semantics import DEFAULT_SEMANTICS, Semantics
from app.reasoning.solve import Strengths, solve, solve_many

TIE = 1e-12
"""Strengths closer than this are a tie, broken by id: the order of summation must not name a leader."""


@dataclass(frozen=True)
class Thresholds:
    """When a leader is named. ``jitter_topics``: are the topics' own base scores shaken too?"""

    margin: float = 0.05
    jitters: int = 200
    jitter: float = 0.2
    stable: float = 0.8
    seed: int = 1
    jitter_topics: bool = True


DEFAULT_THRESHOLDS = Thresholds()


@dataclass(frozen=True)
class Verdict:
    """``leader`` is a topic's id, or None when it is too close to call.

    ``top`` has the highest strength in any case, ``margin`` is its distance to the second (with a single
    topic: its strength, as if the second had none). ``close`` are the ids within the margin threshold of the
    top, the top included. ``jitter_share`` is the share of jitters under which the top stays on top.
    ``reason`` says why a leader was or was not named: "clear", "margin", "unstable", "unsettled" (the
    computation did not converge) or "no topics".
    """

    leader: str | None
    top: str | None
    margin: float
    strengths: Mapping[str, float]
    close: tuple[str, ...]
    jitter_share: float
    reason: str


def leads(strengths: FloatArray, topic_ids: Sequence[str]) -> tuple[IntArray, FloatArray]:
    """Who leads and by how much, for ``strengths`` (t, …): ``(top, margin)``, both of the trailing shape.

    Ties go to the smallest id. With one topic the margin is its strength.
    """
    count = len(topic_ids)
    by_name = np.argsort(np.array(topic_ids, dtype=object), kind="stable")
    ordered = strengths[by_name]
    highest = ordered.max(axis=0)
    top = np.argmax(ordered >= highest - TIE, axis=0)
    if count == 1:
        return by_name[top], highest
    second = np.partition(ordered, count - 2, axis=0)[count - 2]
    return by_name[top], highest - second


@lru_cache(maxsize=8192)
def _draws(id_: str, seed: int, count: int) -> FloatArray:
    """``count`` uniform draws from [−1, 1] that belong to this id."""
    digest = hashlib.blake2b(f"{seed}\n{id_}".encode("utf-8", "surrogatepass"), digest_size=16).digest()
    draws = np.random.Generator(np.random.Philox(int.from_bytes(digest, "big"))).uniform(-1.0, 1.0, count)
    draws.flags.writeable = False
    return draws


def jittered_bases(framework: Framework, thresholds: Thresholds = DEFAULT_THRESHOLDS) -> FloatArray:
    """Shaken base scores of the nodes, (n, jitters), clipped to [0, 1]; relations are not shaken.

    Each node's draws follow from the seed and its own id alone: adding a node that bears on nothing must
    not move a verdict that is near a threshold.
    """
    noise = np.empty((framework.n, thresholds.jitters))
    for row, id_ in enumerate(framework.node_ids):
        noise[row] = _draws(id_, thresholds.seed, thresholds.jitters)
    noise *= thresholds.jitter
    if not thresholds.jitter_topics:
        noise[list(framework.topics)] = 0.0
    return np.clip(framework.node_base[:, None] + noise, 0.0, 1.0)


def verdict(
    framework: Framework,
    semantics: str | Semantics = DEFAULT_SEMANTICS,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
    strengths: Strengths | None = None,
) -> Verdict:
    """The verdict on the framework's topics. ``strengths`` may be given if computed already."""
    topics = list(framework.topics)
    if not topics:
        return Verdict(None, None, 0.0, {}, (), 0.0, "no topics")
    solved = strengths if strengths is not None else solve(framework, semantics)
    share = 0.0
    if thresholds.jitters:
        shaken = solve_many(framework, semantics, jittered_bases(framework, thresholds))
        top, _ = leads(solved.nodes[topics], framework.topic_ids)
        tops, _ = leads(shaken.nodes[topics], framework.topic_ids)
        share = float(np.mean((tops == top) & shaken.converged))
    return judge(framework.topic_ids, solved.nodes[topics], share, solved.converged, thresholds)


def judge(
    topic_ids: Sequence[str],
    strengths: FloatArray,
    share: float,
    converged: bool,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> Verdict:
    """Put strengths (t,) and the share of jitters that agree into a verdict."""
    position, gap = leads(strengths, topic_ids)
    top, margin = topic_ids[int(position)], float(gap)
    if not converged:
        reason = "unsettled"
    elif margin < thresholds.margin:
        reason = "margin"
    elif thresholds.jitters and share < thresholds.stable:
        reason = "unstable"
    else:
        reason = "clear"
    highest = float(strengths.max())
    close = tuple(
        topic
        for topic, value in zip(topic_ids, strengths, strict=True)
        if highest - value < thresholds.margin
    )
    return Verdict(
        leader=top if reason == "clear" else None,
        top=top,
        margin=margin,
        strengths={topic: float(value) for topic, value in zip(topic_ids, strengths, strict=True)},
        close=close,
        jitter_share=share,
        reason=reason,
    )
