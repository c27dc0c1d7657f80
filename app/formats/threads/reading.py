"""Which form a thread comes in, and reading it."""

from collections.abc import Callable, Mapping
from pathlib import PurePath

from app.errors import InvalidInput
from app.formats.exchange import Progress, decode
from app.formats.threads import forum_magnum, markdown, plain
from app.formats.threads.thread import Thread

FORMS: Mapping[str, Callable[[bytes, str, Progress | None], Thread]] = {
    forum_magnum.FORM: forum_magnum.read,
    markdown.FORM: markdown.read,
    plain.FORM: plain.read,
}
_SUFFIXES = {".json": forum_magnum.FORM, ".md": markdown.FORM, ".markdown": markdown.FORM}


def read(data: bytes, name: str, form: str | None = None, progress: Progress | None = None) -> Thread:
    """The thread in a file.

    Parameters
    ----------
    name : the file's name; its suffix helps to tell the form. form : one of ``FORMS``.

    Raises
    ------
    InvalidInput : an unknown form, or a file that is not what it should be; every problem has its place.
    """
    chosen = FORMS.get(form or detect(data, name))
    if chosen is None:
        raise InvalidInput(f"{form!r} is no form of a thread", remedy=f"use one of {', '.join(FORMS)}")
    return chosen(data, name, progress)


def detect(data: bytes, name: str) -> str:
    """The name of the form, from the file's name and what is in it."""
    text = decode(data, name)
    if found := _SUFFIXES.get(PurePath(name).suffix.lower()):
        return found
    if text.lstrip()[:2].rstrip() in ("{", '{"', "[", "[{", "{}", "[]"):
        return forum_magnum.FORM
    return markdown.FORM if markdown.looks_like(text.splitlines()) else plain.FORM
