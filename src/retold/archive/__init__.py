"""What is kept: reports in all their versions, what was derived from them, people's corrections.

    from retold.archive import open_archive
    from retold.archive.adding import Item, add
    from retold.archive.getting import get, each, count, versions

    with open_archive("news.retold", create=True) as archive:
        added = add(archive, [Item(report, raw=page_bytes)])   # one transaction
        for kept in each(archive):                             # in the order they came
            kept.report                                        # the noun, equal to what went in

The archive is a small handle (`Archive`); verbs are functions in modules of this room that take
it first. What has to be seen together is read in one `archive.reading()`; what has to be written
together is written in one short `archive.writing()`:

    with archive.reading() as connection:      # a snapshot; never waits for a writer
        connection.execute(select(tables.report.c.id))
    with archive.writing() as connection:      # the one writer; commits on leaving
        connection.execute(insert(tables.…).values(…))

Both give a SQLAlchemy connection. Statements are SQLAlchemy Core over `retold.archive.tables`, or
SQL that SQLite and PostgreSQL both know; free text is compared by equality only, never ordered.
Do the costly work before `writing()`: while it is open nobody else can write. It cannot be
nested; functions that write take the connection. Numbers of new rows are given by
`retold.archive.rows.next_number`. Whatever a driver says leaves as an `ArchiveError`.

A table of another subject is added in `retold.archive.tables` and by a migration of its own:
`migrations/versions/NNNN_subject.py`, the next free number, `down_revision` the one before.
"""

from __future__ import annotations

from retold.archive.opening import Archive, open_archive

__all__ = ["Archive", "open_archive"]
