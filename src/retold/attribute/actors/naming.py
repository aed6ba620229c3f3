"""Finding names: runs of capitalised words, cut into people, institutions and places.

A capital letter means little at the start of a sentence or in a heading; there a word counts as
a name when a table lists it or when the report writes it with a capital letter elsewhere.
"""

from __future__ import annotations

from msgspec import Struct

from retold.attribute.actors.lexicon import Lexicon, Listed, last_part
from retold.attribute.actors.tokens import Tokens
from retold.model import ActorKind

__all__ = ["Name", "find_names", "listed_at", "office_at"]

# A run of capitalised words longer than this is a heading or a list, not a name.
_LONGEST_RUN = 24


class Name(Struct):
    """One occurrence of a name.

    Attributes:
        first, last: words `[first, last)`.
        kind: "unknown" until something tells.
        listed: the table's entry, None for names that the tables do not know.
        forms: its words, folded.
        title: words `[title, first)` before it are its title; equals `first` without one.
        gender: told by title or given name: "male", "female", None.
        modifier: it stands before a noun or another name and names no agent there.
    """

    first: int
    last: int
    kind: ActorKind
    listed: Listed | None
    forms: tuple[str, ...]
    title: int
    gender: str | None = None
    modifier: bool = False


def listed_at(tokens: Tokens, lexicon: Lexicon, i: int, stop: int) -> tuple[Listed, int] | None:
    """The longest listed name that begins at word `i`, and where it ends."""
    found = lexicon.listed.get(tokens.names[i])
    if found is None:
        return None
    small = not tokens.capital[i]
    if small and not lexicon.names.lower_demonyms:
        return None
    forms = tokens.forms
    for entry in found:
        if small and entry.strength != "demonym":
            continue
        length = len(entry.forms)
        end = i + length
        if end > stop:
            continue
        if length > 1 and not _whole(tokens, lexicon, i, entry.forms):
            continue
        if entry.capitals and not _as_capitals(tokens, lexicon, i):
            continue
        if length == 1 and forms[i] in lexicon.ordinary and tokens.opens[i]:
            continue
        return entry, end
    return None


def _whole(tokens: Tokens, lexicon: Lexicon, i: int, forms: tuple[str, ...]) -> bool:
    """The words from `i` on are these, joined as one name, with capital letters."""
    end = i + len(forms)
    if tuple(tokens.names[i:end]) != forms:
        return False
    together = all(
        tokens.glue[k] and not tokens.possessive[k - 1] for k in range(i + 1, end)
    ) or _joined_by_comma(tokens, i, end)
    return together and all(
        tokens.capital[k]
        or tokens.forms[k] in lexicon.joiners
        or tokens.forms[k] in lexicon.particles
        for k in range(i + 1, end)
    )


def _joined_by_comma(tokens: Tokens, first: int, end: int) -> bool:
    """ "Washington, D.C." and "People's Republic": joined although not by a space alone."""
    return all(
        tokens.text[tokens.ends[k - 1] : tokens.starts[k]] in (", ", " ", "'s ", "’s ", "' ", "’ ")
        for k in range(first + 1, end)
    )


def _as_capitals(tokens: Tokens, lexicon: Lexicon, i: int) -> bool:
    """Written in capitals, and not because its whole line is."""
    if not tokens.upper[i]:
        return False
    around = [k for k in (i - 1, i + 1) if 0 <= k < len(tokens.upper)]
    shouted = any(tokens.upper[k] and tokens.forms[k] not in lexicon.listed for k in around)
    return not (shouted and tokens.sentence[i] in tokens.headings)


def office_at(tokens: Tokens, lexicon: Lexicon, last: int, floor: int) -> int | None:
    """Where the office noun that ends with word `last` begins; None when there is none."""
    found = lexicon.roles.get(tokens.forms[last])
    if found is None:
        compound = lexicon.names.capitalised_nouns and tokens.capital[last]
        return last if compound and last_part(tokens.forms[last], lexicon.roles) else None
    for forms, _ in found:
        first = last + 1 - len(forms)
        if first < floor:
            continue
        if len(forms) == 1 or tuple(tokens.forms[first : last + 1]) == forms:
            return first
    return None


def find_names(tokens: Tokens, lexicon: Lexicon) -> list[Name]:
    """All names of a report, in the order of the text."""
    finder = _Finder(tokens, lexicon)
    finder.body()
    finder.headings()
    finder.names.sort(key=lambda name: name.first)
    return finder.names


class _Finder:
    """State of one search: the names found so far, and forms known to be names."""

    def __init__(self, tokens: Tokens, lexicon: Lexicon) -> None:
        self.tokens = tokens
        self.lexicon = lexicon
        self.names: list[Name] = []
        self.shouted: list[tuple[int, int]] = []
        headings = tokens.headings
        # After an office these are surnames although they are offices too ("President King").
        self.inner_names = {
            form
            for form, before in zip(tokens.forms[1:], tokens.forms, strict=False)
            if before in lexicon.given or before in lexicon.titles
        }
        self.inner: dict[str, int] = {}
        self.surnames: set[str] = set()
        self.articled: set[str] = set()
        self.pairs: dict[tuple[str, str], int] = {}
        held: list[int] = []
        if lexicon.names.capitalised_nouns:
            for i in range(1, len(tokens.forms)):
                before = tokens.forms[i - 1]
                if not tokens.capital[i] or not tokens.glue[i]:
                    continue
                if tokens.names[i - 1] in lexicon.given or before in lexicon.titles:
                    self.surnames.add(tokens.names[i])
                elif tokens.capital[i - 1]:
                    pair = (tokens.names[i - 1], tokens.names[i])
                    self.pairs[pair] = self.pairs.get(pair, 0) + 1
                    if office_at(tokens, lexicon, i - 1, 0) is not None:
                        held.append(i)
                elif before in lexicon.bare or before in lexicon.possessive:
                    self.articled.add(tokens.forms[i])
            self.surnames.update(
                tokens.names[i] for i in held if tokens.forms[i] not in self.articled
            )
        # Words that stand alone with a capital letter: surnames, mostly.
        self.alone: set[str] = set()
        capital, glue, opens = tokens.capital, tokens.glue, tokens.opens
        count = len(capital)
        for i, form in enumerate(tokens.forms):
            if not capital[i] or tokens.sentence[i] in headings:
                continue
            if not opens[i]:
                self.inner[form] = self.inner.get(form, 0) + 1
            single = not (i and glue[i] and capital[i - 1]) and not (
                i + 1 < count and glue[i + 1] and capital[i + 1]
            )
            if single and form not in tokens.lower and form not in lexicon.ordinary:
                self.alone.add(form)

    def common(self, form: str) -> bool:
        """Written in lower case more often than with a capital inside sentences."""
        return self.tokens.lower.get(form, 0) > self.inner.get(form, 0)

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
                stop = self._run(i, end)
                if stop - i > 2 and all(
                    tokens.upper[k] or len(tokens.forms[k]) == 1 for k in range(i, stop)
                ):
                    self.shouted.append((i, stop))  # the first words of an article, in capitals
                elif not self._party_mark(i, stop):
                    self._cut(i, stop)
                i = stop

    def _party_mark(self, i: int, stop: int) -> bool:
        """ "(R-Wis.)", "D-N.Y.": a letter and a hyphen, in brackets or between commas."""
        tokens = self.tokens
        return (
            stop - i >= 2
            and len(tokens.forms[i]) == 1
            and tokens.glue[i + 1] == "-"
            and not tokens.glue[i]
        )

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
            if stop <= end and tuple(tokens.forms[i:stop]) == forms:
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

    def _run(self, i: int, end: int) -> int:
        """Where the run of capitalised words that begins at `i` ends."""
        tokens, lexicon = self.tokens, self.lexicon
        forms, capital, glue = tokens.forms, tokens.capital, tokens.glue
        institution = forms[i] in lexicon.heads
        office = forms[i] in lexicon.roles
        joined = False
        j = i + 1
        while j < end and j - i < _LONGEST_RUN and not tokens.possessive[j - 1]:
            if not glue[j]:
                break
            form = forms[j]
            if capital[j]:
                institution = institution or form in lexicon.heads
                office = office or form in lexicon.roles
                j += 1
                continue
            if glue[j] == "-":
                if forms[i] in lexicon.surnames_first and len(form) <= 5:
                    j += 1  # Kim Jong-un
                    continue
                break
            if j + 1 >= end or not glue[j + 1]:
                break
            following = j + 1
            last = self._particles(j, end)
            if last is not None:
                j = last
                continue
            if form in lexicon.joiners and (institution or (office and form == "of")):
                if forms[following] in lexicon.definite and following + 1 < end:
                    following += 1
                if not capital[following] or not glue[following]:
                    break
                if form in lexicon.coordinators and not (
                    following == j + 1 and (joined or capital[j - 1]) and self._plain(following)
                ):
                    break
                joined = True
                j = following + 1
                continue
            if form in lexicon.coordinators and self._double(i, j, end):
                j += 2  # the Food and Drug Administration
                continue
            break
        match = listed_at(tokens, lexicon, i, end)
        return j if match is None else max(j, match[1])

    def _particles(self, j: int, end: int) -> int | None:
        """After "van", "von der" and a surname: the end of the name; None without them."""
        tokens, lexicon = self.tokens, self.lexicon
        if lexicon.names.capitalised_nouns and tokens.forms[j] in lexicon.bare:
            return None  # "Bord der Maschine"
        k = j
        while k < min(end, j + 3) and tokens.forms[k] in lexicon.particles and tokens.glue[k]:
            k += 1
        if k == j or k >= end or not tokens.capital[k] or not tokens.glue[k]:
            return None
        return k + 1

    def _double(self, i: int, j: int, end: int) -> bool:
        """ "the X and Y Authority": one institution when its head follows the second word."""
        tokens = self.tokens
        return (
            j + 2 < end
            and i > 0
            and tokens.forms[i - 1] in self.lexicon.definite
            and all(tokens.capital[k] and tokens.glue[k] for k in (j + 1, j + 2))
            and tokens.forms[j + 2] in self.lexicon.heads
        )

    def _plain(self, i: int) -> bool:
        """A capitalised word that is no known name by itself ("… and Human Services")."""
        form = self.tokens.forms[i]
        return form not in self.lexicon.listed and self.tokens.names[i] not in self.lexicon.given

    def _cut(self, i: int, stop: int) -> None:
        """Cut a run into names."""
        tokens, lexicon = self.tokens, self.lexicon
        while i < stop:
            form = tokens.forms[i]
            if (
                not tokens.capital[i]
                or form in lexicon.bare
                or ((tokens.opens[i] or form in lexicon.never) and self._no_name(i, stop))
            ):
                i += 1
                continue
            i = self._piece(i, stop)

    def _no_name(self, i: int, stop: int) -> bool:
        """An ordinary word with a capital letter."""
        tokens, lexicon = self.tokens, self.lexicon
        form = tokens.forms[i]
        match = listed_at(tokens, lexicon, i, stop)
        if match is not None:
            return False
        if form in lexicon.titles and i + 1 < stop:
            return False
        if form in lexicon.never or form in lexicon.ordinary or form in lexicon.pronouns:
            return True
        if office_at(tokens, lexicon, i, i) is not None or form in lexicon.titles:
            return False
        if tokens.names[i] in lexicon.given:
            return False
        if tokens.names[i] in self.surnames:
            return False
        if form in self.inner and not lexicon.names.capitalised_nouns:
            return False
        if form in tokens.lower:
            return True
        if form in lexicon.loose or form in lexicon.rank:
            return True
        alone = i + 1 >= stop
        if alone and tokens.upper[i] and len(form) >= 2:
            return False
        if form.endswith(("ly", "ing")) and len(form) > 4:
            return True
        return alone and not self._acts(i + 1)

    def _acts(self, i: int) -> bool:
        """The word after a name is a verb of saying."""
        tokens = self.tokens
        return (
            i < len(tokens.forms)
            and tokens.glue[i] == " "
            and tokens.forms[i] in (self.lexicon.speech)
        )

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
        end = self._until_listed(i, stop)
        kind: ActorKind = "person" if given and end - i > 1 else "unknown"
        self._add(i, end, kind, None)
        return end

    def _of_institution(self, i: int, office: int, stop: int) -> bool:
        """ "Department of Criminal Justice", "The Hollywood Reporter": the office is a name's part."""
        tokens, lexicon = self.tokens, self.lexicon
        if i and tokens.forms[i - 1] in lexicon.definite and tokens.capital[i - 1]:
            if not tokens.opens[i - 1] and office == stop - 1:
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
            if first is not None and tokens.forms[stop - 1] not in self.inner_names:
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
        if listed_at(tokens, lexicon, last, stop) is not None and (
            tokens.names[last] not in lexicon.given
        ):
            return last
        return self._titled(i, last, stop)

    def _person_after(self, i: int, stop: int) -> int | None:
        """Where a person's name begins after "Minister of Water Resources …"."""
        tokens, lexicon = self.tokens, self.lexicon
        for k in range(i + 2, stop - 1):
            if tokens.names[k] in lexicon.given and not self.common(tokens.forms[k]):
                return k
        if stop - i > 3 and tokens.forms[stop - 1] in self.alone:
            before = tokens.forms[stop - 2]
            if tokens.capital[stop - 2] and not self.common(before):
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

    def _name_among_nouns(self, first: int, last: int) -> bool:
        """Where all nouns have capitals: acronyms, surnames known from a full name or title,
        and two or three capitals in a row of which none is an ordinary noun elsewhere."""
        tokens, lexicon = self.tokens, self.lexicon
        span = range(first, last)
        if last - first == 1:
            known = tokens.names[first] in self.surnames
            return known or (tokens.upper[first] and not self._noun(first))
        if tokens.names[first] in lexicon.given or tokens.names[last - 1] in self.surnames:
            return True
        if any(self._noun(k) for k in span):
            return False
        foreign = any(
            tokens.upper[k]
            or (tokens.forms[k] in lexicon.particles and tokens.forms[k] not in lexicon.bare)
            for k in span
        )
        return foreign or self.pairs.get((tokens.names[first], tokens.names[last - 1]), 0) > 1

    def _noun(self, i: int) -> bool:
        """Seen after an article, which proper names seldom are."""
        return self.tokens.forms[i] in self.articled or self.tokens.forms[i] in self.tokens.lower

    def _surname_first(self, forms: tuple[str, ...]) -> bool:
        """Kim Jong Un, Ri Yong-ho: three words, the first a surname of that tradition."""
        return (
            len(forms) == 3
            and forms[0] in self.lexicon.surnames_first
            and all(len(form) <= 6 for form in forms)
        )

    def _acronym(self, i: int) -> bool:
        """Written in capitals among words that are not."""
        tokens = self.tokens
        return (
            tokens.upper[i]
            and tokens.ends[i] - tokens.starts[i] <= 6
            and tokens.sentence[i] not in tokens.headings
        )

    def _head(self, form: str) -> bool:
        """A noun for an institution, or in German a compound that ends in one."""
        if form in self.lexicon.heads:
            return True
        if not self.lexicon.names.capitalised_nouns:
            return False
        return last_part(form, self.lexicon.heads) is not None

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
            if kind == "unknown" and all(self.common(form) for form in forms):
                return
            if kind == "unknown" and lexicon.names.capitalised_nouns:
                if not self._name_among_nouns(first, last):
                    return
            if self._surname_first(forms):
                kind = "person"
            elif kind == "unknown" and len(forms) == 1 and self._acronym(first):
                kind = "organisation"
            elif kind == "unknown" and len(forms) > 1 and forms[-1] in lexicon.companies:
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
