"""One immutable view of the map."""

from app.model.ledger import ledger, summary
from app.model.records import CommentText, Node
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
