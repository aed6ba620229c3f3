"""Office nouns: "the senior diplomat", "a representative of the Ministry", "his lawyer"."""

from __future__ import annotations

from msgspec import Struct

from retold.attribute.actors.clusters import Cluster, Held
from retold.attribute.actors.complements import complement_end
from retold.attribute.actors.lexicon import Lexicon, last_part
from retold.attribute.actors.listing import Name, office_at
from retold.attribute.actors.tokens import Tokens

__all__ = ["Office", "find_offices", "held"]

# Words taken to the left of an office noun, at most: determiner, adjectives, portfolio.
_REACH = 8


class Office(Struct):
    """One noun phrase around an office noun.

    Attributes:
        first, last: words `[first, last)`, with determiner and complement.
        core: words `[core, noun end)` without determiner and complement.
        held: what office.
        article: "definite", "indefinite", "possessive", "bare".
        plural: of several people.
        name: number of the name it belongs to (title or apposition), None for none.
        possessor: number of the name that it is possessed by.
    """

    first: int
    last: int
    core: tuple[int, int]
    held: Held
    article: str
    plural: bool
    name: int | None = None
    possessor: int | None = None


def held(
    tokens: Tokens,
    lexicon: Lexicon,
    span: tuple[int, int],
    names_at: dict[int, int],
    names: list[Name],
    of: list[Cluster],
) -> Held | None:
    """The office that the words `[first, last)` name; None when there is no office noun."""
    portfolios = lexicon.names.portfolios
    first, last = span
    head: str | None = None
    classes: frozenset[str] = frozenset()
    found: set[str] = set()
    keys: set[str] = set()
    i = first
    while i < last:
        number = names_at.get(i)
        if number is not None and names[number].last <= last:
            keys.add(of[number].key)
            i = names[number].last
            continue
        form = tokens.forms[i]
        i += 1
        if form in lexicon.bare or form in lexicon.joiners:
            continue
        if head is None or tokens.forms[i - 2] not in lexicon.joiners:
            start = office_at(tokens, lexicon, i - 1, first)
            if start is not None:
                role = form if form in lexicon.roles else last_part(form, lexicon.roles) or form
                if role != form:
                    found.add(
                        portfolios.get(lexicon.base.get(role, role), lexicon.base.get(role, role))
                    )
                groups = next(
                    group
                    for forms, group in lexicon.roles[role]
                    if len(forms) == 1
                    or (
                        i - len(forms) >= first and tuple(tokens.forms[i - len(forms) : i]) == forms
                    )
                )
                head = role
                classes = groups
        form_base = lexicon.base.get(form, form)
        canonical = portfolios.get(form_base, form_base)
        if canonical and (form not in lexicon.loose or form in lexicon.portfolio):
            found.add(canonical)
    if head is None:
        return None
    head = lexicon.base.get(head, head)
    return Held(frozenset(found), portfolios.get(head, head) or head, classes, frozenset(keys))


def find_offices(
    tokens: Tokens, lexicon: Lexicon, names: list[Name], of: list[Cluster]
) -> list[Office]:
    """All office noun phrases; titles and appositions tell their names' actors their office."""
    covered: dict[int, int] = {}
    names_at: dict[int, int] = {}
    ends_at: dict[int, int] = {}
    for number, name in enumerate(names):
        names_at[name.first] = number
        ends_at[name.last] = number
        for i in range(name.first, name.last):
            covered[i] = number
        if name.title < name.first:
            for i in range(name.title, name.first):
                covered.setdefault(i, number)
            told = held(tokens, lexicon, (name.title, name.first), names_at, names, of)
            if told is None:
                told = _abbreviated(tokens, lexicon, name)
            if told is not None:
                _tell(of[number], told, lexicon)
    offices: list[Office] = []
    for i, form in enumerate(tokens.forms):
        if (form in lexicon.roles or _compound(tokens, lexicon, i)) and (
            i not in covered or names[covered[i]].title <= i < names[covered[i]].first
        ):
            if i in covered and names[covered[i]].title < names[covered[i]].first:
                continue
            if offices and i < offices[-1].last:
                continue
            if _describes(tokens, lexicon, i, names, names_at):
                continue
            office = _phrase(tokens, lexicon, i, names, names_at, ends_at, of, covered)
            if office is None:
                continue
            if offices and offices[-1].last > office.first:
                # "deputy minister": the phrase grows, the shorter one is part of it.
                offices.pop()
            offices.append(office)
            if office.name is not None:
                _tell(of[office.name], office.held, lexicon)
    return offices


def _describes(
    tokens: Tokens, lexicon: Lexicon, i: int, names: list[Name], names_at: dict[int, int]
) -> bool:
    """ "the official Norvan Press Agency": an adjective of a name that is nobody's office."""
    if tokens.forms[i] not in lexicon.loose or i + 1 >= len(tokens.forms):
        return False
    if not tokens.glue[i + 1]:
        return False
    following = names_at.get(i + 1)
    return following is not None and not _personal(names[following])


def _compound(tokens: Tokens, lexicon: Lexicon, i: int) -> bool:
    """ "Museumsdirektor": an office noun as the last part of a compound."""
    if not lexicon.names.capitalised_nouns or not tokens.capital[i]:
        return False
    return last_part(tokens.forms[i], lexicon.roles) is not None


def _abbreviated(tokens: Tokens, lexicon: Lexicon, name: Name) -> Held | None:
    """The office of a short title ("Sen.")."""
    for i in range(name.title, name.first):
        office = lexicon.names.titles.means.get(tokens.forms[i])
        if office is not None:
            classes = next((groups for _, groups in lexicon.roles.get(office, ())), frozenset())
            return Held(frozenset((office,)), office, classes, frozenset())
    return None


def _tell(cluster: Cluster, told: Held, lexicon: Lexicon) -> None:
    if told not in cluster.held:
        cluster.held.append(told)
    if cluster.kind == "unknown":
        cluster.kind = "person"
    if cluster.gender is None:
        if "female" in told.classes:
            cluster.gender = "female"
        elif told.head in lexicon.male_roles or told.words & lexicon.male_roles:
            cluster.gender = "male"
        elif told.head in lexicon.female_roles or told.words & lexicon.female_roles:
            cluster.gender = "female"


def _phrase(
    tokens: Tokens,
    lexicon: Lexicon,
    i: int,
    names: list[Name],
    names_at: dict[int, int],
    ends_at: dict[int, int],
    of: list[Cluster],
    covered: dict[int, int],
) -> Office | None:
    """The noun phrase whose office noun ends with word `i`."""
    forms, glue, count = tokens.forms, tokens.glue, len(tokens.forms)
    noun_end = i + 1
    while noun_end < count and glue[noun_end] and not tokens.possessive[noun_end - 1]:
        start = office_at(tokens, lexicon, noun_end, i) if noun_end not in covered else None
        if start is None:
            break
        noun_end += 1  # "deputy minister", "press secretary"
    floor = tokens.first[tokens.sentence[i]]
    start = office_at(tokens, lexicon, noun_end - 1, floor)
    start = i if start is None else min(i, start)
    core = start
    article = "bare"
    possessor: int | None = None
    begin = start
    for _ in range(_REACH):
        before = begin - 1
        if before < floor or not glue[begin]:
            if before >= floor and tokens.possessive[before] and before in covered:
                possessor = covered[before]
                article = "possessive"
                begin = names[possessor].first
            break
        form = forms[before]
        if tokens.possessive[before]:
            article = "possessive"
            possessor = covered.get(before)
            begin = names[possessor].first if possessor is not None else before
            break
        if form in lexicon.possessive:
            article, begin = "possessive", before
            break
        if form in lexicon.definite:
            article, begin = "definite", before
            break
        if form in lexicon.indefinite:
            article, begin = "indefinite", before
            break
        if before in covered:
            number = covered[before]
            if names[number].kind == "person" and names[number].listed is None:
                break
            begin = core = names[number].first
            continue
        if (
            form in lexicon.loose
            or form in lexicon.rank
            or form in lexicon.roles
            or (form in lexicon.names.portfolios)
        ):
            begin = core = before
            continue
        if form in lexicon.joiners or form in lexicon.agency or form in lexicon.ordinary:
            break
        if _determined(tokens, lexicon, before, floor):
            begin = core = before
            continue
        if tokens.capital[before] and not tokens.opens[before]:
            begin = core = before
            continue
        break
    last = complement_end(tokens, lexicon, noun_end, names, names_at)
    told = held(tokens, lexicon, (begin, last), names_at, names, of)
    if told is None:
        return None
    plural = "plural" in told.classes
    titled = last in names_at and glue[last] == " "
    if article == "bare" and not (plural or titled or tokens.capital[core] or last > noun_end):
        return None  # "spokesman Bob Stone": without an article only before a name
    office = Office(begin, last, (core, noun_end), told, article, plural, None, possessor)
    if not plural:
        office.name = _owner(tokens, lexicon, office, names, names_at, ends_at)
    return office


def _determined(tokens: Tokens, lexicon: Lexicon, i: int, floor: int) -> bool:
    """An article stands at most two words before word `i`, with nothing between but spaces."""
    for k in range(i, max(floor, i - 3), -1):
        if not tokens.glue[k]:
            return False
        if tokens.forms[k - 1] in lexicon.bare:
            return True
        if tokens.forms[k - 1] in lexicon.joiners or tokens.forms[k - 1] in lexicon.agency:
            return False
    return False


def _owner(
    tokens: Tokens,
    lexicon: Lexicon,
    office: Office,
    names: list[Name],
    names_at: dict[int, int],
    ends_at: dict[int, int],
) -> int | None:
    """The name that holds the office: before which it is a title, or to which an apposition."""
    text = tokens.text
    last, first = office.last, office.first
    number = names_at.get(last)
    if number is not None and _personal(names[number]):
        gap = text[tokens.ends[last - 1] : tokens.starts[last]]
        if gap == " " and not tokens.possessive[last - 1]:
            return number
        if gap == ", " and office.article != "bare" and len(names[number].forms) > 1:
            after = names[number].last
            closing = text[tokens.ends[after - 1] : tokens.ends[after - 1] + 1]
            if closing in (",", ".", ";") and not _listing(tokens, lexicon, after):
                return number
    number = ends_at.get(first)
    if number is not None and _personal(names[number]) and not tokens.possessive[first - 1]:
        gap = text[tokens.ends[first - 1] : tokens.starts[first]]
        if gap in (", ", " — ", " – ", " (") and not _listing(tokens, lexicon, last):
            return number
        if gap == ", " and text[tokens.ends[last - 1] : tokens.ends[last - 1] + 1] in ",.":
            return number
    if first >= 1 and tokens.forms[first - 1] in lexicon.copula and tokens.glue[first]:
        number = ends_at.get(first - 1)
        if number is not None and _personal(names[number]) and tokens.glue[first - 1]:
            return number
    return None


def _listing(tokens: Tokens, lexicon: Lexicon, i: int) -> bool:
    """The next word goes on with a list ("X, the minister and Y")."""
    if i >= len(tokens.forms) or tokens.glue[i] != " ":
        return False
    return tokens.forms[i] in lexicon.coordinators


def _personal(name: Name) -> bool:
    return name.listed is None and name.kind in ("person", "unknown")
