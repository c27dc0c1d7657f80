"""Threads from elsewhere as neutral posts."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import InvalidInput
from app.formats import threads
from app.formats.exchange import MAX_BYTES
from app.formats.threads import Thread, key_of
from app.formats.threads.dates import iso
from app.formats.threads.html_text import to_text

LABELS = st.sampled_from(["Ann Lee", "Bob", "Cy O'Hara", "Dé", "user42"])
LINES = st.text(
    st.characters(exclude_categories=("C", "Z"), exclude_characters=":-=*_`~#>"), min_size=1, max_size=20
)
BODIES = st.lists(LINES, min_size=1, max_size=4).map("\n".join)


def comment(key: str, html: str = "<p>Words.</p>", **fields: object) -> dict[str, object]:
    return {"_id": key, "user": {"displayName": "Ann"}, "contents": {"html": html}, **fields}


def forum(*results: object) -> bytes:
    return json.dumps({"results": results}).encode()


def told(thread: Thread) -> list[tuple[str | None, str | None, str]]:
    """Who says what in answer to what: the beginning of the answered post's body."""
    bodies = {post.id: post.body for post in thread.posts}
    return [(p.author, bodies.get(p.parent or ""), p.body) for p in thread.posts]


# --- ForumMagnum ---------------------------------------------------------------------------------


def test_comments_of_a_forum_come_in_the_order_they_were_written() -> None:
    late = comment("b", "<p>Late</p>", parentCommentId="a", postedAt="2024-05-04T08:00:00.123Z")
    early = comment("a", "<p>Early</p>", postedAt="2024-05-03T08:00:00.000Z", pageUrl="https://f.example/a")
    thread = threads.read(forum(late, early), "c.json")
    assert told(thread) == [("Ann", None, "Early"), ("Ann", "Early", "Late")]
    assert [p.date for p in thread.posts] == ["2024-05-03T08:00:00+00:00", "2024-05-04T08:00:00+00:00"]
    assert thread.posts[0].url == "https://f.example/a"


@pytest.mark.parametrize(
    "wrap",
    [
        lambda rows: rows,
        lambda rows: {"results": rows},
        lambda rows: {"data": {"comments": {"results": rows, "totalCount": 1}}},
    ],
)
def test_the_list_is_found_where_the_api_puts_it(wrap: object) -> None:
    data = json.dumps(wrap([comment("a")])).encode()  # type: ignore[operator]
    assert told(threads.read(data, "c.json")) == [("Ann", None, "Words.")]


def test_plain_text_serves_where_there_is_no_markup() -> None:
    only = {"_id": "a", "user": {"username": "ann"}, "contents": {"plaintextMainText": "One\n\n  two"}}
    assert told(threads.read(forum(only), "c.json")) == [("ann", None, "One\n\n  two")]


def test_what_cannot_become_a_comment_is_reported_with_the_reason() -> None:
    rows = [
        comment("a"),
        comment("a"),
        comment("b", deleted=True),
        comment("c", html="<script>alert(1)</script>"),
        comment("d", draft=True),
        comment("e", postedAt="yesterday"),
    ]
    thread = threads.read(forum(*rows), "c.json")
    assert [post.id for post in thread.posts] == ["a", "e"]
    assert {loss.reason: loss.example for loss in thread.losses} == {
        "the same comment stands twice in the file": "a",
        "they were deleted in the forum": "b",
        "they have no text": "c",
        "they are drafts": "d",
        "they cannot be read": "results[5]: yesterday",
    }


def test_an_author_the_file_does_not_name_is_nobody() -> None:
    thread = threads.read(forum(comment("a", user=None)), "c.json")
    assert thread.posts[0].author is None
    assert "names no author" in thread.posts[0].reason


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (forum(comment("a"))[:-6], "c.json:1: this is not JSON"),
        (b"[" * 100_000, "nested too deep"),
        (b'{"results": ' * 50_000, "nested too deep"),
        (b" " * (MAX_BYTES + 1), "bytes; at most"),
        (b"\xff\xfe", "UTF-8"),
        (b'{"posts": 1}', "no list of comments"),
        (forum(), "no posts"),
        (forum(3), "results[0]: is no comment"),
        (forum({"contents": {}}), "results[0]: has no _id"),
        (forum(comment("a", contents=[])), "results[0]: contents is no object"),
        (forum(comment("a", parentCommentId=4)), "results[0]: parentCommentId is not text"),
        (forum(comment("a", user={"displayName": ["x"]})), "results[0].user: displayName is not text"),
        (
            forum(comment("a"), comment("b", "x\x07y")),
            "results[1].contents.html: the text holds U+0007 BELL at 1",
        ),
        (forum(comment("a", "x&#x202e;y")), "results[0]: the body holds U+202E"),
        (forum(comment("a", "\ud800")), "LONE SURROGATE"),
        (forum(comment("a", user={"displayName": "A\u202eB"})), "results[0]: the author holds U+202E"),
        (forum(comment("a", user={"displayName": "A" * 101})), "more than 100 characters"),
        (forum(comment("a", "x"), comment("a", "y")), "results[1]: the id 'a' stands twice"),
        (forum(comment("a", parentCommentId="a")), "results[0]: replies run in a circle"),
        (
            forum(comment("a", parentCommentId="b"), comment("b", parentCommentId="a")),
            "replies run in a circle",
        ),
        (forum(comment("a", "x" * 500_001)), "characters, more than 500,000"),
        (forum(comment("a", "> x<br>" * 100_001)), "quoted lines; at most"),
        (forum(*(comment(str(n)) for n in range(20_001))), "posts; at most 20,000"),
    ],
)
def test_a_broken_file_is_refused_with_its_place(data: bytes, said: str) -> None:
    with pytest.raises(InvalidInput) as error:
        threads.read(data, "c.json")
    assert said in str(error.value)


# --- HTML ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One\n two</p><p>Three</p>", "One two\n\nThree"),
        ("a<br>b<br/>c", "a\nb\nc"),
        ("<blockquote><p>a</p><p>b</p></blockquote><p>c</p>", "> a\n>\n> b\n\nc"),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>c", "> a\n>\n> > b\n\nc"),
        (
            "<p>x:</p><ul><li>a</li><li>b<ol start=3><li>c</li><li>d</li></ol></li></ul>",
            "x:\n\n- a\n- b\n  3. c\n  4. d",
        ),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "- a\n  b"),
        ("<pre>a\n  &gt; b</pre>", "```\na\n  > b\n```"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a | b\n\nc"),
        ("a<script>b</script><style>p{}</style><!-- c --><svg><text>d</text></svg>e", "ae"),
        ('<a title="1 > 2" href="https://x.example">a</a> <a title="<b>">b</a>', 'a ">b'),
        ("1 < 2 &amp; &lt;b&gt; <3", "1 < 2 & <b> <3"),
        ("<p>cut <a href=", "cut"),
        ("a<script>b", "a"),
        ("a<!-- b", "a"),
        ("</p></ul></blockquote></pre>a", "a"),
    ],
)
def test_markup_becomes_the_lines_a_reader_sees(html: str, text: str) -> None:
    assert to_text(html).text == text


def test_links_and_pictures_are_counted() -> None:
    made = to_text('<a href="https://x.example">x</a><img src=a><a name=b>y</a>')
    assert (made.text, made.links, made.pictures) == ("xy", 1, 1)


@pytest.mark.parametrize(
    "piece", ["<div>", "<blockquote>", "<ul><li>", "<", "<a ", '<a "', "<!--", "<td> ", "&", "</"]
)
def test_markup_without_end_is_read_to_its_end(piece: str) -> None:
    # A quadratic reader would not come back from these.
    assert to_text(piece * 200_000 + "x").text.count("x") <= 1


@given(st.text(st.sampled_from("<>/&;\"'= \npbqli!-x"), max_size=200))
def test_no_input_makes_a_tag_of_its_words(html: str) -> None:
    assert "\x00" not in to_text(html).text


# --- Markdown ------------------------------------------------------------------------------------

HEADINGS = """# The bridge

## Ann Lee (2024-05-03 14:30)

It holds.

### Why it holds

Look at it.

### [Bob](https://example.org/c/2) (4 May 2024) {#c2}
> It holds.

No.

```
## Not a post (2024-01-01)
```

## Cy {#c3 re=c2}
Why not?
"""
ITEMS = """# The bridge

- **Ann Lee** (2024-05-03): It holds.

  Look at it.
  - **Bob:** No.
    - **Ann Lee**: Why?
      - not a post
      - **nor this**
- **Cy**: Hello.
"""


def test_headings_with_a_date_or_an_id_begin_posts() -> None:
    thread = threads.read(HEADINGS.encode(), "t.md")
    assert thread.title == "The bridge"
    first = "It holds.\n\n### Why it holds\n\nLook at it."
    second = "> It holds.\n\nNo.\n\n```\n## Not a post (2024-01-01)\n```"
    assert told(thread) == [("Ann Lee", None, first), ("Bob", first, second), ("Cy", second, "Why not?")]
    assert [p.date for p in thread.posts] == ["2024-05-03T14:30:00", "2024-05-04", None]
    assert thread.posts[1].url == "https://example.org/c/2"
    assert [p.id for p in thread.posts[1:]] == ["c2", "c3"]


def test_where_no_heading_has_a_date_each_begins_a_post() -> None:
    thread = threads.read(b"## Ann\nOne.\n### Bob\nTwo.\n## Cy\nThree.\n", "t.md")
    assert told(thread) == [("Ann", None, "One."), ("Bob", "One.", "Two."), ("Cy", None, "Three.")]


def test_items_of_a_nested_list_that_begin_with_a_name_are_posts() -> None:
    thread = threads.read(ITEMS.encode(), "t.md")
    assert thread.title == "The bridge"
    first = "It holds.\n\nLook at it."
    assert told(thread) == [
        ("Ann Lee", None, first),
        ("Bob", first, "No."),
        ("Ann Lee", "No.", "Why?\n- not a post\n- **nor this**"),
        ("Cy", None, "Hello."),
    ]


def test_a_heading_without_words_below_it_is_reported() -> None:
    thread = threads.read(b"## Ann (2024-05-03)\n### Bob (2024-05-03)\nTwo.\n", "t.md")
    assert told(thread) == [("Bob", None, "Two.")]
    assert [(loss.reason, loss.example) for loss in thread.losses] == [("they have no text", "Ann, line 1")]


def test_a_post_added_in_the_middle_leaves_the_ids_of_the_others() -> None:
    before = threads.read(ITEMS.encode(), "t.md")
    after = threads.read(ITEMS.replace("- **Cy**", "  - **Dee**: So.\n- **Cy**").encode(), "t.md")
    assert len(after.posts) == 5
    # Short words are known by what they answer or stand after, so only what follows the new post is new.
    assert [p.id for p in after.posts[:3]] == [p.id for p in before.posts[:3]]


# --- plain text ----------------------------------------------------------------------------------


def test_plain_posts_begin_with_who_wrote_them() -> None:
    text = (
        "On 3 May 2024, Ann Lee wrote:\nIt holds, I say.\n\nTwo reasons:\n - one\n\n---\n\n"
        "Bob (2024-05-04) wrote:\nAnn Lee wrote:\n> It holds, I say.\n\nNo.\n\n"
        "Ann Lee wrote:\n> It holds, I say.\n\nStill no.\n\nCy wrote:\r\n> No.\r\nWhy?\r\n"
    )
    thread = threads.read(text.encode(), "t.txt")
    assert [(p.author, p.date) for p in thread.posts] == [
        ("Ann Lee", "2024-05-03"),
        ("Bob", "2024-05-04"),
        ("Cy", None),
    ]
    assert thread.posts[0].body == "It holds, I say.\n\nTwo reasons:\n - one"
    assert thread.posts[1].body.endswith("Ann Lee wrote:\n> It holds, I say.\n\nStill no.")
    assert thread.posts[2].body == "> No.\nWhy?"
    assert not thread.replies_stated


def test_a_phrase_with_a_colon_is_no_author() -> None:
    thread = threads.read(b"Ann:\nI agree.\n\nBut why:\nbecause.\n\nBob:\nNo.\n", "t.txt")
    assert [p.author for p in thread.posts] == ["Ann", "Bob"]


def test_a_transcript_has_a_name_before_every_block() -> None:
    thread = threads.read(b"Ann: It holds.\nIndeed.\n\nBob: No.\n", "t.txt")
    assert told(thread) == [("Ann", None, "It holds.\nIndeed."), ("Bob", None, "No.")]


@pytest.mark.parametrize("between", ["\n\n", "\n\n\n", "\n---\n", "\n\n====\n\n"])
def test_posts_of_nobody_are_told_apart_by_empty_lines_or_rules(between: str) -> None:
    thread = threads.read(f"It holds.{between}Note: no.".encode(), "t.txt")
    assert told(thread) == [(None, None, "It holds."), (None, None, "Note: no.")]
    assert all("does not say" in p.reason for p in thread.posts)


def test_a_control_character_is_refused_with_its_line() -> None:
    with pytest.raises(InvalidInput, match=r"t\.txt:2: the line holds U\+0008 BACKSPACE"):
        threads.read(b"fine\nnot \x08 fine", "t.txt")


@pytest.mark.parametrize(
    "piece",
    [
        "A wrote:\n> x\n\n",
        "On a, b wrote:\n> x\n\n",
        "A: x\n\n",
        "- **a**: x\n",
        "- **",
        "[a](",
        "(((",
        "{#",
        "## a (2024-01-01)\nx\n",
        "a ",
    ],
)
def test_a_long_file_of_one_kind_is_read_or_refused(piece: str) -> None:
    # A quadratic reader would not come back from these.
    for name in ("t.md", "t.txt"):
        with pytest.raises(InvalidInput, match=r"more than|at most|no posts"):
            threads.read((piece * (600_000 // len(piece))).encode(), name)


@given(st.lists(st.tuples(LABELS, BODIES), min_size=1, max_size=6))
def test_plain_bodies_survive_word_for_word(posts: list[tuple[str, str]]) -> None:
    text = "\n\n".join(f"{author} wrote:\n{body}" for author, body in posts)
    thread = threads.read(text.encode(), "t.txt")
    assert [(p.author, p.body) for p in thread.posts] == posts


# --- forms, ids, dates ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "name", "form"),
    [
        (forum(comment("a")), "thread", "forum-magnum"),
        (forum(comment("a")), "c.json", "forum-magnum"),
        (HEADINGS.encode(), "thread.txt", "markdown"),
        (ITEMS[14:].encode(), "thread", "markdown"),
        (b"Ann wrote:\nNo.\n", "thread.md", "markdown"),
        (b"Ann wrote:\nNo.\n", "thread", "plain"),
        (b"[1] is wrong.", "thread", "plain"),
    ],
)
def test_the_form_is_told_from_name_and_content(data: bytes, name: str, form: str) -> None:
    assert threads.read(data, name).form == form


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(InvalidInput, match="use one of forum-magnum, markdown, plain"):
        threads.read(b"x", "x", "usenet")


@given(st.text(max_size=100))
def test_every_post_id_makes_the_id_of_a_comment(post_id: str) -> None:
    key = key_of(post_id)
    assert key == key_of(post_id)
    assert len(key) <= 70
    assert set(key) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert key[0] != "-"


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2024-05-03", "2024-05-03"),
        ("2024-05-03T10:00:00+02:00", "2024-05-03T08:00:00+00:00"),
        ("2024-05-03 10:00", "2024-05-03T10:00:00"),
        ("May 3rd, 2024", "2024-05-03"),
        ("3 May 2024, 14:30", "2024-05-03T14:30:00"),
        ("Fri, 3 May 2024 14:30:00 +0000", "2024-05-03T14:30:00+00:00"),
        ("OP", None),
        ("2024", None),
        ("9999-12-31T23:59:59-12:00", None),
        ("3" * 10_000, None),
    ],
)
def test_dates_are_read_as_people_write_them(written: str, date: str | None) -> None:
    assert iso(written) == date
