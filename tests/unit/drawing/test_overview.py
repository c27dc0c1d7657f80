"""The whole map from afar."""

from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from app import drawing, urls
from app.analysis import Analysis
from app.drawing.layout import Frame
from app.drawing.metrics import width
from app.drawing.overview import SIZES, tile
from tests.unit.drawing.worlds import parsed, with_class, worlds


@given(worlds())
def test_every_crux_and_every_scenario_is_named_from_afar_and_leads_to_its_page(world: Analysis) -> None:
    root = parsed(drawing.whole_map(world))
    led = {link.get("href") for group in with_class(root, "d-tile") for link in group if link.get("href")}
    shown = [n for n in world.view.content.nodes.values() if n.merged_into is None and world.view.visible(n)]
    assert led == {urls.node(n) for n in shown if n.type == "crux" or n.scenario is not None}


@given(st.text(max_size=120), st.floats(680, 4000), st.floats(400, 3000))
def test_a_name_stays_inside_its_island(name: str, wide: float, high: float) -> None:
    drawn = tile(name, name, "/cruxes/x", Frame(0, 0, wide, high), [("A", "+"), ("B", "−")], "x")
    size = float(drawn.split('font-size="')[1].split('"')[0])
    lines = [unescape(part.split(">")[1].split("<")[0]) for part in drawn.split("<tspan")[1:]]
    assert size in SIZES
    assert all(width(line, size) <= wide for line in lines)
    assert len(lines) * size <= high
