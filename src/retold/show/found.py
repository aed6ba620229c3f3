"""What a search found, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from retold.holdings import Found, Hit
from retold.show.dates import as_read
from retold.show.marks import encodable, visible
from retold.show.names import count

__all__ = ["found"]

_ENDS = (".", "!", "?", "…", "”", "»", "。")
_BOLD, _DIM, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"


def found(
    page: Found, *, colour: bool = False, encoding: str = "utf-8", local: bool = False
) -> str:
    """The page as text: what was looked for stands in square brackets, or bold with `colour`.

    Args:
        page: what to show.
        colour: whether to write ANSI styles.
        encoding: of the place it goes to.
        local: times as the clock of this machine shows them, else as they were given.
    """
    lines = [count(page.total, "report")]
    for hit in page.hits:
        lines += ["", *_hit(hit, colour, local)]
    if page.next is not None:
        lines += ["", f"more: --after {page.next}"]
    return encodable("\n".join(lines), encoding) + "\n"


def _hit(hit: Hit, colour: bool, local: bool) -> Iterator[str]:
    bold, dim, plain = (_BOLD, _DIM, _PLAIN) if colour else ("", "", "")
    when = (
        as_read(hit.published, local=local)
        if hit.published
        else f"no date, added {as_read(hit.added[:10])}"
    )
    named = [when, hit.outlet or "no outlet named"]
    if hit.versions > 1:
        named.append(f"version {hit.version} of {hit.versions}")
    yield f"{bold}{visible(hit.title or 'no title')}{plain}"
    yield f"  {' · '.join(map(visible, named))}"
    if hit.excerpt:
        yield f"  {_excerpt(hit, colour)}"
    yield f"  {dim}{visible(' · '.join(one for one in (hit.report, hit.url) if one))}{plain}"


def _excerpt(hit: Hit, colour: bool) -> str:
    start, end = hit.span
    pieces = []
    at = start
    for first, behind in hit.marks:
        pieces.append(visible(hit.excerpt[at - start : first - start]))
        word = visible(hit.excerpt[first - start : behind - start])
        pieces.append(f"{_BOLD}{word}{_PLAIN}" if colour else f"[{word}]")
        at = behind
    pieces.append(visible(hit.excerpt[at - start : end - start]))
    ended = hit.excerpt.endswith(_ENDS)
    return ("… " if start else "") + "".join(pieces).strip() + ("" if ended else " …")
