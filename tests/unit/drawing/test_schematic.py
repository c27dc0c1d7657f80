"""Scenario schematics: what the words say and no more."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import drawing
from app.drawing import Picture
from app.drawing.features import schematic_of
from app.drawing.plot import course, value_at
from app.drawing.schematic import CAPTION, shortfall
from app.model.records import Node, ScenarioDetails
from tests.unit.drawing.worlds import HOSTILE, numbers, parsed, with_class

DRAWING: Mapping[str, Any] = {
    "x": {"label": "span", "scale": "log"},
    "y": {"label": "load", "scale": "not stated"},
    "features": [
        {
            "name": "observed load",
            "role": "observed",
            "shape": "curve",
            "points": [[0, 0.4], [1, 0.8]],
            "basis": "implied",
        },
        {
            "name": "actual load",
            "role": "actual",
            "shape": "curve",
            "points": [[0, 0.3], [1, 0.2]],
            "basis": "stated",
        },
        {
            "name": "what it must bear",
            "role": "needed",
            "shape": "curve",
            "points": [[0, 0.3], [1, 0.95]],
            "basis": "not stated",
        },
        {
            "name": "collapse",
            "role": "catastrophe",
            "shape": "dot",
            "points": [[1, 0]],
            "basis": "stated",
            "note": "Bottom right.",
        },
        {"name": "the old pier", "basis": "not stated", "points": []},
    ],
}


def scenario(form: Mapping[str, Any] | None = DRAWING) -> Node:
    details = ScenarioDetails(letter="A", drawing=dict(form) if form is not None else None)
    return Node(id="a", type="scenario", text="It holds.", scenario=details)


def drawn(form: Mapping[str, Any] = DRAWING, **options: Any) -> Picture:
    picture = drawing.schematic(scenario(form), **options)
    assert picture is not None
    return picture


def said(picture: Picture) -> str:
    return " ".join(" ".join(parsed(picture).itertext()).split())


def test_a_scenario_without_a_drawing_has_no_schematic() -> None:
    assert drawing.schematic(scenario(None)) is None


def test_axes_are_named_with_their_scale_as_the_map_has_it() -> None:
    words = said(drawn())
    assert "span (log scale)" in words
    assert "load (scale not stated)" in words
    assert CAPTION in words


@pytest.mark.parametrize(("y", "words"), [("linear", "load (linear scale)"), ("log", "load (log scale)")])
def test_the_y_axis_can_be_read_either_way_and_says_that_its_scale_is_not_stated(y: Any, words: str) -> None:
    text = said(drawn(y=y))
    assert words in text
    assert "Which scale the original had is not stated." in text


def test_only_the_log_reading_is_redrawn_on_linear_paper() -> None:
    curves = {y: len(with_class(parsed(drawn(y=y)), "d-curve")) for y in ("linear", "log")}
    assert curves["log"] == curves["linear"] + 3


def test_reading_the_axis_otherwise_moves_no_curve() -> None:
    def first_curves(y: Any) -> list[str | None]:
        return [p.get("d") for p in with_class(parsed(drawn(y=y)), "d-curve")][:3]

    assert first_curves("log") == first_curves("linear") == first_curves(None)


def test_a_basis_is_told_by_the_kind_of_line_and_explained() -> None:
    root = parsed(drawn())
    for basis in ("stated", "implied", "not-stated"):
        assert any("d-role-" in g.get("class", "") for g in with_class(root, f"d-basis-{basis}"))
    legend = with_class(root, "d-legend")[0]
    assert [t.text for t in with_class(legend, "d-note")] == ["stated", "implied", "not stated: a guess"]


def test_the_gap_between_observed_and_actual_is_shaded_and_named() -> None:
    root = parsed(drawn())
    assert len(with_class(root, "d-gap")) == 1
    assert with_class(root, "d-gap-name")[0].text == "gap"


def test_without_an_actual_curve_there_is_no_gap_to_shade() -> None:
    without = dict(DRAWING) | {"features": [f for f in DRAWING["features"] if f.get("role") != "actual"]}
    assert not with_class(parsed(drawn(without)), "d-gap")


def test_the_dot_stands_bottom_right() -> None:
    root = parsed(drawn())
    dot = with_class(root, "d-dot")[0]
    curves = [numbers(p.get("d", "")) for p in with_class(root, "d-curve")][:3]
    assert float(dot.get("cx", "0")) >= max(max(c[::2]) for c in curves)
    assert float(dot.get("cy", "0")) >= max(max(c[1::2]) for c in curves)


def test_what_the_text_does_not_place_is_named_and_not_drawn() -> None:
    assert "Not drawn, because the text does not say where: the old pier." in said(drawn())


def test_a_scenario_of_which_nothing_is_described_says_so() -> None:
    assert "The text does not say what the curves look like." in said(drawn(dict(DRAWING) | {"features": []}))


def test_the_description_tells_every_feature_with_its_basis() -> None:
    description = drawn().description
    assert "Observed load, implied: a curve that rises." in description
    assert "Actual load, stated: a curve that falls." in description
    assert "Collapse, stated: a dot at the bottom right." in description


def test_a_thumbnail_is_an_image_without_words() -> None:
    picture = drawn(thumbnail=True)
    root = parsed(picture)
    assert root.get("role") == "img"
    assert not [e for e in root.iter() if e.tag.endswith("}text")]
    assert picture.width < 200


def test_roles_are_read_from_names_where_the_map_gives_none() -> None:
    form = {"x": DRAWING["x"], "y": DRAWING["y"], "features": [{"name": "Observed load", "basis": "implied"}]}
    found = schematic_of(scenario(form))
    assert found is not None
    assert found.features[0].role == "observed"


def test_the_shortfall_is_what_is_needed_less_what_is_actual_at_the_right() -> None:
    found = schematic_of(scenario())
    assert found is not None
    assert shortfall(found) == pytest.approx(0.75)


unit = st.floats(0, 1)
feature = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["observed", "a very long name of a curve indeed", *HOSTILE]),
        "basis": st.sampled_from(["stated", "implied", "not stated"]),
    },
    optional={
        "role": st.sampled_from(["observed", "actual", "needed", "catastrophe", "region", "other"]),
        "shape": st.sampled_from(["curve", "dot", "band"]),
        "points": st.lists(st.tuples(unit, unit).map(list), max_size=6),
        "note": st.sampled_from(["n", *HOSTILE]),
    },
)


@given(st.lists(feature, max_size=7), st.sampled_from([None, "log", "linear"]), st.booleans())
def test_any_schematic_is_drawn_inside_its_frame(features: list[Any], y: Any, small: bool) -> None:
    picture = drawn(dict(DRAWING) | {"features": features}, y=y, thumbnail=small)
    for element in parsed(picture).iter():
        x, height = float(element.get("x", "0").rstrip("%")), float(element.get("y", "0").rstrip("%"))
        assert -1 <= x <= picture.width
        assert -1 <= height <= picture.height
        if element.get("class") == "d-curve":
            data = numbers(element.get("d", ""))
            assert min(data) >= -1
            assert max(data[::2]) <= picture.width
            assert max(data[1::2]) <= picture.height


@given(st.lists(unit, min_size=2, max_size=8))
def test_a_smooth_curve_invents_no_peaks(heights: list[float]) -> None:
    curve = course([(float(i), y) for i, y in enumerate(heights)])
    assert all(min(heights) - 1e-9 <= y <= max(heights) + 1e-9 for _, y in curve)


def test_heights_are_read_off_between_points_and_nowhere_else() -> None:
    pairs = [(0.0, 0.0), (0.5, 1.0), (1.0, 0.0)]
    assert value_at(pairs, 0.25) == 0.5
    assert value_at(pairs, 1.0) == 0.0
    assert value_at(pairs, 1.1) is None
