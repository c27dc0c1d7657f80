"""The first page: the scenarios, the cruxes in the order of what they decide, where to go next."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.analysis import Analysis, judgement
from app.analysis.grouping import hanging_on
from app.analysis.hinges import hinges
from app.analysis.tallies import KINDS, Tally, tallies
from app.model.records import Node
from app.model.snapshot import Element
from app.web.views.common import Cell, Ref, incoming, ref, strip, visible_nodes


@dataclass(frozen=True)
class ScenarioCard:
    """A scenario and how many arguments speak for and against it."""

    ref: Ref
    supports: Tally
    opposes: Tally
    mixed: Tally


@dataclass(frozen=True)
class CruxCard:
    """A crux, which scenarios it separates, how much hangs on it, and what its answer would do to the verdict."""

    ref: Ref
    question: str
    strip: tuple[Cell, ...]
    separates: tuple[str, ...]
    hanging: int
    pro: int
    con: int
    placed: str
    decides: str


@dataclass(frozen=True)
class Figures:
    """How large the map is."""

    comments: int
    participants: int
    nodes: int
    relations: int
    quotes: int


@dataclass(frozen=True)
class Home:
    """What the first page shows."""

    scenarios: tuple[ScenarioCard, ...]
    cruxes: tuple[CruxCard, ...]
    figures: Figures
    introduction: str
    description: str
    models: bool


def home(result: Analysis) -> Home:
    """The first page."""
    view = result.view
    info = view.content.info
    return Home(
        scenario_cards(result),
        crux_cards(result),
        figures(result),
        info.home,
        info.description,
        any(node.model is not None for node in visible_nodes(view)),
    )


def scenario_cards(result: Analysis) -> tuple[ScenarioCard, ...]:
    """The scenarios with their arguments counted."""
    return tuple(
        ScenarioCard(ref(result.view, scenario), *(counted[kind] for kind in KINDS))
        for scenario in result.view.scenarios
        for counted in [tallies(result, scenario.id)]
    )


def crux_cards(result: Analysis) -> tuple[CruxCard, ...]:
    """The cruxes in the order of what they decide.

    First those whose answer would change the verdict, then those that move the scenarios furthest, under
    the neutral valuation; those that reach no scenario come last.
    """
    judged = judgement(result)
    verdicts = {
        h.node: f"established as {h.answer}, {h.if_false if h.answer == 'false' else h.if_true}"
        for h in hinges(judged)
    }
    moved = {f.node: max(f.deny.movement, f.concede.movement) for f in judged.cruxes.flips}
    cards = [crux_card(result, node, verdicts) for node in result.view.cruxes]
    place = {key: number for number, key in enumerate(verdicts)}
    return tuple(
        sorted(
            cards,
            key=lambda c: (
                place.get(c.ref.id, len(place)),
                not c.separates,
                -round(moved.get(c.ref.id, 0.0), 6),
                -c.hanging,
                c.ref.id,
            ),
        )
    )


def crux_card(result: Analysis, node: Node, verdicts: Mapping[str, str]) -> CruxCard:
    """One crux."""
    cells = strip(result, node)
    links = [link for link in incoming(result.view, node) if link.active and link.polarity]
    pro, con = (sum(link.polarity == sign for link in links) for sign in (1, -1))
    return CruxCard(
        ref(result.view, node),
        node.crux.question if node.crux is not None else node.text,
        cells,
        tuple(cell.letter for cell in cells if cell.stance != "none"),
        len(hanging_on(result.view, node.id)),
        pro,
        con,
        _placed(len(links), sum(link.basis == "stated" for link in links)),
        verdicts.get(node.id, ""),
    )


def _placed(total: int, stated: int) -> str:
    """Whether the text itself brings these arguments to bear, or the editors do."""
    if not total:
        return ""
    everything = "all " * (total > 1)
    if not stated:
        return f"{everything}placed by the editors"
    return f"{everything}as the text says" if stated == total else f"{stated} of them as the text says"


def figures(result: Analysis) -> Figures:
    """How large the map is; copies of comments are counted once."""
    content = result.view.content
    comments = [c for c in content.comments.values() if c.duplicate_of is None and result.view.visible(c)]
    elements: list[Element] = [*content.nodes.values(), *content.relations.values()]
    return Figures(
        len(comments),
        len({c.participant for c in comments}),
        sum(1 for _ in visible_nodes(result.view)),
        sum(map(result.view.visible, content.relations.values())),
        sum(len(e.passages) for e in elements if result.view.visible(e)),
    )
