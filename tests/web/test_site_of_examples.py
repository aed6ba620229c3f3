"""The site of the examples' archive: every address in it leads to a file and a place in that."""

from __future__ import annotations

from pathlib import Path

import pytest

from retold.archive import open_archive, stories
from retold.archive.stories import Asked
from retold.holdings import EdgeRejected, FieldCorrected, ReportMoved, StoriesJoined
from retold.keeping.adding import add
from retold.keeping.correcting import correct, undo
from retold.keeping.refreshing import refresh_quotations
from retold.keeping.stories import refresh_stories
from retold.keeping.tellings import telling_of
from retold.show.page import page
from retold.web.site import write_site

from .corrected import story_of
from .linked import broken, led_to, pages

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def examples(tmp_path_factory):
    """An archive of them, with decisions of people."""
    where = tmp_path_factory.mktemp("examples")
    folders = sorted(str(one) for one in EXAMPLES.glob("*/reports"))
    assert len(folders) >= 7
    with open_archive(where / "a.retold", create=True) as archive:
        assert add(archive, folders, workers=1).refused == 0
        refresh_quotations(archive, workers=1)
        refresh_stories(archive)
        first, *_, last = stories.listed(archive, Asked(limit=100)).stories
        edge = telling_of(archive, first.id).stemma.edges[0]
        names = [one.report for one in stories.get(archive, first.id).members]
        others = [one.report for one in stories.get(archive, last.id).members]
        decided = (
            FieldCorrected(names[0], "title", "A title <of> one's own & more"),
            FieldCorrected(names[1], "outlet", "Weka/Post #2?"),
            EdgeRejected(edge.from_, edge.to),
            ReportMoved(others[0], None, tuple(others[1:])),
            StoriesJoined((names[0], others[1])),
        )
        for what in decided:
            correct(archive, what, by="Ines Ott", note="see #1 & <2>")
        undo(archive, len(decided), by="Ines Ott")
        yield archive, story_of(archive, names[0])


@pytest.fixture(scope="module")
def site(examples, tmp_path_factory):
    where = tmp_path_factory.mktemp("site") / "whole"
    sums = write_site(examples[0], where, Asked())
    assert sums.failed == []
    assert sums.stories >= 7
    return where


def test_every_address_leads_somewhere(site):
    assert broken(site) == []
    linked = sum(len(one.xpath("//@href[contains(., '#')]")) for one in pages(site).values())
    assert linked > 5_000


def test_every_file_is_led_to(site):
    files = {one.relative_to(site).as_posix() for one in site.rglob("*") if one.is_file()}
    assert files - led_to(site) == {".retold-site"}


def test_every_address_of_a_selection_leads_somewhere(examples, tmp_path):
    archive, story = examples
    write_site(archive, tmp_path / "one", [story])
    write_site(archive, tmp_path / "asked", Asked(languages=("de",)))
    for where in ("one", "asked"):
        assert broken(tmp_path / where) == []


def test_every_place_that_the_single_page_names_is_in_it(examples, tmp_path):
    archive, story = examples
    (tmp_path / "page.html").write_text(page(telling_of(archive, story)), "utf-8")
    assert broken(tmp_path) == []
    assert pages(tmp_path)["page.html"].xpath("//@href[starts-with(., '#')]")


def test_what_is_broken_is_found(tmp_path):
    (tmp_path / "other.html").write_text("<p id='here'>", "utf-8")
    (tmp_path / "page.html").write_text(
        "<p id='a'><p id='a'><a href='other.html#here'></a><a href='other.html#gone'></a>"
        "<a href='gone.html'></a><a href='#a'></a><a href='#b'></a><a href=''></a>"
        "<p aria-labelledby='a c'><svg><path fill='url(#d)'/><use xlink:href='#e'/></svg>"
        "<a href='https://elsewhere.example/#x'></a><a href='%6fther.html'></a>",
        "utf-8",
    )
    assert sorted(value for _, _, value in broken(tmp_path)) == [
        "", "#b", "#e", "a", "c", "d", "gone.html", "other.html#gone",
    ]  # fmt: skip
