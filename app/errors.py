"""The errors of Cruxmap.

CruxmapError
├── InvalidInput          something given to us is wrong: says what, where, and what to do
│   ├── UnknownReference  it names something that is not in the map
│   └── Conflict          it contradicts what is already there
├── NotFound              no such thing at this address
├── NotAllowed            the caller may not do this
└── StorageError          the database cannot be used (too new, unwritable, damaged)
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong.

    ``where`` is a place a person can go to: a field path (``nodes[2].passages[0].quote``), or
    ``file:line``. ``remedy`` says what to do about it, and may be empty.
    """

    message: str
    where: str = ""
    remedy: str = ""

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        remedy = f" ({self.remedy})" if self.remedy else ""
        return f"{place}{self.message}{remedy}"


class CruxmapError(Exception):
    """Base of every error Cruxmap raises on purpose; ``problems`` lists all that is wrong."""

    status = 500
    slug = "internal-error"
    title = "Something went wrong"

    def __init__(self, problem: str | Problem | Sequence[Problem], where: str = "", remedy: str = "") -> None:
        if isinstance(problem, str):
            problem = Problem(problem, where, remedy)
        self.problems: tuple[Problem, ...] = (problem,) if isinstance(problem, Problem) else tuple(problem)
        super().__init__("\n".join(str(p) for p in self.problems))


class InvalidInput(CruxmapError):
    """What was given is malformed or breaks a rule of the vocabulary."""

    status = 422
    slug = "invalid-input"
    title = "The input is not valid"


class UnknownReference(InvalidInput):
    """What was given names something that is not in the map."""

    slug = "unknown-reference"
    title = "The input names something that is not there"


class Conflict(InvalidInput):
    """What was given contradicts what the map already holds."""

    status = 409
    slug = "conflict"
    title = "The input contradicts what is already there"


class NotFound(CruxmapError):
    """Nothing lives at this address."""

    status = 404
    slug = "not-found"
    title = "There is nothing here"


class NotAllowed(CruxmapError):
    """The caller may not do this."""

    status = 403
    slug = "not-allowed"
    title = "You may not do this"


class StorageError(CruxmapError):
    """The database cannot be used as it is."""

    status = 503
    slug = "storage"
    title = "The database cannot be used"
