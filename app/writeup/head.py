"""The head of the document: what it is, how it was made, what it cannot do."""

from app.model.snapshot import MapSnapshot, letter
from app.writeup.document import Paragraph, Text
from app.writeup.language import counted, listing, number_word, stopped
from app.writeup.options import Options
from app.writeup.people import People
from app.writeup.weight import Weights


def head(
    view: MapSnapshot, options: Options, people: People, weights: Weights, count: int, total: int
) -> tuple[Paragraph, ...]:
    """What this is about, and the verdict on the whole."""
    letters = [letter(node) for node in view.scenarios]
    comments = sum(1 for c in view.content.comments.values() if c.duplicate_of is None and view.visible(c))
    people_count = len(
        {people.same(c.participant) for c in view.content.comments.values() if view.visible(c)}
    )
    pictures = f"{counted(len(letters), 'scenario')} ({listing(letters)})" if letters else "no scenarios"
    some = count < total
    which = (
        ("The question below is one of the cruxes" if some else "The question below is the crux")
        if count == 1
        else f"The {number_word(count)} questions below are {'among ' if some else ''}the cruxes"
    )
    first = (
        f"In {counted(comments, 'comment')}, {counted(people_count, 'participant')} argue about {pictures}. {which} of"
        " their disagreement: behind"
        f" {'it' if count == 1 else 'each'} stands a proposition on which, as the editors of the map see it, it depends"
        " which of the scenarios one holds."
    )
    if options.participant:
        first += (
            f" They are told with {people.name(options.participant)} first, and scores are taken from what"
            f" {people.name(options.participant)} asserts, concedes and denies."
        )
    return (Paragraph((Text(first),)),)


def method(view: MapSnapshot, options: Options, people: People, weights: Weights) -> tuple[Paragraph, ...]:
    """How it was made, and its limits."""
    documents = [d.title for d in view.documents()]
    made = (
        f"The text was put together from an argument map of {_titles(documents)}, at revision {view.revision} of the "
        "map. What people are said to hold, concede, suppose or report follows the map's reading of their words"
        + (
            "; the notes give these words verbatim, with document, comment and paragraph."
            if options.quotes != "none"
            else "; the notes say in which document, comment and paragraph these stand."
        )
        + " Where it is the editors of the map, and not the participants, who connect a point with a question, the"
        " text or its note says so. Participants are labelled, not named, and who wrote a comment is in part inferred."
    )
    verdict = weights.verdict_sentence()
    computed = (
        f"The verdict is computed from the arguments alone: by it, {verdict}. "
        if weights.enough
        else "Too little is said for a verdict to be computed. "
    )
    computed += (
        "It measures how well each scenario is argued for in this thread; it is not a probability, depends on which"
        " arguments happened to be made, and counts a point that is split in two twice."
    )
    if options.unreviewed:
        computed += " Content that no editor has reviewed yet is included."
    else:
        computed += " Content that no editor has reviewed is left out."
    return (Paragraph((Text(made),)), Paragraph((Text(stopped(computed)),)))


def _titles(titles: list[str]) -> str:
    return listing([f"“{title}”" for title in titles]) if titles else "no document"
