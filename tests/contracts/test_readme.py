"""The README and the docs show what the commands really print."""

from __future__ import annotations

import re

from tests.contracts.readme import BLOCK, PAGES, commands, output, prepared


def test_every_console_block_is_real(tmp_path):
    folder = prepared(tmp_path)
    count = 0
    for page in PAGES:
        for match in BLOCK.finditer(page.read_text("utf-8")):
            asked = commands(match["body"])
            count += len(asked)
            now = "".join(f"$ {command}\n{output(command, folder)}" for command in asked)
            assert match["body"] == now, f"{page.name}: sh scripts/readme renews it"
    assert count >= 7


def test_every_link_leads_somewhere():
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text("utf-8")):
            if not target.startswith("http"):
                assert (page.parent / target).exists(), f"{page.name}: {target}"
