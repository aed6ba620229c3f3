"""The README shows what the commands really print."""

from __future__ import annotations

from tests.contracts.readme import BLOCK, ROOT, commands, output, prepared


def test_every_console_block_is_real(tmp_path):
    folder = prepared(tmp_path)
    readme = (ROOT / "README.md").read_text("utf-8")
    blocks = [match["body"] for match in BLOCK.finditer(readme)]
    assert sum(len(commands(body)) for body in blocks) >= 5
    for body in blocks:
        now = "".join(f"$ {command}\n{output(command, folder)}" for command in commands(body))
        assert body == now, "sh scripts/readme renews the README"


def test_every_link_leads_somewhere():
    import re

    for page in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text("utf-8")):
            if not target.startswith("http"):
                assert (page.parent / target).exists(), f"{page.name}: {target}"
