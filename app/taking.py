"""Taking the whole map along: what it can be written as, for the API and the page alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from app.analysis import Analysis
from app.errors import NotFound
from app.formats.exchange import Loss, Written
from app.formats.registry import FORMATS, Format
from app.store import copying
from app.store.database import Database

WRITTEN: Mapping[str, Format] = {
    **{name: found for name, found in FORMATS.items() if found.write is not None},
    copying.FORMAT.name: copying.FORMAT,
}


@dataclass(frozen=True)
class Offer:
    """A format the map is offered in, and what of this map it does not hold."""

    form: Format
    losses: tuple[Loss, ...]


def form(name: str) -> Format:
    """The format of that name.

    Raises
    ------
    NotFound : maps are not written in it; names those that they are written in.
    """
    if name not in WRITTEN:
        raise NotFound(
            "the map is not written in this format", "format", f"ask for one of {', '.join(WRITTEN)}"
        )
    return WRITTEN[name]


def take(result: Analysis, database: Database, name: str) -> Written:
    """The map in a format; NotFound for one there is not."""
    chosen = form(name)
    return chosen.write(result) if chosen.write is not None else copying.write(database)


_kept: WeakKeyDictionary[Analysis, dict[str, tuple[Loss, ...]]] = WeakKeyDictionary()


def losses(result: Analysis, database: Database, name: str) -> tuple[Loss, ...]:
    """What the map in a format does not hold; found by writing it, once a revision."""
    chosen = form(name)
    if chosen.write is None:
        return copying.losses(database)
    kept = _kept.setdefault(result, {})
    if name not in kept:
        kept[name] = chosen.write(result).losses
    return kept[name]


def offers(result: Analysis, database: Database) -> tuple[Offer, ...]:
    """Every format there is."""
    return tuple(Offer(chosen, losses(result, database, name)) for name, chosen in WRITTEN.items())
