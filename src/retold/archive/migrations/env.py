"""What Alembic runs: the migrations, in the transaction that the caller has begun."""

from __future__ import annotations

from alembic import context

from retold.archive.migrations import TABLE
from retold.archive.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=TABLE,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
