"""Takes the pictures of the app that the README shows: `scripts/screenshots`."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from retold.archive import open_archive
from retold.archive.stories import Asked, listed
from retold.keeping.adding import add
from retold.keeping.refreshing import refresh_quotations
from retold.keeping.stories import refresh_stories
from retold.keeping.tellings import telling_of
from retold.web.links import Served
from tests.show.test_browser import CHROMIUM

from .served import Serving

ROOT = Path(__file__).parents[2]
SIZE = {"width": 1180, "height": 1420}
SCALE = 0.7
MOST = 150_000  # bytes of a picture
OF = "dam"  # a word of the story that is shown


def main() -> int:
    """Write docs/stories.png and docs/story.png from the examples; returns the exit code."""
    reports = sorted(str(path) for path in (ROOT / "examples").glob("*/reports"))
    with TemporaryDirectory() as folder, open_archive(f"{folder}/a.retold", create=True) as archive:
        add(archive, reports)
        refresh_quotations(archive)
        refresh_stories(archive)
        for line in listed(archive, Asked()).stories:
            telling_of(archive, line.id)
        story = listed(archive, Asked(words=OF)).stories[0].id
        with Serving(archive) as where, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            page = browser.new_page(viewport=SIZE, device_scale_factor=SCALE)
            made = [
                (where + Served().home(), ROOT / "docs" / "stories.png"),
                (where + Served().story(story), ROOT / "docs" / "story.png"),
            ]
            for address, file in made:
                page.goto(address, wait_until="networkidle")
                page.screenshot(path=file)
            browser.close()
    sizes = {file.name: file.stat().st_size for _, file in made}
    sys.stdout.write("".join(f"docs/{name}: {size:,} bytes\n" for name, size in sizes.items()))
    return 0 if max(sizes.values()) <= MOST else 1


if __name__ == "__main__":
    sys.exit(main())
