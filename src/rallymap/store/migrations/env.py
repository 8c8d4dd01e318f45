"""Run the migrations on the connection of :mod:`rallymap.store.migrate`."""

from alembic import context

from rallymap.store.migrate import VERSION_TABLE
from rallymap.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
)
with context.begin_transaction():
    context.run_migrations()
