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
from docx.shared import Cm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph as DocxParagraph

from app.writeup.document import Mark, Note, Quote, Run, Section, Text, Writeup
from app.writeup.words import TABLE_KEY, basis_of, cell, flat, safe_url, spaced, where, who


def render(writeup: Writeup) -> bytes:
    """The document as a .docx file."""
    return _Builder(writeup).file()


class _Builder:
    def __init__(self, writeup: Writeup) -> None:
        self.writeup = writeup
        self.document: DocxDocument = Document()
        self._called: set[int] = set()
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
            table = self.document.add_table(rows=1, cols=1 + len(letters), style="Light Grid")
            _row(table.rows[0].cells, ["Crux", *letters])
            for section in self.writeup.sections:
                cells = [cell(section.stances.get(letter, "none")) for letter in letters]
                _row(table.add_row().cells, [f"{section.number}. {section.question}", *cells])
            for row in table.rows:
                row.cells[0].width = Cm(9)
            self.document.add_paragraph(TABLE_KEY)

    def _section(self, section: Section) -> None:
        self.document.add_heading(flat(f"{section.number}. {section.question}"), 1)
        self.document.add_paragraph(flat(section.proposition), style="Quote")
        for title, paragraphs in section.chapters:
            self.document.add_heading(flat(title), 2)
            for paragraph in paragraphs:
                self._run(self.document.add_paragraph(), paragraph.run)
        if section.figure is not None and section.figure.png is not None:
            self.document.add_picture(io.BytesIO(section.figure.png), width=Cm(15))
            self.document.paragraphs[-1].alignment = WD_ALIGN_PARAGRAPH.CENTER
            self.document.add_paragraph(flat(section.figure.caption), style="Caption")

    def _run(self, paragraph: DocxParagraph, run: Run) -> None:
        for position, piece in enumerate(run):
            if isinstance(piece, Mark):
                if position and isinstance(run[position - 1], Mark):
                    paragraph.add_run(", ", style="Footnote Reference")
                self._call(paragraph, piece.number)
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


def _words(parent: BaseOxmlElement, text: str) -> None:
    written = _sub(_sub(parent, "w:r"), "w:t")
    written.text = text
    written.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _link(parent: BaseOxmlElement, part: Part, text: str, url: str) -> None:
    key = part.relate_to(safe_url(url), RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    _words(_sub(parent, "w:hyperlink", {"r:id": key}), flat(text))


def _row(cells: Sequence[_Cell], texts: Sequence[str]) -> None:
    for place, text in zip(cells, texts, strict=True):
        place.text = flat(text)


def _styles(document: DocxDocument) -> None:
    """The styles of footnotes, which the default template has not, and a calmer text."""
    text = document.styles.add_style("Footnote Text", WD_STYLE_TYPE.PARAGRAPH)
    text.base_style = document.styles["Normal"]
    text.font.size = Pt(9)
    reference = document.styles.add_style("Footnote Reference", WD_STYLE_TYPE.CHARACTER)
    reference.font.superscript = True
    document.styles["Normal"].font.size = Pt(11)
