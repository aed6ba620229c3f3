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
HEAD = "<!DOCTYPE html><meta charset=utf-8><title>test</title>"
WIDTHS = [320, 360, 800, 1280]
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
        f"{HEAD}<script>console.log('pwned')</script><img src='http://evil.example/i.png'>",
        "utf-8",
    )
    _, console, asked = visit(tmp_path, "bad.html")
    assert "pwned" in console
    assert any("evil.example" in address for address in asked)


def test_payloads_in_pages_neither_run_nor_ask(tmp_path):
    frames = []
    for number, payload in enumerate(PAYLOADS):
        (tmp_path / f"{number}.html").write_text(page(nasty(payload)), "utf-8")
        frames.append(f"<iframe src={number}.html></iframe>")
    (tmp_path / "all.html").write_text(f"{HEAD}{''.join(frames)}", "utf-8")
    shown, console, asked = visit(tmp_path, "all.html")
    assert shown.count("<iframe") == len(PAYLOADS)
    assert console == ""
    assert [address for address in asked if "example" in address] == []


def test_payloads_in_a_notebook_neither_run_nor_ask(tmp_path):
    """Every payload is a cell of one document, without a policy that would hold it back."""
    cells = "".join(f"<div>{fragment(nasty(payload))}</div>" for payload in PAYLOADS)
    (tmp_path / "cells.html").write_text(f"{HEAD}{cells}", "utf-8")
    shown, console, asked = visit(tmp_path, "cells.html")
    assert shown.count('<div class="rt cell">') == len(PAYLOADS)
    assert console == ""
    assert [address for address in asked if "example" in address] == []


def test_pages_need_no_sideways_scrolling_and_no_network(tmp_path):
    """Frames from phone to desk; a script outside the pages measures them (file access)."""
    frames = []
    for name, telling in {"three": seas(), "eight": many(8)}.items():
        (tmp_path / f"{name}.html").write_text(page(telling), "utf-8")
        frames.extend(
            f'<iframe src={name}.html width={width} height=900 style="border:0"></iframe>'
            for width in WIDTHS
        )
    (tmp_path / "look.html").write_text(
        f"""{HEAD}{"".join(frames)}<pre></pre>
        <script>
        onload = () => {{
          const found = [...document.querySelectorAll("iframe")].map(frame => {{
            const inner = frame.contentDocument;
            for (const one of inner.querySelectorAll("details")) one.open = true;
            const wide = [...inner.querySelectorAll("body *")].filter(one =>
              one.getBoundingClientRect().right > frame.clientWidth + 1
              && !one.closest(".scroll") && !one.closest(".vh") && !one.closest(".skip"));
            return {{
              width: frame.clientWidth,
              scroll: inner.documentElement.scrollWidth,
              wide: wide.slice(0, 3).map(one => one.outerHTML.slice(0, 200)),
              font: inner.defaultView.getComputedStyle(inner.querySelector("h1")).fontWeight,
            }};
          }});
          document.querySelector("pre").textContent = JSON.stringify(found);
        }};
        </script>""",
        "utf-8",
    )
    shown, console, asked = visit(tmp_path, "look.html", "--window-size=1600,1000")
    found = re.search(r"<pre>(\[.*?\])</pre>", shown, re.DOTALL)
    assert found, shown[-500:]
    measured = json.loads(found[1])
    assert [one["width"] for one in measured] == [*WIDTHS, *WIDTHS]
    for one in measured:
        assert one["font"] == "600", "the style sheet was refused by the page's own policy"
        assert one["wide"] == []
        assert one["scroll"] <= one["width"]
    assert console == ""
    assert [address for address in asked if "example" in address] == []
