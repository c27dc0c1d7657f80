"""Models: the server computes what follows from the reader's numbers."""

import math
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.drawing import ModelView, model
from app.drawing.models.race import Series, marks, overtaking
from app.drawing.models.testing import share
from app.drawing.plot import nice
from app.model.records import Node
from tests.unit.drawing.worlds import HOSTILE, parsed, with_class

PRODUCT = {
    "kind": "product",
    "output": "risk",
    "factors": [{"name": n} for n in ("rust", "load", "wind", "sleep")],
}
RACE = {
    "kind": "race",
    "series": [{"name": "traffic", "growth": "multiplicative"}, {"name": "repairs", "growth": "additive"}],
    "y_scales": ["linear", "log"],
}
POWER = {"kind": "power_law", "x": "span", "x_factor": 10, "y": "chance of error", "y_factor": "1/C"}
TEST = {"kind": "test", "instrument": "a hammer", "looks_for": "cracks", "negative": "may still be cracked"}
GAP = {"kind": "gap", "observed": "what is seen", "actual": "what is so", "bound": "there is one"}


def view(form: Mapping[str, Any], **query: str) -> ModelView:
    found = model(Node(id="m", type="claim", text="As the text has it.", model=dict(form)), query)
    assert found is not None
    return found


def test_a_node_without_a_model_has_none_to_show() -> None:
    assert model(Node(id="m", type="claim", text="Nothing.")) is None


def test_a_model_of_unknown_kind_is_left_alone() -> None:
    assert model(Node(id="m", type="claim", text="Nothing.", model={"kind": "horoscope"})) is None


@pytest.mark.parametrize("form", [PRODUCT, RACE, POWER, TEST, GAP])
def test_every_model_says_that_its_numbers_are_free_and_is_an_image(form: Mapping[str, Any]) -> None:
    found = view(form)
    assert "illustration" in found.disclaimer.lower()
    assert parsed(found.picture).get("role") == "img"
    assert found.sentences
    assert found.disclaimer in found.picture.description
    assert found.disclaimer in " ".join(" ".join(parsed(found.picture).itertext()).split())


@given(st.lists(st.floats(0, 1).map(lambda v: round(v, 3)), min_size=4, max_size=4))
def test_the_product_is_the_product_of_the_factors_given(values: list[float]) -> None:
    found = view(PRODUCT, **{f"f{i}": str(value) for i, value in enumerate(values, 1)})
    assert found.numbers["product"] == pytest.approx(math.prod(values))
    assert [p.value for p in found.parameters] == values


def test_three_high_factors_are_hidden_by_a_low_one() -> None:
    found = view(PRODUCT, f1="0.9", f2="0.9", f3="0.9", f4="0.05")
    assert found.numbers["product"] < 0.04
    assert any("one small factor hides the others" in s for s in found.sentences)


def test_a_bar_is_as_long_as_its_factor() -> None:
    root = parsed(view(PRODUCT, f1="0.2", f2="0.4").picture)
    first, second, *_ = (float(bar.get("width", "0")) for bar in with_class(root, "d-bar-fill"))
    assert second == pytest.approx(2 * first, rel=0.01)


def test_multiplicative_overtakes_additive_at_the_step_it_says() -> None:
    found = view(RACE, s1="1", r1="2", s2="1", r2="10", n="10")
    assert found.numbers["end1"] == 1024
    assert found.numbers["end2"] == 101
    assert found.numbers["overtakes"] == 6  # 64 > 61, but 32 < 51


@given(st.floats(1, 3), st.floats(0, 50), st.integers(2, 40))
def test_who_overtakes_was_behind_and_stays_ahead(factor: float, amount: float, steps: int) -> None:
    fast, slow = Series("m", "multiplicative", 1, factor), Series("a", "additive", 1, amount)
    for _, _, when in overtaking([fast, slow], steps):
        assert fast.at(when - 1) <= slow.at(when - 1)
        assert all(fast.at(n) > slow.at(n) for n in range(when, steps + 1))


def test_a_multiplicative_series_is_straight_on_a_log_axis() -> None:
    def bend(y: str) -> float:
        root = parsed(view(RACE, s1="1", r1="2", n="8", y=y).picture)
        curve = with_class(with_class(root, "d-series-1")[0], "d-curve")[0].get("d", "")
        numbers = [float(n) for n in curve.replace("M", "").replace("C", " ").split()]
        heights = numbers[1::2]
        middle = heights[len(heights) // 2]
        return abs(middle - (heights[0] + heights[-1]) / 2)

    assert bend("log") < 1
    assert bend("linear") > 50


def test_a_power_law_multiplies_at_every_step() -> None:
    found = view(POWER, c="5", n="3")
    assert found.numbers["final"] == pytest.approx(1 / 125)
    assert found.numbers["exponent"] == pytest.approx(-math.log10(5))
    assert "C is free" in found.disclaimer


def test_a_factor_the_text_gives_cannot_be_changed() -> None:
    found = view(dict(POWER) | {"y_factor": 0.5}, c="9", n="2")
    assert found.numbers["final"] == pytest.approx(0.25)
    assert "c" not in [p.name for p in found.parameters]


def test_a_test_updates_by_the_rule_of_bayes() -> None:
    found = view(TEST, p="0.5", h="0.8", a="0.2")
    assert found.numbers["after_positive"] == pytest.approx(0.8)
    assert found.numbers["after_negative"] == pytest.approx(0.2)


def test_an_insensitive_test_teaches_nothing_by_a_negative_result() -> None:
    found = view(TEST, p="0.3", h="0", a="0")
    assert found.numbers["after_negative"] == pytest.approx(0.3)
    assert "after_positive" not in found.numbers
    assert any("hardly changes anything" in s for s in found.sentences)


def test_what_the_text_does_not_say_of_a_result_is_not_made_up() -> None:
    words = " ".join(parsed(view(TEST).picture).itertext())
    assert "the text does not say what it would mean" in words
    assert "may still be cracked" in words


def test_a_bound_keeps_the_gap_and_without_one_it_swallows_everything() -> None:
    assert view(GAP, g="0.08", r="1.5", b="yes", m="0.2").numbers["end"] == pytest.approx(0.2)
    loose = view(GAP, g="0.08", r="1.5", b="no")
    assert any("no longer excludes anything" in s for s in loose.sentences)


@pytest.mark.parametrize("bad", ["2", "-1", "nan", "inf", "x", "1e999", "<b>"])
def test_a_setting_that_is_no_good_is_replaced_and_said(bad: str) -> None:
    found = view(PRODUCT, f1=bad)
    assert found.parameters[0].value == 0.5
    assert len(found.problems) == 1
    assert "0.5 is used" in found.problems[0]


@pytest.mark.parametrize("given_", ["0,25", " 0.25 "])
def test_numbers_may_be_written_with_a_comma_or_spaces(given_: str) -> None:
    assert view(PRODUCT, f1=given_).parameters[0].value == 0.25


@pytest.mark.parametrize("form", [PRODUCT, RACE, POWER, TEST, GAP])
def test_every_preset_is_accepted_as_it_stands(form: Mapping[str, Any]) -> None:
    from urllib.parse import parse_qsl

    for preset in view(form).presets:
        assert view(form, **dict(parse_qsl(preset.query))).problems == ()


@given(
    st.sampled_from([PRODUCT, RACE, POWER, TEST, GAP]),
    st.dictionaries(
        st.sampled_from(["f1", "s1", "r1", "s2", "r2", "n", "y", "c", "p", "h", "a", "g", "r", "b", "m"]),
        st.one_of(
            st.floats(allow_nan=True).map(str), st.sampled_from(["0", "1", "log", "linear", "no", *HOSTILE])
        ),
    ),
)
def test_no_setting_breaks_a_model(form: Mapping[str, Any], query: dict[str, str]) -> None:
    found = view(form, **query)
    assert parsed(found.picture) is not None
    assert all(math.isfinite(value) for value in found.numbers.values())


def test_hostile_names_stay_text() -> None:
    form = {"kind": "product", "output": HOSTILE[0], "factors": [{"name": h} for h in HOSTILE]}
    assert not [e for e in parsed(view(form).picture).iter() if e.tag.endswith("script")]


@given(st.floats(0.001, 1e6), st.floats(1.5, 1e6), st.sampled_from(["linear", "log"]))
def test_marks_of_an_axis_lie_within_it(low: float, factor: float, scale: str) -> None:
    found = marks(low, low * factor, scale)
    assert 2 <= len(found) <= 7
    assert all(low * (1 - 1e-6) <= value <= low * factor * (1 + 1e-6) for value in found)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (0.0625, "0.0625"),
        (57.665, "57.7"),
        (10_000, "10,000"),
        (1e6, "10⁶"),
        (2.5e-5, "2.5 × 10⁻⁵"),
        (-0.4771, "−0.477"),
        (math.inf, "∞"),
    ],
)
def test_numbers_are_written_as_a_reader_knows_them(value: float, written: str) -> None:
    assert nice(value) == written


def test_a_share_of_nothing_is_none() -> None:
    assert share(0, 0) is None
