"""What pronouns, office nouns and "the ministry" take up.

One walk over all mentions in the order of the text. Each pronoun or noun is resolved to the best
of the actors mentioned before it, within a few sentences: those that agree (gender, number,
person or institution, the office held), scored by `salience`.
"""

from __future__ import annotations

from retold.attribute.actors.agreement import CLASS, agreement
from retold.attribute.actors.clusters import Cluster
from retold.attribute.actors.lexicon import Lexicon
from retold.attribute.actors.listing import Name
from retold.attribute.actors.offices import Office
from retold.attribute.actors.salience import MENTIONS, WEIGHTS, Salience, Weights
from retold.attribute.actors.tokens import Tokens
from retold.model import Span

__all__ = ["resolve_anaphora"]


# Sentences of a lead, and sentences within which whom it does not name yet is named.
_LEAD = 3


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
        self.latest_held: list[Cluster] = []
        self.salience = Salience(tokens, lexicon, sources, weights)

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

    def _mention(self, cluster: Cluster, first: int, last: int, form: str, why: str) -> None:
        span = (self.tokens.starts[first], self.tokens.ends[last - 1])
        cluster.mentions.setdefault(span, (form, True, why))

    # --- names -------------------------------------------------------------------------

    def _name(self, number: int) -> None:
        name = self.names[number]
        demonym = name.listed is not None and name.listed.strength == "demonym"
        if demonym:
            return
        self.salience.see(
            self.of[number], name.first, name.last, pronoun=False, modifier=name.modifier
        )
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
        best = self.salience.best(i, kind, possessive)
        if best is None:
            return
        cluster, why = best
        if kind in ("male", "female") and cluster.gender is None:
            cluster.gender = kind
            self.salience.guessed.add(cluster.key)
        self._mention(cluster, i, i + 1, "pronoun", why)
        if cluster.held:
            self._latest(cluster)
        if not possessive or tokens.forms[i] == "her":
            self.salience.see(cluster, i, i + 1, pronoun=True, modifier=possessive)
        else:
            self.salience.see(cluster, i, i + 1, pronoun=True, modifier=True)

    def _relative(self, i: int) -> None:
        """ "X, who said …": the name or office directly before."""
        tokens = self.tokens
        if not self.salience.seen or self.salience.seen[-1].sentence != tokens.sentence[i]:
            return
        last = self.salience.seen[-1]
        if last.end == i or tokens.text[tokens.ends[last.end - 1] : tokens.starts[i]] == ", ":
            self._mention(
                last.cluster, i, i + 1, "pronoun", "the relative pronoun follows the name"
            )

    def _expletive(self, i: int) -> bool:
        """ "It is said that", "it was clear that": no one is meant."""
        tokens = self.tokens
        forms = tokens.forms[i + 1 : i + 4]
        return bool(forms) and forms[0] in self.lexicon.copula and "that" in forms

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
        elif office.article == "indefinite":
            found = self._lead(office)
        if found is None:
            cluster, why = self._new(office), "named by the office alone"
        else:
            cluster, why = found
            cluster.definite |= office.article == "definite"
        self._mention(cluster, office.first, office.last, "office", why)
        self._latest(cluster)
        self.salience.see(cluster, office.first, office.last, pronoun=False, modifier=False)

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
                level += 0.6 if level > CLASS and cluster.kind == "person" else 0.0
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

    def _lead(self, office: Office) -> tuple[Cluster, str] | None:
        """ "…, a senior official said" in the lead, and the official by name right after it."""
        tokens = self.tokens
        sentence = tokens.sentence[office.first]
        if sentence > _LEAD or office.plural or office.held.head not in self.lexicon.names.classes:
            return None
        for name, cluster in zip(self.names, self.of, strict=True):
            if cluster.kind != "person":
                continue
            if name.first < office.first or tokens.sentence[name.first] > sentence + _LEAD:
                return None  # somebody else is spoken of first, or nobody soon
            agrees = any(agreement(office.held, known, self.lexicon) for known in cluster.held)
            if agrees:
                return cluster, f"the first person named after the lead is “{cluster.shown}”"
            return None
        return None

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
        self.salience.barred = {
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
        best = self.salience.best(office.first, kind, possessive=False)
        self.salience.barred = set()
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
        cluster.definite |= office.article == "definite"
        cluster.introduced |= office.article == "indefinite" or self.salience.in_source(position)
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
        self.salience.see(cluster, first - 1, last, pronoun=False, modifier=False)

    def _institution(self, i: int, form: str) -> Cluster | None:
        """The institution of that sort named last; else one whose name does not tell its sort."""
        lexicon = self.lexicon
        heads = lexicon.nominals[form]
        state = form in lexicon.states
        sentence = self.tokens.sentence[i]
        plain: Cluster | None = None
        for seen in reversed(self.salience.seen[-MENTIONS:]):
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
            known = cluster.kind == "organisation" or cluster.spoke or cluster.thing
            fitting = form in lexicon.plain and known and not telling and not seen.quoted
            if plain is None and fitting:
                plain = cluster
        return plain


def _personal(cluster: Cluster) -> bool:
    """A person, or a name of two or three words that nothing shows to be something else."""
    if cluster.kind == "unknown":
        return not cluster.thing and 2 <= len(cluster.forms) <= 3
    return cluster.kind == "person"


def _has(name: str, heads: frozenset[str]) -> bool:
    return any(word.lower() in heads for word in name.split())


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
