"""One actor over all reports of a story.

Names that a table knows, and equal names, are one by their id. Everything else needs a second
reason beside the name: the same office, or the same words quoted from both, or a full name that
alone fits a surname. Two actors that one report names apart are never joined.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from retold.attribute.actors.anaphora import agreement
from retold.attribute.actors.clusters import Cluster, Held, given_forms, surname
from retold.attribute.actors.finding import clusters_of, identifier, stable
from retold.attribute.actors.lexicon import Lexicon, lexicon
from retold.attribute.actors.variants import spelled_alike
from retold.model import Actor, ActorKind, Attribution, Evidence, Link, Place, Quotation, Segmented
from retold.text.words import fold, words

__all__ = ["join_actors"]

# Of the content words of the shorter quotation, this share must stand in the other one for the
# two to be "quoted with the same words". In the stories of `examples/` the best match between
# two reports shares .72 in the median when the speaker is the same, .14 when not (three quarters
# below .40).
_SAME_WORDS = 0.5
_ENOUGH_WORDS = 4
# Level of `anaphora.agreement` from which two offices count as one: the same words, or all
# words of the shorter in the longer.
_SAME_OFFICE = 3.0
# Nouns of these classes say what anybody is ("man", "friend"): no office to hold.
_NO_OFFICE = frozenset(("people", "family", "plural", "female", "case"))
# Names of one block (a shared word, the same initials) that one name is compared with, at most.
_BLOCK = 100
# Quotations of one actor that are compared, at most; more only repeat the same statements.
_QUOTATIONS = 40


class _Node(Struct):
    """An actor of the story while reports are being joined."""

    id: str
    kind: ActorKind
    name: str
    forms: tuple[str, ...]
    gender: str | None
    plural: bool
    reports: dict[str, list[Place]] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)
    held: dict[Held, None] = field(default_factory=dict)
    because: list[Evidence] = field(default_factory=list)
    quoted: list[tuple[str, frozenset[str]]] = field(default_factory=list)
    listed: bool = False
    named: bool = True
    article: bool = False


class _Story:
    """All nodes, and which became which."""

    def __init__(self, look: Lexicon) -> None:
        self.look = look
        self.nodes: dict[str, _Node] = {}
        self.became: dict[str, str] = {}

    def find(self, identity: str) -> str:
        while identity in self.became:
            identity = self.became[identity]
        return identity

    def apart(self, one: _Node, other: _Node) -> bool:
        """A report names both: they are two."""
        return not one.reports.keys().isdisjoint(other.reports)

    def join(self, one: _Node, other: _Node, why: str, kind: str, weight: float) -> None:
        """`other` becomes `one`."""
        spans = (_first(one), _first(other))
        for report, places in other.reports.items():
            one.reports.setdefault(report, []).extend(places)
        for name, count in other.names.items():
            one.names[name] = one.names.get(name, 0) + count
        one.held.update(other.held)
        one.because.extend(other.because)
        one.because.append(Evidence(kind, weight, why, spans))
        one.quoted.extend(other.quoted)
        if len(other.forms) > len(one.forms):
            one.forms, one.name = other.forms, other.name
        one.gender = one.gender or other.gender
        if one.kind == "unknown":
            one.kind = other.kind
        self.became[other.id] = one.id
        del self.nodes[other.id]


def _first(node: _Node) -> Place:
    return min(
        (place for places in node.reports.values() for place in places),
        key=lambda place: (place.report, place.span),
    )


def join_actors(
    attributions: Sequence[Attribution], reports: Sequence[Segmented]
) -> tuple[tuple[Actor, ...], tuple[Attribution, ...]]:
    """The actors of one story, and its attributions with speakers and chains keyed to them.

    Args:
        attributions: one a report, in the order of `reports`.
        reports: of one story.

    Returns:
        Actors, those of most reports first; ids and names do not depend on the order of the
        reports. The attributions have the joined ids; their actors keep the mentions of the
        one report.
    """
    look = lexicon(reports[0].report.language if reports else None)
    story = _Story(look)
    for attribution, segmented in sorted(
        zip(attributions, reports, strict=True), key=lambda pair: pair[0].report
    ):
        _enter(story, attribution, segmented)
    _scripts(story)
    _short_names(story)
    _institutions(story)
    _variants(story)
    _offices(story)
    return _written(story, attributions)


def _enter(story: _Story, attribution: Attribution, segmented: Segmented) -> None:
    """The actors of one report; equal ids are one actor."""
    report = segmented.report.id
    sources = [span for quotation in attribution.quotations for span in quotation.source]
    sources += [
        link.span
        for quotation in attribution.quotations
        for link in quotation.chain
        if link.span is not None
    ]
    _, clusters = clusters_of(segmented, sorted(set(sources)))
    known = {identifier(stable(report, cluster)): cluster for cluster in clusters.values()}
    quoted: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for quotation in attribution.quotations:
        if quotation.speaker is not None:
            content = _content(story.look, segmented, quotation)
            quoted.setdefault(quotation.speaker, []).append((report, content))
    for actor in attribution.actors:
        cluster = known.get(actor.id)
        node = story.nodes.get(actor.id)
        if node is None:
            node = story.nodes[actor.id] = _node(actor, cluster, story.look)
        elif cluster is not None and len(cluster.forms) > len(node.forms):
            node.forms, node.name = cluster.forms, cluster.shown
        node.reports.setdefault(report, []).extend(actor.mentions)
        for name in actor.names or (actor.name,):
            count = cluster.names.get(name, 1) if cluster is not None else 1
            node.names[name] = node.names.get(name, 0) + count
        if cluster is not None:
            node.held.update(dict.fromkeys(cluster.held))
            node.gender = node.gender or cluster.gender
        if len(node.forms) == 1 and not node.article:
            node.article = _articled(story.look, segmented, actor)
        node.because.extend(item for item in actor.because if item not in node.because)
        node.quoted.extend(quoted.get(actor.id, ()))
        if node.kind == "unknown":
            node.kind = actor.kind


def _node(actor: Actor, cluster: Cluster | None, look: Lexicon) -> _Node:
    forms = cluster.forms if cluster is not None else tuple(word.form for word in words(actor.name))
    if not "".join(forms).isascii():
        forms = _latin(actor.name)
    node = _Node(
        actor.id,
        actor.kind,
        actor.name,
        forms,
        cluster.gender if cluster else None,
        cluster.plural if cluster else False,
    )
    node.named = cluster is None or cluster.key.startswith("name:")
    node.listed = cluster is not None and cluster.key.startswith(("place:", "organisation:"))
    return node


def _articled(look: Lexicon, segmented: Segmented, actor: Actor) -> bool:
    """A definite article stands before one of its mentions."""
    text = segmented.report.text
    return any(
        text[max(0, place.span[0] - 12) : place.span[0]].lower().split()[-1:] == [article]
        for place in actor.mentions
        for article in look.definite
    )


def _latin(name: str) -> tuple[str, ...]:
    """A name's words in Latin letters, so that scripts can be compared."""
    from anyascii import anyascii

    return tuple(word.form for word in words(anyascii(name).replace("'", "")))


def _content(look: Lexicon, segmented: Segmented, quotation: Quotation) -> frozenset[str]:
    """The content words of what is quoted."""
    text = segmented.report.text
    found: set[str] = set()
    for start, end in quotation.content:
        found.update(word.form for word in words(text, start, end))
    return frozenset(
        form
        for form in found
        if len(form) > 2 and form not in look.ordinary and form not in look.bare
    )


def _same_words(one: _Node, other: _Node) -> bool:
    """Both are quoted with the same words, in different reports."""
    for report, a in one.quoted[:_QUOTATIONS]:
        for elsewhere, b in other.quoted[:_QUOTATIONS]:
            shorter = min(len(a), len(b))
            if report == elsewhere or shorter < _ENOUGH_WORDS:
                continue
            if len(a & b) >= _SAME_WORDS * shorter:
                return True
    return False


def _same_office(one: _Node, other: _Node, look: Lexicon) -> float:
    """The best agreement of an office of one with an office of the other."""
    return max(
        (
            agreement(a, b, look)
            for a in one.held
            for b in other.held
            if a.classes - _NO_OFFICE or a.of
        ),
        default=0.0,
    )


def _against(one: _Node, other: _Node, look: Lexicon) -> bool:
    """What is known of both does not agree: gender, or offices of different countries."""
    if one.gender and other.gender and one.gender != other.gender:
        return True
    if one.held and other.held:
        return not any(not (a.of and b.of) or a.of & b.of for a in one.held for b in other.held)
    return False


def _people(story: _Story) -> list[_Node]:
    return [
        node
        for node in story.nodes.values()
        if node.kind in ("person", "unknown") and node.named and not node.listed
    ]


def _scripts(story: _Story) -> None:
    """The same name in two scripts: equal once transliterated letter by letter."""
    latin: dict[tuple[str, ...], _Node] = {}
    foreign: list[_Node] = []
    for node in sorted(story.nodes.values(), key=lambda node: node.id):
        if node.listed or node.kind == "office" or not node.names:
            continue
        if node.name.isascii():
            latin.setdefault(node.forms, node)
        else:
            foreign.append(node)
    for node in foreign:
        same = latin.get(node.forms)
        if same is None or story.apart(same, node) or _against(same, node, story.look):
            continue
        if node.name.casefold() != same.name.casefold():
            why = f"“{node.name}” is “{same.name}” in another script"
            story.join(same, node, why, "name", 0.9)


def _short_names(story: _Story) -> None:
    """A surname in one report, the full name in another, and only one fits."""
    full: dict[str, list[_Node]] = {}
    people = _people(story)
    for node in people:
        if len(node.forms) > 1:
            full.setdefault(surname(node.forms, story.look), []).append(node)
    for family in list(full):
        full[family] = _same_tail(story, full[family])
    for node in people:
        if len(node.forms) != 1:
            continue
        fitting = full.get(node.forms[0], [])
        if len(fitting) != 1:
            continue
        if story.apart(fitting[0], node) or _against(fitting[0], node, story.look):
            continue
        why = f"“{node.name}” is the surname of “{fitting[0].name}”, the only one of that name here"
        story.join(fitting[0], node, why, "name", 0.8)


def _same_tail(story: _Story, nodes: list[_Node]) -> list[_Node]:
    """ "Alderman Josse Pieterman" and "Josse Pieterman": one name after an unknown title."""
    kept: list[_Node] = []
    for node in sorted(nodes, key=lambda node: (len(node.forms), node.id)):
        for shorter in kept:
            if "person" not in (node.kind, shorter.kind):
                continue
            tail = node.forms[-len(shorter.forms) :] == shorter.forms
            short = _given_agree(node.forms, shorter.forms, story.look)
            if (tail or short) and not story.apart(shorter, node):
                if not _against(shorter, node, story.look):
                    why = f"“{node.name}” and “{shorter.name}” share given name and surname"
                    forms, name = shorter.forms, shorter.name
                    story.join(shorter, node, why, "name", 0.9)
                    if tail:
                        shorter.forms, shorter.name = forms, name
                    break
        else:
            kept.append(node)
    return kept


def _given_agree(one: tuple[str, ...], other: tuple[str, ...], look: Lexicon) -> bool:
    """First given names are equal, a short form, or an initial; middle names do not disagree."""
    a, b = given_forms(one, look), given_forms(other, look)
    if not a or not b or surname(one, look) == one[0]:
        return False
    if a[0] != b[0] and not (min(len(a[0]), len(b[0])) == 1 and a[0][0] == b[0][0]):
        return False
    return not (len(a) > 1 and len(b) > 1) or a[1][0] == b[1][0]


def _institutions(story: _Story) -> None:
    """Acronyms, short names of companies, and rivers without "River"."""
    full: dict[str, list[_Node]] = {}
    short: dict[str, list[_Node]] = {}
    look = story.look
    for node in story.nodes.values():
        if node.kind == "person" or len(node.forms) < 2:
            continue
        letters = "".join(form[0] for form in node.forms if form not in look.joiners)
        for acronym in {letters, *(fold(name) for name in node.names if name.isupper())}:
            full.setdefault(acronym, []).append(node)
        if look.companies & set(node.forms[1:]) or node.forms[-1] in look.features:
            short.setdefault(node.forms[0], []).append(node)
    for node in list(story.nodes.values()):
        if len(node.forms) != 1 or node.listed or node.kind in ("person", "office"):
            continue
        form = node.forms[0]
        if node.name.isupper():
            fitting = full.get(form, [])
            why = f"“{node.name}” is the acronym of"
        else:
            fitting = [
                other
                for other in short.get(form, [])
                if (node.article if other.forms[-1] in look.features else node.kind == "unknown")
            ]
            why = f"“{node.name}” is short for"
        if len(fitting) == 1 and not story.apart(fitting[0], node):
            story.join(fitting[0], node, f"{why} “{fitting[0].name}”", "name", 0.7)


def _variants(story: _Story) -> None:
    """Spellings of one name, when office or quoted words agree too."""
    people = sorted(
        (node for node in _people(story) if node.kind == "person" or len(node.forms) > 1),
        key=lambda node: node.id,
    )
    # Only names that share a word, or whose first letters agree, are compared.
    blocks: dict[str, list[_Node]] = {}
    for node in people:
        for block in sorted({f"={form}" for form in node.forms} | {_initials(node)}):
            blocks.setdefault(block, []).append(node)
    pairs = sorted(
        {
            (one.id, other.id)
            for block in blocks.values()
            for i, one in enumerate(block)
            for other in block[i + 1 : i + 1 + _BLOCK]
            if spelled_alike(one.forms, other.forms)
        }
    )
    for first, second in pairs:
        one = story.nodes.get(story.find(first))
        other = story.nodes.get(story.find(second))
        if one is None or other is None or one is other:
            continue
        if story.apart(one, other) or _against(one, other, story.look):
            continue
        office = _same_office(one, other, story.look)
        quoted = _same_words(one, other)
        if office < _SAME_OFFICE and not quoted:
            continue
        reasons = []
        if office >= _SAME_OFFICE:
            reasons.append("hold the same office")
        if quoted:
            reasons.append("are quoted with the same words")
        why = f"“{one.name}” and “{other.name}” are spelled alike and {' and '.join(reasons)}"
        story.join(one, other, why, "textual", 0.9 if len(reasons) > 1 else 0.8)


def _initials(node: _Node) -> str:
    return "".join(form[0] for form in node.forms)


def _offices(story: _Story) -> None:
    """An office in one report, its holder by name in another, with the same words quoted."""
    quoted = sorted(
        (node for node in story.nodes.values() if node.quoted and not node.plural),
        key=lambda node: node.id,
    )
    by_word: dict[str, list[_Node]] = {}
    for node in quoted:
        for word in set().union(*(content for _, content in node.quoted[:_QUOTATIONS])):
            by_word.setdefault(word, []).append(node)
    for node in quoted:
        if node.kind != "office" or node.id not in story.nodes:
            continue
        shared: dict[str, int] = {}
        for word in set().union(*(content for _, content in node.quoted[:_QUOTATIONS])):
            for other in by_word[word]:
                shared[other.id] = shared.get(other.id, 0) + 1
        near = {
            story.find(identity)
            for identity, count in shared.items()
            if count >= _SAME_WORDS * _ENOUGH_WORDS
        }
        holders = [
            other
            for other in (story.nodes[identity] for identity in sorted(near))
            if other is not node
            and other.kind in ("person", "office")
            and not story.apart(node, other)
            and not _against(node, other, story.look)
            and _same_office(node, other, story.look) >= _SAME_OFFICE
            and _same_words(node, other)
        ]
        if len(holders) == 1:
            why = (
                f"“{node.name}” and “{holders[0].name}” hold the same office "
                "and are quoted with the same words"
            )
            story.join(holders[0], node, why, "textual", 0.8)


def _written(
    story: _Story, attributions: Sequence[Attribution]
) -> tuple[tuple[Actor, ...], tuple[Attribution, ...]]:
    final: dict[str, str] = {}
    actors: list[Actor] = []
    grown = set(story.became.values())
    for node in story.nodes.values():
        if not node.listed and node.kind != "office":
            node.name = _canonical(node)
        identity = node.id
        if node.id in grown:
            identity = identifier(f"{node.kind}:{node.name.casefold()}")
        final[node.id] = identity
        mentions = sorted(
            {place for places in node.reports.values() for place in places},
            key=lambda place: (place.report, place.span),
        )
        names = sorted(node.names, key=lambda name: (-node.names[name], name))
        because = sorted(set(node.because), key=lambda item: (-item.weight, item.note))
        actors.append(
            Actor(identity, node.name, node.kind, tuple(mentions), tuple(names), tuple(because))
        )
    reports = {node.id: len(node.reports) for node in story.nodes.values()}
    count = {final[identity]: number for identity, number in reports.items()}
    actors.sort(key=lambda actor: (-count[actor.id], -len(actor.mentions), actor.name, actor.id))
    keyed = tuple(_rekey(story, final, attribution) for attribution in attributions)
    return tuple(actors), keyed


def _canonical(node: _Node) -> str:
    """The fullest form; of equally full ones the most frequent, then the first in the alphabet."""
    full = len(node.forms)
    fitting = [name for name in node.names if len(words(name)) == full]
    fitting = fitting or [name for name in node.names if len(words(name)) > full] or [node.name]
    return min(fitting, key=lambda name: (-len(words(name)), -node.names.get(name, 0), name))


def _rekey(story: _Story, final: dict[str, str], attribution: Attribution) -> Attribution:
    def new(identity: str | None) -> str | None:
        if identity is None:
            return None
        found = story.find(identity)
        return final.get(found, identity)

    def link(old: Link) -> Link:
        return replace(old, actor=new(old.actor))

    quotations = tuple(
        replace(quotation, speaker=new(quotation.speaker), chain=tuple(map(link, quotation.chain)))
        for quotation in attribution.quotations
    )
    actors: dict[str, Actor] = {}
    for actor in attribution.actors:
        identity = new(actor.id) or actor.id
        before = actors.get(identity)
        mentions = actor.mentions if before is None else (*before.mentions, *actor.mentions)
        actors[identity] = replace(actor, id=identity, mentions=mentions)
    return replace(attribution, quotations=quotations, actors=tuple(actors.values()))
