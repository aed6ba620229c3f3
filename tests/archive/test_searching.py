"""Both engines find the same, in the same order, page by page."""

from __future__ import annotations

import msgspec
import pytest

from retold.archive import open_archive
from retold.archive.adding import Item, add
from retold.archive.searching import Asked, search
from retold.errors import UsageError
from retold.model import Report
from retold.text.content import content_id

from .made import made

FERRY = (
    "BRACKWATER, March 4. /NNA/. The ferry “Halcyon” did not sail on Tuesday, harbour master "
    "Ilse Törnqvist said. “The grain deal has nothing to do with it,” she told reporters.\n\n"
    "The U.S. consul, Mr O'Brien, called the 1,200 passengers’ wait “regrettable”."
)


def report(text: str, **fields) -> Report:
    made = Report(id="", text=text, **fields)
    return msgspec.structs.replace(made, id=content_id(made))


REPORTS = [
    report(
        FERRY, title="Ferry stays", outlet="Brackwater Post", published="2025-03-04", language="en"
    ),
    report(
        "Паром «Алкион» не вышел в море, заявил министр Ёлкин. Зерно осталось в порту.",
        title="Паром",
        outlet="Вестник",
        published="2025-03-05T10:00:00+03:00",
        language="ru",
    ),
    report("東京の港で船が止まった。", outlet="港新聞", published="2025-03-06", language="ja"),
    report("The grain was loaded. A deal came later.", title="Grain", outlet="BRACKWATER  post"),
    report("Nothing of it.", published="2099-01-01", language="en"),
    report(
        FERRY + " Later it sailed.", url="https://e.org/f", published="2025-03-07", language="en"
    ),
    report(
        FERRY + " It never sailed.", url="https://e.org/f", published="2025-03-08", language="en"
    ),
]


@pytest.fixture(scope="module")
def held(shared_place):
    """For those that only read."""
    with open_archive(made(shared_place), create=True) as archive:
        add(archive, [Item(one) for one in REPORTS])
        yield archive


@pytest.fixture
def filled(archive):
    add(archive, [Item(one) for one in REPORTS])
    return archive


def found(archive, words: str = "", **asked) -> list[int]:
    hits = search(archive, Asked(words, **asked)).hits
    return [next(n for n, one in enumerate(REPORTS) if one.id == hit.report) for hit in hits]


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("ferry", [6, 5, 0]),
        ("FERRY -later", [6, 0]),
        ('"grain deal"', [6, 5, 0]),
        ("grain deal", [3, 6, 5, 0]),
        ("„grain deal“ OR паром", [6, 5, 1, 0]),
        ("tornq*", [6, 5, 0]),
        ("törnqvist", [6, 5, 0]),
        ("us consul", [6, 5, 0]),
        ("U.S.", [6, 5, 0]),
        ("brien", [6, 5, 0]),
        ("1200 passengers", [6, 5, 0]),
        ('"1,200 pass"*', [6, 5, 0]),
        ("елкин", [1]),
        ("ёлки*", [1]),
        ("東京", [2]),
        ("京東", []),
        ("title:grain", [3]),
        ("title:deal", []),
        ("gr*", [3, 6, 5, 0]),
        ("д*", []),
        ("мо*", [1]),
        ("東*", [2]),
        ("g* da*", []),
        ("gr* de*", [3, 6, 5, 0]),
        ("ferry gr* -it", []),
        ("gr* -fe*", [3]),
        ("title:fe*", [0]),
        ("title:gr* OR title:п*", [3, 1]),
        ("(gr*) OR 東* OR „нe“", [3, 6, 5, 2, 0]),
        ("no* -gr*", [4]),
        ('"grain de"*', [6, 5, 0]),
        ("grain (deal -consul)", [3]),
        ('"stays BRACKWATER"', []),  # the title is no part of the text
        ("absent", []),
        ("'; DROP TABLE report; --", []),
        ('NEAR("a" "b") AND ^x {title}', []),
        ("\0 \ud800 ferry", [6, 5, 0]),
    ],
)
def test_words_find(held, words, numbers):
    assert found(held, words) == numbers


def test_an_arabic_word_is_found_with_its_article_on_both_engines(archive):
    arabic = report("وصل الوزيرُ إلى المدرسة صباحا، وقال إن كتابا ضاع.", language="ar")
    add(archive, [Item(arabic), Item(REPORTS[0])])
    for words in ("وزير", "والوزير", "مدرسه", "مدرس*", "وزير مدرسة", "وزير -ferry"):
        (hit,) = search(archive, Asked(words)).hits
        assert hit.report == arabic.id
    for words in ('"وزير"', "زير", "-وزير ferry -المدرسة وزير"):
        assert search(archive, Asked(words)).hits == ()


def test_filters_restrict(held):
    assert found(held, outlets=["brackwater post"]) == [3, 0]
    assert found(held, "grain", outlets=["Brackwater Post"]) == [3, 0]
    assert found(held, languages=["ru", "ja"]) == [2, 1]
    assert found(held, since="2025-03-05", until="2025-03-05") == [1]
    assert found(held, since="2025-03-07") == [4, 6, 5]
    assert found(held, "ferry", until="2025-03-04T12:00:00Z", order="oldest") == [0]


def test_without_a_query_all_are_listed_and_a_date_to_come_counts_as_today(held):
    assert found(held)[-4:] == [5, 2, 1, 0] or found(held)[-5:] == [6, 5, 2, 1, 0]
    assert sorted(found(held)[:2]) == [3, 4]
    assert found(held, order="oldest") == found(held)[::-1]


def test_pages_join_without_gap_or_repeat_while_reports_are_added(filled):
    whole = found(filled)
    seen, after, number = [], None, 0
    while True:
        page = search(filled, Asked(limit=2, after=after))
        assert page.total == len(whole)
        seen += [hit.report for hit in page.hits]
        after = page.next
        if after is None:
            break
        number += 1
        add(filled, [Item(report(f"Came later, {number}.", published="2025-03-04"))])
    assert [REPORTS[n].id for n in whole] == seen


def test_a_hit_shows_where_and_which_version(held):
    hit = search(held, Asked("halcyon “grain deal”")).hits[0]
    text = REPORTS[6].text
    assert text[slice(*hit.span)] == hit.excerpt
    assert [text[a:b] for a, b in hit.marks] == ["Halcyon", "grain deal"]
    assert (hit.version, hit.versions) == (2, 2)
    assert search(held, Asked("halcyon")).hits[2].versions == 1


@pytest.mark.parametrize(
    "asked",
    [
        Asked("-ferry"),
        Asked("ferry OR -sailed"),
        Asked("***"),
        Asked("ferry", limit=0),
        Asked("ferry", limit=1001),
        Asked("ferry", since="yesterday"),
        Asked("ferry", until="2025-02-31"),
        Asked("ferry", after="no page"),
        Asked("ferry", after="é"),
    ],
)
def test_what_cannot_be_asked_is_said(held, asked):
    with pytest.raises(UsageError):
        search(held, asked)


def test_a_page_of_another_search_is_refused(held):
    after = search(held, Asked("ferry", limit=1)).next
    with pytest.raises(UsageError, match="no page of this search"):
        search(held, Asked("grain", limit=1, after=after))


def test_phrases_are_found_in_reports_of_any_length(archive):
    filler = "the old quay of the town was the one that the wind took. " * 4_000
    long = report(filler + "the last bell rang.", published="2025-01-01")
    other = report(filler + "the bell rang last.", published="2025-01-02")
    add(archive, [Item(long), Item(other)])
    assert [hit.report for hit in search(archive, Asked('"the last bell"')).hits] == [long.id]
    hits = search(archive, Asked('wind -"the last bell"')).hits
    assert [hit.report for hit in hits] == [other.id]


def test_a_report_of_so_many_different_words_is_kept_and_found(archive):
    words = " ".join(f"w{n:x}" for n in range(150_000))
    one = report("first " + words)
    add(archive, [Item(one)])
    assert [hit.report for hit in search(archive, Asked("first w1f")).hits] == [one.id]
