"""Every format holds the document, and nothing that people wrote acts in it."""

import csv
import io
import json
import re
import zipfile
from dataclasses import replace

import docx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree, html
from markdown_it import MarkdownIt

from app.errors import InvalidInput
from app.writeup.document import Mark, Paragraph, Part, SectionLink, Text
from app.writeup.renderers import FORMS, latex, markdown, render
from app.writeup.renderers.data import COLUMNS
from app.writeup.words import flat
from tests.unit.writeup.samples import hostile, written

ANY = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40).filter(
    lambda t: bool(flat(t))
)
MARKUP = st.lists(
    st.sampled_from(
        [
            "\\input{/etc/passwd}", "\\", "{", "}", "$", "%", "&", "#", "^", "_", "~", "`", "```", "*", "**", "<b>",
            "<script>alert(1)</script>", "</p>", "[x](y)", "![x](y)", "](", "[^1]", "[^1]:", "|", "=1+1", "@SUM(A1)",
            "+", "-", "- x", "1. x", "> x", "# x", "===", "---", "&lt;", "&amp;", "&#60;", "--", "''", "\n", "\r\n", "\t",
            "\x00", "\x1b[31m", "\u202e", "\ufeff", "é", "漢", "😀", "“", "”", '"', "'", "]]>", "<!--", "{{ 7*7 }}",
            "{% raw %}", "^^M", "$$", "\\end{document}", "http://a.example/b_c", "javascript:x", ".", "A", " ",
        ]
    ),
    min_size=1,
    max_size=6,
).map("".join).filter(lambda t: bool(flat(t)))  # fmt: skip
TEXTS = ANY | MARKUP


@pytest.mark.parametrize("form", sorted(FORMS))
def test_every_format_renders_and_is_the_same_each_time(form: str) -> None:
    first = render(written(), form)
    assert first
    if form != "docx":  # whose zip carries times
        assert first == render(written(), form)


def test_an_unknown_format_and_a_fragment_of_another_are_refused() -> None:
    with pytest.raises(InvalidInput):
        render(written(), "pdf")
    with pytest.raises(InvalidInput):
        render(written(), "md", fragment=True)


# --- Markdown ------------------------------------------------------------------------------------


@given(TEXTS)
@example("1) x")
@example("\\[a](b)")
@example("&lt;")
@example("<javascript:x>")
def test_text_in_markdown_stands_for_itself(text: str) -> None:
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    for around in ("{}", "a {} b", "> {}", "- {}", "## {}"):
        tokens = reader.parse(around.format(markdown.escape(text)))
        inline = [t for t in tokens if t.type == "inline"]
        assert len(inline) == 1
        assert {child.type for child in inline[0].children or ()} <= {"text", "text_special"}
        shown = "".join(child.content for child in inline[0].children or ())
        assert " ".join(shown.split()) == (f"a {flat(text)} b" if around == "a {} b" else flat(text))


def test_markdown_has_notes_for_all_calls_and_a_table() -> None:
    text = render(written(), "md").decode()
    calls = set(re.findall(r"\[\^(\d+)\](?!:)", text))
    assert calls and calls == set(re.findall(r"^\[\^(\d+)\]:", text, re.MULTILINE))
    assert "| 1. Are the piers sound? | for | against |" in text
    assert "> The piers of the bridge are sound." in text


# --- HTML ----------------------------------------------------------------------------------------


@settings(max_examples=40)
@given(TEXTS)
def test_html_shows_text_and_runs_nothing(text: str) -> None:
    page = render(hostile(text), "html").decode()
    tree = html.document_fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8"))
    assert not tree.xpath("//script|//iframe|//object|//form|//b|//@onerror|//@onclick|//link")
    assert all(h.startswith(("#", "https://map.example/")) for h in tree.xpath("//@href"))
    assert page.count("<style>") == 1


def test_html_stands_alone() -> None:
    page = render(written(), "html").decode()
    tree = html.document_fromstring(page.encode())
    assert not tree.xpath("//link|//script|//img[not(starts-with(@src, 'data:'))]")
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {h[1:] for h in tree.xpath("//@href") if h.startswith("#")} <= set(ids)


def test_only_notes_called_side_by_side_are_parted_by_a_comma() -> None:
    run = (Text("So."), Mark(1), Mark(2), Text(" And so."), Mark(1))
    writeup = written()
    part = Part("why", "Why", (Paragraph(run),))
    section = replace(writeup.sections[0], parts=(part,))
    page = render(replace(writeup, sections=(section,)), "html").decode()
    (shown,) = html.document_fromstring(page.encode()).xpath(
        "//section[@class='export-crux']//h3/following-sibling::p"
    )
    assert shown.text_content() == "So.1, 2 And so.1"


# --- LaTeX ---------------------------------------------------------------------------------------

_KNOWN = re.compile(
    r"\\(?:textbackslash\{\}|textasciitilde\{\}|textasciicircum\{\}|textless\{\}|textgreater\{\}|textbar\{\}"
    r"|char34\{\}|textasciigrave\{\}|ldots\{\}|textsuperscript\{[0-9-]+\}|cruxmapchar\{[0-9A-F]{4,6}\}\{[^\\{}]\}"
    r"|[{}$&#_%])|\{[\[\]]\}|\{\}|\$-\$|\$\\(?:times|rightarrow|leftarrow|hookleftarrow)\$"
)


@given(TEXTS)
def test_text_in_latex_is_no_command(text: str) -> None:
    left = _KNOWN.sub("", latex.escape(text)).replace("~", "")
    assert not re.search(r"[\\{}$&#^_%~\"`]", left.replace("``", "").replace("`", ""))
    assert "\n" not in left


@given(TEXTS)
def test_latex_escapes_keep_plain_letters(text: str) -> None:
    kept = [c for c in flat(text) if c.isascii() and c.isalnum()]
    bare = re.sub(r"\\char34|\\[a-zA-Z]+(\{[0-9A-F]{4,6}\})?", "", latex.escape(text))
    assert [c for c in bare if c.isascii() and c.isalnum()][
        : len(kept)
    ] == kept or "superscript" in latex.escape(text)


@settings(max_examples=25)
@given(TEXTS)
def test_latex_documents_balance(text: str) -> None:
    for fragment in (False, True):
        source = render(hostile(text), "latex", fragment=fragment).decode()
        bare = source.replace("\\\\", "").replace("\\{", "").replace("\\}", "")
        assert bare.count("{") == bare.count("}")
        opened = re.findall(r"\\begin\{(\w+)\}", source)
        assert sorted(opened) == sorted(re.findall(r"\\end\{(\w+)\}", source))
        assert source.count("\\end{document}") == (0 if fragment else 1)


def test_a_fragment_has_no_preamble_and_keeps_its_notes() -> None:
    whole, part = (render(written(), "latex", fragment=f).decode() for f in (False, True))
    assert "\\documentclass" in whole and "\\documentclass" not in part
    assert whole.count("\\footnote{") == part.count("\\footnote{") == len(written().notes)


# --- data ----------------------------------------------------------------------------------------


@settings(max_examples=40)
@given(TEXTS)
def test_no_cell_is_a_formula_and_rows_are_whole(text: str) -> None:
    rows = list(csv.reader(io.StringIO(render(hostile(text), "csv").decode(), newline="")))
    assert rows[0] == list(COLUMNS)
    for row in rows[1:]:
        assert len(row) == len(COLUMNS)
        assert not any(
            value.startswith(("=", "+", "-", "@", "\t", "\r", "|", "＝", "＋", "－", "＠")) for value in row
        )


def test_csv_has_a_row_for_each_point_and_reply() -> None:
    rows = list(csv.DictReader(io.StringIO(render(written(), "csv").decode())))
    assert [(r["node"], r["side"], r["role"], r["basis"]) for r in rows] == [
        ("no-cracks", "for", "argument", "inferred"),
        ("only-above-water", "against", "undercut", "stated"),
    ]
    assert rows[1]["quote"] == "They only looked above the water line."


def test_json_holds_what_a_program_needs() -> None:
    data = json.loads(render(written(), "json"))
    assert data["format"] == "cruxmap-cruxes/1"
    (crux,) = data["cruxes"]
    assert crux["id"] == "sound-piers"
    assert crux["question"] == "Are the piers sound?"
    assert crux["if_false"] == "B: it falls."
    assert crux["separates"] == ["A", "B"]
    (point,) = [p for p in crux["points"]["for"] if p["depth"] == 0]
    assert point["quotes"][0]["exact"] == "The inspectors found no cracks"
    assert {"document", "comment", "paragraph", "permalink", "holder", "attitude"} <= set(point["quotes"][0])


@settings(max_examples=30)
@given(TEXTS)
def test_json_keeps_quotes_verbatim(text: str) -> None:
    data = json.loads(render(hostile(text), "json"))
    assert f"x {text} y" in {q["exact"] for note in data["notes"] for q in note["quotes"]}


@settings(max_examples=30)
@given(TEXTS)
def test_plain_text_steers_no_terminal(text: str) -> None:
    shown = render(hostile(text), "txt").decode()
    assert all(c == "\n" or c.isprintable() or c == "\u3000" or c.isspace() for c in shown)
    assert "\x1b" not in shown and "\r" not in shown


@settings(max_examples=30)
@given(TEXTS)
def test_bibtex_entries_balance(text: str) -> None:
    entries = render(hostile(text), "bibtex").decode()
    bare = entries.replace("\\{", "").replace("\\}", "")
    assert bare.count("{") == bare.count("}")
    assert entries.count("@misc{") == entries.count("\n@misc{") + 1


# --- Word ----------------------------------------------------------------------------------------


@settings(max_examples=10)
@given(TEXTS)
def test_word_documents_open_with_the_text_in_them(text: str) -> None:
    content = render(hostile(text), "docx")
    opened = docx.Document(io.BytesIO(content))
    assert flat(text) in " ".join(p.text for p in opened.paragraphs)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(package.read(name))


def test_word_documents_have_real_footnotes() -> None:
    content = render(written(), "docx")
    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        body = etree.fromstring(package.read("word/document.xml"))
        notes = etree.fromstring(package.read("word/footnotes.xml"))
        types = package.read("[Content_Types].xml").decode()
    called = [e.get(f"{word}id") for e in body.iter(f"{word}footnoteReference")]
    held = [e.get(f"{word}id") for e in notes.iter(f"{word}footnote") if e.get(f"{word}type") is None]
    assert called and sorted(called) == sorted(held)
    assert "The inspectors found no cracks" in "".join(notes.itertext())
    assert "footnotes+xml" in types


def test_references_to_sections_are_links_to_them() -> None:
    run = (Text("So ("), SectionLink("sound-piers", "section 1"), Text(")."))
    part = Part("why", "Why", (Paragraph(run),))
    writeup = written()
    linked = replace(writeup, sections=(replace(writeup.sections[0], parts=(part,)),))
    source = render(linked, "latex").decode()
    assert "\\hyperlink{cruxmap-sound-piers}{section 1}" in source
    assert "\\hypertarget{cruxmap-sound-piers}{}" in source
    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    with zipfile.ZipFile(io.BytesIO(render(linked, "docx"))) as package:
        body = etree.fromstring(package.read("word/document.xml"))
    (link,) = [e for e in body.iter(f"{word}hyperlink") if e.get(f"{word}anchor")]
    assert "".join(link.itertext()) == "section 1"
    assert link.get(f"{word}anchor") in {e.get(f"{word}name") for e in body.iter(f"{word}bookmarkStart")}
