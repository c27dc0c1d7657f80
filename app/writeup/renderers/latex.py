"""LaTeX: an article that compiles with pdfLaTeX, XeLaTeX or LuaLaTeX, or a fragment to put into one."""

import re
from collections.abc import Iterator, Mapping

from app.writeup.document import Mark, Note, Quote, Run, SectionLink, Writeup
from app.writeup.words import TABLE_KEY, basis_of, cell, flat, safe_url, spaced, where, who

_COMMANDS = {
    "\\": "\\textbackslash{}",
    "{": "\\{",
    "}": "\\}",
    "$": "\\$",
    "&": "\\&",
    "#": "\\#",
    "_": "\\_",
    "%": "\\%",
    "~": "\\textasciitilde{}",
    "^": "\\textasciicircum{}",
    "<": "\\textless{}",
    ">": "\\textgreater{}",
    "|": "\\textbar{}",
    '"': "\\char34{}",
    "`": "\\textasciigrave{}",
    "[": "{[}",
    "]": "{]}",
    "“": "``",
    "”": "''",
    "‘": "`",
    "’": "'",
    "–": "--",
    "—": "---",
    "…": "\\ldots{}",
    "−": "$-$",
    "×": "$\\times$",
    "→": "$\\rightarrow$",
    "←": "$\\leftarrow$",
    "↩": "$\\hookleftarrow$",
    "\u00a0": "~",
    **{c: f"\\textsuperscript{{{n}}}" for n, c in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")},
    "⁻": "\\textsuperscript{--}",
}
_LETTERS = frozenset("ŠšŽžŁłŐőŰűČčĆćĘęĄąŃńŚśŹźŻżĞğİŞşĚěŘřŮůŤťĎďŒœŸ") | frozenset(
    chr(n) for n in range(0xC0, 0x100) if n not in (0xD7, 0xF7)
)
_HELPERS = r"""\providecommand{\href}[2]{#2}
\providecommand{\hypertarget}[2]{#2}
\providecommand{\hyperlink}[2]{#2}
\providecommand{\cruxmapchar}[2]{{[}U+#1{]}}
"""
_PREAMBLE = r"""\documentclass[11pt]{article}
\usepackage{iftex}
\ifPDFTeX
  \usepackage[utf8]{inputenc}
  \usepackage[T1]{fontenc}
  \DeclareRobustCommand{\cruxmapchar}[2]{{[}U+#1{]}}
\else
  \usepackage{fontspec}
  \DeclareRobustCommand{\cruxmapchar}[2]{#2}
\fi
\IfFileExists{lmodern.sty}{\usepackage{lmodern}\IfFileExists{microtype.sty}{\usepackage{microtype}}{}}{}
\usepackage[a4paper,margin=30mm]{geometry}
\usepackage{longtable}
\usepackage{graphicx}
\usepackage[hidelinks]{hyperref}
\emergencystretch=3em
"""


def escape(text: str) -> str:
    """Text that typesets as itself; no command, environment or active character comes of it.

    >>> print(escape("50% of \\\\input{x} -- it's"))
    50\\% of \\textbackslash{}input\\{x\\} -{}- it's
    """
    body = spaced(text)
    # Ligatures of plain ASCII would change what was written.
    body = re.sub(r"-(?=-)|'(?=')|,(?=,)", lambda m: f"{m.group()}\0", body)
    return "".join("{}" if c == "\0" else _character(c) for c in body)


def _character(c: str) -> str:
    if c in _COMMANDS:
        return _COMMANDS[c]
    if c.isascii() or c in _LETTERS:
        return c
    return f"\\cruxmapchar{{{ord(c):04X}}}{{{c}}}"


def render(writeup: Writeup, figures: Mapping[str, str] | None = None, *, fragment: bool = False) -> str:
    """The document; ``fragment`` leaves out the preamble, the title and the list of references.

    ``figures`` are files by crux, to be included where they are given.
    """
    rows = list(_body(writeup, figures or {}, fragment=fragment))
    if fragment:
        about = (
            f"% Cruxes of the map at revision {writeup.revision}, to be put into a document of yours. With hyperref loaded,\n"
            "% places become links; figures need graphicx. References: the same export as BibTeX.\n"
        )
        return about + _HELPERS + "\n".join(rows) + "\n"
    title = f"\\title{{{escape(writeup.title)}}}\n\\author{{}}\n\\date{{Revision {writeup.revision} of the map}}\n"
    return "\n".join(
        [_PREAMBLE + _HELPERS + title + "\\begin{document}\n\\maketitle", *rows, "\\end{document}", ""]
    )


def _body(writeup: Writeup, figures: Mapping[str, str], *, fragment: bool) -> Iterator[str]:
    told: set[int] = set()
    for paragraph in writeup.head:
        yield _run(paragraph.run, writeup, told) + "\n"
    if writeup.scenarios:
        yield "\\begin{description}"
        for scenario in writeup.scenarios:
            strength = f" (strength {scenario.strength:.2f})" if scenario.strength is not None else ""
            yield f"\\item[{escape(scenario.letter)}] {escape(scenario.text)}{strength}"
        yield "\\end{description}\n"
    yield from _table(writeup, fragment=fragment)
    for section in writeup.sections:
        # A star keeps the numbers in the titles, which the text refers to, also inside another document.
        target = f"\\hypertarget{{cruxmap-{citation_key(section.crux)}}}{{}}"
        yield f"{target}\\section*{{{section.number}. {escape(section.question)}}}\\label{{cruxmap:{section.number}}}"
        yield f"\\begin{{quote}}\\itshape {escape(section.proposition)}\\end{{quote}}\n"
        for title, paragraphs in section.chapters:
            yield f"\\subsection*{{{escape(title)}}}"
            for paragraph in paragraphs:
                yield _run(paragraph.run, writeup, told) + "\n"
        if section.figure is not None and section.crux in figures:
            yield "\\begin{figure}[htbp]\\centering"
            yield f"\\includegraphics[width=\\linewidth,height=0.42\\textheight,keepaspectratio]{{{_path(figures[section.crux])}}}"
            yield f"\\caption{{{escape(section.figure.caption)}}}\n\\end{{figure}}\n"
    yield "\\section*{How this was made}"
    for paragraph in writeup.method:
        yield _run(paragraph.run, writeup, told) + "\n"
    if writeup.references and not fragment:
        yield "\\begin{thebibliography}{99}\\raggedright"
        for reference in writeup.references:
            yield f"\\bibitem{{{citation_key(reference.key)}}} {escape(basis_of(reference))} {_link('Permalink', reference.url)}."
        yield "\\end{thebibliography}"


def _table(writeup: Writeup, *, fragment: bool) -> Iterator[str]:
    letters = [s.letter for s in writeup.scenarios]
    if not letters or not writeup.sections:
        return
    if fragment:  # a table that breaks across pages needs a package that the host may not load
        yield "\\begin{itemize}"
        for section in writeup.sections:
            words = [f"{escape(cell(section.stances.get(x, 'none')))} {escape(x)}" for x in letters]
            yield f"\\item {section.number}. {escape(section.question)} \\emph{{{'; '.join(words)}}}"
        yield "\\end{itemize}"
    else:
        yield f"\\begin{{longtable}}{{@{{}}p{{0.5\\linewidth}}{'l' * len(letters)}@{{}}}}"
        yield " & ".join(["Crux", *map(escape, letters)]) + r" \\ \hline \endhead"
        for section in writeup.sections:
            cells = [escape(cell(section.stances.get(x, "none"))) for x in letters]
            yield " & ".join([f"\\raggedright {section.number}. {escape(section.question)}", *cells]) + r" \\"
        yield "\\end{longtable}"
    yield f"\\noindent {escape(TABLE_KEY)}\n"


def _run(run: Run, writeup: Writeup, told: set[int]) -> str:
    out: list[str] = []
    for position, piece in enumerate(run):
        if not isinstance(piece, Mark):
            body = escape(piece.text)
            if isinstance(piece, SectionLink):
                out.append(f"\\hyperlink{{cruxmap-{citation_key(piece.crux)}}}{{{body}}}")
                continue
            out.append(f"\\emph{{{body}}}" if getattr(piece, "style", "plain") != "plain" else body)
            continue
        if position and isinstance(run[position - 1], Mark):
            out.append("\\textsuperscript{,}")
        if piece.number in told:
            out.append(f"\\textsuperscript{{\\ref{{cruxmap:note:{piece.number}}}}}")
        else:
            told.add(piece.number)
            out.append(
                f"\\footnote{{\\label{{cruxmap:note:{piece.number}}}{_note(writeup.note(piece.number))}}}"
            )
    return "".join(out).strip()


def _note(note: Note) -> str:
    parts = [_quote(quote) for quote in note.quotes]
    parts += [f"Connected by the words {_quote(quote)}" for quote in note.bearing]
    return " ".join([*parts, escape(note.remark)]).strip()


def _quote(quote: Quote) -> str:
    # Addresses in what people wrote may break after a slash.
    exact = re.sub(r"(?<=\w)/(?=\w)", r"/\\allowbreak{}", escape(flat(quote.exact)))
    words = f"``{exact}'' " if quote.exact else ""
    return f"{words}({escape(who(quote))}, {_link(where(quote), quote.url)})."


def _link(text: str, url: str) -> str:
    address = re.sub(r"([%#&_])", r"\\\1", safe_url(url)).replace("~", "\\string~")
    return f"\\href{{{address}}}{{{escape(text)}}}"


def _path(path: str) -> str:
    return re.sub(r"[^A-Za-z0-9._/-]", "-", path)


def citation_key(key: str) -> str:
    return re.sub(r"[^A-Za-z0-9:._-]", "-", key)
