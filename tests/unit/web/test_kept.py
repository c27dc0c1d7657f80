"""Pages kept as they were sent."""

import gzip

from app.web.kept import KeptPages


def test_a_kept_page_comes_back_plain_and_compressed() -> None:
    pages = KeptPages()
    pages.put("a", "<p>Grüße</p>" * 50)
    kept = pages.get("a")
    assert kept is not None
    assert kept.plain.decode() == gzip.decompress(kept.packed).decode() == "<p>Grüße</p>" * 50
    assert pages.get("b") is None


def test_the_pages_used_longest_ago_go_when_the_room_is_used_up() -> None:
    one = KeptPages().put("x", "x" * 1000).size
    pages = KeptPages(room=2 * one)
    for tag in ("a", "b"):
        pages.put(tag, "x" * 1000)
    pages.get("a")
    pages.put("c", "x" * 1000)
    assert [tag for tag in "abc" if pages.get(tag)] == ["a", "c"]


def test_a_page_larger_than_the_room_is_handed_back_and_not_kept() -> None:
    pages = KeptPages(room=10)
    assert pages.put("a", "x" * 1000).plain == b"x" * 1000
    assert pages.get("a") is None
