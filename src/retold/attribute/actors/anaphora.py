"""What pronouns, office nouns and "the ministry" take up.

Each is resolved to the best of the actors mentioned before it, within a few sentences: those
that agree (gender, number, person or institution, the office held), scored by nearness and by
salience (speaker, subject, number of mentions). The weights are in `WEIGHTS`, measured by
`benchmarks/quality/actors.py`; the features are those of Lappin & Leass (1994), cut down to
what can be read off words without a parse.
"""

from __future__ import annotations

from math import log

from msgspec import Struct

from retold.attribute.actors.clusters import Cluster, Held
from retold.attribute.actors.lexicon import Lexicon
from retold.attribute.actors.naming import Name
from retold.attribute.actors.offices import Office
from retold.attribute.actors.tokens import Tokens
from retold.model import Span

# Level of agreement of a general noun with an office of its class.
_CLASS = 1.5
# Mentions looked back at, at most: keeps a pronoun's cost constant.
_MENTIONS = 60

__all__ = ["WEIGHTS", "Weights", "resolve_anaphora"]


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
    subject: float = 0.9
    possessor: float = -0.2
    frequent: float = 0.35
    gender: float = 0.95
    unknown: float = -1.3
    office: float = -2.4
    object: float = -1.8
    quoted: float = -2.5
    inside: float = -2.0
    pronoun: float = 0.3
    reach: int = 5


WEIGHTS = Weights()


class _Seen(Struct):
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


class _Resolver:
    def __init__(
        self,
        tokens: Tokens,
        lexicon: Lexicon,
        names: list[Name],
        of: list[Cluster],
        offices: list[Office],
        clusters: dict[str, Cluster],
        sources: list[Span],
        weights: Weights,
    ) -> None:
        self.tokens = tokens
        self.lexicon = lexicon
        self.names = names
        self.of = of
        self.offices = offices
        self.clusters = clusters
        self.weights = weights
        self.seen: list[_Seen] = []
        self.counts: dict[str, int] = {}
        self.source_starts = {start for start, _ in sources}
        self.sources = sources
        self.latest_held: list[Cluster] = []
        self.guessed: set[str] = set()
        self.subject_of = -1
        self.barred: set[str] = set()
        self.narrative = _narrative(tokens)

    # --- walking -----------------------------------------------------------------------

    def run(self) -> None:
        """All mentions in the order of the text."""
        tokens, lexicon = self.tokens, self.lexicon
        events: dict[int, tuple[str, int]] = {}
        for number, office in enumerate(self.offices):
            events[office.first] = ("office", number)
        skip: dict[int, int] = {}
        for number, name in enumerate(self.names):
            if name.first in events:
                skip[name.first] = number
                continue
            events[name.first] = ("name", number)
        nominals = lexicon.nominals
        pronouns = lexicon.pronouns
        for i, form in enumerate(tokens.forms):
            event = events.get(i)
            if event is not None:
                if event[0] == "name":
                    self._name(event[1])
                else:
                    self._office(self.offices[event[1]])
                    if i in skip:
                        self._name(skip[i])
            elif form in pronouns:
                self._pronoun(i, *pronouns[form])
            elif form in nominals:
                self._nominal(i)

    def _see(
        self, cluster: Cluster, first: int, last: int, *, pronoun: bool, modifier: bool
    ) -> None:
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
        source = self._in_source(tokens.starts[first])
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
            _Seen(
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

    def _in_source(self, position: int) -> bool:
        # Sources are few; their starts are compared first because most names begin one.
        if position in self.source_starts:
            return True
        return any(start <= position < end for start, end in self._near(position))

    def _near(self, position: int) -> list[Span]:
        from bisect import bisect_right

        place = bisect_right(self.sources, (position, 1 << 60))
        return self.sources[max(0, place - 1) : place]

    def _mention(self, cluster: Cluster, first: int, last: int, form: str, why: str) -> None:
        span = (self.tokens.starts[first], self.tokens.ends[last - 1])
        cluster.mentions.setdefault(span, (form, True, why))

    # --- names -------------------------------------------------------------------------

    def _name(self, number: int) -> None:
        name = self.names[number]
        demonym = name.listed is not None and name.listed.strength == "demonym"
        if demonym:
            return
        self._see(self.of[number], name.first, name.last, pronoun=False, modifier=name.modifier)
        cluster = self.of[number]
        if cluster.held:
            self._latest(cluster)

    def _latest(self, cluster: Cluster) -> None:
        """Keep the holders of offices with the one named last at the end."""
        if self.latest_held and self.latest_held[-1] is cluster:
            return
        self.latest_held = [other for other in self.latest_held if other is not cluster][-40:]
        self.latest_held.append(cluster)

    # --- pronouns ----------------------------------------------------------------------

    def _pronoun(self, i: int, kind: str, possessive: bool) -> None:
        tokens = self.tokens
        if kind in ("self",):
            return
        if kind == "relative":
            self._relative(i)
            return
        if kind == "neuter" and self._expletive(i):
            return
        best = self._best(i, kind, possessive)
        if best is None:
            return
        cluster, why = best
        if kind in ("male", "female") and cluster.gender is None:
            cluster.gender = kind
            self.guessed.add(cluster.key)
        self._mention(cluster, i, i + 1, "pronoun", why)
        if cluster.held:
            self._latest(cluster)
        if not possessive or tokens.forms[i] == "her":
            self._see(cluster, i, i + 1, pronoun=True, modifier=possessive)
        else:
            self._see(cluster, i, i + 1, pronoun=True, modifier=True)

    def _relative(self, i: int) -> None:
        """ "X, who said …": the name or office directly before."""
        tokens = self.tokens
        if not self.seen or self.seen[-1].sentence != tokens.sentence[i]:
            return
        last = self.seen[-1]
        if last.end == i or tokens.text[tokens.ends[last.end - 1] : tokens.starts[i]] == ", ":
            self._mention(
                last.cluster, i, i + 1, "pronoun", "the relative pronoun follows the name"
            )

    def _expletive(self, i: int) -> bool:
        """ "It is said that", "it was clear that": no one is meant."""
        tokens = self.tokens
        forms = tokens.forms[i + 1 : i + 4]
        return bool(forms) and forms[0] in self.lexicon.copula and "that" in forms

    def _best(self, i: int, kind: str, possessive: bool) -> tuple[Cluster, str] | None:
        tokens, weights = self.tokens, self.weights
        sentence = tokens.sentence[i]
        best: tuple[float, int, Cluster] | None = None
        object_form = tokens.forms[i] in self.lexicon.objects
        here = self.narrative[sentence]
        inside = self._named_inside(i, here)
        fits: dict[str, float | None] = {}
        for seen in reversed(self.seen[-_MENTIONS:]):
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
        for seen in reversed(self.seen[-_MENTIONS:]):
            if here - self.narrative[seen.sentence] > 1:
                break
            if seen.quoted and not seen.pronoun:
                found.add(seen.cluster.key)
        return found

    def _same_clause(self, seen: _Seen, i: int) -> bool:
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

    # --- offices -----------------------------------------------------------------------

    def _office(self, office: Office) -> None:
        if office.name is not None:
            cluster = self.of[office.name]
            self._mention(
                cluster, office.first, office.last, "office", "the office stands beside the name"
            )
            self._latest(cluster)
            return
        found = None
        if office.article in ("definite", "bare") or office.possessor is not None:
            found = self._holder(office)
        if found is None:
            cluster, why = self._new(office), "named by the office alone"
        else:
            cluster, why = found
        self._mention(cluster, office.first, office.last, "office", why)
        self._latest(cluster)
        self._see(cluster, office.first, office.last, pronoun=False, modifier=False)

    def _holder(self, office: Office) -> tuple[Cluster, str] | None:
        """Who holds the office: the best agreement, of equals the one named last."""
        best: tuple[float, int, Cluster] | None = None
        for place, cluster in enumerate(self.latest_held):
            if cluster.plural != office.plural:
                continue
            for known in cluster.held:
                level = agreement(office.held, known, self.lexicon)
                if level and cluster.kind == "office" and not cluster.introduced:
                    level -= 1.0
                level += 0.6 if level > _CLASS and cluster.kind == "person" else 0.0
                if level and (best is None or (level, place) >= best[:2]):
                    best = (level, place, cluster)
        if best is not None:
            return best[2], f"holds the office as “{best[2].shown}” does"
        later = self._later(office)
        if later is not None:
            return later, f"the office that “{later.shown}” is given further on"
        if office.plural or office.article != "definite" or office.last > office.core[1]:
            return None
        return self._recent_person(office)

    def _later(self, office: Office) -> Cluster | None:
        """The one person who is given just this office, of just this country, further on."""
        if len(office.held.words) < 2 and not office.held.of:
            return None
        exact = [
            cluster
            for cluster in self.clusters.values()
            if cluster.kind == "person"
            and any(
                known.words == office.held.words
                and (not office.held.of or not known.of or office.held.of & known.of)
                for known in cluster.held
            )
        ]
        return exact[0] if len(exact) == 1 else None

    def _recent_person(self, office: Office) -> tuple[Cluster, str] | None:
        """For a general noun, the person spoken of; for others, only one without an office."""
        lexicon = self.lexicon
        head = office.held.head
        general = head in lexicon.epithets
        kind = "either"
        if head in lexicon.male_roles:
            kind = "male"
        elif head in lexicon.female_roles:
            kind = "female"
        self.barred = {
            cluster.key
            for cluster in self.clusters.values()
            if not _personal(cluster)
            or (
                cluster.held
                and not general
                and not any(known.classes & office.held.classes for known in cluster.held)
            )
            or any(
                known.of and office.held.of and not known.of & office.held.of
                for known in cluster.held
            )
        }
        best = self._best(office.first, kind, possessive=False)
        self.barred = set()
        if best is None:
            return None
        return best[0], f"the person last spoken of is “{best[0].shown}”"

    def _new(self, office: Office) -> Cluster:
        tokens = self.tokens
        start = office.first
        if office.article != "bare" and office.possessor is None:
            start += 1
        start = min(start, office.core[1] - 1)
        text = tokens.text[tokens.starts[start] : tokens.ends[office.last - 1]]
        shown = " ".join(text.split())
        words = " ".join(sorted(office.held.words | office.held.of))
        key = f"office:{words}"
        if not office.held.of:
            key += f":{tokens.starts[office.first]}"
        cluster = self.clusters.get(key)
        if cluster is None:
            cluster = Cluster(key, "office", shown, (office.held.head,), plural=office.plural)
            cluster.first = office.first
            self.clusters[key] = cluster
        head = office.held.head
        if head in self.lexicon.male_roles:
            cluster.gender = "male"
        elif head in self.lexicon.female_roles:
            cluster.gender = "female"
        if office.held not in cluster.held:
            cluster.held.append(office.held)
        cluster.names[shown] = cluster.names.get(shown, 0) + 1
        position = tokens.starts[office.first]
        cluster.introduced |= office.article == "indefinite" or self._in_source(position)
        return cluster

    # --- institutions ------------------------------------------------------------------

    def _nominal(self, i: int) -> None:
        """ "the ministry", "the news agency": the institution of that sort named last."""
        tokens, lexicon = self.tokens, self.lexicon
        form = tokens.forms[i]
        first, last = i, i + 1
        if i and tokens.glue[i] and f"{tokens.forms[i - 1]} {form}" in lexicon.nominals:
            form, first = f"{tokens.forms[i - 1]} {form}", i - 1
        while first and tokens.glue[first] and tokens.forms[first - 1] in lexicon.loose:
            first -= 1
        if not first or not tokens.glue[first] or tokens.forms[first - 1] not in lexicon.definite:
            return
        if (
            last < len(tokens.forms)
            and tokens.glue[last] == " "
            and (tokens.forms[last] in lexicon.joiners or tokens.forms[last] in lexicon.roles)
        ):
            return
        cluster = self._institution(i, form)
        if cluster is None:
            return
        why = f"takes up “{cluster.shown}”"
        self._mention(cluster, first - 1, last, "nominal", why)
        self._see(cluster, first - 1, last, pronoun=False, modifier=False)

    def _institution(self, i: int, form: str) -> Cluster | None:
        """The institution of that sort named last; else one whose name does not tell its sort."""
        lexicon = self.lexicon
        heads = lexicon.nominals[form]
        state = form in lexicon.states
        sentence = self.tokens.sentence[i]
        plain: Cluster | None = None
        for seen in reversed(self.seen[-_MENTIONS:]):
            if sentence - seen.sentence > 8:
                break
            cluster = seen.cluster
            if state and cluster.kind == "place" and len(cluster.key) == len("place:XX"):
                return cluster
            if cluster.kind not in ("organisation", "unknown") or seen.pronoun:
                continue
            if heads & set(cluster.forms) or any(_has(name, heads) for name in cluster.names):
                return cluster
            if heads & set(cluster.shown.lower().split()):
                return cluster
            if form in lexicon.press:
                if cluster.key in lexicon.media:
                    return cluster
                if cluster.kind == "organisation" and not cluster.spoke:
                    continue
            telling = lexicon.heads & set(cluster.forms)
            if plain is None and form in lexicon.plain and not telling and not seen.quoted:
                if cluster.kind == "organisation" or cluster.spoke or cluster.thing:
                    plain = cluster
        return plain


def _personal(cluster: Cluster) -> bool:
    """A person, or a name of two or three words that nothing shows to be something else."""
    if cluster.kind == "unknown":
        return not cluster.thing and 2 <= len(cluster.forms) <= 3
    return cluster.kind == "person"


def _has(name: str, heads: frozenset[str]) -> bool:
    return any(word.lower() in heads for word in name.split())


def agreement(one: Held, known: Held, lexicon: Lexicon) -> float:
    """How well an office noun agrees with an office someone is known to hold; 0 when not."""
    if one.of and known.of and not one.of & known.of:
        return 0.0
    if one.words == known.words:
        return 4.0 if one.of & known.of else 3.5
    if one.words <= known.words and one.head in known.words:
        extra = known.words - one.words
        return 2.0 if extra & lexicon.rank else 3.0
    if one.words - {one.head} <= known.words:
        wider = lexicon.names.classes.get(one.head, ())
        for name in wider:
            if name in known.classes or set(name.split()) <= known.words:
                return _CLASS
    return 0.0


def resolve_anaphora(
    tokens: Tokens,
    lexicon: Lexicon,
    names: list[Name],
    of: list[Cluster],
    offices: list[Office],
    clusters: dict[str, Cluster],
    sources: list[Span],
    weights: Weights = WEIGHTS,
) -> None:
    """Add what pronouns, offices and institution nouns take up to the actors' mentions."""
    _Resolver(tokens, lexicon, names, of, offices, clusters, sources, weights).run()
