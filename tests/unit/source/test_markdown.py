"""Lines of a comment that are block quotes."""

from hypothesis import given
from hypothesis import strategies as st

from app.source import quoted_lines


def quoted(text: str) -> list[tuple[int, str, int]]:
    return [(line.line, line.of(text), line.depth) for line in quoted_lines(text)]


def test_quoted_lines_are_found_with_their_content_and_depth() -> None:
    text = "> one \nmine\n>two\n>\n   > > three\r\n>>four"
    assert quoted(text) == [(1, "one", 1), (3, "two", 1), (4, "", 1), (5, "three", 2), (6, "four", 2)]


def test_a_line_after_a_quotation_is_the_writers_own() -> None:
    assert quoted("> theirs\nmine") == [(1, "theirs", 1)]


def test_what_only_looks_like_a_quotation_is_none() -> None:
    assert quoted("a > b\n    > code\n\\> escaped\n5 > 4") == []


def test_quote_marks_in_fenced_code_are_code() -> None:
    assert quoted("```\n> code\n``` not yet\n> code\n````\n> quote\n~~~ py\n> code") == [(6, "quote", 1)]
    assert quoted("````\n> code\n```\n> code\n````\n> quote") == [(6, "quote", 1)]
    assert quoted("``` inline `code`\n> quote") == [(2, "quote", 1)]


@given(st.text(alphabet=st.one_of(st.sampled_from("> \n`~\r\ta"), st.characters())))
def test_content_is_a_stripped_piece_of_a_line_that_begins_with_the_mark(text: str) -> None:
    lines = text.split("\n")
    for line in quoted_lines(text):
        content = line.of(text)
        assert content == content.strip()
        assert lines[line.line - 1].lstrip(" ").startswith(">")
        assert lines[line.line - 1].rstrip().endswith(content)
        assert line.depth >= 1
