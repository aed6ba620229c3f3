"""Sources go into the archive: whole, in order, once, and on where it was interrupted."""

from __future__ import annotations

import gzip
import json
import os
import pickle
import sys
from pathlib import Path

import pytest

from retold.archive import open_archive
from retold.archive.exporting import canonical
from retold.archive.getting import count, each, raw_of
from retold.keeping import adding, intake, pieces, worker
from retold.keeping.adding import add
from retold.read.spared import Spared
from retold.settings import Settings
from tests.archive.made import is_held, made

PAGE = """<html lang="en"><head><title>{0}</title></head><body><article><h1>{0}</h1>
<p>The harbour council of Brackwater said on Monday that the ferry {0} would sail again.</p>
<p>Nobody knew when the repairs, which have cost a fortune, would come to their end.</p>
</article></body></html>"""


@pytest.fixture(autouse=True)
def _patient(monkeypatch):
    """Batches are as large as the test says, however slow the machine."""
    monkeypatch.setattr(adding, "_BATCH_SECONDS", 1e9)


@pytest.fixture
def archive(tmp_path):
    with open_archive(made(tmp_path / "news.retold"), create=True) as one:
        yield one


def lines(reports: int, start: int = 0) -> str:
    return "".join(
        json.dumps(
            {
                "text": f"The council said on Monday that ferry number {n} would not sail. " * 3,
                "url": f"https://example.org/ferries/{n}",
            }
        )
        + ("\n" if n % 50 else "\nnot JSON\n")
        for n in range(start, start + reports)
    )


@pytest.fixture
def many(tmp_path, monkeypatch):
    """A file that counts as large."""
    monkeypatch.setattr("retold.keeping.intake._LARGE", 1000)
    file = tmp_path / "many.jsonl"
    file.write_text(lines(300))
    return str(file)


def test_texts_pages_and_records_are_added_with_their_bytes(archive, tmp_path):
    page = tmp_path / "page.html"
    page.write_text(PAGE.format("Gannet"))
    words = tmp_path / "words.txt"
    words.write_bytes("Die Fähre fährt nicht.\n".encode("cp1252"))
    records = tmp_path / "records.jsonl"
    records.write_text(lines(2, start=1))
    refused = []
    sums = add(
        archive,
        [str(page), str(words), str(records), str(tmp_path / "nothing")],
        refuse=refused.append,
    )
    assert sums == adding.Sums(added=4, refused=1)
    assert [one.error for one in refused] == ["MissingInput"]
    kept = {one.report.source: one for one in each(archive)}
    assert raw_of(archive, kept[str(page)].report.id) == page.read_bytes()
    assert raw_of(archive, kept[str(words)].report.id) == words.read_bytes()
    assert raw_of(archive, kept[str(records)].report.id) is None


def test_pages_of_a_web_archive_bring_their_bytes(archive, tmp_path):
    body = PAGE.format("Skua").encode()
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\n"
        "WARC-Target-URI: https://example.org/skua\r\nWARC-Date: 2025-03-04T05:06:07Z\r\n"
        f"Content-Length: {len(answer)}\r\n\r\n"
    )
    file = tmp_path / "crawl.warc.gz"
    file.write_bytes(gzip.compress(head.encode() + answer + b"\r\n\r\n"))
    assert add(archive, [str(file)]).added == 1
    kept = next(each(archive))
    assert raw_of(archive, kept.report.id) == body
    assert kept.report.fetched == "2025-03-04T05:06:07Z"


def test_again_shuffled_and_in_other_batches_it_is_the_same_archive(tmp_path, many):
    shuffled = tmp_path / "shuffled.jsonl"
    shuffled.write_text("".join(reversed(lines(300).splitlines(keepends=True))))
    written = []
    for number, size in enumerate((500, 7)):
        with open_archive(tmp_path / f"{number}", create=True) as archive:
            source = (many, str(shuffled))[number]
            Path(source).replace(tmp_path / "same name.jsonl")
            same = str(tmp_path / "same name.jsonl")
            first = add(archive, [same], batch=size)
            again = add(archive, [same], batch=size)
            assert (first.added, first.refused) == (300, 6)
            assert (again.added, again.known, again.refused) == (0, 300, 6)
            written.append(b"".join(canonical(archive)))
    assert written[0] == written[1]


def test_several_processes_give_what_one_gives(tmp_path, many):
    small = tmp_path / "small.txt"
    small.write_text("A small report of a few words about the ferry.")
    sources = [many, str(tmp_path / "nothing"), str(small)]
    given = []
    for workers in (1, 2):
        refused = []
        with open_archive(tmp_path / f"{workers}", create=True) as archive:
            small.touch()
            found = adding.shared if workers > 1 else pieces.pieces
            how = {"workers": workers} if workers > 1 else {}
            read = found(sources, Settings(), starts={}, notify=print, **how)
            standing = adding.intake.standing(archive, sources, Settings(), Spared())
            run = adding._Adding(archive, standing, lambda _: None)
            sums = run.run(read, refused.append, 40)
            given.append((sums, refused, [(one.number, one.report) for one in each(archive)]))
    assert given[0] == given[1]
    assert given[0][0].added == 301


class Stopped(Exception):
    """In place of a person's Ctrl-C."""


def test_what_was_interrupted_goes_on(archive, many, monkeypatch):
    calls = 0

    def stop(_):
        nonlocal calls
        calls += 1
        if calls == 3:
            raise Stopped

    with pytest.raises(Stopped):
        add(archive, [many], progress=stop, batch=50)
    assert count(archive) == 150
    read = []
    real = pieces.prepare
    monkeypatch.setattr(pieces, "prepare", lambda item: read.append(item) or real(item))
    sums = add(archive, [many], batch=50)
    assert sums.added == 150
    assert sums.resumed == 153  # records, the refused ones too
    assert len(read) == 150
    # Read to its end it is read from its beginning again.
    assert add(archive, [many]).known == 300


def test_a_source_that_has_changed_is_read_anew(archive, many):
    def stop(_):
        raise Stopped

    with pytest.raises(Stopped):
        add(archive, [many], progress=stop, batch=50)
    with Path(many).open("a") as file:
        file.write(lines(1, start=1000))
    sums = add(archive, [many])
    assert (sums.added, sums.known, sums.resumed) == (251, 50, 0)


def test_a_record_that_ends_its_process_is_refused_alone(archive, many, tmp_path, monkeypatch):
    """The reading process finds a reader that ends it at one record."""
    trap = tmp_path / "trap"
    trap.mkdir()
    (trap / "sitecustomize.py").write_text(
        "import os\n"
        "import retold.archive.adding as adding\n"
        "real = adding.prepare\n"
        "def prepare(item):\n"
        "    if 'number 77 ' in item.report.text:\n"
        "        os._exit(9)\n"
        "    return real(item)\n"
        "adding.prepare = prepare\n"
    )
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(trap), *sys.path]))
    refused = []
    sums = add(archive, [many], workers=2, refuse=refused.append)
    assert (sums.added, sums.refused) == (299, 7)
    assert [one.reason for one in refused if "JSON" not in one.reason] == [
        "reading it broke off (9)"
    ]
    assert "number 76 " in next(one.report.text for one in each(archive, after=76))


def test_a_record_that_takes_too_long_is_refused_alone(archive, many, tmp_path, monkeypatch):
    trap = tmp_path / "trap"
    trap.mkdir()
    (trap / "sitecustomize.py").write_text(
        "import time\n"
        "import retold.archive.adding as adding\n"
        "real = adding.prepare\n"
        "def prepare(item):\n"
        "    if 'number 7 ' in item.report.text:\n"
        "        time.sleep(1000)\n"
        "    return real(item)\n"
        "adding.prepare = prepare\n"
    )
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(trap), *sys.path]))
    monkeypatch.setattr("retold.keeping.sharing._MORE_SECONDS", 1)
    refused = []
    limits = Settings().limits
    quick = type(limits)(parse_seconds=0.5)
    sums = add(archive, [many], Settings(limits=quick), workers=2, refuse=refused.append)
    assert sums.added == 299
    assert [one.error for one in refused if "JSON" not in one.reason] == ["TooSlow"]


def test_guesses_are_told_once(archive, tmp_path):
    file = tmp_path / "table.csv"
    rows = [f'"The ferry number {n} did not sail, they said.",Monday' for n in range(60)]
    file.write_text("\n".join(["body,weekday", *rows]))
    told = []
    add(archive, [str(file)], workers=2, notify=told.append)
    assert count(archive) == 60
    assert len([one for one in told if "guessed" in one]) == 1


def test_progress_comes_to_its_end(archive, many):
    seen = []
    add(archive, [many], progress=seen.append, batch=40, workers=1)
    assert seen[-1].done == seen[-1].total == Path(many).stat().st_size
    assert [one.done for one in seen] == sorted(one.done for one in seen)
    assert seen[0].sums.added == 40


def test_what_comes_slowly_is_kept_in_small_batches(archive, many, monkeypatch):
    monkeypatch.setattr(adding, "_BATCH_SECONDS", 0)
    seen = []
    assert add(archive, [many], progress=seen.append, workers=1).added == 300
    assert [one.sums.added for one in seen[:4]] == [1, 1, 2, 3]  # the second is no JSON


def test_messages_of_a_worker_carry_what_it_is_given():
    task = worker.Task(("a",), ("b\udcff",), Settings(), (0, 1), 0, {}, 1.0, False)
    assert pickle.loads(pickle.dumps(task)) == task


@pytest.mark.parametrize("workers", [1, 2])
def test_a_folder_that_holds_the_archive_is_added_without_it(archive, tmp_path, workers):
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "ferry.html").write_text(PAGE.format("Halcyon"))
    (tmp_path / "linked.retold").symlink_to(tmp_path / "news.retold")
    os.link(tmp_path / "news.retold", tmp_path / "pages" / "same.retold")
    for ending in ("-wal", "-shm"):
        assert (tmp_path / f"news.retold{ending}").exists()
    said: list[str] = []
    refused: list[object] = []
    sums = add(archive, [str(tmp_path)], notify=said.append, refuse=refused.append, workers=workers)
    assert (sums.added, sums.refused, refused) == (1, 0, [])
    names = {Path(line.split(": ")[0]).name for line in said}
    assert names >= {"news.retold", "news.retold-wal", "news.retold-shm"}
    assert names >= {"linked.retold", "same.retold"}
    assert is_held(tmp_path / "news.retold")


def test_the_archive_itself_is_no_source(archive, tmp_path):
    refused = []
    sums = add(archive, [str(tmp_path / "news.retold")], refuse=refused.append)
    assert (sums.added, [one.error for one in refused]) == (0, ["InputRefused"])
    assert "of the archive" in refused[0].reason
    assert is_held(tmp_path / "news.retold")


def test_what_the_archive_does_to_its_own_file_does_not_change_a_source(archive, tmp_path):
    spared = Spared.of(archive.files())
    (tmp_path / "ferry.html").write_text(PAGE.format("Halcyon"))
    before = intake.standing(archive, [str(tmp_path)], Settings(), spared)
    with archive.writing() as connection:
        intake.remember(connection, {"a": ("b", 1)})
    assert intake.standing(archive, [str(tmp_path)], Settings(), spared) == before
