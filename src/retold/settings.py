"""What can be set. One frozen object describes a run; defaults carry their reason."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct


class Limits(Struct, frozen=True, forbid_unknown_fields=True):
    """Sizes and times over which an input is refused, so that one bad file cannot stop a batch.

    Attributes:
        page_bytes: a file or page. Real article pages stay below 5 MB.
        feed_bytes: a feed, sitemap or newswire document. Parsers of them are slow.
        decompressed_bytes, decompressed_ratio: of a compressed transfer; zeros compress
            1,029 to 1, text below 20 to 1. Of a compressed file the ratio alone: it is unpacked
            piece by piece.
        nesting: of HTML elements; parsers cut silently near 255.
        attributes: of one HTML tag; lxml is quadratic in them.
        elements: of one page. A parser keeps half a kilobyte of each; article pages have below
            20,000.
        sentence_characters: longer ones are cut hard, and marked.
        report_sentences: of one report.
        redirects, fetch_seconds: of one fetch.
        fetch_attempts, retry_seconds: of a fetch that fails in passing: how often it is tried,
            and how long it waits in all before it gives up.
        crawl_delay: seconds; the longest pause that a robots.txt can ask for.
        parse_seconds: wall clock for making text from one page; computing time for parsing one
            feed, which takes a second a megabyte, and twice that by the clock.
        json_depth: of one record.
    """

    page_bytes: int = 20_000_000
    feed_bytes: int = 10_000_000
    decompressed_bytes: int = 200_000_000
    decompressed_ratio: int = 200
    nesting: int = 200
    attributes: int = 1_000
    elements: int = 200_000
    sentence_characters: int = 5_000
    report_sentences: int = 20_000
    redirects: int = 5
    fetch_seconds: float = 20.0
    fetch_attempts: int = 3
    retry_seconds: float = 60.0
    crawl_delay: float = 60.0
    parse_seconds: float = 20.0
    json_depth: int = 200


class Columns(Struct, frozen=True, forbid_unknown_fields=True):
    """Which columns or keys of a table or record hold what; None for a report's own name of it.

    A name with dots ("fields.body") reaches into nested records where no key is called so.
    """

    text: str | None = None
    id: str | None = None
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    published: str | None = None
    language: str | None = None
    story: str | None = None


class Watching(Struct, frozen=True, forbid_unknown_fields=True):
    """How often feeds are looked at; seconds.

    Attributes:
        shortest, longest: limits of the pause between two looks at one feed. It is halved when
            the feed brought something and grows by half when it did not.
        first: the pause after the first look.
        failing: the longest pause for a feed that does not answer.
        attempts: at one article's page, before it is given up.
    """

    shortest: int = 600
    longest: int = 7_200
    first: int = 1_800
    failing: int = 86_400
    attempts: int = 12


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """All settings of a run.

    Attributes:
        limits: see `Limits`.
        language: ISO 639-1 code taken for every report; None to identify it.
        columns: see `Columns`.
        watching: see `Watching`.
        dates: how 04/03/2031 is meant where records or tables give it: day first or month first;
            None to leave such dates unknown.
        fetch: fetch the reports of which a feed, sitemap or list gives only the address.
        fetch_pause: seconds between two fetches from one host.
        robots: keep to robots.txt in whatever is fetched beyond what a person names.
        contact: an address or URL under which a site's owner reaches whoever runs this program;
            sent with every fetch.
        allow_private_network: fetch from addresses that are not public.
        encoder: a model of sentence vectors that helps grouping: a folder, an installed package or
            a name on a model hub; see docs/how-to/group-with-vectors.md. None: words alone.
        download_encoder: fetch that model where it is not at hand.
        seed: of every resampling, so that a run can be repeated.
    """

    limits: Limits = Limits()
    language: str | None = None
    columns: Columns = Columns()
    watching: Watching = Watching()
    dates: Literal["dmy", "mdy"] | None = None
    fetch: bool = False
    fetch_pause: float = 1.0
    robots: bool = True
    contact: str | None = None
    allow_private_network: bool = False
    encoder: str | None = None
    download_encoder: bool = False
    seed: int = 0


DEFAULTS = Settings()
