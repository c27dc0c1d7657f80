"""From what reasoning found to the shapes the API answers with."""

from typing import Literal, cast

from app import urls
from app.analysis import words
from app.analysis.bearing import Bearing, footing
from app.analysis.credences import Position
from app.analysis.hinges import (
    Hinge,
    Sets,
    beside,
    hinges,
    searched,
    searched_words,
    set_words,
    single_answer,
    single_words,
)
from app.analysis.judgement import Judgement, thresholds
from app.analysis.tallies import bearing_on
from app.analysis.verdicts import badge, robustness_words, sentence, voices
from app.api import reasoning_shapes as shapes
from app.api.render import Renderer
from app.reasoning import FlipSets, Robustness


def way(name: str) -> shapes.WayShape:
    """A way of computing."""
    label, help_ = words.SEMANTICS_WORDS[name]
    return shapes.WayShape(name=name, label=label, help=help_)


def verdict(
    rendered: Renderer, judged: Judgement, position: Position, sets: Sets = ""
) -> shapes.VerdictShape:
    """The verdict with everything about it."""
    result, found, solved = judged.result, judged.verdict, judged.solved
    asked = frozenset(n.id for n in result.nodes if n.type == "crux")
    single = single_answer(judged, asked)
    kind = "reader" if position.credences else "participant" if position.start else "neutral"
    return shapes.VerdictShape(
        revision=result.view.revision,
        unreviewed=result.include_unreviewed,
        semantics=way(judged.semantics),
        valuation=shapes.ValuationShape(
            kind=cast(Literal["neutral", "participant", "reader"], kind),
            participant=position.start,
            credences=dict(position.credences),
            hold=position.hold,
            said=judged.valuation.said,
            enough=judged.valuation.enough,
        ),
        note=words.NOT_A_PROBABILITY,
        leader=_letter(judged, found.leader),
        sentence=sentence(judged),
        reason=found.reason,
        margin=found.margin,
        jitter_share=found.jitter_share,
        jitters=thresholds().jitters,
        close=[words.scenario(result, key) for key in found.close],
        scenarios=[
            shapes.StandingShape(
                letter=words.scenario(result, key),
                id=key,
                text=result.view.content.nodes[key].text,
                strength=found.strengths[key],
                arguments=bearing_on(result, key),
                sentence=footing(judged, key).sentence,
            )
            for key in found.strengths
        ],
        strengths=dict(judged.strengths),
        cruxes=[hinge(rendered, judged, each) for each in hinges(judged)],
        single_answer=hinge(rendered, judged, single) if single is not None else None,
        single_answer_sentence=single_words(judged, single),
        robustness=robustness(judged, judged.robustness),
        flip_sets=[flip_sets(rendered, judged, each) for each in searched(judged, sets)],
        converged=solved.converged,
        residual=solved.residual,
    )


def said(rendered: Renderer, semantics: str) -> list[shapes.VoiceShape]:
    """What follows from what each participant says; those who say nothing are left out."""
    people = rendered.view.content.participants
    return [
        shapes.VoiceShape(
            participant=found.participant,
            label=people[found.participant].label,
            page=urls.participant(people[found.participant]),
            said=found.said,
            enough=found.verdict is not None,
            verdict=found.words,
        )
        for found in voices(rendered.result, semantics)
        if found.said
    ]


def flip_sets(rendered: Renderer, judged: Judgement, found: FlipSets) -> shapes.FlipSetsShape:
    """Sets of flips, with what was not searched."""
    nodes = rendered.view.content.nodes
    return shapes.FlipSetsShape(
        size=found.size,
        found=[
            shapes.FlipSetShape(
                members=[
                    shapes.FlippedShape(
                        node=rendered.node_brief(nodes[key]),
                        answer=cast(Literal["false", "true"], answer),
                    )
                    for key, answer in members
                ],
                leader=_letter(judged, entry.outcome.verdict.leader),
                sentence=said,
            )
            for entry, (members, said) in zip(found.found, set_words(judged, found), strict=True)
        ],
        candidates=list(found.candidates),
        searched=found.searched,
        not_searched=found.not_searched,
        sentence=searched_words(found),
    )


def _letter(judged: Judgement, key: str | None) -> str | None:
    return words.scenario(judged.result, key) if key is not None else None


def hinge(rendered: Renderer, judged: Judgement, found: Hinge) -> shapes.HingeShape:
    """A statement and what its being established does."""
    crossings = found.crux.tipping.crossings if found.crux is not None else ()
    leader = found.crux.outcome.verdict.leader if found.crux is not None else judged.verdict.leader
    return shapes.HingeShape(
        node=rendered.node_brief(rendered.view.content.nodes[found.node]),
        curated=found.curated,
        strength=found.strength,
        effect=found.effect,
        answer=found.answer,
        leader=_letter(judged, leader),
        movement=found.movement,
        needed=found.needed,
        tipping=[
            shapes.TippingShape(value=c.value, below=_letter(judged, c.below), above=_letter(judged, c.above))
            for c in crossings
        ],
        sentence=found.sentence,
    )


def robustness(judged: Judgement, found: Robustness) -> shapes.RobustnessShape:
    """The robustness badge in full."""
    result = judged.result
    asked = [n.id for n in result.nodes if n.scenario is not None or n.type == "crux"]
    return shapes.RobustnessShape(
        summary=badge(result, found),
        agreed=_letter(judged, found.agreed),
        verdicts=[
            shapes.WayVerdictShape(
                semantics=name,
                label=words.SEMANTICS_WORDS[name][0],
                leader=_letter(judged, each.leader),
                margin=each.margin,
                abstains=each.leader is None,
            )
            for name, each in found.verdicts.items()
        ],
        sentence=robustness_words(result, found),
        answered={key: found.grounded.nodes[key] for key in asked},
    )


def bearing(found: Bearing) -> shapes.BearingShape:
    """A node's bearing on one scenario."""
    return shapes.BearingShape(
        letter=found.letter,
        scenario=found.scenario,
        stance=found.stance,
        basis=cast(Literal["direct", "derived"] | None, found.basis),
        strength=found.strength,
        total=found.total,
        carried=found.carried,
        unlisted=found.unlisted,
        remainder=found.remainder,
        found=found.found,
        complete=found.complete,
        sentence=found.summary,
        accounted=found.accounted,
        chains=[
            shapes.CarriedShape(
                sentence=c.sentence,
                sign="+" if c.sign > 0 else "-",
                carries=c.carries,
                relations=c.relations,
                ids=list(c.ids),
                inferred=list(c.inferred),
            )
            for c in found.chains
        ],
    )


def crux_reasoning(rendered: Renderer, judged: Judgement) -> shapes.CruxReasoning:
    """Curated and computed cruxes side by side."""
    return shapes.CruxReasoning(
        semantics=way(judged.semantics),
        sentence=sentence(judged),
        note=words.NOT_A_PROBABILITY,
        robustness=robustness(judged, judged.robustness),
        comparison=[
            shapes.BesideShape(hinge=hinge(rendered, judged, row.hinge), side=row.side, remark=row.remark)
            for row in beside(judged)
        ],
    )
