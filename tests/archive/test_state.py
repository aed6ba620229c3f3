"""What is committed has a name that changes with it; fingerprints change with what is shown."""

from __future__ import annotations

import subprocess
import sys

from retold.archive import corrections, fingerprints, open_archive, quoting
from retold.archive.adding import Item, add
from retold.archive.stories import of_reports
from retold.holdings import EdgeRejected
from retold.keeping.refreshing import refresh_quotations
from retold.keeping.stories import refresh_stories
from retold.keeping.tellings import telling_of

from .items import report
from .made import made


def test_the_state_is_the_same_until_somebody_commits(archive, place):
    before = archive.state()
    assert archive.state() == before
    with archive.reading():
        assert archive.state() == before
    add(archive, [Item(report("A text of ours."))])
    ours = archive.state()
    assert ours != before
    assert archive.state() == ours
    with open_archive(made(place)) as another:
        add(another, [Item(report("A text of others."))])
    assert archive.state() != ours


def test_the_state_is_seen_in_an_archive_that_is_only_read(archive, place):
    with open_archive(made(place), read_only=True) as reading:
        before = reading.state()
        assert reading.state() == before
        add(archive, [Item(report("A text."))])
        assert reading.state() != before


FERRY = (
    "The ferry to Ostwick hit a pontoon in Kestrin harbour on Friday. Three people were hurt, "
    "harbour master Mara Lindqvold said. The police are looking into the cause."
)


def test_fingerprints_change_with_what_they_are_of_and_with_nothing_else(archive):
    first, second = report(FERRY), report(FERRY.replace("Three", "Four"), title="Four hurt")
    other = report("Grain prices rose in Velmora, minister Petra Vosk said on Monday.")
    add(archive, [Item(one) for one in (first, second, other)])
    refresh_quotations(archive, workers=1)
    refresh_stories(archive)
    with archive.reading() as connection:
        at = of_reports(connection, [first.id, other.id])
    here, there = at[first.id], at[other.id]

    def of() -> tuple[str, str, str]:
        with archive.reading() as connection:
            return (
                fingerprints.of_story(connection, here),
                fingerprints.of_report(connection, first.id),
                fingerprints.of_story(connection, there),
            )

    before = of()
    assert of() == before
    telling_of(archive, here)
    told = of()
    assert told[0] != before[0]
    assert told[1] != before[1]
    assert told[2] == before[2]
    add(archive, [Item(report("Rain fell on the vineyards of Solmund for three days."))])
    assert of() == told
    corrections.correct(archive, EdgeRejected(first.id, second.id), by="Ana")
    decided = of()
    assert decided[0] != told[0]
    assert decided[1] != told[1]
    corrections.undo(archive, 1, by="Ana")
    assert of()[0] != decided[0]
    with archive.reading() as connection:
        assert quoting.analysed(connection, [first.id])
        gone = fingerprints.of_story(connection, "none"), fingerprints.of_report(connection, "none")
    assert len({*gone, *decided}) == 5


def test_a_report_that_a_decision_waits_for_is_noticed(archive):
    first, second = report(FERRY), report(FERRY.replace("Three", "Four"))
    add(archive, [Item(first)])
    refresh_stories(archive)
    corrections.correct(archive, EdgeRejected(first.id, second.id), by="Ana")
    with archive.reading() as connection:
        before = fingerprints.of_report(connection, first.id)
    add(archive, [Item(second)])
    with archive.reading() as connection:
        assert fingerprints.of_report(connection, first.id) != before


def test_a_second_handle_costs_the_first_one_nothing(tmp_path):
    """To close any file gives up a process's locks on it: what asks whose file it is, too."""
    place = tmp_path / "news.retold"
    elsewhere = (
        "import sys; from retold.archive import open_archive; from retold.archive.getting import "
        "count\nwith open_archive(sys.argv[1]) as one:\n    with one.writing(): pass\n"
        "    print(count(one))"
    )

    def asked_elsewhere() -> int:
        run = [sys.executable, "-c", elsewhere, str(place)]
        return int(subprocess.run(run, capture_output=True, check=True, text=True).stdout)

    with open_archive(place, create=True) as first:
        add(first, [Item(report("A text."))])
        with open_archive(place) as second:
            assert asked_elsewhere() == 1  # it leaves last, as far as locks can tell
            add(first, [Item(report("A further text."))])
            assert asked_elsewhere() == 2
            assert second.state()
        open_archive(place).close()
        add(first, [Item(report("A third text."))])
        assert asked_elsewhere() == 3
    assert asked_elsewhere() == 3
    assert not place.with_name("news.retold-wal").exists()
