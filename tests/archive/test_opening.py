"""Made, opened, upgraded, or refused with what to do; and what was there is left whole."""

from __future__ import annotations

import os
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import insert, inspect, select, text

from retold import errors
from retold.archive import migrations, open_archive
from retold.archive.adding import Item, add
from retold.archive.getting import count, get
from retold.archive.searching import Asked, search
from retold.archive.tables import about, metadata
from retold.engines import engine_for
from retold.errors import ArchiveError

from .items import report

NEWER = "9999"


def test_what_is_not_there_is_not_made_unasked(place):
    with pytest.raises(errors.ArchiveMissing, match="retold add"):
        open_archive(place)
    with pytest.raises(errors.ArchiveMissing):
        open_archive(place, create=True, read_only=True)


def test_it_is_made_once(place):
    with open_archive(place, create=True) as archive:
        add(archive, [Item(report("A text."))])
    with open_archive(place, create=True) as archive:
        assert count(archive) == 1
        assert archive.backup is None


def test_the_environment_names_it(place, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RETOLD_ARCHIVE", place)
    with open_archive(create=True) as archive:
        assert archive.where.partition("@")[0] in place
    monkeypatch.delenv("RETOLD_ARCHIVE")
    with open_archive(create=True) as archive:
        assert (tmp_path / "retold.archive").exists()
        assert archive.schema == migrations.newest()


def test_tables_are_as_the_migrations_make_them(archive):
    """What statements are written against is what is there."""
    with archive.reading() as connection:
        seen = inspect(connection)
        for table in metadata.sorted_tables:
            there = {one["name"]: one for one in seen.get_columns(table.name)}
            assert set(there) == set(table.c.keys())
            for column in table.c:
                found = there[column.name]
                wanted = column.type.dialect_impl(connection.dialect)
                assert (
                    found["type"].python_type is wanted.impl_instance.python_type
                    if hasattr(wanted, "impl_instance")
                    else found["type"].python_type is wanted.python_type
                )
                assert found["nullable"] == column.nullable or column.primary_key
            indexes = {one["name"]: one["column_names"] for one in seen.get_indexes(table.name)}
            for index in table.indexes:
                assert indexes[index.name] == [column.name for column in index.columns]


def test_a_newer_one_is_refused_and_left_whole(place):
    with open_archive(place, create=True) as archive, archive.writing() as connection:
        connection.execute(text(f"UPDATE {migrations.TABLE} SET version_num = '{NEWER}'"))
    for how in ({}, {"read_only": True}, {"upgrade": True}):
        with pytest.raises(errors.ArchiveNewer, match="Upgrade Retold") as caught:
            open_archive(place, **how)
        assert caught.value.exit_code == 4


def schema_of(place: str) -> str:
    return place.rpartition("%3D")[2]


def as_user(place: str, name: str) -> str:
    return place.replace("postgres@", f"{name}@", 1)


def test_one_that_is_upgraded_by_another_program_is_not_written_any_more(place):
    with open_archive(place, create=True) as old:
        with open_archive(place) as other, other.writing() as connection:
            connection.execute(text(f"UPDATE {migrations.TABLE} SET version_num = '{NEWER}'"))
        with pytest.raises(errors.ArchiveNewer, match="since it was opened"):
            add(old, [Item(report("A text."))])
        assert count(old) == 0


def older(place: str) -> None:
    """An archive as the first version made it, with a report."""
    engine = engine_for(place, patience=5)
    with engine.creating() as connection:
        migrations.upgrade(connection, "0001")
        row = {"number": 1, "name": "retold", "made": "2025-01-01T00:00:00Z", "made_by": "0.1"}
        connection.execute(insert(about).values(row))
        connection.execute(
            text(
                "INSERT INTO blob (number, sha256, size, packing, packed)"
                " VALUES (1, :hash, 3, 'raw', :text)"
            ),
            {"hash": b"h" * 32, "text": b"Old"},
        )
        connection.execute(
            text(
                "INSERT INTO report (number, content, id, text, added)"
                " VALUES (1, :content, 'old', 1, '2025-01-01T00:00:00Z')"
            ),
            {"content": b"c" * 16},
        )
    engine.close()


def test_an_older_file_is_upgraded_before_it_is_only_read(tmp_path):
    place = str(tmp_path / "old.retold")
    older(place)
    with open_archive(place, read_only=True) as archive:
        assert archive.schema == migrations.newest()
        assert archive.backup is not None
        assert [hit.report for hit in search(archive, Asked("old")).hits] == ["old"]


def test_an_older_one_is_upgraded_after_a_backup_or_when_asked(place):
    older(place)
    shared = place.startswith("postgresql")
    if shared:
        with pytest.raises(errors.ArchiveOlder, match="retold upgrade"):
            open_archive(place)
        with pytest.raises(errors.ArchiveOlder):
            open_archive(place, read_only=True)
    with pytest.raises(errors.ArchiveOlder):
        open_archive(place, read_only=True, upgrade=False)
    with open_archive(place, upgrade=True if shared else None) as archive:
        assert archive.schema == migrations.newest()
        assert get(archive, "old").report.text == "Old"
        if not shared:
            with closing(sqlite3.connect(archive.backup)) as copy:
                assert copy.execute(f"SELECT version_num FROM {migrations.TABLE}").fetchone() == (
                    "0001",
                )
                assert copy.execute("SELECT id FROM report").fetchall() == [("old",)]
    with open_archive(place) as archive:
        assert archive.backup is None


def test_an_upgrade_that_fails_changes_nothing(place, monkeypatch):
    older(place)
    real = migrations.upgrade

    def broken(connection, to="head"):
        real(connection, to)
        raise KeyboardInterrupt

    monkeypatch.setattr(migrations, "upgrade", broken)
    with pytest.raises(KeyboardInterrupt):
        open_archive(place, upgrade=True)
    monkeypatch.undo()
    engine = engine_for(place, patience=5)
    with engine.reading() as connection:
        assert migrations.at(connection) == "0001"
    engine.close()


@pytest.mark.parametrize("what", ["text", "folder", "database"])
def test_a_foreign_thing_is_left_as_it_is(tmp_path, what):
    path = tmp_path / "thing"
    if what == "folder":
        path.mkdir()
    elif what == "text":
        path.write_text("A diary.\n" * 100)
    else:
        with closing(sqlite3.connect(path)) as other:
            other.execute("CREATE TABLE report (id TEXT)")
    before = None if what == "folder" else path.read_bytes()
    with pytest.raises(errors.ArchiveForeign, match="left as it is"):
        open_archive(path, create=True)
    assert before is None or path.read_bytes() == before
    assert sorted(one.name for one in tmp_path.iterdir()) == ["thing"]


def test_another_programs_database_is_left_as_it_is(server):
    place = server.database()
    server.run(f"CREATE TABLE {schema_of(place)}.report (id TEXT)")
    with pytest.raises(errors.ArchiveForeign):
        open_archive(place, create=True)


def test_a_log_without_its_archive_is_not_taken_over(tmp_path):
    (tmp_path / "a.retold-wal").write_bytes(b"something")
    with pytest.raises(errors.ArchiveForeign, match="log"):
        open_archive(tmp_path / "a.retold", create=True)


def test_a_damaged_file_is_said_to_be(tmp_path):
    path = tmp_path / "a.retold"
    with open_archive(path, create=True) as archive:
        add(archive, [Item(report("A text of some length. " * 20))])
    whole = bytearray(path.read_bytes())
    whole[100:4096] = bytes(3996)
    path.write_bytes(whole)
    with pytest.raises(errors.ArchiveDamaged, match="retold verify"):
        open_archive(path)


def test_a_damaged_text_is_said_to_be(archive):
    added = add(archive, [Item(report("A text of some length. " * 20))])
    with archive.writing() as connection:
        connection.execute(text("UPDATE blob SET packed = :bad"), {"bad": b"\0\1\2"})
    with pytest.raises(errors.ArchiveDamaged) as caught:
        get(archive, added.ids[0])
    assert caught.value.where == added.ids[0]


def test_others_are_waited_for_and_then_named(place):
    with open_archive(place, create=True), open_archive(place, patience=0.2) as second:
        with (
            open_archive(place) as first,
            first.writing(),
            pytest.raises(errors.ArchiveLocked),
            second.writing(),
        ):
            pass
        add(second, [Item(report("Afterwards."))])


def test_a_reader_does_not_wait(place):
    with open_archive(place, create=True) as first, open_archive(place, read_only=True) as second:
        with first.writing() as connection:
            connection.execute(text("UPDATE archive SET made_by = 'x'"))
            with second.reading() as other:
                assert other.scalar(select(about.c.made_by)) != "x"
        with pytest.raises(errors.ArchiveReadOnly), second.writing():
            pass


def test_writing_inside_writing_is_a_mistake_at_once(tmp_path):
    with (
        open_archive(tmp_path / "a", create=True) as archive,
        archive.writing(),
        pytest.raises(RuntimeError, match="inside"),
        archive.writing(),
    ):
        pass


def test_an_error_inside_writing_takes_all_back(archive):
    def fail() -> None:
        with archive.writing() as connection:
            connection.execute(text("UPDATE archive SET made_by = 'x'"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with archive.reading() as connection:
        assert connection.scalar(select(about.c.made_by)) != "x"


def test_a_mistake_in_a_statement_is_typed(archive):
    with pytest.raises(ArchiveError), archive.reading() as connection:
        connection.execute(text("SELECT * FROM nothing_like_it"))


def test_what_is_not_installed_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(errors.EngineMissing, match=r"retold\[postgres\]"):
        open_archive("postgresql://localhost/news")
    with pytest.raises(errors.EngineMissing, match="postgresql"):
        open_archive("mysql://localhost/news")


def test_servers_that_refuse_say_why(server):
    with pytest.raises(errors.ArchiveUnreachable, match="does not answer"):
        open_archive("postgresql://someone:secret@127.0.0.1:1/news")
    with pytest.raises(errors.ArchiveDenied, match="no such database"):
        open_archive(server.url("nowhere"))
    place = server.database()
    server.run("CREATE ROLE guest LOGIN")
    with pytest.raises(errors.ArchiveDenied, match="right"):
        open_archive(as_user(place, "guest"), create=True)
    with open_archive(place, create=True) as archive:
        assert "secret" not in archive.where


def test_a_wrong_password_is_said_and_never_shown(server):
    server.run("CREATE ROLE locked LOGIN PASSWORD 'right'")
    place = server.database()
    server.run(f"GRANT ALL ON SCHEMA {schema_of(place)} TO locked")
    for name in ("locked", "locked:wrong"):
        with pytest.raises(errors.ArchiveDenied, match="password") as caught:
            open_archive(as_user(place, name), create=True)
        assert "wrong" not in str(caught.value)
    with open_archive(as_user(place, "locked:right"), create=True) as archive:
        assert count(archive) == 0


def test_a_connection_that_breaks_is_said_and_made_anew(server):
    place = server.database()
    with open_archive(place, create=True) as archive:

        def write() -> None:
            with archive.writing() as connection:
                number = connection.scalar(text("SELECT pg_backend_pid()"))
                server.run(f"SELECT pg_terminate_backend({number})")
                connection.execute(text("UPDATE archive SET made_by = 'x'"))

        with pytest.raises(errors.ArchiveUnreachable, match="whole"):
            write()
        add(archive, [Item(report("Afterwards."))])
        assert count(archive) == 1


def test_a_password_is_never_shown():
    with pytest.raises(errors.ArchiveUnreachable) as caught:
        open_archive("postgresql://someone:geheim@127.0.0.1:1/news")
    assert "geheim" not in str(caught.value)


def test_a_server_that_is_read_only_says_so(server):
    place = server.database()
    with open_archive(place, create=True):
        pass

    def write() -> None:
        with open_archive(place) as archive, archive.writing() as connection:
            connection.execute(text("SET TRANSACTION READ ONLY"))  # as a standby is
            connection.execute(text("UPDATE archive SET made_by = 'x'"))

    with pytest.raises(errors.ArchiveReadOnly, match="primary"):
        write()


@contextmanager
def nobody() -> Iterator[None]:
    """Not as root, who may write everything."""
    if os.getuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_folder_that_cannot_be_written_is_still_read():
    # Not in pytest's own folder, into which nobody else may look.
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        folder = Path(name, "kept")
        folder.mkdir()
        with open_archive(folder / "a", create=True) as archive:
            add(archive, [Item(report("A text."))])
        (folder / "a.lock").chmod(0o444)
        (folder / "a").chmod(0o444)
        folder.chmod(0o555)
        try:
            with nobody():
                with open_archive(folder / "a", read_only=True) as archive:
                    assert get(archive, report("A text.").id).report.text == "A text."
                with (
                    open_archive(folder / "a") as archive,
                    pytest.raises(errors.ArchiveReadOnly, match="rights"),
                ):
                    add(archive, [Item(report("Another."))])
                with pytest.raises(errors.ArchiveReadOnly):
                    open_archive(folder / "b", create=True)
        finally:
            folder.chmod(0o755)


def test_a_file_that_cannot_be_opened_is_said(tmp_path):
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o777)
        place = Path(name, "a")
        with open_archive(place, create=True):
            pass
        place.chmod(0)
        with nobody(), pytest.raises(ArchiveError, match="rights"):
            open_archive(place, read_only=True)
