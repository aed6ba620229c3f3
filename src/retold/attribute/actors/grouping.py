"""Which names of one report are one actor: by table, by full and short names, by acronym."""

from __future__ import annotations

from bisect import bisect_left

from retold.attribute.actors.clusters import Cluster, same_person, surname
from retold.attribute.actors.inflected import common
from retold.attribute.actors.lexicon import Lexicon
from retold.attribute.actors.listing import Name
from retold.attribute.actors.standing import acts, content, in_capitals, located, modifies
from retold.attribute.actors.tokens import Tokens
from retold.model import ActorKind

__all__ = ["cluster_names"]

# People of one surname that a name is compared with, at most.
_NAMESAKES = 50
# Words within which a surname still belongs to whoever was named in full last.
_NEAR = 40


def _case(written: str, cluster: Cluster) -> tuple[bool, int, str]:
    """Orders forms of a name: the lemma first, else the shortest, which has the least endings."""
    return written.casefold() != " ".join(cluster.forms), len(written), written


def _city(name: Name) -> str:
    return "place:city:" + " ".join(name.forms)


class _Grouping:
    def __init__(self, tokens: Tokens, lexicon: Lexicon, names: list[Name]) -> None:
        self.tokens = tokens
        self.lexicon = lexicon
        self.names = names
        self.clusters: dict[str, Cluster] = {}
        self.of: list[Cluster | None] = [None] * len(names)
        self.full_at: dict[str, list[int]] = {}
        self.people: dict[str, list[Cluster]] = {}
        self.shortened: dict[str, int] = {}
        self.numbers: dict[str, list[int]] = {}
        # Unlisted single words that are used as places are ("in Zarava").
        self.places = {
            name.forms[0]
            for name in names
            if name.listed is None
            and len(name.forms) == 1
            and located(self.tokens, self.lexicon, name)
        }

    def written(self, name: Name) -> str:
        tokens = self.tokens
        return " ".join(tokens.text[tokens.starts[name.first] : tokens.ends[name.last - 1]].split())

    def join(self, number: int, key: str, kind: ActorKind, shown: str, why: str) -> Cluster:
        name = self.names[number]
        tokens = self.tokens
        cluster = self.clusters.get(key)
        if cluster is None:
            cluster = Cluster(key, kind, shown, name.forms, first=name.first)
            cluster.readings = name.readings
            self.clusters[key] = cluster
        elif cluster.readings and name.forms == cluster.forms:
            cluster.readings = common(cluster.readings, name.readings) or cluster.readings[:1]
        self.of[number] = cluster
        self.numbers.setdefault(cluster.key, []).append(number)
        before = name.title - 1
        if (
            before >= 0
            and tokens.forms[before] in self.lexicon.definite
            and name.title == name.first
        ):
            cluster.thing = cluster.thing or bool(tokens.glue[name.first])
        if name.last < len(tokens.forms) and tokens.forms[name.last] in self.lexicon.speech:
            cluster.spoke = True
        if name.gender is not None and cluster.gender is None:
            cluster.gender = name.gender
        if name.kind == "person" and cluster.kind == "unknown":
            cluster.kind = "person"
        written = self.written(name)
        if name.readings and len(name.forms) == len(cluster.forms):
            cluster.shown = min(cluster.shown, written, key=lambda form: _case(form, cluster))
        cluster.names[written] = cluster.names.get(written, 0) + 1
        if why:
            cluster.why.setdefault(written, why)
        return cluster

    # --- listed ------------------------------------------------------------------------

    def listed(self) -> None:
        """Countries, institutions and agencies by table; cities as places or governments."""
        named = {
            name.listed.key
            for name in self.names
            if name.listed is not None and name.listed.strength in ("exact", "demonym")
        }
        acting = {
            name.listed.key
            for name in self.names
            if name.listed is not None
            and name.listed.strength == "metonym"
            and acts(self.tokens, self.lexicon, name)
        }
        # "Korea" beside "North Korea" could be either.
        rivals = sorted(
            {
                (name.listed.key, name.listed.name.lower())
                for name in self.names
                if name.listed is not None and name.listed.kind == "place"
            }
        )
        for number, name in enumerate(self.names):
            entry = name.listed
            if entry is None:
                continue
            written = self.written(name)
            if entry.strength == "metonym":
                is_located = located(self.tokens, self.lexicon, name)
                stands = acts(self.tokens, self.lexicon, name) or (
                    not is_located and (entry.key in named or entry.key in acting)
                )
                if not stands:
                    self._place(number, written)
                    continue
                why = f"{written} stands for the government of {entry.name}"
            elif entry.strength == "context":
                unsure = any(written.lower() in other for key, other in rivals if key != entry.key)
                if unsure or entry.key not in named:
                    self._place(number, written)
                    continue
                why = f"{written} is a loose name of {entry.name}"
            elif entry.strength == "demonym":
                why = f"{written} says: of {entry.name}"
            else:
                why = f"{written} is a name of {entry.name}"
            if written.casefold() == entry.name.casefold():
                why = ""
            self.join(number, entry.key, entry.kind, entry.name, why)

    def _place(self, number: int, written: str) -> None:
        """A city as itself; a dateline's capitals are not how it is shown."""
        name = self.names[number]
        cluster = self.join(number, _city(name), "place", written, "")
        shown = [form.title() if form.isupper() else form for form in cluster.names]
        cluster.shown = min(shown, key=lambda form: (len(form), form))

    # --- people and what no table knows ------------------------------------------------

    def full_names(self) -> None:
        """Names of two words or more, longest first, so that shorter ones find them."""
        order = [
            number
            for number, name in enumerate(self.names)
            if name.listed is None and len(name.forms) > 1
        ]
        order.sort(key=lambda number: (-len(self.names[number].forms), number))
        people: dict[str, list[Cluster]] = {}
        for number in order:
            name = self.names[number]
            if name.kind == "organisation":
                self._institution(number)
                continue
            family = surname(name.forms, self.lexicon)
            found: Cluster | None = None
            if name.forms[-1] in self.lexicon.features:
                name.kind = "place"
            known = self.clusters.get("name:" + " ".join(name.forms))
            alike = people.get(family, ())[-_NAMESAKES:] if known is None else [known]
            for cluster in alike:
                if same_person(name.forms, cluster.forms, self.lexicon):
                    found = cluster
                    break
            key = found.key if found is not None else "name:" + " ".join(name.forms)
            why = f"same surname and agreeing given names as {found.shown}" if found else ""
            if found is not None and found.forms == name.forms:
                why = ""
            cluster = self.join(number, key, name.kind, self.written(name), why)
            if found is None:
                people.setdefault(family, []).append(cluster)
        self.people = people
        # Where each is named in full, so that a surname finds who was named last.
        for number in sorted(order):
            named = self.of[number]
            if named is not None:
                self.full_at.setdefault(named.key, []).append(self.names[number].first)

    def _institution(self, number: int) -> None:
        name = self.names[number]
        words = content(self.lexicon, name.forms)
        key = "organisation:" + " ".join(sorted(words)) if words else ""
        self.join(
            number, key or "name:" + " ".join(name.forms), "organisation", self.written(name), ""
        )

    def short_names(self) -> None:
        """Single words: part of a name that stands in full elsewhere, else of their own."""
        by_given: dict[str, list[Cluster]] = {}
        for clusters in self.people.values():
            for cluster in clusters:
                by_given.setdefault(cluster.forms[0], []).append(cluster)
        institutions: dict[str, list[Cluster]] = {}
        for cluster in self.clusters.values():
            if cluster.kind != "person" and len(cluster.forms) > 1:
                for form in {cluster.forms[0], cluster.forms[-1]}:
                    institutions.setdefault(form, []).append(cluster)
        for number, name in enumerate(self.names):
            if name.listed is not None or len(name.forms) != 1:
                continue
            form = name.forms[0]
            how = "surname of"
            chosen = self._choose(
                [c for c in self.people.get(form, []) if c.kind in ("person", "unknown")], name
            )
            if chosen is None and name.title == name.first:
                how = "given name of"
                chosen = self._choose(by_given.get(form, []), name)
                if chosen is not None and chosen.kind != "person":
                    chosen = None
            if chosen is None and name.title == name.first:
                how = "short for"
                chosen = self._short_institution(name, institutions.get(form, []))
            if chosen is None:
                chosen, how = self._nationality(name), "adjective of"
            written = self.written(name)
            if chosen is not None:
                self.shortened[chosen.key] = self.shortened.get(chosen.key, 0) + 1
                why = f"{written} is the {how} {chosen.shown}"
                if how == "short for":
                    why = f"{written} is short for {chosen.shown}"
                self.join(number, chosen.key, name.kind, chosen.shown, why)
            else:
                self.join(number, f"name:{form}", name.kind, written, "")

    def _short_institution(self, name: Name, candidates: list[Cluster]) -> Cluster | None:
        """ "the Herald" for a paper, "Solmer" for a company, "the Waikore" for a river."""
        tokens, lexicon = self.tokens, self.lexicon
        form = name.forms[0]
        article = name.first > 0 and tokens.forms[name.first - 1] in lexicon.definite
        is_located = located(self.tokens, self.lexicon, name)
        fitting = []
        for cluster in candidates:
            if cluster.forms[-1] == form:
                if article and form in lexicon.heads:
                    fitting.append(cluster)
            elif cluster.forms[-1] in lexicon.features:
                if article and len(cluster.forms) == 2:
                    fitting.append(cluster)
            elif (
                not is_located
                and cluster.kind == "organisation"
                and lexicon.companies & set(cluster.forms[1:])
                and form not in self.places
            ):
                fitting.append(cluster)
        return fitting[0] if len(fitting) == 1 else None

    def _nationality(self, name: Name) -> Cluster | None:
        """An adjective made from a country that the report names ("Zaravan" of "Zarava")."""
        form = name.forms[0]
        tokens = self.tokens
        following = name.last < len(tokens.forms) and tokens.glue[name.last]
        if not following or tokens.possessive[name.last - 1]:
            return None
        for ending in self.lexicon.endings:
            stem = form[: -len(ending)]
            if len(stem) < 3 or not form.endswith(ending):
                continue
            for base in (stem, stem + "a", stem + "ia", stem + "e", stem + "y"):
                cluster = self.clusters.get(f"name:{base}")
                if cluster is not None and base in self.places and base != form:
                    name.modifier = True
                    return cluster
        return None

    def _choose(self, candidates: list[Cluster], name: Name) -> Cluster | None:
        """Of several people with one surname: not of another gender; the one named last."""
        fitting = [
            cluster
            for cluster in candidates[:_NAMESAKES]
            if not (name.gender and cluster.gender and name.gender != cluster.gender)
        ]
        if not fitting:
            return None
        if len(fitting) == 1:
            return fitting[0]
        before: list[tuple[int, Cluster]] = []
        counts: dict[str, int] = {}
        for cluster in fitting:
            places = self.full_at.get(cluster.key, [])
            count = bisect_left(places, name.first)
            if count:
                counts[cluster.key] = count
                before.append((places[count - 1], cluster))
        if not before:
            return fitting[0]
        for key in counts:
            counts[key] += self.shortened.get(key, 0)
        # Someone named once in passing does not take the name over from whom a report is about.
        place, recent = max(before, key=lambda found: found[0])
        leading = max(before, key=lambda found: (counts[found[1].key], found[0]))[1]
        near = name.first - place <= _NEAR
        if near and counts[leading.key] <= 2 * counts[recent.key]:
            return recent
        return leading

    def located(self) -> None:
        """Unlisted names that stand after "in" at least every other time are places."""
        total: dict[str, int] = {}
        inside: dict[str, int] = {}
        for name, cluster in zip(self.names, self.of, strict=True):
            if cluster is not None and cluster.kind == "unknown":
                total[cluster.key] = total.get(cluster.key, 0) + 1
                if name.forms[-1] in self.lexicon.features or located(
                    self.tokens, self.lexicon, name
                ):
                    inside[cluster.key] = inside.get(cluster.key, 0) + 1
        for key, count in inside.items():
            if 2 * count >= total[key]:
                self.clusters[key].kind = "place"

    def acronyms(self) -> None:
        """ "Korea Tide Office (KTO)", and capitals that are the initials of a name before."""
        tokens = self.tokens
        initials: dict[str, Cluster] = {}
        for number, name in enumerate(self.names):
            cluster = self.of[number]
            if cluster is None:
                continue
            if len(name.forms) == 1 and name.listed is None and in_capitals(tokens, name):
                before = self.of[number - 1] if number else None
                previous = self.names[number - 1] if number else None
                bracket = (
                    before is not None
                    and previous is not None
                    and tokens.text[tokens.ends[previous.last - 1] : tokens.starts[name.first]]
                    .strip()
                    .endswith("(")
                    and len(previous.forms) > 1
                    and previous.forms[0][0] == name.forms[0][0]
                )
                target = before if bracket else initials.get(name.forms[0])
                if target is not None and target is not cluster:
                    how = "in brackets after" if bracket else "initials of"
                    self._merge(target, cluster, f"{how} {target.shown}")
            elif len(name.forms) > 1 and cluster.kind in ("organisation", "unknown"):
                letters = "".join(
                    form[0] for form in name.forms if form not in self.lexicon.joiners
                )
                if len(letters) > 1:
                    initials.setdefault(letters, cluster)

    def _merge(self, target: Cluster, other: Cluster, why: str) -> None:
        for number in self.numbers.pop(other.key, ()):
            self.of[number] = target
            self.numbers.setdefault(target.key, []).append(number)
        for written, count in other.names.items():
            target.names[written] = target.names.get(written, 0) + count
            target.why.setdefault(written, why)
        self.clusters.pop(other.key, None)


def cluster_names(
    tokens: Tokens, lexicon: Lexicon, names: list[Name]
) -> tuple[dict[str, Cluster], list[Cluster]]:
    """The actors of a report's names, by key; and for each name its actor."""
    grouping = _Grouping(tokens, lexicon, names)
    grouping.listed()
    grouping.full_names()
    grouping.short_names()
    grouping.acronyms()
    grouping.located()
    of: list[Cluster] = []
    for number, (name, cluster) in enumerate(zip(names, grouping.of, strict=True)):
        assert cluster is not None
        of.append(cluster)
        span = (tokens.starts[name.first], tokens.ends[name.last - 1])
        form = "name"
        if name.listed is not None and name.listed.strength in ("demonym", "metonym"):
            form = name.listed.strength
            if form == "metonym" and cluster.key != name.listed.key:
                form = "name"
        why = cluster.why.get(grouping.written(name), "named")
        head = not name.modifier and not tokens.possessive[name.last - 1]
        if head and number + 1 < len(names):
            head = not modifies(tokens, lexicon, name, names[number + 1])
        cluster.mentions[span] = (form, head, why)
    return grouping.clusters, of
