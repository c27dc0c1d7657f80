"""Reading Argdown."""

import pytest

from app.errors import InvalidInput
from app.formats import argdown
from app.formats.exchange import Imported
from app.model.checks import check
from app.model.vocabulary import vocabulary


def imported(text: str) -> Imported:
    found = argdown.read(text.encode(), "debate.argdown")
    assert check(found.content, vocabulary()) == []
    document = next(iter(found.content.documents.values()))
    assert document.text == text
    return found


def edges(found: Imported) -> set[tuple[str, str, str]]:
    return {(r.source, r.type, r.target) for r in found.content.relations.values()}


def losses(found: Imported) -> dict[str, int]:
    return {loss.what: loss.count for loss in found.losses}


def test_relations_lead_both_ways() -> None:
    found = imported(
        "[a]: A.\n  + [b]: B.\n  <+ [c]: C.\n  - [d]: D.\n  <- [e]: E.\n  +> [f]: F.\n  -> [g]: G.\n"
    )
    assert edges(found) == {
        ("b", "supports", "a"),
        ("c", "supports", "a"),
        ("d", "attacks", "a"),
        ("e", "attacks", "a"),
        ("a", "supports", "f"),
        ("a", "attacks", "g"),
    }


def test_indentation_says_what_a_relation_is_about() -> None:
    found = imported("[a]: A.\n  - <b>: B.\n    + <c>: C.\n    - <d>: D.\n  + <e>: E.\n\n<c>\n  +> [a]\n")
    assert edges(found) == {
        ("b", "attacks", "a"),
        ("c", "supports", "b"),
        ("d", "attacks", "b"),
        ("e", "supports", "a"),
        ("c", "supports", "a"),
    }


def test_statements_of_one_title_are_one_node_with_its_last_words() -> None:
    found = imported("[a]: First words.\n\n[a]: Last words. #tag\n\n[a]\n  + [b]: B.\n")
    node = found.content.nodes["a"]
    assert (node.text, node.tags, len(node.passages)) == ("Last words.", ("tag",), 2)
    assert losses(found) == {"further wording": 1}


def test_an_undercut_of_an_argument_is_about_what_the_argument_bears_on() -> None:
    found = imported("[a]: A.\n  + <b>: B.\n    _ <c>: C.\n    <_ <d>: D.\n\n<e>: E.\n  _> <b>\n")
    (support,) = [r for r in found.content.relations.values() if r.type == "supports"]
    assert {r for r in edges(found) if r[1] == "undercuts"} == {
        (key, "undercuts", support.id) for key in ("c", "d", "e")
    }


def test_an_undercut_of_an_argument_that_bears_on_nothing_is_an_attack_and_says_so() -> None:
    found = imported("<a>: A.\n  <_ <b>: B.\n")
    assert edges(found) == {("b", "attacks", "a")}
    assert losses(found) == {"undercut of an argument that bears on nothing": 1}


def test_a_contradiction_goes_both_ways() -> None:
    found = imported("[a]: A.\n  >< [b]: B.\n")
    assert edges(found) == {("a", "attacks", "b"), ("b", "attacks", "a")}
    assert losses(found) == {"contradiction": 1}


def test_strict_mode_keeps_the_direction_of_a_contrary_and_names_it() -> None:
    found = imported("===\ntitle: T\nmodel:\n  mode: strict\n===\n\n[a]: A.\n  -> [b]: B.\n  +> [c]: C.\n")
    assert edges(found) == {("a", "attacks", "b"), ("a", "supports", "c")}
    assert losses(found)["contrary of strict mode"] == 1
    assert found.content.info.title == "T"


STRUCTURE = """<Piers>{described}

(1) [cracks]: The piers have cracks. {{certainty: 0.9}}
    <- [no-cracks]: The inspectors found none.
(2) Cracked piers give way.
-- Modus ponens {{uses: [1, 2]}} --
(3) The piers give way.
(4) The bridge stands on its piers.
----
{undercut}(5) [falls]: The bridge falls.
"""


def test_premises_support_the_conclusion_of_a_structure_with_nothing_else_said_of_it() -> None:
    found = imported(STRUCTURE.format(described="", undercut=""))
    texts = {key: node.text for key, node in found.content.nodes.items()}
    assert {(texts[s], texts[t]) for s, kind, t in edges(found) if kind == "supports"} == {
        ("The piers have cracks.", "The piers give way."),
        ("Cracked piers give way.", "The piers give way."),
        ("The piers give way.", "The bridge falls."),
        ("The bridge stands on its piers.", "The bridge falls."),
    }
    rationales = {r.rationale for r in found.content.relations.values() if r.type == "supports"}
    assert rationales == {"Piers: Modus ponens", "Piers"}
    assert losses(found)["inference from several premises together"] == 2
    assert losses(found)["data"] == 1


def test_a_described_argument_stands_between_its_premises_and_its_conclusion() -> None:
    found = imported(
        STRUCTURE.format(described=": Rotten piers.", undercut="  <_ [mended]: They were mended.\n")
    )
    (last,) = [r for r in found.content.relations.values() if r.source == "piers"]
    assert (last.type, last.target) == ("supports", "falls")
    assert ("mended", "undercuts", last.id) in edges(found)
    assert sum(target == "piers" for _, _, target in edges(found)) == 2


def test_an_undercut_of_an_inference_from_several_premises_is_one_undercut() -> None:
    found = imported(STRUCTURE.format(described="", undercut="  <_ [mended]: They were mended.\n"))
    assert found.counts.relations["undercuts"] == 1
    (last,) = [r for r in found.content.relations.values() if r.source == "piers"]
    assert ("mended", "undercuts", last.id) in edges(found)


def test_an_inference_says_what_it_uses_also_beside_its_conclusion() -> None:
    found = imported(
        "(1) [p]: P.\n(2) [q]: Q.\n-- {uses:[2]} --\n(3) [r]: R.\n----\n(4) [s]: S. {uses: [1, 3]}\n"
    )
    assert edges(found) == {("q", "supports", "r"), ("p", "supports", "s"), ("r", "supports", "s")}
    assert losses(found) == {"inference from several premises together": 1}


def test_what_an_argument_bears_on_its_conclusion_bears_on() -> None:
    found = imported("[t]: T.\n  - <a>\n\n<a>\n\n(1) [p]: P.\n----\n(2) [c]: C.\n")
    assert edges(found) == {("c", "attacks", "t"), ("p", "supports", "c")}


def test_comments_headings_links_and_emphasis_are_no_words() -> None:
    found = imported(
        "# A heading {isGroup: true}\n\n// a comment\n[a]: Some *words* are __bold__, "
        "/* not these */ with a [link](https://example.org) and @[b] \\#no-tag. // nor these\n  and more #one #(two words)\n"
        "  <!-- nor\n  these -->\n  - [b]: B.\n"
    )
    node = found.content.nodes["a"]
    assert node.text == "Some words are bold, with a link and b #no-tag. and more"
    assert node.tags == ("one", "two words")
    assert losses(found) == {"heading": 1, "comment": 4, "link address": 1}


def test_an_untitled_statement_is_a_node_of_its_own_each_time() -> None:
    found = imported("The same.\n\nThe same.\n\n* In a list.\n  - Not so.\n* Another.\n\n1. Numbered.\n")
    assert found.counts.statements == 6
    assert found.counts.relations == {"attacks": 1}


def test_data_over_several_lines_is_read() -> None:
    found = imported("[a]: A. {\n  type: evidence,\n  base: 0.25\n}\n  + [b]: B.\n")
    node = found.content.nodes["a"]
    assert (node.text, node.type, node.base) == ("A.", "evidence", 0.25)
    assert edges(found) == {("b", "supports", "a")}


def test_data_after_a_line_break_is_in_blocks() -> None:
    found = imported("[a] {\n  type: evidence\n  sources:\n    - one\n    - two {a}\n}\n  + [b]: B.\n")
    assert found.content.nodes["a"].type == "evidence"
    assert losses(found)["data"] == 1


def test_a_heading_may_be_indented() -> None:
    found = imported("[a]: A.\n\n  ## A group\n\n[b]: B.\n")
    assert (found.counts.statements, losses(found)) == (2, {"heading": 1})


def test_the_words_of_a_definition_may_begin_in_the_next_line() -> None:
    found = imported("[a]:\n  A.\n  + <b>:\n    B,\n    and more.\n")
    assert {node.text for node in found.content.nodes.values()} == {"A.", "B, and more."}
    (support,) = found.content.relations.values()
    assert [m.exact for m in support.passages] == ["+ <b>:"]


def test_windows_line_ends_change_nothing() -> None:
    text = STRUCTURE.format(described=": D.", undercut="")
    assert imported(text.replace("\n", "\r\n")).counts == imported(text).counts


def test_statements_without_relations_are_statements_without_relations() -> None:
    found = imported("[a]: A.\n\n[b]: B.\n")
    assert (found.counts.statements, found.counts.relations, found.losses) == (2, {}, ())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[a]: A.\n\n- [b]: B.\n", "debate.argdown:3: the relation '-' stands under nothing"),
        ("[a]: A.\n  +\n", "debate.argdown:2: the relation '\\+' leads nowhere"),
        ("[a]: A.\n\n(1) P.\n(2) Q.\n", "debate.argdown:3: a premise–conclusion structure ends"),
        ("(1) P.\n----\n", "debate.argdown:1: a premise–conclusion structure ends"),
        ("(1) P.\n-- rule\n(2) Q.\n", "debate.argdown:2: the inference does not end"),
        ("===\ntitle: T\n\n[a]: A.\n", "debate.argdown:1: the front matter does not end"),
        ("[a]: A.\n\n[b]: B. {x: &a 1}\n", "debate.argdown:3: anchors and aliases"),
        ("[a]: A. {x: 1, x: 2}\n", "debate.argdown:1: the key 'x' stands twice"),
        ("", "there is no statement"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(text: str, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        argdown.read(text.encode(), "debate.argdown")
