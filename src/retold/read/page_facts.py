"""What a page says of itself, read from its raw markup before any text is taken out of it.

Extraction of text drops half of the agency credits and all clock times, so both are read here:
JSON-LD, meta elements, `<time>`, `rel=canonical`, bylines, credit lines.
"""

from __future__ import annotations

import re
from email.utils import parsedate_tz
from typing import Any

from retold.language.datelines import merged
from retold.model import Credit, Dating
from retold.read.building import Known
from retold.read.datelines import is_agency
from retold.read.dates import parse_iso
from retold.read.headings import agencies_in
from retold.read.structured import article_node, names, nodes

__all__ = ["facts"]

# Names under which pages give the time of publication, most reliable first.
_DATE_NAMES = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "og:published_time",
    "parsely-pub-date",
    "sailthru.date",
    "publishdate",
    "publish-date",
    "publish_date",
    "published-date",
    "publication_date",
    "pubdate",
    "pub_date",
    "article.published",
    "cxenseparse:recs:publishtime",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date.created",
    "dc.date",
    "date",
    "displaydate",
    "originalpublicationdate",
)
_AUTHOR_NAMES = (
    "author",
    "article:author",
    "dc.creator",
    "parsely-author",
    "byl",
    "sailthru.author",
)
_OUTLET_NAMES = ("og:site_name", "application-name", "dc.publisher", "article:publisher")
_SOURCE_NAMES = ("dc.source", "source", "news_source", "article:source", "agency", "copyright")
_SIGNED = re.compile(
    r"byline|author|credit|(?:^|[\s_-])(?:source|sources|agency|agence|agentur|agencia|dateline)"
    r"(?:$|[\s_-])|contributor|attribution|copyright",
    re.IGNORECASE,
)
_APART = frozenset(("nav", "aside", "script", "style", "template", "noscript", "form"))
_RELATED = re.compile(
    r"related|recommend|comment|sidebar|promo|newsletter|most-read", re.IGNORECASE
)
_URL_DATE = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=/|-|$)")
_LONGEST_SIGNATURE = 200


def facts(tree: Any, address: str | None) -> Known:
    """Title, URL, outlet, date, byline, credits and language that a parsed page states.

    Args:
        tree: root element of lxml.html.
        address: where the page was fetched from, None for a file.
    """
    metas = _metas(tree)
    blocks = [
        element.text or ""
        for element in tree.iter("script")
        if "ld+json" in (element.get("type") or "").lower()
    ]
    url = _address(tree, metas) or address
    node = article_node(nodes(blocks), url) or {}
    published, dating = _published(tree, metas, node, url)
    signed = _signed_elements(tree)
    byline = _byline(signed, metas, node)
    credits, notes = _credits(signed, metas, node, byline)
    outlet = _first(metas, _OUTLET_NAMES) or next(iter(names(node.get("publisher"))), None)
    return Known(
        title=_title(tree, metas, node, outlet),
        url=url,
        outlet=outlet,
        published=published,
        dating=dating,
        byline=byline,
        credits=credits,
        notes=notes,
        page_language=_language(tree),
    )


def _metas(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = " ".join((element.get("content") or "").split())
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _first(metas: dict[str, str], wanted: tuple[str, ...]) -> str | None:
    for name in wanted:
        value = metas.get(name)
        if value and not value.startswith(("http://", "https://", "@")):
            return value[:300]
    return None


def _address(tree: Any, metas: dict[str, str]) -> str | None:
    for element in tree.iter("link"):
        if "canonical" in (element.get("rel") or "").lower().split():
            href = (element.get("href") or "").strip()
            if href.startswith(("http://", "https://")):
                return href[:2000]
    url = metas.get("og:url", "")
    return url[:2000] if url.startswith(("http://", "https://")) else None


def _title(
    tree: Any, metas: dict[str, str], node: dict[str, Any], outlet: str | None
) -> str | None:
    headline = names(node.get("headline"))
    if headline:
        return headline[0][:500]
    heads = [_text(element, 500) for element in tree.iter("h1")]
    heads = [head for head in heads if head]
    if len(heads) == 1:
        return heads[0]
    title = metas.get("og:title") or metas.get("twitter:title")
    if not title:
        title = next((_text(element, 500) for element in tree.iter("title")), None)
    if title and outlet:
        for mark in (" - ", " | ", " – ", " — ", " :: ", " » "):
            head, found, tail = title.rpartition(mark)
            if found and tail.strip().casefold() == outlet.casefold():
                return head.strip()[:500]
    return title[:500] if title else None


def _published(
    tree: Any, metas: dict[str, str], node: dict[str, Any], url: str | None
) -> tuple[str | None, Dating | None]:
    candidates = [(node.get("datePublished"), "json-ld"), (node.get("dateCreated"), "json-ld")]
    candidates += [(metas.get(name), "meta") for name in _DATE_NAMES]
    times = [element for element in tree.iter("time") if element.get("datetime")]
    marked = [element for element in times if _says_published(element)]
    candidates += [(element.get("datetime"), "time element") for element in (marked or times)[:1]]
    for raw, found_in in candidates:
        found = _read_date(raw, found_in)
        if found is not None:
            return found
    match = _URL_DATE.search(url or "")
    if match:
        year, month, day = match.groups()
        found = parse_iso(f"{year}-{month:0>2}-{day:0>2}", "url")
        if found is not None:
            return found
    return None, None


def _says_published(element: Any) -> bool:
    said = " ".join(
        element.get(name) or "" for name in ("itemprop", "class", "pubdate", "data-testid", "id")
    ).lower()
    return "publish" in said or "pubdate" in said or element.get("pubdate") is not None


def _read_date(raw: object, found_in: str) -> tuple[str, Dating] | None:
    if not isinstance(raw, str):
        return None
    found = parse_iso(raw, found_in)
    if found is not None:
        return found
    parts = parsedate_tz(raw[:64])  # "Mon, 03 Mar 2031 10:00:00 +0900"
    if parts is None or ":" not in raw:
        return None
    year, month, day, hour, minute, second, *_, offset = parts
    zone = ""
    if offset is not None and re.search(r"[+-]\d{4}|GMT|UTC|\bZ\b", raw):
        sign = "-" if offset < 0 else "+"
        zone = f"{sign}{abs(offset) // 3600:02d}:{abs(offset) % 3600 // 60:02d}"
        zone = "Z" if re.search(r"GMT|UTC|\bZ\b", raw) else zone
    clock = f"{hour:02d}:{minute:02d}" + (f":{second:02d}" if raw.count(":") > 1 else "")
    made = parse_iso(f"{year:04d}-{month:02d}-{day:02d}T{clock}{zone}", found_in)
    if made is None:
        return None
    iso, dating = made
    return iso, Dating(dating.precision, dating.zone, found_in, raw.strip()[:64])


def _byline(signed: list[Any], metas: dict[str, str], node: dict[str, Any]) -> str | None:
    authors = list(dict.fromkeys(names(node.get("author"))))
    if authors:
        return ", ".join(authors)[:300]
    stated = _first(metas, _AUTHOR_NAMES)
    if stated:
        return stated
    for element in signed:
        marks = f"{element.get('rel') or ''} {element.get('itemprop') or ''}".lower().split()
        named = "byline" in (element.get("class") or "").lower()
        if "author" in marks or named:
            text = _without_by(_text(element, _LONGEST_SIGNATURE))
            if text:
                return text
    return None


def _without_by(text: str) -> str:
    low = text.lower()
    for opener in merged().by:
        if low.startswith((opener + " ", opener + ":")):
            return text[len(opener) :].lstrip(" :")
    return text


def _credits(
    signed: list[Any], metas: dict[str, str], node: dict[str, Any], byline: str | None
) -> tuple[tuple[Credit, ...], tuple[str, ...]]:
    """Agencies named as suppliers; those of pictures only in a note."""
    found: dict[str, Credit] = {}

    def credit(name: str, found_in: str) -> None:
        found.setdefault(name.casefold(), Credit(name, found_in, None))

    for key in ("sourceOrganization", "creditText", "isBasedOn", "provider", "author"):
        for name in names(node.get(key)):
            if key in ("sourceOrganization", "creditText") or is_agency(name):
                credit(name[:120], "json-ld")
    for key in (*_AUTHOR_NAMES, *_SOURCE_NAMES):
        for start, end in agencies_in(metas.get(key, ""), 0, len(metas.get(key, ""))):
            credit(metas[key][start:end], "meta")
    for start, end in agencies_in(byline or "", 0, len(byline or "")):
        credit((byline or "")[start:end], "byline")
    pictures: dict[str, None] = {}
    for element in signed:
        text = _text(element, _LONGEST_SIGNATURE)
        if not text:
            continue
        of_picture = _is_picture(element) or any(c in text.lower() for c in merged().captions)
        if of_picture:  # "AP Photo/Per Lund": any word that is an agency's mark
            marks = [word for word in re.findall(r"\w+", text) if is_agency(word)]
            pictures.update(dict.fromkeys(marks))
            continue
        for start, end in agencies_in(text, 0, len(text)):
            credit(text[start:end], "page")
    notes = (f"picture credited to {', '.join(pictures)}",) if pictures else ()
    return tuple(found.values()), notes


def _signed_elements(tree: Any) -> list[Any]:
    """Elements that by name or place hold a signature, outside navigation and related stories."""
    chosen = []
    waiting = [tree]
    while waiting:
        element = waiting.pop()
        tag = element.tag
        if not isinstance(tag, str) or tag in _APART:
            continue
        marks = " ".join(
            element.get(name) or "" for name in ("class", "id", "rel", "itemprop", "data-testid")
        )[:400]
        if marks and _RELATED.search(marks):
            continue
        if (
            tag in ("figcaption", "address", "cite")
            or (marks and _SIGNED.search(marks))
            or (tag in ("p", "span", "small") and _is_in_margin(element))
        ):
            chosen.append(element)
        waiting.extend(reversed(element))
    return chosen[:200]


def _is_in_margin(element: Any) -> bool:
    parent = element.getparent()
    for _ in range(3):
        if parent is None:
            return False
        if parent.tag in ("header", "footer"):
            return True
        parent = parent.getparent()
    return False


def _is_picture(element: Any) -> bool:
    for _ in range(4):
        if element is None:
            return False
        if element.tag in ("figure", "figcaption", "picture"):
            return True
        element = element.getparent()
    return False


def _language(tree: Any) -> str | None:
    code = (tree.get("lang") or "").strip().lower().replace("_", "-").partition("-")[0]
    return code if code.isalpha() and len(code) == 2 else None


def _text(element: Any, longest: int) -> str:
    """The element's text with single blanks; empty if it is longer than that (then no label)."""
    parts = []
    total = 0
    for part in element.itertext():
        total += len(part)
        if total > 4 * longest:
            return ""
        parts.append(part)
    text = " ".join("".join(parts).split())
    return text if len(text) <= longest else ""
