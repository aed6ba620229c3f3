"""Small files that ask for much: refused, in little memory, and no other file or address opened."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

MB = 1_000_000
LIMIT = (200 + 64) * MB
ENTITIES = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12))
EXTERNAL = (
    '<!ENTITY x SYSTEM "file://{secret}">',
    '<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;',
    '<!ENTITY a "ha">' + ENTITIES,
)
ROOTS = {
    "rss": '<rss version="2.0"><channel><item><title>&x;</title></item></channel></rss>',
    "feed": "<feed><entry><title>&x;</title></entry></feed>",
    "urlset": "<urlset><url><loc>&x;</loc></url></urlset>",
    "nitf": "<nitf><body><body.content><p>&x;&m;</p></body.content></body></nitf>",
    "newsItem": "<newsItem><contentSet><inlineData>&x;</inlineData></contentSet></newsItem>",
    "html": "<html><body><p>The harbour council said that &x; would sail.</p></body></html>",
    "opml": "<opml><body><outline text='&x;'/></body></opml>",
}
# Reads each file; prints reports, refusals, what was opened beside, and the peak of memory above
# what the imports need.
CHILD = """
import json, sys, tempfile
from retold.read import read, read_bytes, read_text
import feedparser
page = "<html><body>" + "<p>The harbour council said on Monday so.</p>" * 9
read_bytes(page.encode(), "a.html"); read_text("The harbour council said so. " * 9)
read(["/dev/null"]); tempfile.gettempdir()
def peak():
    with open("/proc/self/status") as status:
        return next(int(l.split()[1]) for l in status if l.startswith("VmHWM")) * 1024
seen = []
def hook(event, given):
    if event in ("open", "socket.connect", "socket.getaddrinfo", "urllib.Request"):
        seen.append((event, str(given[0] if event != "socket.connect" else given[1])))
sys.addaudithook(hook)
base, answers = peak(), []
for name in json.loads(sys.argv[1]):
    seen.clear()
    reports, refused = read([name])
    beside = [
        one for one in seen
        if one[1] not in (name, tempfile.gettempdir())
        and not one[1].endswith((".py", ".pyc", ".toml"))
        and not one[1].startswith((sys.prefix, sys.base_prefix))
    ]
    answers.append([
        [len(one.text) for one in reports],
        [[one.error, one.where, one.advice] for one in refused[:9]],
        beside, peak() - base, any("TOP SECRET" in one.text for one in reports)])
print(json.dumps(answers))
"""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")


def answers(files: list[Path]) -> list[tuple[list[int], list[list[str]], list[str], int, bool]]:
    done = subprocess.run(
        [sys.executable, "-c", CHILD, json.dumps([str(one) for one in files])],
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    return [tuple(one) for one in json.loads(done.stdout)]  # type: ignore[misc]


def packed(head: bytes, unit: bytes = b"a", megabytes: int = 100) -> bytes:
    return gzip.compress(head) + gzip.compress(unit * MB) * megabytes


def test_what_unpacks_to_much_is_refused_in_little_memory(tmp_path: Path) -> None:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"
    answer += gzip.compress(b"a" * 30 * MB)
    record = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: %d\r\n\r\n" % len(answer)
    bombs = {
        "zeros.gz": packed(b"", b"\0"),
        "twice.gz": gzip.compress(packed(b"", b"\0")),
        "line.jsonl.gz": packed(b'{"text": "'),
        "cell.csv.gz": packed(b'id,text\n1,"'),
        "page.html.gz": packed(b"<html><body><p>"),
        "feed.xml.gz": packed(b'<rss version="2.0"><channel><item><title>'),
        "record.warc.gz": packed(
            b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 19000000\r\n\r\n"
        ),
        "answer.warc": record + answer + b"\r\n\r\n",
        "lines.json": b"[\n" + b"{},\n" * 100_000,
        "depth.json": b'{"text": "a", "x": ' + b"[" * 2 * MB,
        "elements.html": b"<html><body>" + b"<p>a b" * 300_000,
        "lines.txt": b"a b.\n" * 1 * MB,
    }
    zstandard = pytest.importorskip("zstandard")
    bombs["zeros.zst"] = zstandard.ZstdCompressor(level=3).compress(b"\0" * 100 * MB)
    files = []
    for name, raw in bombs.items():
        (tmp_path / name).write_bytes(raw)
        files.append(tmp_path / name)
    for file, (reports, refused, beside, memory, _) in zip(files, answers(files), strict=True):
        assert memory < LIMIT, (file.name, memory)
        assert beside == [], file.name
        if file.name != "lines.txt":
            assert reports == [], file.name
            assert refused, file.name
            assert all(advice for _, _, advice in refused), file.name


def test_entities_and_document_types_open_nothing(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("TOP SECRET words of another file")
    files = []
    for root, document in ROOTS.items():
        for number, declared in enumerate(EXTERNAL):
            entity = declared.replace("{secret}", str(secret))
            file = tmp_path / f"{root}{number}.xml"
            file.write_text(f'<?xml version="1.0"?><!DOCTYPE {root} [{entity}]>{document}')
            files.append(file)
        file = tmp_path / f"{root} outside.xml"
        file.write_text(f'<!DOCTYPE {root} SYSTEM "http://127.0.0.1:9/a.dtd">{document}')
        files.append(file)
    for file, (reports, refused, beside, memory, leaked) in zip(files, answers(files), strict=True):
        assert not leaked, file.name
        assert beside == [], (file.name, beside)
        assert reports or refused, file.name
        assert sum(reports) < 1_000, file.name
        assert memory < LIMIT, (file.name, memory)
