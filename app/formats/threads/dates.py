"""Dates as people and programs write them."""

import datetime
import re

_FORMS = (
    "%d %B %Y",
    "%d %b %Y",
    "%B %d, %Y",
    "%b %d, %Y",
    "%B %d %Y",
    "%d.%m.%Y",
    "%Y/%m/%d",
    "%a, %d %b %Y",
    "%A, %d %B %Y",
)
_TIMES = (
    " %H:%M",
    " %H:%M:%S",
    " %H:%M:%S %z",
    " %H:%M %z",
    ", %H:%M",
    ", %I:%M %p",
    " %I:%M %p",
    " at %H:%M",
)
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")
LONGEST = 60


def iso(text: str) -> str | None:
    """A date or time as ISO 8601, to the second and in UTC where the zone is known; None if it is none.

    >>> iso("3 May 2024"), iso("2024-05-03T14:30:00.000Z")
    ('2024-05-03', '2024-05-03T14:30:00+00:00')
    """
    text = " ".join(text[: LONGEST + 1].split())
    if not text or len(text) > LONGEST or not any(c.isdigit() for c in text):
        return None
    try:
        return datetime.date.fromisoformat(text).isoformat() if len(text) == 10 else _time(_parsed_iso(text))
    except (ValueError, OverflowError):
        pass
    plain = _ORDINAL.sub("", text)
    for form in _FORMS:
        for time in ("", *_TIMES):
            try:
                found = datetime.datetime.strptime(plain, form + time)  # noqa: DTZ007 - the file may not tell the zone
            except (ValueError, OverflowError):
                continue
            return _time(found) if time else found.date().isoformat()
    return None


def _parsed_iso(text: str) -> datetime.datetime:
    if not re.match(r"\d{4}-\d{2}-\d{2}[T ]", text):
        raise ValueError(text)
    return datetime.datetime.fromisoformat(re.sub(r" (?=[+-]\d)|UTC$|GMT$", "", text).strip())


def _time(found: datetime.datetime) -> str:
    if found.tzinfo is not None:
        found = found.astimezone(datetime.UTC)
    return found.isoformat(timespec="seconds")
