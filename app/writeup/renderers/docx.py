"""A Word document with real footnotes, tables and figures."""

import io
from collections.abc import Mapping, Sequence

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Length, Pt, RGBColor
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph as DocxParagraph

from app.writeup.document import Mark, Note, Quote, Run, Section, SectionLink, Text, Writeup
from app.writeup.words import TABLE_KEY, basis_of, cell, flat, safe_url, spaced, where, who


def render(writeup: Writeup) -> bytes:
    """The document as a .docx file."""
    return _Builder(writeup).file()


_WIDTH = Cm(16)
"""Between the margins of an A4 page."""
_HEIGHT = Cm(11)
"""Of the tallest figure."""
_INK = RGBColor(0x1D, 0x1C, 0x19)
_LINK = "1A5A9E"
_SECTIONS = 100_000
"""Where the numbers of the sections' bookmarks begin, beyond those of notes."""


class _Builder:
    def __init__(self, writeup: Writeup) -> None:
        self.writeup = writeup
        self.document: DocxDocument = Document()
        self._called: set[int] = set()
        self._numbers = {section.crux: section.number for section in writeup.sections}
        _styles(self.document)
        properties = self.document.core_properties
        properties.title, properties.author = flat(writeup.title)[:250], ""
        properties.comments = f"Revision {writeup.revision} of the argument map"

    def file(self) -> bytes:
        self._head()
        for section in self.writeup.sections:
            self._section(section)
        self.document.add_heading("How this was made", 1)
        for paragraph in self.writeup.method:
            self._run(self.document.add_paragraph(), paragraph.run)
        if self.writeup.references:
            self.document.add_heading("References", 1)
            for reference in self.writeup.references:
                written = self.document.add_paragraph(flat(basis_of(reference)) + " ", style="List Bullet")
                _link(written._p, self.document.part, "Permalink", reference.url)
        if self._called:
            self._footnotes()
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()

    def _head(self) -> None:
        self.document.add_heading(flat(self.writeup.title), 0)
        for paragraph in self.writeup.head:
            self._run(self.document.add_paragraph(), paragraph.run)
        for scenario in self.writeup.scenarios:
            strength = f" (strength {scenario.strength:.2f})" if scenario.strength is not None else ""
            written = self.document.add_paragraph(style="List Bullet")
            written.add_run(f"{flat(scenario.letter)}. ").bold = True
            written.add_run(f"{flat(scenario.text)}{strength}")
        letters = [s.letter for s in self.writeup.scenarios]
        if letters and self.writeup.sections:
            _summary(self.document, self.writeup, letters)
            self.document.add_paragraph(TABLE_KEY, style="Caption")

    def _section(self, section: Section) -> None:
        heading = self.document.add_heading(flat(f"{section.number}. {section.question}"), 1)
        _bookmark(heading._p, f"cruxmap_section_{section.number}", _SECTIONS + section.number)
        self.document.add_paragraph(flat(section.proposition), style="Quote")
        for title, paragraphs in section.chapters:
            self.document.add_heading(flat(title), 2)
            for paragraph in paragraphs:
                self._run(self.document.add_paragraph(), paragraph.run)
        if section.figure is not None and section.figure.png is not None:
            shape = self.document.add_picture(io.BytesIO(section.figure.png), **_fitted(section.figure.png))
            # What a reader who does not see it is told.
            shape._inline.docPr.set("descr", flat(section.figure.caption))
            picture = self.document.paragraphs[-1].paragraph_format
            picture.alignment, picture.keep_with_next = WD_ALIGN_PARAGRAPH.CENTER, True
            self.document.add_paragraph(flat(section.figure.caption), style="Caption")

    def _run(self, paragraph: DocxParagraph, run: Run) -> None:
        for position, piece in enumerate(run):
            if isinstance(piece, Mark):
                if position and isinstance(run[position - 1], Mark):
                    paragraph.add_run(", ", style="Footnote Reference")
                self._call(paragraph, piece.number)
                continue
            if isinstance(piece, SectionLink) and piece.crux in self._numbers:
                name = f"cruxmap_section_{self._numbers[piece.crux]}"
                _words(_sub(paragraph._p, "w:hyperlink", {"w:anchor": name}), flat(piece.text), _LINK)
                continue
            written = paragraph.add_run(spaced(piece.text))
            if isinstance(piece, Text):
                written.italic = True if piece.style == "emphasis" else None
                written.bold = True if piece.style == "strong" else None

    def _call(self, paragraph: DocxParagraph, number: int) -> None:
        """A footnote where the note is first called; a cross-reference to it (NOTEREF) after that."""
        name = f"cruxmap_note_{number}"
        if number in self._called:
            field = OxmlElement("w:fldSimple")
            field.set(qn("w:instr"), f" NOTEREF {name} \\f \\h ")
            written = paragraph.add_run(str(number), style="Footnote Reference")
            field.append(written._r)
            paragraph._p.append(field)
            return
        self._called.add(number)
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for mark in (start, end):
            mark.set(qn("w:id"), str(number))
        start.set(qn("w:name"), name)
        paragraph._p.append(start)
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(number + 1))  # 0 and 1 are the separators
        paragraph.add_run(style="Footnote Reference")._r.append(reference)
        paragraph._p.append(end)

    def _footnotes(self) -> None:
        root = OxmlElement("w:footnotes")
        part = XmlPart(
            PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, root, self.document.part.package
        )
        for number, kind in enumerate(("separator", "continuationSeparator")):
            note = _sub(root, "w:footnote", {"w:type": kind, "w:id": str(number)})
            _sub(_sub(_sub(note, "w:p"), "w:r"), f"w:{kind}")
        for each in self.writeup.notes:
            if each.number in self._called:
                _footnote(root, each, part)
        self.document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _bookmark(parent: BaseOxmlElement, name: str, number: int) -> None:
    _sub(parent, "w:bookmarkStart", {"w:id": str(number), "w:name": name})
    _sub(parent, "w:bookmarkEnd", {"w:id": str(number)})


def _sub(parent: BaseOxmlElement, tag: str, attributes: Mapping[str, str] | None = None) -> BaseOxmlElement:
    element = OxmlElement(tag, {qn(name): value for name, value in (attributes or {}).items()})
    parent.append(element)
    return element


def _footnote(root: BaseOxmlElement, note: Note, part: Part) -> None:
    element = _sub(root, "w:footnote", {"w:id": str(note.number + 1)})
    paragraph = _sub(element, "w:p")
    _sub(_sub(paragraph, "w:pPr"), "w:pStyle", {"w:val": "FootnoteText"})
    run = _sub(paragraph, "w:r")
    _sub(_sub(run, "w:rPr"), "w:rStyle", {"w:val": "FootnoteReference"})
    _sub(run, "w:footnoteRef")
    for quote in note.quotes:
        _quote(paragraph, part, quote)
    for quote in note.bearing:
        _words(paragraph, " Connected by the words")
        _quote(paragraph, part, quote)
    if note.remark:
        _words(paragraph, f" {flat(note.remark)}")


def _quote(paragraph: BaseOxmlElement, part: Part, quote: Quote) -> None:
    words = f" “{flat(quote.exact)}”" if quote.exact else ""
    _words(paragraph, f"{words} ({flat(who(quote))}, ")
    _link(paragraph, part, where(quote), quote.url)
    _words(paragraph, ").")


def _words(parent: BaseOxmlElement, text: str, colour: str = "") -> None:
    run = _sub(parent, "w:r")
    if colour:
        _sub(_sub(run, "w:rPr"), "w:color", {"w:val": colour})
    written = _sub(run, "w:t")
    written.text = text
    written.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _link(parent: BaseOxmlElement, part: Part, text: str, url: str) -> None:
    key = part.relate_to(safe_url(url), RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    _words(_sub(parent, "w:hyperlink", {"r:id": key}), flat(text), _LINK)


def _fitted(png: bytes) -> dict[str, Length]:
    """The width of a picture, or its height where it is tall: a figure leaves room for text on its page."""
    wide, high = (int.from_bytes(png[at : at + 4], "big") for at in (16, 20))
    return {"width": _WIDTH} if wide * _HEIGHT >= high * _WIDTH else {"height": _HEIGHT}


def _summary(document: DocxDocument, writeup: Writeup, letters: Sequence[str]) -> None:
    """The cruxes and the scenarios: a wide first column, rules between rows, the heading on every page."""
    strengths = any(section.strength is not None for section in writeup.sections)
    heads = ["Crux", *letters, *(["Strength"] if strengths else [])]
    narrow = Cm(min(1.9, 9 / len(heads)))
    widths = [Length(_WIDTH - narrow * (len(heads) - 1)), *[narrow] * (len(heads) - 1)]
    table = document.add_table(rows=1, cols=len(heads))
    table.autofit = False
    _rules(table)
    _row(table.rows[0], heads, widths, bold=True)
    for section in writeup.sections:
        cells = [cell(section.stances.get(letter, "none")) for letter in letters]
        if strengths:
            cells.append("" if section.strength is None else f"{section.strength:.2f}")
        _row(table.add_row(), [f"{section.number}. {section.question}", *cells], widths)
    _sub(table.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width


def _rules(table: Table) -> None:
    borders = _sub(table._tbl.tblPr, "w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        _sub(borders, f"w:{side}", {"w:val": "single", "w:sz": "4", "w:color": "BFBAAE"})


def _row(row: _Row, texts: Sequence[str], widths: Sequence[Length], *, bold: bool = False) -> None:
    _sub(row._tr.get_or_add_trPr(), "w:cantSplit")
    for place, text, width in zip(row.cells, texts, widths, strict=True):
        place.width = width
        paragraph = place.paragraphs[0]
        paragraph.paragraph_format.space_after = paragraph.paragraph_format.space_before = Pt(2)
        written = paragraph.add_run(flat(text))
        written.font.size, written.bold = Pt(9.5), True if bold else None


def _styles(document: DocxDocument) -> None:
    """A4, ink instead of the template's blue, page numbers, and the styles of notes, which the template lacks."""
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2.5)
    styles = document.styles
    styles["Normal"].font.size = Pt(11)
    for name, size in (("Title", 22), ("Heading 1", 15), ("Heading 2", 11.5), ("Caption", 9), ("Quote", 11)):
        styles[name].font.size, styles[name].font.color.rgb = Pt(size), _INK
    styles["Caption"].font.bold = False
    styles["Caption"].paragraph_format.space_before = Pt(4)
    styles["Quote"].paragraph_format.left_indent = Cm(0.8)
    styles["Quote"].paragraph_format.space_before = Pt(4)
    text = styles.add_style("Footnote Text", WD_STYLE_TYPE.PARAGRAPH)
    text.base_style = styles["Normal"]
    text.font.size = Pt(9)
    text.paragraph_format.space_after, text.paragraph_format.line_spacing = Pt(2), 1.0
    reference = styles.add_style("Footnote Reference", WD_STYLE_TYPE.CHARACTER)
    reference.font.superscript = True
    foot = page.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = _sub(foot._p, "w:fldSimple", {"w:instr": " PAGE "})
    _words(field, "1")
