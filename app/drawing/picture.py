"""A finished drawing: inlined in a page, or a file of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.drawing import svg
from app.drawing.layout import Frame
from app.drawing.outline import OutlineItem
from app.drawing.style import standalone_style

NAMESPACE = "http://www.w3.org/2000/svg"


@dataclass(frozen=True)
class Picture:
    """A drawing of ``width`` × ``height`` pixels; ``body`` is the markup inside its ``svg`` element.

    ``linked`` says whether there are links inside: a picture with links is a group of them to assistive
    technology, one without is an image. ``frames`` and ``badges`` are where nodes and relations ended up.
    """

    name: str
    title: str
    description: str
    width: float
    height: float
    body: str
    kind: str = "graph"
    linked: bool = True
    outline: tuple[OutlineItem, ...] = ()
    frames: Mapping[str, Frame] = field(default_factory=dict)
    badges: Mapping[str, Frame] = field(default_factory=dict)

    def inline(self) -> str:
        """The ``svg`` element for a page that loads ``css/drawing.css``."""
        return self._element(None)

    def standalone(self, base_url: str = "") -> str:
        """A whole SVG document with its own style; ``base_url`` makes the links in it absolute."""
        document = '<?xml version="1.0" encoding="UTF-8"?>\n' + self._element(standalone_style())
        if base_url:
            document = document.replace(' href="/', f' href="{svg.escape(base_url.rstrip("/"))}/')
        return document + "\n"

    def _element(self, style: str | None) -> str:
        titled, described = f"{self.name}-title", f"{self.name}-desc"
        background = "" if style is None else svg.tag("rect", width="100%", height="100%", class_="d-page")
        return svg.tag(
            "svg",
            svg.tag("title", svg.escape(self.title), id=titled),
            svg.tag("desc", svg.escape(self.description), id=described),
            "" if style is None else svg.tag("style", svg.escape(style)),
            background,
            self.body,
            xmlns=NAMESPACE,
            class_=f"drawing d-kind-{self.kind}",
            viewBox=f"0 0 {svg.number(self.width)} {svg.number(self.height)}",
            width=self.width,
            height=self.height,
            role="group" if self.linked else "img",
            aria_labelledby=titled,
            aria_describedby=described,
        )
