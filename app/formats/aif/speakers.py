"""Who speaks in an AIF graph, as far as only the words of its locutions say so.

By the convention of Inference Anchoring Theory a locution reads "Speaker : words", and an analyst's note
on it "Analyst : Speaker : words". Notes are joined to what they note by "Analysing", if at all; released
corpora have them without any edge.
"""

import re

from app.formats.aif.graph import AifGraph, AifNode
from app.formats.exchange import clean

ANALYSIS = "analys"
"""How the name of an analyst's illocution begins, in lower case."""

_SPEAKER = re.compile(r"\s*\|?\s*(?P<name>[^:|]{1,60}?)(?P<colon>\s*:\s+)(?=\S)")
_SENTENCE = re.compile(r"[.,;!?\"“”]")
_MOST_WORDS = {" ": 8, "": 4}  # "Chief Scientist of the WHO : …"; "Two things follow from this: …" is no name


def prefix_of(text: str, name: str | None = None) -> tuple[str, int]:
    """The speaker a locution begins with, and where the words start; ("", 0) where it names none.

    With ``name``, the speaker as known from elsewhere, only that one, or a part of it, is taken off.
    """
    if name and text.startswith(f"{name} : "):
        return name, len(name) + 3
    match = _SPEAKER.match(text)
    if match is None:
        return "", 0
    found = clean(match["name"])
    if name is not None:
        return (found, match.end()) if found.lower() in {name.lower(), *name.lower().split()} else ("", 0)
    most = _MOST_WORDS[" " if match["colon"][0].isspace() else ""]
    return ("", 0) if len(found.split()) > most or _SENTENCE.search(found) else (found, match.end())


def names_of(graph: AifGraph) -> dict[str, str]:
    """The names of people the file knows by id alone: what the first of their locutions begins with."""
    names = {person: f"participant {person}" for person in graph.listed if person not in graph.people}
    unknown = set(names)
    for locution, person in [*graph.speakers.items(), *((key, who) for who, key in graph.listed.items())]:
        name = prefix_of(graph.nodes[locution].text)[0] if person in unknown else ""
        if name:
            names[person] = name
            unknown.remove(person)
    return names


def analysts_notes(graph: AifGraph) -> set[str]:
    """The locutions that are an analyst's notes on locutions, and no speech.

    A note has no listed speaker and no part in the dialogue: it leads to nothing but "Analysing". Either it
    does lead there, or it repeats another locution, or names one of the speakers after the analyst.
    """
    words = {_squeezed(node.text): node.id for node in graph.of("L")}
    speakers = {prefix_of(graph.nodes[key].text)[0].lower() for key in graph.speakers} - {""}
    aside = [node for node in graph.of("L") if node.id not in graph.speakers and _is_aside(graph, node)]
    found, analysts, nested = set(), set(), []
    for node in aside:
        analyst, start = prefix_of(node.text)
        rest = node.text[start:] if analyst else ""
        repeated = words.get(_squeezed(rest)) if rest else None
        if (
            graph.targets(node.id, "YA")
            or (repeated is not None and (repeated in graph.out or repeated in graph.into))
            or prefix_of(rest)[0].lower() in speakers
        ):
            found.add(node.id)
            analysts.add(analyst)
        elif prefix_of(rest)[0]:
            nested.append((node.id, analyst))
    return found | {key for key, analyst in nested if analyst in analysts}


def _is_aside(graph: AifGraph, node: AifNode) -> bool:
    beyond = [key for key in graph.out.get(node.id, ()) if not _analyses(graph, key)]
    return not beyond and not graph.sources(node.id, "TA")


def _analyses(graph: AifGraph, key: str) -> bool:
    illocution = graph.nodes[key]
    return illocution.kind == "YA" and (illocution.text or illocution.scheme).lower().startswith(ANALYSIS)


def _squeezed(text: str) -> str:
    return "".join(text.split())
