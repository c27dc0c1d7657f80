"""Packing rectangles."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from app.drawing.layout import Frame, Line, Plan, Size, place
from app.drawing.packing import pack

sizes = st.lists(st.builds(Size, st.integers(1, 300), st.integers(1, 300)), max_size=25).map(
    lambda rows: {str(i): size for i, size in enumerate(rows)}
)


@given(sizes, st.floats(1, 900), st.integers(0, 40))
def test_packed_rectangles_keep_their_distance_and_stay_in_the_strip(
    boxes: dict[str, Size], wide: float, gap: int
) -> None:
    packed = pack(boxes, wide, gap)
    assert {key: (f.width, f.height) for key, f in packed.items()} == {
        key: (s.width, s.height) for key, s in boxes.items()
    }
    strip = max([wide, *(s.width for s in boxes.values())])
    assert all(f.x >= 0 and f.y >= 0 and f.right <= strip + 1e-3 for f in packed.values())
    for one, other in combinations(packed.values(), 2):
        assert not one.overlaps(other, gap - 1e-3)


def test_a_low_gap_is_filled_before_a_new_row_is_begun() -> None:
    packed = pack({"tall": Size(10, 100), "low": Size(10, 10), "next": Size(10, 20)}, 20, 0)
    assert packed["next"] == Frame(10, 10, 10, 20)


def test_the_same_plan_is_laid_out_the_same_way_twice() -> None:
    plan = Plan({"a": Size(100, 40), "b": Size(80, 40)}, (Line("a", "b"),))
    assert place(plan) == place(plan)


def test_boxes_keep_the_size_they_asked_for() -> None:
    placed = place(Plan({"a": Size(101, 43), "b": Size(80, 40)}, (Line("a", "b"),)))
    assert (placed.frames["a"].width, placed.frames["a"].height) == (101, 43)


def test_a_backward_line_is_drawn_from_its_source_all_the_same() -> None:
    plan = Plan({"a": Size(50, 40), "b": Size(50, 40)}, (Line("a", "b", backwards=True),), direction="LR")
    placed = place(plan)
    assert placed.frames["b"].right < placed.frames["a"].x
    assert placed.routes[0][0][0] >= placed.frames["a"].x - 1
