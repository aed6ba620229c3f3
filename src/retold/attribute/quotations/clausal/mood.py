"""Indirect speech that goes on over sentences: "Er sei …. Sie habe …."

A main clause in the subjunctive is said by whoever spoke before (for German news the same
observation carries QUiTE, Petersen-Frey & Biemann 2024)."""

from __future__ import annotations

from retold.attribute.quotations import lexicon as lx
from retold.attribute.quotations.clausal.contents import is_hearsay, is_subjunctive
from retold.attribute.quotations.clausal.frames import read_frame
from retold.attribute.quotations.clausal.segments import Segment, segments
from retold.attribute.quotations.clausal.subjects import main_subject
from retold.attribute.quotations.found import Found, Range
from retold.attribute.quotations.tokens import Period, Tokens

__all__ = ["carry_mood"]

_WHY = "the mood carries the speech before on"
_REFERS = "a word that refers to the source before"
_NEAR = 2
_FAR = 4
"""Sentences back to which a source is looked for."""
_ALONE = "the mood says that it is somebody's"


def carry_mood(
    t: Tokens,
    number: int,
    period: Period,
    parts: list[Segment],
    here: list[Found],
    found: list[Found],
) -> None:
    """Adds the sentence to `found` where its mood alone says that it is reported."""
    quoting = t.lexicon.quoting
    if here or not quoting.order.subjunctive or not parts:
        return
    if t.form[period.lo] in quoting.referring and found and number - found[-1].period <= _NEAR:
        source = found[-1]
        found.append(
            Found(
                number, period.lo, [(period.lo + 1, parts[-1].hi)], [(period.lo, period.lo + 1)],
                [], source.speaker, "asserted", lx.SAY, _REFERS, 0.6, list(source.carriers),
            )
        )  # fmt: skip
        return
    before = found[-1] if found else None
    near = before is not None and number - before.period <= 1
    paragraph = near and period.paragraph - t.periods[number - 1].paragraph <= 1
    if any(t.form[k] in t.lexicon.quoting.speaking for k in range(period.lo, period.hi)):
        return
    main = [part for part in parts if not part.subordinate and not part.quoted]
    spoken = any(is_subjunctive(t, part.lo, part.hi, sure=not paragraph) for part in main)
    if not spoken and not any(is_hearsay(t, part) for part in main):
        return
    if any(t.form[part.first] in t.lexicon.quoting.conditional for part in parts):
        return  # "Wäre …, wenn": a mood of its own
    hi = parts[-1].hi
    if before is not None and paragraph and before.why in (_WHY, _ALONE):
        before.content[-1] = (before.content[-1][0], hi)
        before.period = number
        return
    one = Found(
        number, parts[0].lo, [(parts[0].lo, hi)], [], [], None, "asserted", lx.SAY, _ALONE, 0.4, [],
    )  # fmt: skip
    if before is not None and paragraph:
        one.speaker, one.carriers = before.speaker, list(before.carriers)
        one.why, one.confidence = _WHY, 0.7
    elif spoken:
        one.speaker = _speaker_before(t, number, before)
    found.append(one)


def _speaker_before(t: Tokens, number: int, before: Found | None) -> Range | None:
    """Who speaks on: the subject of a cue verb that stands near without content, else of a verb."""
    here = t.periods[number]
    for back in range(number - 1, max(-1, number - 1 - _NEAR), -1):
        last = t.periods[back]
        if here.paragraph - last.paragraph > 1:
            break
        parts = segments(t, last)
        for k in range(last.hi - 1, last.lo - 1, -1):
            if not (t.cue[k] or t.lemma[k] in t.lexicon.particles):
                continue
            frame = read_frame(t, parts, k, None)
            if frame is not None and frame.source is not None and not frame.passive:
                return frame.source
    if before is not None and number - before.period <= _FAR and before.speaker is not None:
        return before.speaker
    if number and here.paragraph - t.periods[number - 1].paragraph <= 1:
        return main_subject(t, segments(t, t.periods[number - 1]), 0)
    return None
