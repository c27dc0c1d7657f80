"""One immutable view of the map."""

from app.model.ledger import ledger, summary
from app.model.records import CommentText, Node, Participant
from tests.support import maps


def test_a_passage_leads_to_its_comment() -> None:
    view = maps.snapshot()
    node = view.content.nodes["only-above-water"]
    home = view.home(node)
    assert home is not None and home.id == "c2"


def test_replies_stand_under_what_they_answer() -> None:
    assert [(depth, c.id) for depth, c in maps.snapshot().thread] == [(0, "c1"), (1, "c2"), (0, "c3")]


def test_a_comment_written_anew_stays_where_it_was() -> None:
    first = maps.snapshot().content.comments["c1"]
    was = CommentText(document=first.document, first_paragraph=1, last_paragraph=1)
    later = first.model_copy(update={"document": "two-later", "earlier": (was,)})
    assert [c.id for _, c in maps.snapshot(later).thread] == ["c1", "c2", "c3"]
    assert next(c.id for _, c in maps.snapshot(later.model_copy(update={"earlier": ()})).thread) == "c3"


def test_a_merged_node_leads_to_the_one_it_was_merged_into() -> None:
    view = maps.snapshot(Node(id="old", type="claim", text="x", status="withdrawn", merged_into="no-cracks"))
    found = view.element("old")
    assert found is not None and found.id == "no-cracks"


def test_a_relation_counts_only_while_both_its_ends_do() -> None:
    view = maps.snapshot()
    relation = view.content.relations["c2-r1"]
    assert view.counts(relation)
    gone = view.content.nodes["no-cracks"].model_copy(update={"status": "withdrawn"})
    # c2-r1 undercuts a relation that starts at the withdrawn node.
    assert not maps.snapshot(gone).counts(relation)


def test_unreviewed_content_counts_only_when_asked_in() -> None:
    node = maps.content().nodes["no-cracks"].model_copy(update={"status": "unreviewed"})
    view = maps.snapshot(node)
    assert not view.counts(node)
    assert view.counts(node, include_unreviewed=True)


def test_the_ledger_says_what_became_of_every_sentence() -> None:
    view = maps.snapshot()
    fates = {
        view.content.documents["one"].text[r.sentence.start : r.sentence.end]: r.fate
        for r in ledger(view, "one")
    }
    assert fates["Thanks!"] == "not_argument"
    assert fates["They only looked above the water line."] == "mapped"
    assert summary(ledger(view, "two")) == {"mapped": 1}
    # Paragraph 2 repeats a sentence of paragraph 1: a quotation, though a node rests on it as well.
    (repeated,) = (r for r in ledger(view, "one") if r.sentence.paragraph == 2)
    assert (repeated.fate, repeated.nodes) == ("quotation", ("no-cracks",))


def test_a_sentence_nobody_judged_is_unread() -> None:
    view = maps.snapshot().over(maps.content(without=[("ledger", key) for key in maps.content().ledger]))
    assert summary(ledger(view, "one"))["unread"] == 1


def test_what_a_comment_only_quotes_is_not_its_own_words() -> None:
    view = maps.snapshot()
    said = view.own_words(view.content.comments["c2"])
    assert said.startswith("They only looked above the water line.")
    assert view.own_words(view.content.comments["c1"]) == view.text_of(view.content.comments["c1"])


def test_what_somebody_asserts_or_concedes_is_held_and_what_they_only_deny_is_not() -> None:
    view = maps.snapshot()
    assert view.held(view.content.nodes["no-cracks"]) is True
    assert view.held(view.content.nodes["sound-piers"]) is False


def test_a_quotation_holds_for_who_writes_in_the_thread_but_not_for_an_outsider() -> None:
    def quoted(holder: str) -> bool | None:
        said = maps.mention(maps.TEXT, "The bridge will hold.", "quotes", holder)
        node = Node(id="n", type="claim", text="It will.", passages=(said,))
        return maps.snapshot(node, Participant(id="eve", label="Eve")).held(node)

    assert quoted("bob") is True
    assert quoted("eve") is False


def test_a_quotation_of_a_question_or_a_supposition_asserts_nothing() -> None:
    said = [maps.mention(maps.TEXT, "The bridge will hold.", how, "bob") for how in ("asks", "quotes")]
    node = Node(id="n", type="claim", text="It will.", passages=tuple(said))
    assert maps.snapshot(node).held(node) is False


def test_what_is_no_assertion_or_has_no_passage_is_neither_held_nor_not() -> None:
    view = maps.snapshot()
    assert view.held(view.content.nodes["falls"]) is None
    assert view.held(Node(id="n", type="claim", text="It will.")) is None
    asked = maps.mention(maps.TEXT, "The bridge will hold.", "asks", "bob")
    assert view.held(Node(id="n", type="question", text="Will it?", passages=(asked,))) is None


def test_what_only_a_withdrawn_comment_asserts_is_held_by_nobody() -> None:
    gone = maps.content().comments["c2"].model_copy(update={"status": "withdrawn"})
    said = maps.mention(maps.TEXT, "They only looked above the water line", "asserts", "bob")
    doubted = maps.mention(maps.TEXT, "The bridge will hold.", "supposes", "ann")
    node = Node(id="n", type="claim", text="They looked above.", passages=(said, doubted))
    assert maps.snapshot(node).held(node) is True
    assert maps.snapshot(gone, node).held(node) is False
