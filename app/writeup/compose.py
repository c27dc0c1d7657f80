"""The document: which cruxes in which order, and what is said of each."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app import urls
from app.analysis import Analysis, as_heard, attitudes
from app.model.records import Node
from app.model.snapshot import MapSnapshot, letter
from app.writeup.arguments import Argument, Neighbourhood
from app.writeup.bearing import Bearing
from app.writeup.document import Figure, Paragraph, Part, Point, Scenario, Section, Text, Writeup, paragraph
from app.writeup.figure import neighbourhood
from app.writeup.head import head, method
from app.writeup.language import capital, stopped, unstopped
from app.writeup.lexicon import Lexicon
from app.writeup.notes import Notebook
from app.writeup.options import Options, check
from app.writeup.people import People
from app.writeup.standing import Standing
from app.writeup.telling import Teller
from app.writeup.voices import Voices, holders
from app.writeup.weight import Weights


def compose(result: Analysis, options: Options | None = None, *, draw: bool = False) -> Writeup:
    """Write up the cruxes of an analysed map.

    ``draw`` makes the figures, unless the options say otherwise. Unreviewed content is in where ``result`` includes it; ``options.unreviewed`` is for the record.

    Raises
    ------
    InvalidInput : the options name something that the map does not have.
    """
    chosen = options or Options()
    check(chosen, result.view)
    return _Composer(as_heard(result), chosen, draw and chosen.figures).writeup()


class _Composer:
    def __init__(self, result: Analysis, options: Options, draw: bool) -> None:
        self.draw = draw
        self.result = result
        self.view: MapSnapshot = result.view
        self.options = options
        content = self.view.content
        self.people = People(content.participants)
        self.lexicon = Lexicon(
            [*(d.text for d in content.documents.values()), *(n.text for n in content.nodes.values())],
            [p.label for p in content.participants.values()],
        )
        self.notes = Notebook(self.view, self.people, self.lexicon, options.base_url)
        self.voices = Voices(self.view, self.people, self.lexicon)
        self.weights = Weights(result, options.participant)
        self.around = Neighbourhood(result, self.weights.judged)

    def writeup(self) -> Writeup:
        cruxes = self._chosen()
        numbers = {node.id: number for number, node in enumerate(cruxes, 1)}
        self.teller = Teller(self.voices, self.notes, self.lexicon, self.options.quotes, numbers)
        self.standing = Standing(self.voices, self.notes, self.lexicon)
        self.bearing = Bearing(self.result, self.weights, numbers)
        sections = tuple(self._section(node, numbers[node.id]) for node in cruxes)
        strengths = self.weights.judged.strengths
        scenarios = tuple(
            Scenario(
                letter(node), _described(node), strengths.get(node.id) if self.options.strengths else None
            )
            for node in self.view.scenarios
        )
        made = Writeup(
            title=self._title(),
            head=head(self.view, self.options, self.people, self.weights, cruxes, len(self.view.cruxes)),
            method=method(self.view, self.options, self.people, self.weights),
            scenarios=scenarios,
            sections=sections,
            notes=self.notes.notes,
            references=self.notes.references(),
            revision=self.view.revision,
            quotes=self.options.quotes,
            settings=self.options.record(),
        )
        return without_quotes(made) if self.options.quotes == "none" else made

    def _title(self) -> str:
        title = " ".join(self.view.content.info.title.split())
        return f"The cruxes of “{title}”" if title else "The cruxes"

    def _chosen(self) -> Sequence[Node]:
        counted = {node.id for node in self.result.nodes}
        cruxes = [node for node in self.view.cruxes if node.id in counted]
        if self.options.cruxes:
            cruxes = [node for node in cruxes if node.id in self.options.cruxes]
        elif self.options.participant:
            spoken = attitudes(self.result, self.options.participant)
            cruxes = [
                node
                for node in cruxes
                if node.id in spoken or any(a.node.id in spoken for a in self.around.arguments(node.id))
            ]
        if self.options.order == "thread":
            return sorted(cruxes, key=lambda node: (_place(node), node.id))
        return sorted(cruxes, key=lambda node: self.weights.rank(node.id))

    def _section(self, crux: Node, number: int) -> Section:
        details = crux.crux
        assert details is not None, "a crux has details"
        arguments = self._own_first(self.around.arguments(crux.id))
        sides = {
            "for": [a for a in arguments if a.sign > 0],
            "against": [a for a in arguments if a.sign < 0],
        }
        why = self._why(crux)
        most = self.options.points
        silent = all(
            found and found[0].held and not found[0].stated and found[0].node.type != "crux"
            for found in sides.values()
        )
        pro, told_pro = self.teller.case(crux, "for", sides["for"], most, silent=silent)
        con, told_con = self.teller.case(crux, "against", sides["against"], most, silent=silent)
        told = [*told_pro, *told_con]
        known = {a.node.id for each in told for _, a in each.walk()}
        granted = self.standing.granted(crux, arguments, known, self.teller.again)
        left_open = self.standing.left_open(crux, arguments, told, self.teller.aside)
        self.teller.end()
        parts = [
            Part("why", "Why it matters", why),
            Part("for", self.options.caption_for, pro),
            Part("against", self.options.caption_against, con),
            Part("standing", "Where the question stands", tuple(self.standing.stands(crux))),
            Part("common", "What is granted", tuple(granted), run_on=True),
            Part("open", "What is left open", tuple(left_open), run_on=True),
        ]
        stances = self.result.stances_of(crux.id)
        letters = self.weights.letters
        return Section(
            crux=crux.id,
            number=number,
            question=" ".join(details.question.split()),
            proposition=stopped(unstopped(crux.text)),
            if_true=details.if_true,
            if_false=details.if_false,
            would_settle=details.would_settle,
            url=self.options.base_url.rstrip("/") + urls.node(crux),
            stances={letters[key]: s.stance for key, s in stances.items()},
            direct=frozenset(letters[key] for key, s in stances.items() if s.basis == "direct"),
            strength=self.weights.judged.strengths.get(crux.id) if self.options.strengths else None,
            effect=self.weights.effect(crux.id),
            parts=tuple(part for part in parts if part.paragraphs),
            points=tuple(self._points(told)),
            holders={kind: tuple(map(self.people.label, keys)) for kind, keys in holders(crux).items()},
            figure=self._figure(crux),
        )

    def _own_first(self, arguments: tuple[Argument, ...]) -> tuple[Argument, ...]:
        """With one participant's view asked for, what that participant says comes first."""
        person = self.options.participant
        if person is None:
            return arguments
        return tuple(sorted(arguments, key=lambda a: all(m.holder != person for m in a.node.passages)))

    def _why(self, crux: Node) -> tuple[Paragraph, ...]:
        details = crux.crux
        assert details is not None, "a crux has details"
        first = f"{self._follows('true', details.if_true)} {self._follows('false', details.if_false)}"
        after = [self.weights.decides(crux.id), self.weights.agreement(crux.id)]
        strength = self.weights.judged.strengths.get(crux.id)
        if self.options.strengths and strength is not None:
            after.append(f"Its own strength on the map is {strength:.2f}")
        rest = " ".join(stopped(text) for text in after if text)
        return (
            Paragraph((Text(first),)),
            paragraph([*self.bearing.told(crux), Text(f" {rest}" if rest else "")]),
        )

    def _follows(self, word: str, text: str) -> str:
        """ "If it is true, …" where a sentence follows; a bare "Scenario D, provided …" gets a verb."""
        text = unstopped(text)
        if text.startswith("Scenario ") and text[10:11] in (",", "", ";"):
            return stopped(f"If it is {word}, that is a reason to hold {self.lexicon.lower_first(text)}")
        return stopped(f"If it is {word}, {self.lexicon.lower_first(text)}")

    def _points(self, told: Sequence[Argument]) -> list[Point]:
        strengths = self.weights.judged.strengths
        rows = []
        for argument in told:
            for depth, each in argument.walk():
                bearing, _ = self.notes.bearing(each.relation)
                rows.append(
                    Point(
                        node=each.node.id,
                        type=each.node.type,
                        text=each.node.text,
                        relation=each.relation.id,
                        relation_type=each.relation.type,
                        side="for" if each.sign > 0 else "against",
                        role=each.role,
                        depth=depth,
                        basis=each.relation.basis,
                        rationale=each.relation.rationale,
                        answered=each.answered,
                        strength=strengths.get(each.node.id) if self.options.strengths else None,
                        stances=self._stances(each.node),
                        quotes=self.notes.quotes(each.node),
                        bearing=bearing,
                    )
                )
        return rows

    def _stances(self, node: Node) -> Mapping[str, str]:
        return {self.weights.letters[key]: s.stance for key, s in self.result.stances_of(node.id).items()}

    def _figure(self, crux: Node) -> Figure | None:
        if not self.draw:
            return None
        return neighbourhood(self.result, crux, self.options.base_url)


def without_quotes(writeup: Writeup) -> Writeup:
    """The same with places cited but no words quoted."""
    notes = tuple(
        replace(
            note,
            quotes=tuple(replace(q, exact="") for q in note.quotes),
            bearing=tuple(replace(q, exact="") for q in note.bearing),
        )
        for note in writeup.notes
    )
    sections = tuple(
        replace(
            section,
            points=tuple(
                replace(
                    point,
                    quotes=tuple(replace(q, exact="") for q in point.quotes),
                    bearing=tuple(replace(q, exact="") for q in point.bearing),
                )
                for point in section.points
            ),
        )
        for section in writeup.sections
    )
    return replace(writeup, notes=notes, sections=sections)


def _described(scenario: Node) -> str:
    """What a scenario says, without its own name in front."""
    text = " ".join(scenario.text.split())
    own = f"scenario {letter(scenario)}:".lower()
    return capital(text[len(own) :].strip()) if text.lower().startswith(own) else text


def _place(node: Node) -> tuple[str, int]:
    return (node.passages[0].document, node.passages[0].start) if node.passages else ("", 0)
