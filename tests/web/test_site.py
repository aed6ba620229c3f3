"""The static site: whole, nobody else's folder, the same bytes, nothing that needs a server."""

from __future__ import annotations

import os
import re
from pathlib import Path
from posixpath import dirname
from urllib.parse import unquote

import pytest

from retold.archive.stories import Asked
from retold.errors import NothingFound, UsageError
from retold.web.filing import Filed, file_name
from retold.web.folder import MARKER
from retold.web.links import Served, whole
from retold.web.site import write_site

from .linked import broken, pages

NAMES = (
    "a", "A", "b4c0ffee", "P3", "p3", "P03", "con", "CON", "aux.html", ".", "..", "../x", "a/b",
    "a\\b", "a b", "a_b", "", "\x00", "\ud800", "é", "e\u0301", "x" * 60, "x" * 61, "X" * 300,
    "مرحبا", "~2f~", "a~b", "x.json", ".json", "index", "a:b", "a%2fb", "a?b#c", "-", "_x", "ß",
)  # fmt: skip


@pytest.fixture(scope="module")
def site(kept, tmp_path_factory):
    where = tmp_path_factory.mktemp("site") / "site"
    write_site(kept, where, Asked())
    return where


def files(where: Path) -> dict[str, bytes]:
    return {
        path.relative_to(where).as_posix(): path.read_bytes()
        for path in sorted(where.rglob("*"))
        if path.is_file()
    }


def test_every_link_leads_to_a_page_and_to_a_place_in_it(site):
    found = pages(site)
    assert {"index.html", "people.html"} <= set(found)
    assert sum(name.startswith("report/") for name in found) == 8
    assert sum(name.startswith("person/") for name in found) > 2
    for page in found.values():
        for address in page.xpath("//@href | //@src | //@action"):
            path = address.partition("#")[0]
            assert re.match("https?://", path) or (":" not in path and path[:1] != "/")
    assert broken(site) == []


def test_passages_and_statements_are_places_in_a_page(site):
    """Each in a file of its own they would be most of the files."""
    found = pages(site)
    assert not [name for name in found if "/passage-" in name or "-one-" in name]
    assert not [name for name in found if name.endswith("page-1.html")]
    several = [name for name in found if name.endswith("/passages.html")]
    lined = max(several, key=lambda name: len(found[name].xpath("//article[@class='passage']")))
    story = found[f"{dirname(lined)}.html"]
    led = {one for one in story.xpath("//@href") if "passages.html#p-" in one}
    assert led
    shown = [one.get("id") for one in found[lined].xpath("//article[@class='passage']")]
    assert shown == [f"p-{number}" for number in range(1, len(shown) + 1)]
    # What a server says on the page of a passage is said here.
    assert found[lined].xpath("//article//summary[contains(., 'Why these stand together')]")
    ids = found[lined].xpath("//@id")
    assert len(ids) == len(set(ids))


def test_a_story_of_many_passages_leads_to_the_right_page_of_them():
    links = Filed()
    links.told("aa", 15)
    links.at("story/aa.html")
    for number, wanted in (
        (1, "aa/passages.html#p-1"),
        (15, "aa/passages.html#p-15"),
        (16, "aa/passages-page-2.html#p-16"),
        (31, "aa/passages-page-3.html#p-31"),
    ):
        assert links.of_story("aa", f"passage/P{number}") == wanted
    assert links.of_story("aa", "passage/P16", part="r-B") == links.of_story("aa", "passage/P16")
    assert links.of_story("aa", "passage/P16", part="p-16-n-2").endswith("#p-16-n-2")
    assert links.of_story("aa", "passages", {"page": "1"}) == "aa/passages.html"


def test_nothing_in_it_needs_a_server(site):
    for name, page in pages(site).items():
        for element in page.iter():
            assert element.tag not in ("form", "input", "button", "script", "iframe", "img"), name
            assert not [one for one in element.attrib if one.startswith(("on", "hx-", "style"))]
        policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policy
        assert policy[0].startswith("default-src 'none'")
        refreshing = page.xpath("//meta[@http-equiv='refresh']")
        assert not refreshing
    style = (site / "static/retold.css").read_text("utf-8")
    assert not re.search(r"@import|url\(", style)


def test_the_same_archive_gives_the_same_bytes_and_what_is_there_is_not_written_again(
    kept, site, tmp_path
):
    write_site(kept, tmp_path / "again", Asked())
    assert files(site) == files(tmp_path / "again")
    before = {path: path.stat().st_mtime_ns for path in site.rglob("*.html")}
    (site / "report" / "gone.html").write_text("of an earlier site")
    (site / "CNAME").write_text("news.example")
    write_site(kept, site, Asked())
    assert {path: path.stat().st_mtime_ns for path in site.rglob("*.html")} == before
    assert (site / "CNAME").read_text() == "news.example"
    (site / "CNAME").unlink()


def test_a_selection_names_nothing_else(kept, tmp_path):
    where = tmp_path / "one"
    sums = write_site(kept, where, Asked(words="Ostwick", languages=("en",)))
    assert sums.stories == 1
    assert sums.reports == len(list((where / "report").iterdir()))
    for name, content in files(where).items():
        assert b"Grain" not in content, name
    found = Asked(words="no such words")
    with pytest.raises(NothingFound):
        write_site(kept, tmp_path / "none", found)
    assert not (tmp_path / "none").exists()
    with pytest.raises(NothingFound):
        write_site(kept, tmp_path / "none", ["no such story"])


def test_a_folder_of_somebody_else_is_left_alone(kept, tmp_path):
    (tmp_path / "report").mkdir()
    (tmp_path / "report" / "mine.html").write_text("mine")
    with pytest.raises(UsageError, match="no site"):
        write_site(kept, tmp_path, Asked())
    assert files(tmp_path) == {"report/mine.html": b"mine"}
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    ours.mkdir()
    theirs.mkdir()
    (theirs / "x.html").write_text("mine")
    (ours / MARKER).write_text("")
    (ours / "story").symlink_to(theirs, target_is_directory=True)
    with pytest.raises(UsageError, match="elsewhere"):
        write_site(kept, ours, Asked())
    assert files(theirs) == {"x.html": b"mine"}


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="who may do all is not refused")
def test_a_folder_that_cannot_be_written_is_said(kept, tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(UsageError, match="cannot be written"):
        write_site(kept, tmp_path / "site", Asked())


def test_a_disk_that_is_full_leaves_whole_pages(kept, tmp_path, monkeypatch):
    written = 0
    write = Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        nonlocal written
        written += 1
        if written > 5:
            write(path, content[: len(content) // 2])
            raise OSError(28, "No space left on device")
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(UsageError, match="No space left"):
        write_site(kept, tmp_path / "site", Asked())
    for name, content in files(tmp_path / "site").items():
        assert not name.endswith(".part")
        assert not name.endswith(".html") or content.rstrip().endswith(b"</html>"), name
    monkeypatch.undo()
    write_site(kept, tmp_path / "site", Asked())


def test_every_id_has_a_file_name_of_its_own_on_every_file_system():
    made = [file_name(name) for name in NAMES]
    assert len({name.lower() for name in made}) == len(NAMES)
    for name in (*made, *(file_name(name, named=True) for name in NAMES)):
        assert re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,79}", name), name
        assert name not in ("con", "prn", "aux", "nul")


def test_every_id_has_an_address_of_its_own():
    for name in NAMES:
        path = unquote(Served().report(name))
        assert path.startswith("/report/")
        part = path.removeprefix("/report/")
        assert "/" not in part
        assert part not in (".", "..")
        assert not part.endswith(".json")
        assert whole(part) == name
