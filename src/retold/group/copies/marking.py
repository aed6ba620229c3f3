"""Which words of a report are a source's, which are reworded, which are its own.

The three classes of the METER corpus (Gaizauskas et al. 2001, "The METER corpus"): *verbatim*,
*rewrite*, *new*. Nothing is learned. Two questions are asked:

1. Of every sentence: is it **explained** by the source? The mean of four shares, from near to
   far: how much of the sentence the two best sentences of the source have, how much of the words
   around and of the passage around the source has (by stem, beyond what any text of its length
   would have), how much of the whole report stands in telling runs. A writer who keeps to the
   wire keeps to it throughout, so what differs in such a report was reworded; in a report that
   shares little, what differs is somebody else's. Quotations are cut and dropped, seldom
   reworded: words in them that the source does not have count against it, and it takes more to
   call them reworded.
2. Of every word that the source has: did it come from there with its neighbours, or are these two
   writers who use the same word? How rare it is, the run it stands in, the words beside it that
   stand in the source in the same order, and how far its sentence is explained are added up.

Words kept are verbatim, whatever surrounds them; others are rewritten in sentences that the
source explains, and new in others.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Literal

import numpy as np

from retold.group.copies.evidence import Bools, Floats, Shared, around, weights
from retold.model import Noun, Segmented, Span, Word
from retold.text.stems import stemmer

__all__ = ["Class", "Marked", "Marks", "mark"]

Class = Literal["verbatim", "rewrite", "new"]

_NEAR, _WIDE = 12, 40
"""Words to either side: a sentence or two, a passage."""

_TELLING = 1.5
"""Weight of a run that is no coincidence: two rare words."""

_CHANCE, _CHANCE_GROWS, _CHANCE_WORDS = 0.16, 0.10, 200
_CHANCE_MOST = 0.6
"""What a source of another story has of a report's words, by weight: 0.16 where it has 200
different stems, 0.10 more where e times as many (`benchmarks/quality/reuse.py chance`)."""

_EXPLAINED = 0.54
"""Mean share from which a sentence is explained."""

_QUOTED = 0.2
"""What a word in quotation marks that is in no shared run of three takes from it, and how much
better its sentence must be explained for it to be reworded."""

_CAPITAL, _RUN, _BESIDE = 0.5, 0.2, 0.25
"""What is added to a word's own weight (0.1 to 1) for a capital, for every further word of its
run, and for the weight of words beside it in the source's order."""

_KEPT = 2.0
"""Sum from which a word is verbatim: a rare word in an explained sentence with two others beside
it, a name of two words anywhere. Both thresholds were chosen on one half of METER's stories;
`benchmarks/quality/reuse.py` gives the other half apart."""

_COMMON = 200
"""A stem of more sentences than this does not choose the best ones."""

_QUOTES = '"\u201c\u201d\u201e\u00ab\u00bb'


class Marked(Noun, frozen=True, gc=False):
    """Neighbouring words of one class.

    Attributes:
        kind: "verbatim", "rewrite" or "new".
        span: from the first word to the last.
    """

    kind: Class
    span: Span


class Marks(Noun, frozen=True):
    """A report's words beside a source.

    Attributes:
        report: its id.
        spans: in order; every word is in one.
        verbatim, rewrite, new: shares of the words, in [0, 1].
    """

    report: str
    spans: tuple[Marked, ...]
    verbatim: float
    rewrite: float
    new: float


def mark(report: Segmented, sources: Sequence[Segmented]) -> Marks:
    """The words of a report, by class.

    Args:
        report: of which the words are marked.
        sources: the texts of one source, or several takes of it.

    Linear in the words, save that stems are looked up in the sentences that have them.
    """
    words = [word for sentence in report.sentences for word in sentence.words]
    kinds = _kinds(report, words, sources)
    spans: list[Marked] = []
    for word, kind in zip(words, kinds, strict=True):
        if spans and spans[-1].kind == kind:
            spans[-1] = Marked(kind, (spans[-1].span[0], word.end))
        else:
            spans.append(Marked(kind, (word.start, word.end)))
    size = max(1, len(words))
    shares = [kinds.count(kind) / size for kind in ("verbatim", "rewrite", "new")]
    return Marks(report.report.id, tuple(spans), *shares)


def _kinds(report: Segmented, words: Sequence[Word], sources: Sequence[Segmented]) -> list[Class]:
    if not words:
        return []
    text = report.report.text
    forms = [word.form for word in words]
    weighed = weights(forms, report.report.language)
    theirs = [[w.form for s in source.sentences for w in s.words] for source in sources]
    shared = Shared(forms, weighed, theirs)
    quoted = np.array(_quoted(text, words))
    explained = _explained(report, words, weighed, sources, shared, quoted & ~shared.runs(3))
    held = {form for some in theirs for form in some}
    here = np.array([form in held for form in forms])
    capital = np.array([text[word.start].isupper() for word in words])
    evidence = weighed + _CAPITAL * capital + _RUN * shared.further() + _BESIDE * shared.beside()
    kept = here & (evidence + explained >= _KEPT)
    kinds: list[Class] = []
    reworded = explained >= _EXPLAINED + _QUOTED * quoted
    for verbatim, rewrite in zip(kept.tolist(), reworded.tolist(), strict=True):
        kinds.append("verbatim" if verbatim else "rewrite" if rewrite else "new")
    return kinds


def _explained(
    report: Segmented,
    words: Sequence[Word],
    weighed: Floats,
    sources: Sequence[Segmented],
    shared: Shared,
    own: Bools,
) -> Floats:
    """For each word how far its sentence is explained; `own` are quoted and not the sources'."""
    stem = stemmer(report.report.language)
    theirs = [
        frozenset(stem(word.form) for word in sentence.words)
        for source in sources
        for sentence in source.sentences
    ]
    stems = frozenset().union(*theirs)
    known = weighed * np.array([stem(word.form) in stems for word in words])
    share = _best(report, weighed, theirs, stem) + float(np.mean(shared.telling(_TELLING)))
    size = max(1, len(stems)) / _CHANCE_WORDS
    chance = min(_CHANCE_MOST, max(0.0, _CHANCE + _CHANCE_GROWS * math.log(size)))
    for radius in (_NEAR, _WIDE):
        # As Cohen's kappa (1960): agreement beyond chance, of what chance leaves.
        has = around(known, radius) / around(weighed, radius)
        share += np.maximum(has - chance, 0.0) / (1.0 - chance)
    share = share / 4 - _QUOTED * own
    sizes = np.array([len(sentence.words) for sentence in report.sentences if sentence.words])
    means = np.add.reduceat(share, np.cumsum(sizes) - sizes) / sizes
    found: Floats = np.repeat(means, sizes)
    return found


def _best(
    report: Segmented,
    weighed: Floats,
    theirs: Sequence[frozenset[str]],
    stem: Callable[[str], str],
) -> Floats:
    """For each word how much of its sentence the two best sentences of the sources have."""
    having: dict[str, list[int]] = defaultdict(list)
    for number, held in enumerate(theirs):
        for one in sorted(held):
            having[one].append(number)
    shares: list[float] = []
    for sentence in report.sentences:
        ours = [stem(word.form) for word in sentence.words]
        heavy = weighed[len(shares) : len(shares) + len(ours)].tolist()
        score: dict[int, float] = defaultdict(float)
        for one, weight in zip(ours, heavy, strict=True):
            places = having.get(one, ())
            if len(places) <= _COMMON:
                for place in places:
                    score[place] += weight
        best = sorted(score, key=lambda place: (-score[place], place))[:2]
        both = frozenset().union(*(theirs[place] for place in best))
        found = sum(weight for one, weight in zip(ours, heavy, strict=True) if one in both)
        shares += [found / (sum(heavy) or 1.0)] * len(ours)
    return np.array(shares)


def _quoted(text: str, words: Sequence[Word]) -> list[bool]:
    """Which words stand between quotation marks, counted from the beginning of each paragraph."""
    inside, at = False, 0
    found = []
    for word in words:
        between = text[at : word.start]
        if "\n" in between:
            inside, between = False, between.rpartition("\n")[2]
        inside ^= sum(map(between.count, _QUOTES)) % 2 == 1
        found.append(inside)
        at = word.end
    return found
