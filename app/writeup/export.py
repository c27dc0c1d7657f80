"""From an analysed map to finished files: the document, and the figures it refers to."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from app import urls
from app.analysis import Analysis
from app.writeup.compose import compose
from app.writeup.document import Section
from app.writeup.options import Options
from app.writeup.printed import raster
from app.writeup.renderers import FORMS, render


@dataclass(frozen=True)
class Exported:
    """The document's bytes, and the files beside it by their relative names."""

    content: bytes
    files: Mapping[str, bytes] = field(default_factory=dict)


def export(
    result: Analysis,
    options: Options,
    form: str,
    *,
    fragment: bool = False,
    folder: str | None = None,
    linked: bool = False,
) -> Exported:
    """The cruxes in a format.

    ``folder`` names where figures go for formats that keep them in files; without it these have none, but for
    Markdown with ``linked``: its figures are addresses of the site at ``options.base_url``.

    Raises
    ------
    InvalidInput : options that this map or format does not have.
    """
    kind = FORMS.get(form)
    drawn = options.figures and (
        form in ("html", "docx") or (folder is not None and kind is not None and kind.figure)
    )
    writeup = compose(result, options, draw=bool(drawn))
    if form == "docx" and drawn:
        writeup = replace(writeup, sections=tuple(_with_png(result, section) for section in writeup.sections))
    files: dict[str, bytes] = {}
    names: dict[str, str] = {}
    if folder is not None and kind is not None and kind.figure and drawn:
        for section in writeup.sections:
            if section.figure is None:
                continue
            names[section.crux] = f"{folder}/{section.crux}.{kind.figure}"
            files[names[section.crux]] = (
                section.figure.svg.encode()
                if kind.figure == "svg"
                else raster(result, section.crux, kind.figure)
            )
    if folder is None and linked and form == "md" and options.figures:
        base = options.base_url.rstrip("/")
        names = {section.crux: f"{base}{urls.crux_drawing(section.crux)}" for section in writeup.sections}
    return Exported(render(writeup, form, fragment=fragment, figures=names), files)


def _with_png(result: Analysis, section: Section) -> Section:
    if section.figure is None:
        return section
    return replace(section, figure=replace(section.figure, png=raster(result, section.crux, "png")))
