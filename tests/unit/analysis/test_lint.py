"""What an editor should look at again."""

import pytest

from app.analysis import analysis
from app.analysis.lint import lint
from app.model.records import LedgerNote, Node, Record, Relation
from tests.support import maps
from tests.support.maps import TEXT, mention


def rules(*extra: Record, without: list[tuple[str, str]] | None = None) -> set[str]:
    view = maps.snapshot().over(maps.content(*extra, without=without or []))
    return {remark.rule for remark in lint(analysis(view))}


def said(quote: str, attitude: str = "asserts", holder: str = "bob", occurrence: int = 1) -> tuple:  # type: ignore[type-arg]
    return (mention(TEXT, quote, attitude, holder, occurrence=occurrence),)


LINK = {"type": "supports", "source": "old-bridge-stood", "target": "sound-piers", "rationale": "why"}


def test_the_small_map_has_only_its_known_weak_spots() -> None:
    assert rules() <= {"isolated", "one-sided-crux", "too-direct"}


@pytest.mark.parametrize(
    ("rule", "records"),
    [
        ("no-passage", [Node(id="n", type="claim", text="Bare.")]),
        ("no-rationale", [Relation.model_validate(LINK | {"id": "r", "rationale": " "})]),
        ("isolated", [Node(id="n", type="claim", text="Alone.", passages=said("So their report"))]),
        ("idle-objection", [Node(id="n", type="objection", text="Alone.", passages=said("So their report"))]),
        (
            "credited-quotation",
            [Node(id="n", type="claim", text="Said.", passages=said("The inspectors found no cracks", occurrence=2))],
        ),
        ("unfounded-link", [Relation.model_validate(LINK | {"id": "r", "target": "holds"})]),
        (
            "twin-siblings",
            [
                Node(id="twin", type="claim", text="The old bridge stood for a hundred years!", passages=said("Thanks!")),
                Relation.model_validate(LINK | {"id": "r1"}),
                Relation.model_validate(LINK | {"id": "r2", "source": "twin"}),
            ],
        ),
    ],
)  # fmt: skip
def test_each_rule_finds_what_it_is_for(rule: str, records: list[Record]) -> None:
    assert rule not in rules() or rule == "isolated"
    assert rule in rules(*records)


def test_a_sentence_nobody_judged_is_an_error() -> None:
    notes = [("ledger", key) for key, note in maps.content().ledger.items() if isinstance(note, LedgerNote)]
    assert "unread" in rules(without=notes)
