"""The style that travels with a drawing."""

import re

from app import drawing
from app.analysis import analysis
from app.drawing.style import standalone_style, style_source
from app.resources import PACKAGE
from tests.support.maps import snapshot
from tests.unit.drawing.worlds import parsed

CSS = (PACKAGE / "static" / "css" / "drawing.css").read_text(encoding="utf-8")


def test_a_file_of_its_own_needs_nothing_from_a_page() -> None:
    style = standalone_style()
    assert "var(" not in style
    assert "light-dark(" not in style
    assert "@import" not in style
    assert "url(" not in style


def test_dark_surroundings_change_colours_and_nothing_else() -> None:
    light, dark = standalone_style().split("@media (prefers-color-scheme:dark)")
    assert "font-size" in light
    assert set(re.findall(r"([a-z-]+):#", dark)) <= {"fill", "stroke"}
    assert "font-size" not in dark


def test_every_class_of_a_drawing_has_a_rule_or_is_a_handle() -> None:
    picture = drawing.whole_map(analysis(snapshot()))
    used = {c for e in parsed(picture).iter() for c in e.get("class", "").split()}
    handles = {
        "d-scene",
        "d-lines",
        "d-nodes",
        "d-badges",
        "d-areas",
        "d-group",
        "d-node",
        "d-relation",
        "d-polar",
        "d-kind-whole",
        "d-claim",
        "d-evidence",
        "d-objection",
        "d-question",
        "d-ring",
        "d-far",
    }
    assert {c for c in used if f".{c}" not in CSS} <= handles


def test_the_policy_names_the_style_by_its_hash() -> None:
    assert re.fullmatch(r"'sha256-[A-Za-z0-9+/]{43}='", style_source())
