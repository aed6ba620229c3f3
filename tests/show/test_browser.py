"""The page in a real browser: nothing runs, nothing is asked of the network, nothing is wider."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from retold.show.notebook import fragment
from retold.show.page import page
from tests.show.payloads import PAYLOADS
from tests.show.tellings import many, nasty, seas

CHROMIUM = next(
    filter(
        None,
        (
            os.environ.get("CHROMIUM"),
            *map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome")),
        ),
    ),
    None,
)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None, reason="no Chromium found; set CHROMIUM to the path of one"
    ),
]


def visit(folder: Path, name: str, *options: str) -> tuple[str, str, list[str]]:
    """Opens a file; gives the document as it then is, the console, and the addresses asked for."""
    log = folder / "net.json"
    done = subprocess.run(
        [
            str(CHROMIUM),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--allow-file-access-from-files",
            "--enable-logging=stderr",
            f"--user-data-dir={folder / 'profile'}",
            f"--log-net-log={log}",
            "--virtual-time-budget=2000",
            *options,
            "--dump-dom",
            (folder / name).as_uri(),
        ],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=True,
    )
    console = "\n".join(line for line in done.stderr.splitlines() if "CONSOLE" in line)
    asked = re.findall(r'"url":"((?:https?|wss?)[^"]*)"', log.read_text("utf-8", "replace"))
    return done.stdout, console, asked


def test_the_browser_would_tell(tmp_path):
    """The same look at a page that does all of it: what the other tests do not see is not there."""
    (tmp_path / "bad.html").write_text(
        "<!DOCTYPE html><meta charset=utf-8><title>x</title><body>"
        "<script>console.log('pwned')</script><img src='http://evil.example/i.png'>",
        "utf-8",
    )
    _, console, asked = visit(tmp_path, "bad.html")
    assert "pwned" in console
    assert any("evil.example" in address for address in asked)


def test_payloads_neither_run_nor_ask(tmp_path):
    frames = []
    for number, payload in enumerate(PAYLOADS):
        telling = nasty(payload)
        inside = f"<!DOCTYPE html><meta charset=utf-8><title>x</title>{fragment(telling)}"
        for kind, made in (("page", page(telling)), ("cell", inside)):
            name = f"{kind}{number}.html"
            (tmp_path / name).write_text(made, "utf-8")
            frames.append(f"<iframe src={name}></iframe>")
    (tmp_path / "all.html").write_text(
        f"<!DOCTYPE html><meta charset=utf-8><title>all</title>{''.join(frames)}", "utf-8"
    )
    shown, console, asked = visit(tmp_path, "all.html")
    assert shown.count("<iframe") == 2 * len(PAYLOADS)
    assert console == ""
    assert [address for address in asked if "example" in address] == []


@pytest.mark.parametrize("width", [320, 800, 1280])
@pytest.mark.parametrize("telling", [seas(), many(8)], ids=["three", "eight"])
def test_the_page_needs_no_sideways_scrolling_and_no_network(tmp_path, telling, width):
    """A frame of the given width around the page; a script outside it measures (file access)."""
    (tmp_path / "page.html").write_text(page(telling), "utf-8")
    (tmp_path / "look.html").write_text(
        f"""<!DOCTYPE html><meta charset=utf-8><title>look</title>
        <iframe src=page.html style="width:{width}px;height:900px;border:0"></iframe><pre></pre>
        <script>
        const frame = document.querySelector("iframe");
        frame.onload = () => {{
          const inner = frame.contentDocument;
          for (const one of inner.querySelectorAll("details")) one.open = true;
          const wide = [...inner.querySelectorAll("body *")].filter(one =>
            one.getBoundingClientRect().right > {width} + 1 && !one.closest(".scroll")
            && !one.closest(".vh") && !one.closest(".skip"));
          document.querySelector("pre").textContent = JSON.stringify({{
            scroll: inner.documentElement.scrollWidth,
            wide: wide.slice(0, 3).map(one => one.outerHTML.slice(0, 200)),
            font: inner.defaultView.getComputedStyle(inner.querySelector("h1")).fontWeight,
          }});
        }};
        </script>""",
        "utf-8",
    )
    shown, console, asked = visit(tmp_path, "look.html", "--window-size=1600,1000")
    found = re.search(r"<pre>(\{.*?\})</pre>", shown, re.DOTALL)
    assert found, shown[-500:]
    measured = json.loads(found[1])
    assert measured["font"] == "600", "the style sheet was refused by the page's own policy"
    assert measured["wide"] == []
    assert measured["scroll"] <= width
    assert console == ""
    assert [address for address in asked if "example" in address] == []
