"""Why a report is where it is, in words that a person can check."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from retold.group.comparing import COPY, Pair
from retold.group.kept import Kept
from retold.group.reading import Tokens
from retold.group.vectors import BagName, Vector
from retold.model import Evidence, Place, Report
from retold.text.counting import count

__all__ = ["because", "because_new"]

Keys = npt.NDArray[np.int32]

_SHOWN = 5


def because(
    report: Report, read: Tokens, mine: Kept, other: Kept, pair: Pair
) -> tuple[Evidence, ...]:
    """What a report shares with the report of its story that it is most like.

    Args:
        report: with its text.
        read: the tokens of its text.
        mine: what is kept of it.
        other: what is kept of the other.
        pair: how the two compare.
    """
    names = _shared("names", mine, other, report, read)
    known = names.spans if names is not None else ()
    found = [
        names,
        _shared("numbers", mine, other, report, read),
        _shared("words", mine, other, report, read, known),
        _quoted(mine, other),
        _copied(pair, other),
        _dated(mine, other),
    ]
    return tuple(one for one in found if one is not None)


def because_new(near: Kept | None, window: int) -> tuple[Evidence, ...]:
    """Why a report starts a story.

    Args:
        near: the report that came nearest, None when nothing was shared.
        window: days that were looked at.
    """
    if near is None:
        note = f"No report of the {window} days before shares rare words or names with it"
    else:
        note = f"Nearest is report {near.id}, which shares too little of its words and names"
    return (Evidence(kind="textual", weight=0.0, note=note),)


def _shared(
    bag: BagName,
    mine: Kept,
    other: Kept,
    report: Report,
    read: Tokens,
    known: tuple[Place, ...] = (),
) -> Evidence | None:
    """Words, names or numbers that are in both.

    Args:
        bag: which.
        mine, other: what is kept of the two.
        report: with its text.
        read: its tokens.
        known: places shown already.
    """
    keys, weight = _common(mine.vector, other.vector, bag)
    forms: list[str] = []
    spans: list[Place] = []
    in_text = read.names if bag == "names" else read.terms
    fits = {
        "names": read.capitals,
        "numbers": read.numbers,
        "words": read.content & ~read.numbers,
    }[bag]
    for key in keys.tolist():
        there = (in_text == key) & fits
        place = int(there.argmax()) if len(there) else 0
        if not there[place : place + 1].any():
            continue
        form = read.forms[place]
        start = _where(report.text, form)
        if start is None or form in forms:
            continue
        span = Place(report.id, (start, start + len(form)))
        if span in known:
            continue
        forms.append(form)
        spans.append(span)
        if len(forms) == _SHOWN:
            break
    if not forms:
        return None
    listed = ", ".join(f"«{form}»" for form in forms)
    return Evidence(
        kind="name" if bag == "names" else "textual",
        weight=round(min(1.0, weight), 3),
        note=f"Shares the {bag} {listed} with report {other.id}",
        spans=tuple(spans),
    )


def _common(mine: Vector, other: Vector, bag: BagName) -> tuple[Keys, float]:
    """Keys that two vectors share in a bag, the heaviest first; and their dot product."""
    keys, weights = mine.bag(bag)
    theirs, their_weights = other.bag(bag)
    if not len(theirs):
        return theirs, 0.0
    there = np.minimum(np.searchsorted(theirs, keys), len(theirs) - 1)
    here = (theirs[there] == keys).nonzero()[0]
    shared, products = keys[here], weights[here] * their_weights[there[here]]
    return shared[np.lexsort((shared, -products))], float(products.sum())


def _where(text: str, form: str) -> int | None:
    """Where a word first stands as a whole word."""
    start = text.find(form)
    while start >= 0:
        end = start + len(form)
        before = start == 0 or not text[start - 1].isalnum()
        after = end == len(text) or not text[end].isalnum()
        if before and after:
            return start
        start = text.find(form, start + 1)
    return None


def _quoted(mine: Kept, other: Kept) -> Evidence | None:
    if not (len(mine.vector.quoted) and len(other.vector.quoted)):
        return None
    keys = np.intersect1d(mine.vector.quoted, other.vector.quoted, assume_unique=True)
    if not len(keys):
        return None
    some = count(len(keys), "run of five words is", "runs of five words are")
    note = f"{some} in quotation marks in report {other.id} too"
    return Evidence("textual", round(len(keys) / (len(keys) + 10), 3), note)


def _copied(pair: Pair, other: Kept) -> Evidence | None:
    if pair.contained < COPY / 5:
        return None
    share = min(1.0, pair.contained)
    note = (
        f"{share:.0%} of the runs of five words of the shorter one stand in report {other.id} too"
    )
    return Evidence("textual", round(share, 3), note)


def _dated(mine: Kept, other: Kept) -> Evidence | None:
    gap = abs(mine.moment - other.moment)
    if math.isnan(gap):
        return None
    if gap < 1.0:
        note = f"Published on the same day as report {other.id}"
    else:
        note = f"Published {count(round(gap), 'day')} apart from report {other.id}"
    return Evidence("date", round(math.exp(-gap), 3), note)
