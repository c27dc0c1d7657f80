"""Full-text search over nodes, comments and quotes, behind one interface for both databases.

The index is derived: it holds a copy of the words of each record and can be rebuilt at any time. SQLite
keeps it in FTS5 (ranked by bm25), PostgreSQL in a stored ``tsvector`` (ranked by ``ts_rank``).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, text

from app.source.sought import sought

SEARCH_TABLES = "search_entry"

# FTS5 finds rows by number only: the key table makes replacing one entry cheap.
_SQLITE = (
    """
    CREATE TABLE IF NOT EXISTS search_entry_key (
        id INTEGER PRIMARY KEY, kind TEXT NOT NULL, ref TEXT NOT NULL, UNIQUE (kind, ref))
    """,
    """
    CREATE VIRTUAL TABLE IF NOT EXISTS search_entry USING fts5(
        kind UNINDEXED, ref UNINDEXED, body, tokenize = 'porter unicode61 remove_diacritics 2')
    """,
)
_POSTGRESQL = (
    """
    CREATE TABLE IF NOT EXISTS search_entry (
        kind text NOT NULL, ref text NOT NULL, body text NOT NULL,
        words tsvector GENERATED ALWAYS AS (to_tsvector('english', body)) STORED, PRIMARY KEY (kind, ref))
    """,
    "CREATE INDEX IF NOT EXISTS ix_search_entry_words ON search_entry USING gin (words)",
)
# Words the configuration leaves out are looked for as they are where a query has no others.
_POSTGRESQL_WHERE = """
    (words @@ to_tsquery('english', :match) OR (numnode(to_tsquery('english', :match)) = 0
    AND to_tsvector('simple', body) @@ to_tsquery('simple', :match)))
"""
_POSTGRESQL_PHRASE = """
    CASE WHEN numnode(to_tsquery('english', :phrase)) = 0
    THEN to_tsvector('simple', body) @@ to_tsquery('simple', :phrase)
    ELSE words @@ to_tsquery('english', :phrase) END
"""


@dataclass(frozen=True)
class Entry:
    """The words under which one record is found."""

    kind: str
    ref: str
    body: str


@dataclass(frozen=True)
class Hit:
    """A record that answers a query. Of those that hold its phrase, and of the others, a higher score is better."""

    kind: str
    ref: str
    score: float


def create_index(connection: Connection) -> None:
    """Create the empty index where it is not there yet."""
    for statement in _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL:
        connection.exec_driver_sql(statement)


def put(connection: Connection, entries: Iterable[Entry]) -> None:
    """Replace the entries of these records; an empty body takes the record out of the index."""
    rows = [{"kind": entry.kind, "ref": entry.ref, "body": entry.body} for entry in entries]
    if not rows:
        return
    filled = [row for row in rows if row["body"].strip()]
    key = "kind = :kind AND ref = :ref"
    if connection.dialect.name == "sqlite":
        number = f"(SELECT id FROM search_entry_key WHERE {key})"
        delete = [
            f"DELETE FROM search_entry WHERE rowid = {number}",
            f"DELETE FROM search_entry_key WHERE {key}",
        ]
        insert = [
            "INSERT INTO search_entry_key (kind, ref) VALUES (:kind, :ref)",
            f"INSERT INTO search_entry (rowid, kind, ref, body) VALUES ({number}, :kind, :ref, :body)",
        ]
    else:
        delete = [f"DELETE FROM search_entry WHERE {key}"]
        insert = ["INSERT INTO search_entry (kind, ref, body) VALUES (:kind, :ref, :body)"]
    for statement, values in [(s, rows) for s in delete] + [(s, filled) for s in insert if filled]:
        connection.execute(text(statement), values)


def clear(connection: Connection) -> None:
    """Empty the index, before it is rebuilt."""
    connection.execute(text("DELETE FROM search_entry"))
    if connection.dialect.name == "sqlite":
        connection.execute(text("DELETE FROM search_entry_key"))


def find(
    connection: Connection, query: str, kinds: Iterable[str] = (), limit: int = 50, any_word: bool = False
) -> list[Hit]:
    """Records that hold all words of the query (or any), small words such as "of" aside; the last word also
    as a beginning. First those that hold the whole query as one phrase, then by score."""
    looked_for = sought(query)
    if not looked_for.words:
        return []
    wanted = sorted(set(kinds))
    # The beginning of a word is asked for where the query ends, and it may end in a small word.
    carrying = looked_for.carrying
    star = "*" if carrying[-1] == looked_for.words[-1] else ""
    if connection.dialect.name == "sqlite":
        # Quoting makes every word a literal; the star after the closing quote asks for beginnings.
        match = (" OR " if any_word else " ").join(f'"{word}"' for word in carrying) + star
        phrase = '"' + " ".join(looked_for.words) + '"*'
        score, where = "-bm25(search_entry)", "search_entry MATCH :match"
        whole = "rowid IN (SELECT rowid FROM search_entry WHERE search_entry MATCH :phrase)"
    else:
        match = (" | " if any_word else " & ").join(f"'{word}'" for word in carrying) + (star and ":*")
        phrase = " <-> ".join(f"'{word}'" for word in looked_for.words) + ":*"
        score, where = "ts_rank(words, to_tsquery('english', :match))", _POSTGRESQL_WHERE
        whole = _POSTGRESQL_PHRASE
    if wanted:
        where += " AND kind IN (" + ", ".join(f":kind{i}" for i in range(len(wanted))) + ")"
    statement = text(
        f"SELECT kind, ref, {score} AS score FROM search_entry WHERE {where} "
        f"ORDER BY {whole} DESC, score DESC, kind, ref LIMIT :limit"
    )
    bound = {"match": match, "phrase": phrase, "limit": limit}
    bound |= {f"kind{i}": kind for i, kind in enumerate(wanted)}
    return [Hit(kind, ref, float(score)) for kind, ref, score in connection.execute(statement, bound)]
