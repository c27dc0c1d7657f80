"""Entity tags of editable resources: they cover the record, not what is derived from it."""

import hashlib

from app.model.records import Record


def state(record: Record) -> str:
    """A name for the state of a record."""
    return hashlib.sha256(record.model_dump_json().encode()).hexdigest()[:20]


def tag_of(record: Record) -> str:
    """The entity tag of a record; the middleware adds a part for the representation after a dot."""
    return f'"{state(record)}"'
