"""Reading pages as a strict reader does: every tag closed, ids unique, links and text found by tag."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "img", "hr"}
BLOCKS = {"p", "li", "dt", "dd", "h1", "h2", "h3", "td", "th", "figcaption", "blockquote", "summary"}


@dataclass
class Page(HTMLParser):
    """A parsed page; ``problems`` lists what a strict reader would object to."""

    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    text: str = ""
    _open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self._open.append(tag)
        if tag in BLOCKS:
            self.text += " "

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.problems.append(f"</{tag}> closes nothing at {self.getpos()}")

    def handle_data(self, data: str) -> None:
        if not self._open or self._open[-1] not in ("style", "script"):
            self.text += data

    def close(self) -> None:
        super().close()
        if self._open:
            self.problems.append(f"never closed: {self._open}")
        ids = [attributes["id"] for _, attributes in self.tags if "id" in attributes]
        self.problems += [f"id {key!r} stands twice" for key in sorted({i for i in ids if ids.count(i) > 1})]

    def all(self, tag: str, **wanted: str) -> list[dict[str, str]]:
        """The attributes of all elements of that tag with those attributes."""
        return [
            a for t, a in self.tags if t == tag and all(a.get(k.rstrip("_")) == v for k, v in wanted.items())
        ]

    @property
    def words(self) -> str:
        """The text with single spaces."""
        return " ".join(self.text.split())


def parse(text: str) -> Page:
    """A page, parsed to its end."""
    page = Page()
    page.feed(text)
    page.close()
    return page
