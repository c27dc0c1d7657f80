"""Figures for print: the site's drawing on paper, and nothing that people wrote acts in it."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.analysis import analysis
from app.drawing.select import crux_scene
from app.writeup.printed import dot, raster
from tests.support.maps import snapshot


def drawn(text: str, form: str = "pdf") -> bytes:
    node = snapshot().content.nodes["no-cracks"]
    return raster(analysis(snapshot(node.model_copy(update={"text": text}))), "sound-piers", form)


def test_a_figure_is_made_in_both_forms() -> None:
    assert drawn("No cracks.").startswith(b"%PDF-")
    png = drawn("No cracks.", "png")
    wide, high = (int.from_bytes(png[at : at + 4], "big") for at in (16, 20))
    assert png.startswith(b"\x89PNG") and wide > high > 100


def test_scenarios_sides_and_signs_are_those_of_the_map() -> None:
    source = dot(crux_scene(analysis(snapshot()), "sound-piers", 9))
    for told in (
        "<B>A</B>",
        "<B>B</B>",
        "<B>+</B>",
        "<B>−</B>",
        "For it, and what bears on that",
        "arrowhead=tee",
    ):
        assert told in source


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40).filter(str.strip))
@example('"]; x [label=<<IMG SRC="/etc/passwd"/>>')
@example("</TD></TR></TABLE>> ]; }")
@example("&lt; &#0; \\N \\G <B>")
def test_any_text_is_drawn_as_itself(text: str) -> None:
    assert drawn(text).startswith(b"%PDF-")


@pytest.mark.parametrize("text", ["<B>bold</B>", "a & b"])
def test_text_is_escaped(text: str) -> None:
    node = snapshot().content.nodes["no-cracks"].model_copy(update={"text": text})
    source = dot(crux_scene(analysis(snapshot(node)), "sound-piers", 9))
    assert text not in source
    assert text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") in source
