"""The small map in tests/data/square: one of everything the pages show."""

from functools import lru_cache
from pathlib import Path

from app.analysis import Analysis, analysis
from app.formats import map_files
from app.model.records import MapContent
from app.model.snapshot import MapSnapshot
from app.model.vocabulary import vocabulary

FOLDER = Path(__file__).parents[1] / "data" / "square"


@lru_cache(maxsize=1)
def content() -> MapContent:
    """What the files hold."""
    return map_files.read(FOLDER, vocabulary(), lambda *_: None)


def view() -> MapSnapshot:
    """A snapshot of it, as if at revision 7."""
    return MapSnapshot(content(), 7, vocabulary())


def result(*, unreviewed: bool = False) -> Analysis:
    """Its analysis."""
    return analysis(view(), unreviewed)
