"""Around a scenario: the questions asked about it, and who puts forward arguments on it."""

from collections import Counter
from dataclasses import dataclass

from app.analysis.analysis import Analysis
from app.model.records import Node
from app.reasoning import Stance


@dataclass(frozen=True)
class Near:
    """How many arguments a participant puts forward on either side: a count, no measure of belief."""

    participant: str
    supports: int
    opposes: int


def on_scenario(result: Analysis, scenario: Node) -> dict[str, Stance]:
    """The stance on a scenario, by node, of all that count."""
    table = result.stances.table
    return {n.id: s for n in result.nodes if (s := table.get((n.id, scenario.id))) is not None}


def questions(result: Analysis, scenario: Node) -> tuple[Node, ...]:
    """Questions about the scenario, or about what bears on it directly."""
    view = result.view
    found = on_scenario(result, scenario)
    about = {scenario.id} | {key for key, stance in found.items() if stance.basis == "direct"}
    sources = (
        view.content.nodes[link.source]
        for key in sorted(about)
        for link in view.incoming.get(key, ())
        if link.type == "asks" and view.visible(link)
    )
    return tuple({source.id: source for source in sources if view.visible(source)}.values())


def near(result: Analysis, scenario: Node) -> tuple[Near, ...]:
    """Who asserts arguments on the scenario, those nearest to it first; one node and person counted once."""
    view = result.view
    tally: Counter[tuple[str, str]] = Counter()
    for key, stance in on_scenario(result, scenario).items():
        if stance.stance in ("supports", "opposes"):
            passages = view.content.nodes[key].passages
            holders = {view.participant(m.holder) for m in passages if m.attitude == "asserts"}
            tally.update((holder, stance.stance) for holder in holders)
    rows = [Near(key, tally[key, "supports"], tally[key, "opposes"]) for key in {who for who, _ in tally}]
    people = view.content.participants

    def order(row: Near) -> tuple[int, int, str]:
        label = people[row.participant].label if row.participant in people else row.participant
        return -(row.supports - row.opposes), -row.supports, label

    return tuple(sorted(rows, key=order))
