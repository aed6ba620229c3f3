"""Finding names: runs of capitalised words, cut into people, institutions and places.

A capital letter means little at the start of a sentence or in a heading; there a word counts as
a name when a table lists it or when the report writes it with a capital letter elsewhere.
"""

from __future__ import annotations

from retold.attribute.actors.capitals import Capitals
from retold.attribute.actors.lexicon import Lexicon, Listed, last_part, normal
from retold.attribute.actors.listing import Name, listed_at, office_at
from retold.attribute.actors.runs import Runs
from retold.attribute.actors.tokens import Tokens
from retold.model import ActorKind

__all__ = ["find_names"]


def find_names(tokens: Tokens, lexicon: Lexicon, language: str | None = None) -> list[Name]:
    """All names of a report, in the order of the text; the language is for their case forms."""
    finder = _Finder(tokens, lexicon, language)
    finder.body()
    finder.headings()
    finder.names.sort(key=lambda name: name.first)
    return finder.names


class _Finder:
    """State of one search: the names found so far, and forms known to be names."""

    def __init__(self, tokens: Tokens, lexicon: Lexicon, language: str | None) -> None:
        self.tokens = tokens
        self.lexicon = lexicon
        self.names: list[Name] = []
        self.shouted: list[tuple[int, int]] = []
        self.capitals = Capitals(tokens, lexicon, language)
        self.runs = Runs(tokens, lexicon)

    def body(self) -> None:
        tokens = self.tokens
        capital = tokens.capital
        lower = self.lexicon.names.lower_demonyms
        for number in range(len(tokens.first) - 1):
            if number in tokens.headings:
                continue
            i, end = tokens.first[number], tokens.first[number + 1]
            while i < end:
                if not capital[i]:
                    if lower:
                        self._adjective(i, end)
                    i += 1
                    continue
                stop = self.runs.end_of(i, end)
                if stop - i > 2 and all(
                    tokens.upper[k] or len(tokens.forms[k]) == 1 for k in range(i, stop)
                ):
                    self.shouted.append((i, stop))  # the first words of an article, in capitals
                elif not self.runs.party_mark(i, stop):
                    self._cut(i, stop)
                i = stop

    def _adjective(self, i: int, end: int) -> None:
        """A nationality in lower case."""
        match = listed_at(self.tokens, self.lexicon, i, end)
        if match is not None:
            self._add(i, match[1], match[0].kind, match[0])

    def headings(self) -> None:
        """In headings only what is known: listed names, and names of the body."""
        tokens = self.tokens
        known: dict[str, list[tuple[tuple[str, ...], ActorKind]]] = {}
        for name in self.names:
            if name.listed is None:
                for forms in {name.forms, name.forms[-1:]}:
                    if len(forms[0]) > 2 and forms[0] not in self.lexicon.ordinary:
                        known.setdefault(forms[0], []).append((forms, name.kind))
        for sequences in known.values():
            sequences.sort(key=lambda entry: -len(entry[0]))
        parts = [(tokens.first[number], tokens.first[number + 1]) for number in tokens.headings]
        for i, end in sorted((*parts, *self.shouted)):
            while i < end:
                i = self._known(i, end, known)

    def _known(
        self, i: int, end: int, known: dict[str, list[tuple[tuple[str, ...], ActorKind]]]
    ) -> int:
        tokens = self.tokens
        if not tokens.capital[i]:
            return i + 1
        match = listed_at(tokens, self.lexicon, i, end)
        if match is not None:
            entry, stop = match
            self._add(i, stop, entry.kind, entry)
            return stop
        for forms, kind in known.get(tokens.names[i], ()):
            stop = i + len(forms)
            if stop <= end and tuple(tokens.names[i:stop]) == forms:
                self._add(i, stop, kind, None)
                return stop
        if tokens.names[i] in self.lexicon.given and i + 1 < end and self._byline(i + 1):
            self._add(i, i + 2, "person", None)
            return i + 2
        return i + 1

    def _byline(self, i: int) -> bool:
        """After a given name in a heading, a word that can only be a surname."""
        tokens, lexicon = self.tokens, self.lexicon
        form = tokens.forms[i]
        ordinary = form in lexicon.ordinary or form in lexicon.never or form in lexicon.roles
        return (
            tokens.capital[i]
            and tokens.glue[i] == " "
            and not ordinary
            and form not in tokens.lower
            and form not in lexicon.agency
        )

    def _cut(self, i: int, stop: int) -> None:
        """Cut a run into names."""
        tokens, lexicon = self.tokens, self.lexicon
        while i < stop:
            form = tokens.forms[i]
            if (
                not tokens.capital[i]
                or form in lexicon.bare
                or ((tokens.opens[i] or form in lexicon.never) and self.capitals.ordinary(i, stop))
            ):
                i += 1
                continue
            i = self._piece(i, stop)

    def _piece(self, i: int, stop: int) -> int:
        """Add the name that begins at `i`, and return where the next may begin."""
        tokens, lexicon = self.tokens, self.lexicon
        forms = tokens.forms
        match = listed_at(tokens, lexicon, i, stop)
        if match is not None and match[1] == stop:
            self._add(i, stop, match[0].kind, match[0])
            return stop
        if forms[i] in lexicon.titles and i + 1 < stop:
            return self._titled(i, i + 1, stop)
        if match is not None and match[0].kind == "organisation":
            self._add(i, match[1], "organisation", match[0], modifier=match[1] < stop)
            return match[1]
        office = self._office(i, stop)
        if office is not None and self._of_institution(i, office[0], stop):
            office = None
        given = tokens.names[i] in lexicon.given and match is None
        if office is not None and not (given and office[1] == stop):
            return self._officer(i, office, stop)
        head = self._institution(i, stop)
        if head is not None and not (given and head < stop):
            self._add(i, head, "organisation", None)
            return head
        if match is not None:
            entry, end = match
            country = len(entry.key) == len("place:XX")
            if tokens.glue[end] == "-" or (country and not self._surname(end, stop, entry)):
                self._add(i, end, entry.kind, entry, modifier=True)
                return end
        if lexicon.names.capitalised_nouns and not given:
            for k in range(i + 1, stop - 1):
                if tokens.names[k] in lexicon.given and tokens.glue[k] == " ":
                    return k  # "Abreise Carla Hovens"
        end = self._until_listed(i, stop)
        kind: ActorKind = "person" if given and end - i > 1 else "unknown"
        self._add(i, end, kind, None)
        return end

    def _of_institution(self, i: int, office: int, stop: int) -> bool:
        """ "Department of Criminal Justice", "The Hollywood Reporter": an office in a name."""
        tokens, lexicon = self.tokens, self.lexicon
        article = i > 0 and tokens.forms[i - 1] in lexicon.definite and tokens.capital[i - 1]
        if article and not tokens.opens[i - 1] and office == stop - 1:
            return True
        for k in range(i, office):
            if tokens.forms[k] in lexicon.heads:
                return any(
                    tokens.forms[j] in lexicon.joiners and not tokens.capital[j]
                    for j in range(k + 1, office)
                )
        return False

    def _surname(self, end: int, stop: int, entry: Listed) -> bool:
        """After a capital: "Washington Wizards" is one name, "US Marines" are two."""
        return entry.seat and end + 1 == stop

    def _until_listed(self, i: int, stop: int) -> int:
        """The end of a plain name: before a hyphen with a listed name on its other side."""
        tokens = self.tokens
        for k in range(i + 1, stop):
            if tokens.glue[k] == "-" and listed_at(tokens, self.lexicon, k, stop) is not None:
                return k
            if tokens.forms[k] in self.lexicon.never and tokens.forms[k] not in (
                self.lexicon.suffixes
            ):
                return k
        return stop

    def _office(self, i: int, stop: int) -> tuple[int, int] | None:
        """The last office of a run that a name can follow, as words `[first, last)`."""
        tokens, lexicon = self.tokens, self.lexicon
        found: tuple[int, int] | None = None
        for k in range(i, stop):
            form = tokens.forms[k]
            if found is not None and (
                k + 1 == stop or tokens.names[k] in lexicon.given or not tokens.capital[k]
            ):
                break  # the name begins, or the last word can only be one
            first = office_at(tokens, lexicon, k, i)
            if first is None and form in lexicon.titles and tokens.names[k] not in lexicon.given:
                first = k  # "Virginia Gov. Terry McAuliffe"
            if first is not None:
                found = (first if found is None else min(first, found[0]), k + 1)
        if found is not None and found[1] == stop - 1:
            first = office_at(tokens, lexicon, stop - 1, i)
            if first is not None and first < stop - 1:
                return min(first, found[0]), stop  # "Vice President" ends in an office
            if first is not None and tokens.forms[stop - 1] not in self.capitals.inner_names:
                return found[0], stop
        return found

    def _officer(self, i: int, office: tuple[int, int], stop: int) -> int:
        """A run with an office in it: what stands before it modifies, after it is the person."""
        tokens, lexicon = self.tokens, self.lexicon
        first, last = office
        if last < stop and tokens.forms[last] in lexicon.joiners:
            # "Minister of Foreign Affairs of the DPRK": an office, with listed names inside.
            person = self._person_after(last, stop)
            self._inside(i, stop if person is None else person)
            if person is not None:
                self._add(person, stop, "person", None, title=i)
            return stop
        head = self._institution(last, stop) if last < stop else None
        if head is not None and first == i and tokens.names[last] not in lexicon.given:
            self._add(i, head, "organisation", None)  # General Motors, Justice Department
            return head
        self._modifiers(i, first)
        if last >= stop:
            return stop
        match = listed_at(tokens, lexicon, last, stop)
        if match is not None and tokens.names[last] not in lexicon.given:
            if not lexicon.names.genitive:
                return last
            while match is not None:  # the president of a country, without "of"
                self._add(last, match[1], match[0].kind, match[0], modifier=True)
                last = match[1]
                match = listed_at(tokens, lexicon, last, stop) if last < stop else None
            if last == stop:
                return stop
        return self._titled(i, last, stop)

    def _person_after(self, i: int, stop: int) -> int | None:
        """Where a person's name begins after "Minister of Water Resources …"."""
        tokens, lexicon = self.tokens, self.lexicon
        for k in range(i + 2, stop - 1):
            if tokens.names[k] in lexicon.given and not self.capitals.common(tokens.forms[k]):
                return k
        if stop - i > 3 and tokens.forms[stop - 1] in self.capitals.alone:
            before = tokens.forms[stop - 2]
            if tokens.capital[stop - 2] and not self.capitals.common(before):
                return stop - 2
        return None

    def _inside(self, i: int, stop: int) -> None:
        """Listed names, and institutions, that an office has to do with."""
        tokens = self.tokens
        start = i
        while i < stop:
            match = listed_at(tokens, self.lexicon, i, stop) if tokens.capital[i] else None
            if match is None or match[0].strength == "demonym":
                named = (
                    tokens.capital[i] and i > start and tokens.forms[i] not in self.lexicon.roles
                )
                end = self._institution(i, stop) if named else None
                if end is not None:
                    self._add(i, end, "organisation", None, modifier=True)
                    i = end
                    continue
            if match is None:
                i += 1
                continue
            self._add(i, match[1], match[0].kind, match[0], modifier=True)
            i = match[1]

    def _modifiers(self, i: int, stop: int) -> None:
        """Names before an office: "Goldman Sachs Chief Executive", "US Defense Secretary"."""
        tokens, lexicon = self.tokens, self.lexicon
        start = i
        while i < stop:
            match = listed_at(tokens, lexicon, i, stop)
            if match is not None:
                self._add(i, match[1], match[0].kind, match[0], modifier=True)
                i = start = match[1]
                continue
            form = tokens.forms[i]
            if form in lexicon.loose or form in lexicon.rank or form in tokens.lower:
                i += 1
                start = i
                continue
            i += 1
            if i == stop or tokens.forms[i] in lexicon.loose or tokens.forms[i] in lexicon.rank:
                self._add(start, i, "organisation", None, modifier=True)
                start = i

    def _titled(self, title: int, first: int, stop: int) -> int:
        """A person after a title."""
        tokens, lexicon = self.tokens, self.lexicon
        gender: str | None = lexicon.titles.get(tokens.forms[title])
        while first + 1 < stop and (
            tokens.forms[first] in lexicon.titles
            or (tokens.forms[first] in lexicon.rank and tokens.names[first] not in lexicon.given)
        ):
            told = lexicon.titles.get(tokens.forms[first], "any")
            gender = told if told != "any" else gender
            first += 1
        end = self._until_listed(first, stop)
        gender = None if gender == "any" else gender
        for k in range(title, first):
            if tokens.forms[k] in lexicon.male_roles:
                gender = "male"
            elif tokens.forms[k] in lexicon.female_roles:
                gender = "female"
        self._add(first, end, "person", None, title=title, gender=gender)
        return end

    def _institution(self, i: int, stop: int) -> int | None:
        """The end of the institution that begins at `i`: after its head, or after "of …"."""
        tokens, lexicon = self.tokens, self.lexicon
        heads = [k for k in range(i, stop) if self._head(tokens.forms[k])]
        if not heads or any(tokens.glue[k] == "-" for k in range(i + 1, heads[0] + 1)):
            return None
        joined = any(
            tokens.forms[k] in lexicon.joiners and not tokens.capital[k]
            for k in range(heads[0] + 1, stop)
        )
        if joined:
            return stop
        if heads[0] == i and lexicon.names.capitalised_nouns and stop - i > 1:
            return stop  # "Landgericht Hamburg": the head stands first
        if stop - i == 1:
            return None  # "Ministry" alone takes up one named before
        return heads[-1] + 1

    def _surname_first(self, forms: tuple[str, ...]) -> bool:
        """Kim Jong Un, Ri Yong-ho: three words, the first a surname of that tradition."""
        return (
            len(forms) == 3
            and forms[0] in self.lexicon.surnames_first
            and all(len(form) <= 6 for form in forms)
        )

    def _head(self, form: str) -> bool:
        """A noun for an institution; in German its genitive too, or a compound ending in one."""
        heads = self.lexicon.heads
        if form in heads or not self.lexicon.names.capitalised_nouns:
            return form in heads
        bare = normal(form, ("es", "s"))
        return bare in heads or any(last_part(one, heads) is not None for one in (form, bare))

    def _add(
        self,
        first: int,
        last: int,
        kind: ActorKind,
        entry: Listed | None,
        *,
        title: int | None = None,
        gender: str | None = None,
        modifier: bool = False,
    ) -> None:
        tokens, lexicon = self.tokens, self.lexicon
        forms = tuple(tokens.names[first:last])
        if entry is None:
            if kind in ("person", "unknown") and forms[0] in lexicon.given:
                told = lexicon.given[forms[0]]
                if gender is None and told != "any" and not self._surname_first(forms):
                    gender = told
            if all(form in lexicon.never or form in lexicon.ordinary for form in forms):
                return
            if kind == "unknown" and all(self.capitals.common(form) for form in forms):
                return
            nouns = kind == "unknown" and lexicon.names.capitalised_nouns
            if nouns and not self.capitals.among_nouns(first, last):
                return
            if self._surname_first(forms):
                kind = "person"
            elif (kind == "unknown" and len(forms) == 1 and self.capitals.acronym(first)) or (
                kind == "unknown" and len(forms) > 1 and forms[-1] in lexicon.companies
            ):
                kind = "organisation"
            if len(forms) == 1 and (len(forms[0]) < 2 or forms[0] in lexicon.pronouns):
                return
        if entry is not None and entry.strength == "demonym":
            modifier = True
        self.names.append(
            Name(
                first, last, kind, entry, forms, first if title is None else title, gender, modifier
            )
        )
