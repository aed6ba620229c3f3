"""Words of a report beside a source: verbatim, rewrite, new."""

from __future__ import annotations

import random
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from retold.group.copies.marking import Marks, mark

from .test_fold import OWN, WIRE, report

REWRITTEN = (
    "Dockers at the northern terminal have decided to end a strike that had kept nineteen grain"
    " ships at anchor since the start of October.\n"
    "After a night of talks the harbour board gave up its plan to cut the night shift by a third.\n"
    "Bread in Tallow, meanwhile, has become a matter for poets."
)


def shown(text: str, marks: Marks, kind: str) -> list[str]:
    return [text[slice(*one.span)] for one in marks.spans if one.kind == kind]


def test_runs_are_verbatim_what_parts_them_is_rewrite_and_the_rest_is_new() -> None:
    marks = mark(report("r", REWRITTEN), [report("w", WIRE)])
    verbatim = " / ".join(shown(REWRITTEN, marks, "verbatim"))
    assert "to end a strike that had kept nineteen grain ships at anchor since the" in verbatim
    assert "plan to cut the night shift by a third" in verbatim
    assert any("decided" in part for part in shown(REWRITTEN, marks, "rewrite"))
    assert any("a matter for poets" in part for part in shown(REWRITTEN, marks, "new"))
    assert marks.verbatim > marks.new > 0


def test_a_report_of_its_own_is_new_and_a_copy_is_verbatim() -> None:
    own = mark(report("r", OWN), [report("w", WIRE)])
    assert own.new > 0.9
    copy = mark(report("r", WIRE), [report("w", WIRE)])
    assert (copy.verbatim, copy.rewrite, copy.new) == (1.0, 0.0, 0.0)


def test_a_short_run_of_function_words_is_not_kept_and_a_name_is_anywhere() -> None:
    text = (
        "It was at the end of the summer that the painter Odile Verrand gave up oils for chalk and"
        " her neighbour, Piet Osmund, never noticed."
    )
    marks = mark(report("r", text), [report("w", WIRE)])
    assert "Piet Osmund" in " / ".join(shown(text, marks, "verbatim"))
    new = " / ".join(shown(text, marks, "new"))
    assert "It was at the end of the" in new
    assert marks.rewrite == 0.0


def test_what_only_the_report_quotes_is_new_among_reworded_words() -> None:
    quoted = REWRITTEN.replace(
        "a strike that had kept", 'a strike they call "the longest we have ever sung through" and'
    )
    marks = mark(report("r", quoted), [report("w", WIRE)])
    assert any("we have ever sung through" in part for part in shown(quoted, marks, "new"))
    plain = quoted.replace('"', "")
    reworded = shown(plain, mark(report("r", plain), [report("w", WIRE)]), "rewrite")
    assert any("ever sung through" in part for part in reworded)


def test_a_long_source_explains_less_by_having_much() -> None:
    rng = random.Random(5)
    syllables = ["ba", "do", "ki", "lu", "me", "no", "ra", "si", "to", "ve"]
    noise = ["".join(rng.choices(syllables, k=4)) for _ in range(4000)]
    long = WIRE + "\n" + " ".join(noise) + "."
    short, lengthy = (mark(report("r", REWRITTEN), [report("w", one)]) for one in (WIRE, long))
    assert lengthy.rewrite <= short.rewrite
    assert lengthy.new >= short.new


def test_nothing_and_no_source() -> None:
    assert mark(report("r", ""), [report("w", WIRE)]).spans == ()
    alone = mark(report("r", OWN), [])
    assert alone.new == 1.0


pieces = st.lists(st.sampled_from((WIRE + "\n" + OWN).replace("\n", " ").split(". ")), max_size=4)


@given(pieces, st.lists(pieces, max_size=3))
def test_every_word_is_in_one_span(ours: Sequence[str], theirs: Sequence[Sequence[str]]) -> None:
    own = report("r", ". ".join(ours))
    sources = [report(f"s{n}", ". ".join(some)) for n, some in enumerate(theirs)]
    marks = mark(own, sources)
    for sentence in own.sentences:
        for word in sentence.words:
            holding = [s for s in marks.spans if s.span[0] <= word.start and word.end <= s.span[1]]
            assert len(holding) == 1
    assert abs(marks.verbatim + marks.rewrite + marks.new - (1 if marks.spans else 0)) < 1e-9
