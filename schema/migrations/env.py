"""Alembic's entry: runs migrations on the connection that ``app.store.migrate`` hands over."""

from alembic import context

from app.model.tables import Table
from app.store.search import SEARCH_TABLES


def include_object(_object: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
    # The search index is derived and made by app.store.search; autogenerate must leave it alone.
    return not (kind == "table" and name is not None and name.startswith(SEARCH_TABLES))


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    render_as_batch=True,
    include_object=include_object,
)
with context.begin_transaction():
    context.run_migrations()
