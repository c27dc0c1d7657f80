"""What a reader chose for themselves: colours, and whether single keys are shortcuts. Kept in cookies."""

from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from starlette.requests import Request

THEMES = ("auto", "light", "dark")
YEAR = 365 * 24 * 3600


@dataclass(frozen=True)
class Preferences:
    """``theme`` auto follows the system."""

    theme: str = "auto"
    shortcuts: bool = True

    @property
    def key(self) -> str:
        """What of it changes a page."""
        return f"{self.theme}.{int(self.shortcuts)}"


def preferences(request: Request) -> Preferences:
    """The reader's choices; whatever a cookie holds that is not a choice is ignored."""
    theme = request.cookies.get("theme", "auto")
    return Preferences(theme if theme in THEMES else "auto", request.cookies.get("shortcuts") != "off")


def way_back(wanted: str) -> str:
    """Where to go after a choice: a path of this site, whatever was asked for."""
    parts = urlsplit(wanted.replace("\\", "/"))
    if parts.scheme or parts.netloc or not parts.path.startswith("/") or parts.path.startswith("//"):
        return "/"
    if any(ord(character) < 33 or ord(character) > 126 for character in wanted):
        return "/"
    return parts.path + (f"?{parts.query}" if parts.query else "")


SameSite = Literal["lax", "strict", "none"]
SAME_SITE: SameSite = "lax"
