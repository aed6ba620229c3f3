"""For all nouns: out as in; for all orders and batches: the same archive."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.archive import open_archive
from retold.archive.adding import Item, add
from retold.archive.exporting import canonical
from retold.archive.getting import many, raw_of
from retold.archive.rows import chunks
from retold.engines.columns import escaped, unescaped
from retold.model import Credit, Dateline, Dating, Report

from .conftest import ENGINES

# Every code point, lone surrogates and U+0000 too; and those that our escapes are made of.
characters = st.one_of(
    st.characters(exclude_categories=()), st.sampled_from("\0\ud800\udfff\ufdd0\U0001f600\n0a")
)
words = st.text(characters, max_size=30)
names = st.none() | words
spans = st.tuples(st.integers(0, 2**40), st.integers(0, 2**40))
reports = st.builds(
    Report,
    id=words,
    text=st.text(characters, max_size=400),
    source=names,
    title=names,
    url=names | st.sampled_from(["http://e.org/a", "https://www.e.org/a/amp", "http://["]),
    outlet=names,
    published=names | st.sampled_from(["2024-02-29", "2024", "0001-01-01", "9999-12-31T23:59Z"]),
    dating=st.none()
    | st.builds(
        Dating,
        precision=st.sampled_from(["year", "month", "day", "minute", "second"]),
        zone=names,
        found_in=words,
        raw=words,
    ),
    language=names,
    language_score=st.none() | st.floats(allow_nan=False),
    byline=names,
    dateline=st.none() | st.builds(Dateline, spans, names, names, names),
    credits=st.lists(st.builds(Credit, words, words, st.none() | spans), max_size=2).map(tuple),
    raw_sha256=names,
    fetched=names,
    encoding=names,
    extractor=names,
    notes=st.lists(words, max_size=2).map(tuple),
)


@pytest.fixture(scope="module", params=ENGINES)
def one(request, tmp_path_factory):
    """One archive for all examples: they do not disturb each other."""
    place = (
        str(tmp_path_factory.mktemp("archive") / "all.retold")
        if request.param == "sqlite"
        else request.getfixturevalue("server").database()
    )
    with open_archive(place, create=True) as archive:
        yield archive


@given(st.lists(st.builds(Item, reports, st.none() | st.binary(max_size=200), names), max_size=8))
@settings(max_examples=25, deadline=None)
def test_every_report_comes_back_equal(one, items):
    first = add(one, items)
    again = add(one, items)
    assert again.ids == first.ids
    assert (again.new, again.versions, again.known) == (0, 0, len(items))
    if first.known:
        return  # what is known already keeps the facts it came with
    for item, kept in zip(items, many(one, first.ids), strict=True):
        assert kept.as_given == item.report
        assert kept.story == item.story
        assert raw_of(one, kept.report.id) == item.raw


@given(st.text(characters))
def test_escaping_loses_nothing(text):
    written = escaped(text)
    assert unescaped(written) == text
    assert "\0" not in written
    written.encode()  # every engine can hold it


@given(
    st.lists(reports, max_size=8),
    st.randoms(use_true_random=False),
    st.integers(1, 5),
)
@settings(max_examples=6, deadline=None)
def test_order_and_batches_leave_no_trace(tmp_path_factory, given, chance, size):
    items = [Item(report) for report in given]
    folder = tmp_path_factory.mktemp("orders")
    written = []
    for number in range(2):
        with open_archive(folder / f"{number}.retold", create=True) as archive:
            for batch in chunks(items, size if number else 100):
                add(archive, batch)
            add(archive, items)
            written.append(b"".join(canonical(archive)))
        chance.shuffle(items)
    assert written[0] == written[1]


def test_order_leaves_no_trace_where_ids_are_shared(places):
    items = [
        Item(Report(id=f"{n % 7}", text=f"Text {n % 40}.", url=f"https://e.org/{n % 11}"))
        for n in range(200)
    ]
    written = set()
    for seed in range(3):
        random.Random(seed).shuffle(items)
        with open_archive(places(), create=True) as archive:
            for batch in chunks(items, 30 + 17 * seed):
                add(archive, batch)
            written.add(b"".join(canonical(archive)))
    assert len(written) == 1
