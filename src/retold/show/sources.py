"""Per passage, who has it from whom, put together for people."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from retold.model import Derivation, Evidence
from retold.show.names import listed, named

__all__ = ["From", "froms", "in_one_line"]

_LISTED = 6  # sources of one passage named in its line
_HOW = {"copied": "", "cut": ", cut", "reworded": ", in other words", "translated": ", translated"}


class From(Struct, frozen=True):
    """Reports that have a passage from one source in the same way.

    Attributes:
        reports: ids, in the order of the derivations.
        source: witness id; None for not known.
        how: to be said after the source; empty for copied.
        support: of the least sure.
        reasons: one of each report.
    """

    reports: tuple[str, ...]
    source: str | None
    how: str
    support: float
    reasons: tuple[Evidence, ...]


def froms(derivations: Sequence[Derivation]) -> tuple[From, ...]:
    """The derivations of one passage, those from one source in one way together."""
    groups: dict[tuple[str | None, str], list[Derivation]] = {}
    for one in derivations:
        how = "" if one.source is None else _HOW.get(one.kind, "")
        groups.setdefault((one.source, how), []).append(one)
    return tuple(
        From(
            reports=tuple(one.report for one in group),
            source=source,
            how=how,
            support=min(one.support for one in group),
            reasons=tuple(reason for one in group for reason in one.evidence),
        )
        for (source, how), group in groups.items()
    )


def in_one_line(
    found: Sequence[From], letter: Callable[[str], str], witness: Callable[[str], str]
) -> str:
    """Such as: B from lost telling 1, cut; C from B; D: cannot tell."""
    parts = []
    shown = named(len(found), _LISTED)
    for one in found[:shown]:
        letters = sorted(map(letter, one.reports), key=lambda name: (len(name), name))
        who = listed(letters, 6)
        if one.source is None:
            parts.append(f"{who}: cannot tell")
        else:
            parts.append(f"{who} from {witness(one.source)}{one.how}")
    if shown < len(found):
        parts.append(f"and {len(found) - shown} more sources")
    return "; ".join(parts)
