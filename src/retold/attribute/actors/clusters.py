"""Which names of one report are one actor."""

from __future__ import annotations

from bisect import bisect_left

from msgspec import Struct, field

from retold.attribute.actors.lexicon import Lexicon
from retold.attribute.actors.naming import Name
from retold.attribute.actors.tokens import Tokens
from retold.model import ActorKind

__all__ = ["Cluster", "Held", "cluster_names", "given_forms", "surname"]


class Held(Struct, frozen=True):
    """An office as a report names it.

    Attributes:
        words: canonical words of the office ("deputy", "foreign", "minister").
        head: its noun.
        classes: of the noun.
        of: keys of the countries and institutions it is an office of.
    """

    words: frozenset[str]
    head: str
    classes: frozenset[str]
    of: frozenset[str]


class Cluster(Struct):
    """An actor while it is being found.

    Attributes:
        thing: an article stands before it, so that it is no person's name.
        spoke: a verb of saying stands beside it.
        introduced: as an office with an indefinite article, or as a source.
        key: "place:KP", "person:im chon il"; what the id is made of.
        shown: its fullest form.
        forms: words of the fullest form.
        mentions: span -> (form of mention, may it stand as the head of a source, why).
        names: written form -> number of times.
    """

    key: str
    kind: ActorKind
    shown: str
    forms: tuple[str, ...]
    gender: str | None = None
    plural: bool = False
    thing: bool = False
    spoke: bool = False
    introduced: bool = False
    held: list[Held] = field(default_factory=list)
    mentions: dict[tuple[int, int], tuple[str, bool, str]] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)
    why: dict[str, str] = field(default_factory=dict)
    first: int = 0


def surname(forms: tuple[str, ...], lexicon: Lexicon) -> str:
    """The family name: the last word, or the first in traditions that put it there."""
    if forms[-1] in lexicon.suffixes and len(forms) > 2:
        forms = forms[:-1]
    if forms[0] in lexicon.surnames_first and (
        len(forms) == 3 or (len(forms) == 2 and forms[0] not in lexicon.given)
    ):
        return forms[0]
    return forms[-1]


def given_forms(forms: tuple[str, ...], lexicon: Lexicon) -> tuple[str, ...]:
    """All words but the family name, short forms made long."""
    family = surname(forms, lexicon)
    short = lexicon.names.given.short
    rest = list(forms)
    rest.remove(family)
    rest = [form for form in rest if form not in lexicon.suffixes]
    return tuple(short.get(form, form) for form in rest)


# Words within which a surname still belongs to whoever was named in full last.
_NEAR = 40

# Legal forms add nothing to a company's name.
_LEGAL = frozenset(
    ("inc", "corp", "corporation", "co", "ltd", "limited", "llc", "plc", "gmbh", "ag", "se", "sa")
)


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
            if name.listed is None and len(name.forms) == 1 and self._located(name)
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
            self.clusters[key] = cluster
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
        if (
            self.lexicon.name_endings
            and name.listed is None
            and len(name.forms) == len(cluster.forms)
        ):
            # The form without endings is the shortest.
            cluster.shown = min(cluster.shown, written, key=lambda form: (len(form), form))
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
            if name.listed is not None and name.listed.strength == "metonym" and self._acts(name)
        }
        korea = {"place:KP", "place:KR"}
        for number, name in enumerate(self.names):
            entry = name.listed
            if entry is None:
                continue
            written = self.written(name)
            if entry.strength == "metonym":
                located = self._located(name)
                stands = self._acts(name) or (
                    not located and (entry.key in named or entry.key in acting)
                )
                if not stands:
                    self.join(number, _city(name), "place", written, "")
                    continue
                why = f"{written} stands for the government of {entry.name}"
            elif entry.strength == "context":
                if entry.key in korea and korea <= named and written.lower() == "korea":
                    self.join(number, _city(name), "place", written, "")
                    continue
                why = f"{written} is a loose name of {entry.name}"
            elif entry.strength == "demonym":
                why = f"{written} says: of {entry.name}"
            else:
                why = f"{written} is a name of {entry.name}"
            if written.casefold() == entry.name.casefold():
                why = ""
            self.join(number, entry.key, entry.kind, entry.name, why)

    def _acts(self, name: Name) -> bool:
        """A verb of saying or acting follows, or a word for what governments have."""
        tokens = self.tokens
        i = name.last
        if i >= len(tokens.forms) or self._located(name):
            return False
        if tokens.possessive[name.last - 1]:
            return False
        if tokens.glue[i] == " ":
            return tokens.forms[i] in self.lexicon.agency
        if tokens.text[tokens.ends[i - 1] : tokens.starts[i]] != ", ":
            return False
        # "Pyongyang, in particular, stressed": a verb after a short parenthesis.
        for k in range(i + 1, min(i + 6, len(tokens.forms))):
            if tokens.text[tokens.ends[k - 1] : tokens.starts[k]] == ", ":
                return tokens.forms[k] in self.lexicon.agency
        return False

    def _located(self, name: Name) -> bool:
        """ "in Tokyo", or the place of a dateline."""
        tokens = self.tokens
        before = name.first - 1
        if before >= 0 and tokens.sentence[before] == tokens.sentence[name.first]:
            return (
                tokens.glue[name.first] == " "
                and tokens.forms[before] in self.lexicon.locative
                and (before == 0 or tokens.forms[before - 1] not in self.lexicon.addressing)
            )
        after = tokens.text[tokens.ends[name.last - 1] : tokens.ends[name.last - 1] + 12]
        return tokens.upper[name.first] and after.lstrip()[:1] in (",", "(", "—", "–", "-", "/")

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
            for cluster in people.get(family, ()):
                if self._same_person(name.forms, cluster.forms):
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

    def _same_person(self, one: tuple[str, ...], other: tuple[str, ...]) -> bool:
        """Given names agree: equal, a short form, an initial, or one left out."""
        a, b = given_forms(one, self.lexicon), given_forms(other, self.lexicon)
        if not a or not b:
            return False
        if one == other:
            return True
        shorter = min(one, other, key=len)
        if len(shorter) > 1 and one[-len(shorter) :] == other[-len(shorter) :]:
            return True  # "Alderman Josse Pieterman": a title that no table knows
        first = a[0] == b[0] or (min(len(a[0]), len(b[0])) == 1 and a[0][0] == b[0][0])
        if not first:
            return False
        if surname(one, self.lexicon) == one[0] and len(one) == 3:
            return a == b
        middle_a, middle_b = a[1:], b[1:]
        if middle_a and middle_b:
            return middle_a[0][0] == middle_b[0][0]
        return True

    def _institution(self, number: int) -> None:
        name = self.names[number]
        words = self._content(name.forms)
        key = "organisation:" + " ".join(sorted(words)) if words else ""
        self.join(
            number, key or "name:" + " ".join(name.forms), "organisation", self.written(name), ""
        )

    def _content(self, forms: tuple[str, ...]) -> set[str]:
        """The words of an institution's name that count, made one in spelling and country."""
        portfolios = self.lexicon.names.portfolios
        content: set[str] = set()
        i = 0
        while i < len(forms):
            found = self.lexicon.listed.get(forms[i], ())
            for entry in found:
                length = len(entry.forms)
                if entry.key[:6] == "place:" and forms[i : i + length] == entry.forms:
                    content.add(entry.key)
                    i += length
                    break
            else:
                form = forms[i]
                if form not in self.lexicon.joiners and form not in _LEGAL:
                    made = form if form in self.lexicon.heads else portfolios.get(form, form)
                    content.update((made,) if made else ())
                i += 1
        return content

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
        located = self._located(name)
        fitting = []
        for cluster in candidates:
            if cluster.forms[-1] == form:
                if article and form in lexicon.heads:
                    fitting.append(cluster)
            elif cluster.forms[-1] in lexicon.features:
                if article and len(cluster.forms) == 2:
                    fitting.append(cluster)
            elif not located and cluster.kind == "organisation":
                if lexicon.companies & set(cluster.forms[1:]) and form not in self.places:
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
            for cluster in candidates
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
                if name.forms[-1] in self.lexicon.features or self._located(name):
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
            if len(name.forms) == 1 and name.listed is None and self._capitals(name):
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

    def _capitals(self, name: Name) -> bool:
        """Two capital letters or more in one word ("VTO", "GdP")."""
        word = self.tokens.text[self.tokens.starts[name.first] : self.tokens.ends[name.first]]
        return sum(character.isupper() for character in word) > 1

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
    for name, cluster in zip(names, grouping.of, strict=True):
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
        cluster.mentions[span] = (form, head, why)
    return grouping.clusters, of
