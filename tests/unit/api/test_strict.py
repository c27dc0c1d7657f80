"""JSON is read strictly: whatever other parsers let through is refused with its place."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.api import paging
from app.api.limits import Buckets
from app.api.middleware import host_name, matches
from app.api.strict import parse
from app.errors import InvalidInput

PLAIN = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=20)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63) + 1, 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | PLAIN,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(PLAIN, inner, max_size=4),
    max_leaves=15,
)


@given(VALUES)
def test_ordinary_json_is_read_as_it_is(value: object) -> None:
    assert parse(json.dumps(value).encode()) == value
    assert parse(json.dumps(value, ensure_ascii=False).encode()) == value


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_with_a_reason(body: bytes) -> None:
    with suppress(InvalidInput):
        parse(body)


def test_the_place_of_a_bad_character_is_named() -> None:
    with pytest.raises(InvalidInput) as caught:
        parse(b'{"nodes": [{"text": "a"}, {"text": "a\\u0000"}]}')
    assert [p.where for p in caught.value.problems] == ["nodes[1].text"]


@given(st.text(max_size=60))
def test_a_cursor_leads_back_to_its_key(key: str) -> None:
    try:
        assert paging.decode(paging.encode(key)) == key
    except UnicodeEncodeError:
        assert any("\ud800" <= c <= "\udfff" for c in key)


@given(st.text(max_size=30))
def test_no_cursor_is_an_accident(cursor: str) -> None:
    with suppress(InvalidInput):
        assert isinstance(paging.decode(cursor), str)


@given(st.text(max_size=40))
def test_any_host_header_is_a_name_or_none(host: str) -> None:
    found = host_name(host)
    assert found is None or "/" not in found


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ('"a"', True),
        ('W/"a"', True),
        ('"b", "a"', True),
        ("*", True),
        ('"b"', False),
        ("a", False),
        ("", False),
    ],
)
def test_a_condition_names_a_tag(condition: str, expected: bool) -> None:
    assert matches(condition, '"a"') is expected


def test_a_bucket_refills_with_time_and_says_how_long_that_takes() -> None:
    now = 0.0
    buckets = Buckets(2, 60, lambda: now)
    assert [buckets.take("a") for _ in range(3)] == [0, 0, 30]
    assert buckets.take("b") == 0
    now = 29.0
    assert buckets.take("a") == 1
    now = 30.0
    assert [buckets.take("a"), buckets.take("a")] == [0, 30]
    assert Buckets(0, 60).take("a") == 0
