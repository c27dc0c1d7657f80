"""The rules a map keeps."""

import pytest

from app.model.checks import check
from app.model.records import Comment, Node, Record, Relation
from app.model.vocabulary import vocabulary
from tests.support import maps


def findings(*extra: Record) -> list[str]:
    return [str(f.problem({})) for f in check(maps.content(*extra), vocabulary())]


def relation(**fields: object) -> Relation:
    return Relation.model_validate(
        {"id": "new", "type": "supports", "source": "no-cracks", "target": "holds", "rationale": "why"}
        | fields
    )


def test_the_small_map_keeps_every_rule() -> None:
    assert findings() == []


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (relation(target="nowhere"), "no node or relation 'nowhere'"),
        (relation(source="nobody"), "no node 'nobody'"),
        (relation(source="holds", target="no-cracks"), "scenario cannot be the source"),
        (relation(type="undercuts"), "cannot be the target of 'undercuts'"),
        (relation(type="refutes"), "no relation type 'refutes'"),
        (relation(basis="stated"), "needs the passage that states it"),
        (relation(source="no-cracks", target="no-cracks"), "cannot lead back"),
        (relation(id="no-cracks", target="holds"), "share one id space"),
        (Node(id="n", type="idea", text="x"), "'idea' is not one of"),
        (Node(id="n", type="crux", text="x"), "has the details of one"),
        (Node(id="n", type="claim", text="bad\x00text"), "NUL"),
        (Node(id="n", type="claim", text="x", status="gone"), "'gone' is not one of"),
        (Node(id="n", type="claim", text="x", merged_into="holds"), "must be withdrawn"),
        (Comment(id="c9", document="one", first_paragraph=4, last_paragraph=9, participant="ann", reason="r"), "no range"),
        (Comment(id="c9", document="one", first_paragraph=4, last_paragraph=4, participant="ann", reason="r"), "belongs to c2"),
        (Comment(id="c9", document="one", first_paragraph=5, last_paragraph=5, participant="ann"), "needs a reason"),
        (Comment(id="c9", document="one", first_paragraph=5, last_paragraph=5, participant="zed", reason="r"), "no participant 'zed'"),
    ],
)  # fmt: skip
def test_a_broken_rule_is_named(record: Record, said: str) -> None:
    assert any(said in finding for finding in findings(record)), findings(record)


def test_a_passage_that_no_longer_reads_as_it_says_is_found() -> None:
    node = maps.content().nodes["only-above-water"]
    moved = node.passages[0].model_copy(update={"start": 3, "end": 9})
    assert any(
        "quote the passage again" in f for f in findings(node.model_copy(update={"passages": (moved,)}))
    )


def test_a_document_whose_bytes_changed_is_found() -> None:
    changed = maps.content().documents["one"].model_copy(update={"text": maps.TEXT.replace("cracks", "rust")})
    assert any("its bytes have changed" in f for f in findings(changed))


def test_replies_in_a_circle_are_found() -> None:
    first = maps.content().comments["c1"].model_copy(update={"reply_to": "c2"})
    assert any("circle" in f for f in findings(first))


def test_relations_that_target_one_another_in_a_circle_are_found() -> None:
    one = relation(id="one", type="undercuts", source="no-cracks", target="two")
    two = relation(id="two", type="undercuts", source="only-above-water", target="one")
    assert any("circle" in f for f in findings(one, two))
