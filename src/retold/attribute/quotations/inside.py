"""Quotations inside quotation marks: who is quoted by the one who is quoted.

In “She told me: ‘Leave at once’,” he said, the words “Leave at once” come from her through him.
Only what has marks of its own is read so; the rest of a quotation is its speaker's words.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from msgspec.structs import replace

from retold.attribute.quotations.assemble import assemble
from retold.attribute.quotations.finding import find
from retold.attribute.quotations.raw import Carrier, RawQuotation
from retold.attribute.quotations.tokens import Tokens, tokenise_inside
from retold.model import Segmented
from retold.text.marks import Quoted

__all__ = ["quoted_inside"]

_WHY = "quotes the utterer in turn"


def quoted_inside(
    segmented: Segmented, tokens: Tokens, outer: Sequence[RawQuotation]
) -> list[RawQuotation]:
    """The quotations inside other quotations, with the outer speaker as carrier.

    Args:
        segmented: the report.
        tokens: of the report.
        outer: what was found outside quotation marks, in order of content.
    """
    found: list[RawQuotation] = []
    hosts = sorted((span, number) for number, one in enumerate(outer) for span in one.content)
    for part, following in zip(tokens.quotes, tokens.quotes[1:], strict=False):
        if part.level or following.level != 1:
            continue
        host = _host(part, hosts, outer)
        inside = tokenise_inside(segmented, tokens, part)
        for one in assemble(inside, find(inside)):
            if one.kind == "indirect" or not one.source or not one.speech:
                continue
            found.append(replace(one, nested=True, carriers=(*one.carriers, *_through(host))))
    return found


def _host(
    part: Quoted, hosts: Sequence[tuple[tuple[int, int], int]], outer: Sequence[RawQuotation]
) -> RawQuotation | None:
    """The quotation whose content the marks belong to."""
    at = bisect_right(hosts, ((part.inner[0], len(outer) + part.inner[1]), 0)) - 1
    if at < 0 or hosts[at][0][1] < part.inner[0]:
        return None
    return outer[hosts[at][1]]


def _through(host: RawQuotation | None) -> tuple[Carrier, ...]:
    if host is None:
        return ()
    speaker = () if host.speaker is None else (Carrier(host.speaker, _WHY),)
    return (*speaker, *host.carriers)
