"""The head of the document and the note on method: what all sections share is said here, once."""

from collections.abc import Sequence

from app.model.records import Node
from app.model.snapshot import MapSnapshot, letter
from app.writeup.document import Paragraph, Text
from app.writeup.language import capital, counted, listing, number_word, stopped
from app.writeup.options import Options
from app.writeup.people import People
from app.writeup.weight import Weights


def head(
    view: MapSnapshot, options: Options, people: People, weights: Weights, cruxes: Sequence[Node], total: int
) -> tuple[Paragraph, ...]:
    """What this is about, and what the verdict on the whole hangs on."""
    letters = [letter(node) for node in view.scenarios]
    comments = sum(1 for c in view.content.comments.values() if c.duplicate_of is None and view.visible(c))
    people_count = len(
        {people.same(c.participant) for c in view.content.comments.values() if view.visible(c)}
    )
    pictures = f"{counted(len(letters), 'scenario')} ({listing(letters)})" if letters else "no scenarios"
    first = (
        f"In {counted(comments, 'comment')}, {counted(people_count, 'participant')}"
        f" {'argues' if people_count == 1 else 'argue'} about {pictures}. {_which(len(cruxes), total)}"
    )
    if options.participant and cruxes:
        name = people.name(options.participant)
        first += (
            f" {'It is' if len(cruxes) == 1 else 'They are'} told from where {name} stands: what {name} says comes first,"
            f" and scores are taken from what {name} asserts, concedes and denies."
        )
    second = _hanging(weights, cruxes, options, people)
    return tuple(Paragraph((Text(text),)) for text in (first, second) if text)


def _which(count: int, total: int) -> str:
    some = count < total
    if not count:
        return "The map names no crux of their disagreement."
    if count == 1:
        one = "one of the cruxes" if some else "the crux"
        return (
            f"The question below is {one} of their disagreement: on the answer to it hangs, as the editors of the map"
            " see it, which of the scenarios one should hold."
        )
    return (
        f"The {number_word(count)} questions below are {'among ' if some else ''}the cruxes of their disagreement: on the"
        " answers hangs, as the editors of the map see it, which of the scenarios one should hold."
    )


def _hanging(weights: Weights, cruxes: Sequence[Node], options: Options, people: People) -> str:
    """The verdict, which answers would change it, and in which order the questions stand."""
    if not cruxes:
        return ""
    if not weights.enough:
        return "Too little is said for a verdict to be computed."
    numbers = {node.id: str(number) for number, node in enumerate(cruxes, 1)}
    deciding = [numbers[node.id] for node in cruxes if weights.effect(node.id) != "none"]
    by = (
        f"Going by what {people.name(options.participant)} grants"
        if options.participant
        else "By the arguments that the map records"
    )
    text = f"{by}, {weights.verdict_sentence()}"
    if not deciding:
        one = "the question" if len(cruxes) == 1 else "any one of the questions"
        text += f", and settling {one} either way would not by itself change that."
    elif len(cruxes) == 1:
        text += "; settling the question could change that."
    else:
        text += f"; settling question {listing(deciding, 'or')} could change that."
    if len(cruxes) > 1:
        text += (
            " The questions come in the order of how much hangs on them, beginning with the one whose answer would move"
            " the scores of the scenarios most."
            if options.order == "decides"
            else " The questions come in the order in which the thread takes them up."
        )
        apart = [numbers[node.id] for node in cruxes if not weights.bears(node.id)]
        if apart:
            what = f"question {apart[0]}" if len(apart) == 1 else f"questions {listing(apart)}"
            text += (
                f" No chain of arguments leads from {what} to any scenario; what hangs on"
                f" {'it is told in its section' if len(apart) == 1 else 'them is told in their sections'}."
            )
    return text


def method(view: MapSnapshot, options: Options, people: People, weights: Weights) -> tuple[Paragraph, ...]:
    """How it was made, and its limits."""
    documents = [d.title for d in view.documents()]
    made = (
        f"The text was put together by a program from an argument map of {_titles(documents)}, at revision"
        f" {view.revision} of the map. What people are said to hold, concede, suppose or report follows the map's reading"
        " of their words"
        + (
            "; the notes give these words verbatim, with document, comment and paragraph."
            if options.quotes != "none"
            else "; the notes say in which document, comment and paragraph these stand."
        )
        + " Where it is the editors of the map, and not the participants, who connect a point with a question, the"
        f" text or its note says so. At most {counted(options.points, 'point')} on each side"
        f" {'is' if options.points == 1 else 'are'} told. Participants are labelled, not named, and who wrote a comment is"
        " in part inferred."
    )
    computed = (
        "The verdict is computed from the arguments alone. "
        if weights.enough
        else "No verdict could be computed. "
    )
    computed += (
        "It measures how well each scenario is argued for in this thread; it is not a probability, depends on which"
        " arguments happened to be made, and counts a point that is split in two twice."
    )
    if weights.enough:
        computed += " It was computed in two other ways as well; where these would make more of a question, its section says so."
    if options.strengths:
        computed += " The strengths, from 0 to 1, say how well a statement is argued for and are no probabilities either."
    computed += (
        " Content that no editor has reviewed yet is included."
        if options.unreviewed
        else " Content that no editor has reviewed is left out."
    )
    return (Paragraph((Text(made),)), Paragraph((Text(capital(stopped(computed))),)))


def _titles(titles: list[str]) -> str:
    return listing([f"“{title}”" for title in titles]) if titles else "no document"
