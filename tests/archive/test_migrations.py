"""Every step from the first tables to today's, with rows in all of them, loses nothing."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, MetaData, Table, func, insert, inspect, select
from sqlalchemy.types import Float, Integer, LargeBinary

from retold.archive import adding, migrations, open_archive
from retold.archive.adding import Item
from retold.archive.exporting import canonical
from retold.archive.searching import Asked, search
from retold.archive.tables import about
from retold.archive.verifying import verify
from retold.engines import engine_for

from .items import FULL, report

ITEMS = [
    Item(FULL, b"<p>a page</p>" * 20, "a story"),
    Item(report("Паром «Алкион» не вышел в море.", title="Паром", published="2025-03")),
    Item(report("with \0 and \ud800 in it", id="given")),
    Item(report("Another text under an id that is taken.", id="given")),
]
STEPS = [f"{number:04}" for number in range(1, int(migrations.newest()) + 1)]


def steps_of(place: str) -> list[str]:
    """An archive as the first version made it, upgraded step by step; its tables, as they came."""
    engine = engine_for(place, patience=5)
    with engine.creating() as connection:
        migrations.upgrade(connection, "0001")
        row = {"number": 1, "name": "retold", "made": "2025-01-01T00:00:00Z", "made_by": "0.1"}
        connection.execute(insert(about).values(row))
        adding.write(connection, [adding.prepare(item) for item in ITEMS])
        filled(connection)
    there: list[str] = []
    for step in STEPS[1:]:
        with engine.writing() as connection:
            migrations.upgrade(connection, step)
            assert migrations.at(connection) == step
            there = filled(connection)
    engine.close()
    return there


def usual(connection: Connection) -> list[str]:
    """Tables that are no parts of an index."""
    names = sorted(inspect(connection).get_table_names())
    virtual = ("words", "said", "named")
    return [one for one in names if not one.startswith(virtual) and one != migrations.TABLE]


def filled(connection: Connection) -> list[str]:
    """A row in every table that has none; their names."""
    waiting = usual(connection)
    for _ in range(len(waiting)):  # tables that refer to others after those
        for name in list(waiting):
            table = Table(name, MetaData(), autoload_with=connection)
            if connection.scalar(select(func.count()).select_from(table)):
                waiting.remove(name)
                continue
            refers = {key.column.table.name for key in table.foreign_keys} - {name}
            if not refers & set(waiting):
                connection.execute(insert(table).values(a_row(table)))
    assert not waiting
    return usual(connection)


def a_row(table: Table) -> dict[str, object]:
    values: dict[str, object] = {}
    for column in table.c:
        kind = column.type
        if isinstance(kind, LargeBinary):
            values[column.name] = b"\1" * 16
        elif isinstance(kind, Float):
            values[column.name] = 0.5
        elif isinstance(kind, Integer):
            values[column.name] = 1
        else:
            values[column.name] = "null" if column.nullable else '"x"'
    return values


def counts(place: str) -> dict[str, int]:
    engine = engine_for(place, patience=5)
    with engine.reading() as connection:
        found = {
            name: connection.scalar(
                select(func.count()).select_from(Table(name, MetaData(), autoload_with=connection))
            )
            for name in usual(connection)
        }
    engine.close()
    return found


def test_walking_all_steps_gives_the_same_export(places, monkeypatch):
    today, walked = places(), places()
    with open_archive(today, create=True) as archive:
        adding.add(archive, ITEMS)
        expected = b"".join(canonical(archive, raw=True))
        hits = search(archive, Asked("алкион OR text")).total
    monkeypatch.setattr(adding, "FOLLOWERS", ())  # they write tables that are not there yet
    tables = steps_of(walked)
    monkeypatch.undo()
    assert min(counts(walked).values()) > 0
    assert set(tables) == set(counts(today))
    with open_archive(walked) as archive:
        assert archive.backup is None
        assert archive.schema == migrations.newest()
        assert b"".join(canonical(archive, raw=True)) == expected
        assert search(archive, Asked("алкион OR text")).total == hits > 1
        wrong = {one.what for one in verify(archive)}
        assert wrong <= {"derived"}  # the made-up rows are no results
        again = adding.add(archive, ITEMS)
        assert (again.known, again.new, again.versions) == (len(ITEMS), 0, 0)


@pytest.mark.parametrize("step", STEPS[:-1])
def test_from_each_step_it_is_upgraded_at_once(place, step):
    engine = engine_for(place, patience=5)
    with engine.creating() as connection:
        migrations.upgrade(connection, step)
        row = {"number": 1, "name": "retold", "made": "2025-01-01T00:00:00Z", "made_by": "0.1"}
        connection.execute(insert(about).values(row))
        filled(connection)
        before = {
            name: connection.scalar(
                select(func.count()).select_from(Table(name, MetaData(), autoload_with=connection))
            )
            for name in usual(connection)
        }
    engine.close()
    try:
        with open_archive(place, upgrade=True) as archive:
            assert archive.schema == migrations.newest()
    finally:
        after = counts(place)
    assert {name: after[name] for name in before} == before
