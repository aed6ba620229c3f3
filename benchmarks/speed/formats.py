"""How long tables, feeds, archives and wire items take, and hostile shapes of them.

Run: python benchmarks/speed/formats.py [--bytes N]

First sound inputs of n and 2n records (a linear reader shows a ratio of about 2), then every
shape of a hundredth, a tenth and all of `--bytes` bytes, with the growth from half of it to all
of it, slowest first. Exits with 1 when a shape takes more than 2 s per MB, or grows more than 2.6
times where it takes a tenth of a second. All is made here, so the figures need no other data.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import os
import time

from retold.read import read
from retold.settings import Settings

SENTENCE = "The harbour council said on Monday that the ferry would sail again, after repairs. "
BODY = "".join(f"<p>{number}. {SENTENCE * 3}</p>" for number in range(8))
TEXT = SENTENCE * 24
FEEDS = ("short", "broken")


def record(number: int) -> bytes:
    """A WARC record of a page."""
    page = (
        f"<html><head><title>{number}</title></head><body><article>{BODY}</article></body></html>"
    )
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page.encode()
    head = f"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {len(block)}\r\n\r\n"
    return head.encode() + block + b"\r\n\r\n"


def sound(kind: str, count: int) -> bytes:
    """An input of so many records."""
    every = range(count)
    if kind == "csv":
        rows = [f'{number},"{number} {TEXT}",2031-03-04\n' for number in every]
        return ("id,text,date\n" + "".join(rows)).encode()
    if kind.startswith("jsonl"):
        raw = "".join(json.dumps({"text": f"{number} {TEXT}"}) + "\n" for number in every).encode()
        return gzip.compress(raw) if kind.endswith(".gz") else raw
    if kind == "rss":
        items = [
            f"<item><title>{number}</title><content:encoded><![CDATA[{number} {BODY}]]>"
            "</content:encoded></item>"
            for number in every
        ]
        start = '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        return f"{start}<channel>{''.join(items)}</channel></rss>".encode()
    if kind in ("short", "broken"):  # a feed of headlines, and one that is not well formed
        items = [
            f"<item><title>Ferry {number}</title><link>http://tide.example/{number}</link>"
            f"<description>{SENTENCE}</description><category>ferries</category></item>"
            for number in every
        ]
        end = "</channel></rss>" if kind == "short" else "&nbsp;<br></rss>"
        return f'<rss version="2.0"><channel>{"".join(items)}{end}'.encode()
    if kind == "sitemap":
        urls = [f"<url><loc>https://courier.example/{number}</loc></url>" for number in every]
        return f"<urlset>{''.join(urls)}</urlset>".encode()
    records = [record(number) for number in every]
    return b"".join(map(gzip.compress, records) if kind.endswith(".gz") else records)


def shapes(size: int) -> dict[str, bytes]:
    """Starts of formats, each followed by one unit repeated."""
    marked = ["<", "&", "<a ", "<![CDATA[", "<!--", "&#", "<item>", "<p>", "<div>", '"', "]]>"]
    starts = {
        "rss": ('<rss version="2.0"><channel><item><description>', marked),
        "sitemap": ("<urlset>", marked),
        "atom": ('<feed xmlns="http://www.w3.org/2005/Atom"><entry><content type="html">', marked),
        "newsml": ("<newsItem><contentSet><inlineXML><nitf><body><body.content><p>", marked),
        "page": ("<html><body><article><p>", [*marked, "<p>a b c</p>", "a b c. "]),
        "json list": ("[\n", ["{", "\n{", '\n{"a":', '{"a":"b\n', "{}{", "},{", '{"a":[{']),
        "json feed": (
            '{"version": "https://jsonfeed.org/version/1.1", "items": [\n',
            ["{", "\n{", '{"content_html": "<p>"},', '{"content_text": "a b"},\n'],
        ),
        "tsv": ("id\ttext\n1\t", ['"', '"\t"', 'a\t"\n', "\t", '1\t"a\n']),
        "nitf": ("<nitf><body><body.content><p>", marked),
        "csv": ("id,text\n1,", ['"', '","', 'a,"\n', "\n", '1,"a\n', '1,a"b\n', 'x,"y"z\n']),
        "warc": (
            "WARC/1.0\r\n",
            ["WARC/1.0\r\n", "\r\n\r\n", "WARC/1.", "WARC/1.0\r\nContent-Length: 99999\r\n\r\n"],
        ),
        "json": ("", ["[", '{"a":', '{"', '\\"', '{"a":1}\n', '[{"a":1},', "http://a.b/c\n"]),
    }
    return {
        f"{name} {unit!r}": (start + unit * (size // len(unit))).encode()
        for name, (start, units) in starts.items()
        for unit in units
    }


def seconds(raw: bytes) -> float:
    """CPU time of reading, of parsers in processes of their own too."""
    settings = Settings(language="en")
    begun = time.process_time() + sum(os.times()[2:4])
    read(["-"], settings, stdin=io.BytesIO(raw))
    return time.process_time() + sum(os.times()[2:4]) - begun


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--bytes", type=int, default=1_000_000)
    size = parser.parse_args().bytes
    for kind in ("csv", "jsonl", "jsonl.gz", "rss", *FEEDS, "sitemap", "warc", "warc.gz"):
        count = 16_000 if kind in FEEDS else 200
        once, twice = sound(kind, count), sound(kind, 2 * count)
        seconds(once)  # imports
        first, second = seconds(once), seconds(twice)
        print(
            f"{kind:9} {2 * count:6} records, {len(twice) / 1e6:5.2f} MB: {second:6.3f} s, "
            f"{second / 2 / count * 1e3:6.2f} ms a record, t(2n)/t(n) {second / first:.2f}"
        )
    bad = report(size)
    raise SystemExit(1 if bad else 0)


def report(size: int) -> int:
    """Print the table of shapes; the number of those that are too slow."""
    rows = []
    small, middle, half = shapes(size // 100), shapes(size // 10), shapes(size // 2)
    for name, raw in shapes(size).items():
        whole = seconds(raw)
        growth = whole / max(seconds(half[name]), 1e-4)
        if whole > 0.1 and growth > 2.6:  # once more: the machine may be busy
            growth = min(growth, seconds(raw) / max(seconds(half[name]), 1e-4))
        slow = whole > 2.0 * size / 1e6 or (whole > 0.1 and growth > 2.6)
        rows.append((whole, growth, seconds(small[name]), seconds(middle[name]), slow, name))
    rows.sort(reverse=True)
    bad = sum(row[4] for row in rows)
    print(f"{len(rows)} shapes: CPU s at {size // 100:,}, {size // 10:,}, {size:,} bytes; growth")
    for whole, growth, least, tenth, slow, name in rows[: max(12, bad)]:
        print(
            f"  {least:7.3f} {tenth:7.3f} {whole:7.3f}  ×{growth:5.2f}{'!' if slow else ' '} {name}"
        )
    print(f"over 2 s per MB, or growing more than 2.6 times: {bad}")
    return bad


if __name__ == "__main__":
    main()
