"""What a writer may choose about the export, and the check that the choice makes sense on this map."""

from dataclasses import asdict, dataclass
from typing import Literal, get_args

from app.errors import InvalidInput, Problem
from app.model.snapshot import MapSnapshot

Order = Literal["decides", "thread"]
Quoting = Literal["notes", "inline", "none"]
MOST_POINTS = 20


@dataclass(frozen=True)
class Options:
    """Choices. ``cruxes`` empty means all; ``points`` is the number of arguments told on each side.

    ``quotes``: verbatim in the notes, in the running text as well, or not at all (places are still cited).
    ``participant``: under that participant's valuation, and only what they speak to.
    """

    cruxes: tuple[str, ...] = ()
    order: Order = "decides"
    points: int = 3
    quotes: Quoting = "notes"
    strengths: bool = False
    unreviewed: bool = False
    participant: str | None = None
    caption_for: str = "The case for it"
    caption_against: str = "The case against it"
    figures: bool = True
    base_url: str = ""

    def record(self) -> dict[str, object]:
        """The choices as plain data, to be kept with the export."""
        return asdict(self)


def check(options: Options, view: MapSnapshot) -> None:
    """Refuse what cannot be: unknown cruxes or participants, words that are no option.

    Raises
    ------
    InvalidInput : lists everything that is wrong at once.
    """
    problems = []
    known = {node.id for node in view.cruxes}
    remedy = "see the list of cruxes for their ids"
    problems += [
        Problem(f"there is no crux {key!r}", "crux", remedy) for key in options.cruxes if key not in known
    ]
    if options.order not in get_args(Order):
        problems.append(Problem(f"{options.order!r} is no order", "order", "one of: decides, thread"))
    if options.quotes not in get_args(Quoting):
        problems.append(
            Problem(f"{options.quotes!r} is no way to quote", "quotes", "one of: notes, inline, none")
        )
    if not 1 <= options.points <= MOST_POINTS:
        problems.append(
            Problem(f"{options.points} points a side", "points", f"a number from 1 to {MOST_POINTS}")
        )
    person = options.participant
    if person is not None and person not in view.content.participants:
        problems.append(
            Problem(f"there is no participant {person!r}", "participant", "see the list of participants")
        )
    for where, caption in (
        ("caption_for", options.caption_for),
        ("caption_against", options.caption_against),
    ):
        if not caption.strip() or len(caption) > 100:
            problems.append(Problem("a caption is 1 to 100 characters long", where))
    if problems:
        raise InvalidInput(problems)
