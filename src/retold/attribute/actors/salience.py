"""Who is most likely meant: the mentions before a place, scored.

The features are those of Lappin & Leass (1994), cut down to what can be read off words without
a parse; the weights are tuned by `benchmarks/quality/actors.py`.
"""

from __future__ import annotations

from bisect import bisect_right
from math import log

from msgspec import Struct

from retold.attribute.actors.clusters import Cluster
from retold.attribute.actors.lexicon import Lexicon
from retold.attribute.actors.tokens import Tokens
from retold.model import Span

__all__ = ["MENTIONS", "WEIGHTS", "Salience", "Weights"]

# Mentions looked back at, at most: keeps a pronoun's cost constant.
MENTIONS = 60


class Weights(Struct, frozen=True):
    """What counts for an antecedent.

    Attributes:
        sentence: for each sentence between.
        word: for each ten words between.
        speaker: it spoke (a source, or next to a verb of saying).
        subject: a verb follows it, or it opens its sentence.
        possessor: it is only a possessor or stands before a noun.
        frequent: per natural logarithm of its mentions so far.
        gender: its gender is known and agrees.
        unknown: it is not known to be a person.
        office: it is known by an office alone ("a judge"), without gender.
        object: the pronoun is an object and it a subject of the same sentence.
        quoted: it stands inside quotation marks and the pronoun does not, or the reverse.
        inside: it is named in the quotation whose speaker the pronoun is.
        pronoun: it was itself last taken up by a pronoun.
        reach: sentences looked back.
    """

    sentence: float = -1.8
    word: float = -0.5
    speaker: float = 1.1
    subject: float = 1.9
    possessor: float = -0.2
    frequent: float = 0.45
    gender: float = 0.95
    unknown: float = -1.3
    office: float = -3.0
    object: float = -3.2
    quoted: float = -2.5
    inside: float = -2.0
    pronoun: float = 0.3
    reach: int = 5


WEIGHTS = Weights()


class Seen(Struct):
    """One mention, as a candidate for what follows."""

    cluster: Cluster
    word: int
    end: int
    sentence: int
    speaker: bool
    subject: bool
    possessor: bool
    quoted: bool
    pronoun: bool


def _narrative(tokens: Tokens) -> list[int]:
    """For each sentence, how many up to it have words outside quotation marks.

    Sentences of a long quotation do not move the speaker away.
    """
    counts: list[int] = []
    count = 0
    for number in range(len(tokens.first) - 1):
        first, last = tokens.first[number], tokens.first[number + 1]
        count += not all(tokens.quoted[first:last])
        counts.append(count)
    return counts


class Salience:
    """The mentions of one report so far, in the order of the text.

    Attributes:
        seen: all mentions.
        guessed: keys of actors whose gender is only guessed from a pronoun.
        barred: keys of actors that are out of the question for the moment.
    """

    def __init__(
        self, tokens: Tokens, lexicon: Lexicon, sources: list[Span], weights: Weights
    ) -> None:
        self.tokens = tokens
        self.lexicon = lexicon
        self.weights = weights
        self.seen: list[Seen] = []
        self.counts: dict[str, int] = {}
        self.sources = sources
        self.source_starts = {start for start, _ in sources}
        self.guessed: set[str] = set()
        self.barred: set[str] = set()
        self.subject_of = -1
        self.narrative = _narrative(tokens)

    def see(
        self, cluster: Cluster, first: int, last: int, *, pronoun: bool, modifier: bool
    ) -> None:
        """Note a mention: words `[first, last)`."""
        tokens, lexicon = self.tokens, self.lexicon
        after = last if last < len(tokens.forms) else None
        before = first - 1 if first else None
        verb = (
            after is not None
            and tokens.sentence[after] == tokens.sentence[first]
            and tokens.forms[after] in lexicon.agency
            and not tokens.possessive[last - 1]
        )
        speaks = verb and after is not None and tokens.forms[after] in lexicon.speech
        if not speaks and before is not None and tokens.glue[first] == " ":
            speaks = tokens.forms[before] in lexicon.speech and not verb and not pronoun
        source = self.in_source(tokens.starts[first])
        subject = verb or (
            tokens.sentence[first] != self.subject_of
            and not tokens.possessive[last - 1]
            and not modifier
            and (before is None or tokens.forms[before] not in lexicon.prepositions)
        )
        if subject:
            self.subject_of = tokens.sentence[first]
        self.counts[cluster.key] = self.counts.get(cluster.key, 0) + 1
        self.seen.append(
            Seen(
                cluster,
                first,
                last,
                tokens.sentence[first],
                source or speaks,
                subject,
                modifier or tokens.possessive[last - 1],
                tokens.quoted[first],
                pronoun,
            )
        )

    def in_source(self, position: int) -> bool:
        """The place lies in a span that is known to name a source."""
        # Sources are few; their starts are compared first because most names begin one.
        if position in self.source_starts:
            return True
        return any(start <= position < end for start, end in self._near(position))

    def _near(self, position: int) -> list[Span]:
        place = bisect_right(self.sources, (position, 1 << 60))
        return self.sources[max(0, place - 1) : place]

    def best(self, i: int, kind: str, possessive: bool) -> tuple[Cluster, str] | None:
        """The actor that a pronoun of a kind at word `i` takes up, and why; None for nobody."""
        tokens, weights = self.tokens, self.weights
        sentence = tokens.sentence[i]
        best: tuple[float, int, Cluster] | None = None
        object_form = tokens.forms[i] in self.lexicon.objects
        here = self.narrative[sentence]
        inside = self._named_inside(i, here)
        fits: dict[str, float | None] = {}
        for seen in reversed(self.seen[-MENTIONS:]):
            distance = here - self.narrative[seen.sentence]
            if distance > weights.reach:
                break
            cluster = seen.cluster
            if cluster.key not in fits:
                fits[cluster.key] = self._fit(cluster, kind)
            fit = fits[cluster.key]
            if fit is None:
                continue
            score = fit + weights.sentence * distance
            score += weights.word * min(i - seen.word, 60) / 10
            score += weights.speaker * seen.speaker + weights.subject * seen.subject
            score += weights.possessor * seen.possessor + weights.pronoun * seen.pronoun
            score += weights.frequent * log(self.counts[cluster.key])
            if seen.quoted != tokens.quoted[i]:
                score += weights.quoted
            if cluster.key in inside:
                score += weights.inside
            if object_form and distance == 0 and seen.subject:
                score += weights.object
            if not possessive and self._same_clause(seen, i):
                score -= 2.0
            if best is None or score > best[0]:
                best = (score, seen.word, cluster)
        if best is None:
            return None
        why = f"the nearest fitting mention before is “{best[2].shown}”"
        return best[2], why

    def _named_inside(self, i: int, here: int) -> set[str]:
        """Who is named in the quotation that the pronoun is the speaker of: not the speaker."""
        tokens, speech = self.tokens, self.lexicon.speech
        after = i + 1 < len(tokens.forms) and tokens.forms[i + 1] in speech
        before = i > 0 and tokens.forms[i - 1] in speech
        if tokens.quoted[i] or not (after or before):
            return set()
        found: set[str] = set()
        for seen in reversed(self.seen[-MENTIONS:]):
            if here - self.narrative[seen.sentence] > 1:
                break
            if seen.quoted and not seen.pronoun:
                found.add(seen.cluster.key)
        return found

    def _same_clause(self, seen: Seen, i: int) -> bool:
        """An object pronoun cannot take up the subject right before it ("X told him")."""
        return i - seen.end == 1 and self.tokens.forms[i - 1] in self.lexicon.speech

    def _fit(self, cluster: Cluster, kind: str) -> float | None:
        """Agreement of an actor with a class of pronoun; None when it cannot be."""
        weights = self.weights
        if cluster.key in self.barred:
            return None
        if kind == "either":
            return None if cluster.plural else 0.0
        if kind in ("male", "female"):
            if cluster.plural or cluster.kind in ("place", "organisation"):
                return None
            if cluster.thing and cluster.kind == "unknown":
                return None
            if cluster.gender is not None and cluster.gender != kind:
                return None
            if cluster.gender is not None and cluster.key not in self.guessed:
                return weights.gender
            if cluster.kind == "office":
                return weights.office
            if cluster.kind == "person":
                return 0.0
            return weights.unknown / 3 if cluster.spoke else weights.unknown
        if kind == "plural":
            if cluster.plural:
                return weights.gender
            if cluster.kind == "organisation":
                return -0.5
            return -1.5 if cluster.kind in ("unknown", "place") else None
        if cluster.plural or cluster.kind in ("person", "office"):
            return None
        return 0.0 if cluster.kind != "unknown" else weights.unknown / 2
