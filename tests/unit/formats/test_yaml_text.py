"""YAML with line numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import InvalidInput
from app.formats import yaml_text

printable = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=60)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.floats(0, 1) | printable,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(printable, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.from_regex(r"[a-z]{1,8}", fullmatch=True), values, min_size=1, max_size=5))
def test_what_is_written_reads_back_equal(data: dict[str, object]) -> None:
    assert yaml_text.parse(yaml_text.emit(data, "a heading"), "f.yaml")[0] == data


def test_every_part_knows_its_line() -> None:
    _, lines = yaml_text.parse("a: 1\nb:\n  - x: 2\n  - y: 3\n", "f.yaml")
    assert lines["b", 1, "y"] == 4
    assert yaml_text.line_of(lines, ("b", 1, "missing")) == 4


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: [1\nb: 2", "f.yaml:2"),
        ("a: 1\na: 2", "the key 'a' stands twice"),
        ("a: &x 1\nb: *x", "anchors and aliases"),
        ("[" * 100_000, "nested too deep"),
        ("a: !!python/object:os.system {}", "f.yaml"),
        ("1: 2", "is not text"),
    ],
)
def test_what_a_map_file_may_not_hold_is_refused_with_its_line(text: str, said: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        yaml_text.parse(text, "f.yaml")
    assert said in str(caught.value)
