"""The little Markdown that editors write (the home page's text), as safe HTML."""

from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

_TAGS = {"p", "em", "strong", "a", "ul", "ol", "li", "blockquote", "code", "br", "h2", "h3"}


@lru_cache(maxsize=64)
def markdown(text: str) -> Markup:
    """Markdown as HTML: no raw HTML, links to http(s) and to this site only."""
    html = MarkdownIt("commonmark", {"html": False}).render(text)
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https"},
        link_rel="nofollow noopener",
    )
    return Markup(clean)  # noqa: S704 - sanitized on the line above
