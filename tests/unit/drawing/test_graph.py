"""Graph drawings: whatever the map holds, the picture is sound and complete."""

from collections.abc import Callable
from itertools import combinations
from xml.etree import ElementTree

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app import drawing
from app.analysis import Analysis, analysis
from app.drawing import OutlineItem, Picture
from app.drawing.layout import Frame
from app.drawing.visible import Visible
from app.errors import NotFound
from app.model.records import Node, Relation, ScenarioDetails
from tests.support.maps import snapshot
from tests.unit.drawing.worlds import ends, parsed, with_class, worlds


@st.composite
def pictures(draw: st.DrawFn) -> tuple[Analysis, Picture]:
    """A random map and one of its drawings."""
    world = draw(worlds())
    shown = Visible(world.view)
    kind = draw(st.sampled_from(("whole", "neighbourhood", "crux", "between")))
    letters = [n.id for n in world.view.scenarios]
    if kind == "between" and len(letters) > 1:
        return world, drawing.between(world, letters[0], letters[1], draw(st.integers(2, 12)))
    elements = sorted(shown.nodes)
    if kind == "whole" or not elements:
        return world, drawing.whole_map(world)
    if kind == "crux":
        return world, drawing.crux_map(world, draw(st.sampled_from(elements)), draw(st.integers(1, 12)))
    element = draw(st.sampled_from(elements + sorted(shown.relations)))
    return world, drawing.neighbourhood(world, element, draw(st.integers(1, 12)), draw(st.integers(1, 3)))


@given(pictures())
def test_every_drawing_is_well_formed_and_says_what_it_is(drawn: tuple[Analysis, Picture]) -> None:
    root = parsed(drawn[1])
    title, description = (next(e for e in root if e.tag.endswith(tag)) for tag in ("title", "desc"))
    assert root.get("aria-labelledby") == title.get("id")
    assert root.get("aria-describedby") == description.get("id")
    assert title.text
    assert description.text


@given(pictures())
def test_boxes_and_badges_lie_inside_the_picture_and_apart(drawn: tuple[Analysis, Picture]) -> None:
    picture = drawn[1]
    frames = [*picture.frames.values(), *picture.badges.values()]
    for frame in frames:
        assert frame.x >= 0
        assert frame.y >= 0
        assert frame.right <= picture.width
        assert frame.bottom <= picture.height
    for one, other in combinations(frames, 2):
        assert not one.overlaps(other, gap=-1.0)


@given(pictures())
def test_every_relation_drawn_runs_from_its_source_over_its_badge_to_its_target(
    drawn: tuple[Analysis, Picture],
) -> None:
    world, picture = drawn
    relations = Visible(world.view).relations
    groups = [g for g in parsed(picture).iter() if g.get("data-relation") is not None]
    assert {g.get("data-relation") for g in groups} == set(picture.badges)
    for group in groups:
        relation = relations[group.get("data-relation") or ""]
        first, second = (ends(path.get("d", "")) for path in with_class(group, "d-line"))
        badge = picture.badges[relation.id]
        target = picture.frames.get(relation.target) or picture.badges[relation.target]
        assert near(picture.frames[relation.source], first[0])
        assert near(badge, first[1])
        assert near(badge, second[0])
        assert near(target, second[1])


def near(frame: Frame, point: tuple[float, float], slack: float = 3.0) -> bool:
    """Whether a point lies on a frame's border or inside it."""
    x, y = point
    return frame.x - slack <= x <= frame.right + slack and frame.y - slack <= y <= frame.bottom + slack


@given(pictures())
def test_hostile_text_stays_text(drawn: tuple[Analysis, Picture]) -> None:
    allowed = {"svg", "title", "desc", "style", "rect", "g", "a", "circle", "path", "text", "tspan"}
    for element in parsed(drawn[1]).iter():
        assert element.tag.rpartition("}")[2] in allowed
        assert not any(name.startswith("on") or name == "style" for name in element.attrib)
        assert element.get("href", "/").startswith("/")


@given(pictures())
def test_the_outline_has_the_content_of_the_drawing(drawn: tuple[Analysis, Picture]) -> None:
    picture = drawn[1]
    items = [item for root in picture.outline for item in root.walk()]
    assert {item.id for item in items} == set(picture.frames)
    told = [item.relation_id for item in items if item.relation_id]
    assert sorted(told) == sorted(picture.badges)
    in_full = [item.id for item in items if not item.again]
    assert sorted(in_full) == sorted(picture.frames)


@given(worlds(), st.integers(1, 6))
def test_a_neighbourhood_keeps_to_its_limit_and_says_what_it_leaves_out(world: Analysis, limit: int) -> None:
    shown = Visible(world.view)
    assume(shown.nodes)
    key = min(shown.nodes)
    picture = drawing.neighbourhood(world, key, limit)
    assert key in picture.frames
    assert len(picture.frames) <= limit
    text = [with_class(g, "d-more") for g in parsed(picture).iter() if g.get("data-id")]
    left_out = [
        n for n in picture.frames if n != key and any(r.id not in picture.badges for r in shown.touching(n))
    ]
    assert sum(bool(found) for found in text) == len(left_out)


@given(worlds())
def test_the_whole_map_shows_everything_visible_and_nothing_else(world: Analysis) -> None:
    picture, shown = drawing.whole_map(world), Visible(world.view)
    assert set(picture.frames) == set(shown.nodes)
    assert set(picture.badges) == set(shown.relations)


# --- on the small map -----------------------------------------------------------------------------


def test_an_undercut_ends_at_the_badge_of_the_relation_it_undercuts() -> None:
    picture = drawing.neighbourhood(analysis(snapshot()), "sound-piers")
    undercut = next(g for g in parsed(picture).iter() if g.get("data-relation") == "c2-r1")
    end = ends(with_class(undercut, "d-line")[-1].get("d", ""))[1]
    assert near(picture.badges["c1-r1"], end)


def test_what_bears_on_a_node_stands_to_its_right_and_what_it_bears_on_to_its_left() -> None:
    frames = drawing.neighbourhood(analysis(snapshot()), "sound-piers").frames
    assert frames["no-cracks"].x > frames["sound-piers"].right
    assert frames["holds"].right < frames["sound-piers"].x


def test_the_neighbourhood_of_a_relation_shows_its_ends_and_what_bears_on_it() -> None:
    picture = drawing.neighbourhood(analysis(snapshot()), "c1-r1", rings=1)
    assert {"no-cracks", "sound-piers", "only-above-water"} <= set(picture.frames)


def test_boxes_link_to_their_pages_and_badges_to_their_relations() -> None:
    root = parsed(drawing.crux_map(analysis(snapshot()), "sound-piers"))
    links = {a.get("href") for a in root.iter() if a.tag.endswith("}a")}
    assert links >= {"/scenarios/A", "/cruxes/sound-piers", "/nodes/no-cracks", "/relations/c2-r1"}


def test_an_address_in_front_makes_the_links_of_a_file_absolute() -> None:
    file = drawing.crux_map(analysis(snapshot()), "sound-piers").standalone("https://map.example/")
    links = [a.get("href", "") for a in ElementTree.fromstring(file).iter() if a.tag.endswith("}a")]
    assert links
    assert all(link.startswith("https://map.example/") for link in links)


def test_support_attack_and_undercut_differ_in_shape_and_not_only_in_colour() -> None:
    root = parsed(drawing.whole_map(analysis(snapshot())))
    shapes = {}
    for relation in ("c1-r1", "c2-r1", "c2-r2"):
        badge = next(g for g in root.iter() if g.get("data-badge") == relation)
        sign = with_class(badge, "d-sign")[0].get("d", "")
        shapes[relation] = with_class(badge, "d-badge")[0].tag, sign.lstrip("M0123456789. ")
    assert len(set(shapes.values())) == 3


def test_unreviewed_content_is_shown_and_marked() -> None:
    extra = Node(id="late", type="claim", text="It rained.", status="unreviewed")
    link = Relation(id="late-r1", type="supports", source="late", target="sound-piers", status="unreviewed")
    root = parsed(drawing.neighbourhood(analysis(snapshot(extra, link)), "sound-piers"))
    marked = {e.get("data-id") or e.get("data-relation") for e in with_class(root, "d-unreviewed")}
    assert marked >= {"late", "late-r1"}
    assert "unreviewed" in "".join(root.itertext())


@pytest.mark.parametrize("status", ["withdrawn", "rejected"])
def test_withdrawn_and_rejected_content_is_not_drawn(status: str) -> None:
    gone = Node(id="no-cracks", type="evidence", text="The inspectors found no cracks.", status=status)
    picture = drawing.whole_map(analysis(snapshot(gone)))
    assert "no-cracks" not in picture.frames
    assert {"c1-r1", "c2-r1"}.isdisjoint(picture.badges)


def test_relations_of_a_merged_node_are_drawn_at_what_it_was_merged_into() -> None:
    double = Node(id="no-cracks", type="evidence", text="None found.", merged_into="old-bridge-stood")
    picture = drawing.whole_map(analysis(snapshot(double)))
    assert "no-cracks" not in picture.frames
    assert "c1-r1" in picture.badges


def test_the_two_scenarios_stand_at_the_two_ends_of_what_lies_between_them() -> None:
    frames = drawing.between(analysis(snapshot()), "A", "B").frames
    assert frames["holds"].x == min(frame.x for frame in frames.values())
    assert frames["falls"].right == max(frame.right for frame in frames.values())
    assert "sound-piers" in frames


def test_the_sides_of_a_crux_are_captioned() -> None:
    root = parsed(drawing.crux_map(analysis(snapshot()), "sound-piers"))
    assert [e.text for e in with_class(root, "d-caption")] == ["For it, and what bears on that"]


@pytest.mark.parametrize(
    "draw",
    [
        lambda a: drawing.neighbourhood(a, "nothing"),
        lambda a: drawing.crux_map(a, "nothing"),
        lambda a: drawing.between(a, "A", "Z"),
        lambda a: drawing.between(a, "A", "holds"),
    ],
)
def test_what_is_not_in_the_map_cannot_be_drawn(draw: Callable[[Analysis], Picture]) -> None:
    with pytest.raises(NotFound):
        draw(analysis(snapshot()))


def test_an_outline_starts_anew_rather_than_sink_out_of_sight() -> None:
    chain = [Node(id=f"step-{i}", type="claim", text=f"Step {i}.") for i in range(40)]
    links = [
        Relation(id=f"l-{i}", type="supports", source=f"step-{i + 1}", target=f"step-{i}") for i in range(39)
    ]
    outline = drawing.whole_map(analysis(snapshot(*chain, *links))).outline

    def depth(item: OutlineItem) -> int:
        return 1 + max(map(depth, item.children), default=0)

    assert max(map(depth, outline)) <= 10


def test_a_map_without_content_is_drawn_empty() -> None:
    empty = snapshot().over(type(snapshot().content)())
    picture = drawing.whole_map(analysis(empty))
    assert parsed(picture) is not None
    assert picture.frames == {}


def test_a_scenario_of_any_letter_is_drawn() -> None:
    late = Node(id="third", type="scenario", text="It sways.", scenario=ScenarioDetails(letter="Q"))
    assert "third" in drawing.whole_map(analysis(snapshot(late))).frames
