"""One actor over all reports of a story.

Names that a table knows, and equal names, are one by their id. Everything else needs a second
reason beside the name: the same office, or the same words quoted from both, or a full name that
alone fits a surname. Two actors that one report names apart are never joined.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from retold.attribute.actors.agreement import agreement
from retold.attribute.actors.clusters import same_person, surname
from retold.attribute.actors.declined import join_declined, of_two_genders
from retold.attribute.actors.finding import ActorsOfReport, find_actors
from retold.attribute.actors.lexicon import Lexicon, lexicon
from retold.attribute.actors.story import Node, Story, enter, written
from retold.attribute.actors.variants import same_sound, skeleton, spelled_alike
from retold.model import Actor, Attribution, Segmented, Span
from retold.text.words import fold

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


def join_actors(
    attributions: Sequence[Attribution],
    reports: Sequence[Segmented],
    found: Sequence[ActorsOfReport] = (),
) -> tuple[tuple[Actor, ...], tuple[Attribution, ...]]:
    """The actors of one story, and its attributions with speakers and chains keyed to them.

    Args:
        attributions: one a report, in the order of `reports`.
        reports: of one story.
        found: what `find_actors` found in each report, where it is at hand; else it is
            called again with the sources that the attribution names.

    Returns:
        Actors, those of most reports first; ids and names do not depend on the order of the
        reports. The attributions have the joined ids; their actors keep the mentions of the
        one report.
    """
    look = lexicon(_language(reports))
    story = Story(look)
    known = found or [
        find_actors(segmented, _sources(attribution))
        for attribution, segmented in zip(attributions, reports, strict=True)
    ]
    for attribution, segmented, actors in sorted(
        zip(attributions, reports, known, strict=True), key=lambda one: one[0].report
    ):
        enter(story, attribution, segmented, actors)
    join_declined(story, lambda one, other: _against(one, other, look))
    _scripts(story)
    _short_names(story)
    _institutions(story)
    _variants(story)
    _offices(story)
    _holders(story)
    return written(story, attributions)


def _language(reports: Sequence[Segmented]) -> str | None:
    """The language of most reports; of equally frequent ones the first in the alphabet."""
    count = Counter(segmented.report.language for segmented in reports)
    return min(count, key=lambda code: (-count[code], code is None, code or ""), default=None)


def _sources(attribution: Attribution) -> list[Span]:
    """The spans of an attribution that name a source or carrier."""
    found: set[Span] = set()
    for quotation in attribution.quotations:
        found.update(quotation.source)
        found.update(link.span for link in quotation.chain if link.span is not None)
    return sorted(found)


def _same_words(one: Node, other: Node) -> bool:
    """Both are quoted with the same words, in different reports."""
    for report, a in one.quoted[:_QUOTATIONS]:
        for elsewhere, b in other.quoted[:_QUOTATIONS]:
            shorter = min(len(a), len(b))
            if report == elsewhere or shorter < _ENOUGH_WORDS:
                continue
            if len(a & b) >= _SAME_WORDS * shorter:
                return True
    return False


def _same_office(one: Node, other: Node, look: Lexicon) -> float:
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


def _against(one: Node, other: Node, look: Lexicon) -> bool:
    """What is known of both does not agree: gender, or offices of different countries."""
    if one.gender and other.gender and one.gender != other.gender:
        return True
    if of_two_genders(one.readings, other.readings):
        return True
    if one.held and other.held:
        return not any(not (a.of and b.of) or a.of & b.of for a in one.held for b in other.held)
    return False


def _people(story: Story) -> list[Node]:
    return [
        node
        for node in story.nodes.values()
        if node.kind in ("person", "unknown") and node.named and not node.listed
    ]


def _scripts(story: Story) -> None:
    """The same name in two scripts: equal once transliterated letter by letter."""
    latin: dict[tuple[str, ...], Node] = {}
    foreign: list[Node] = []
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
            why = f"“{node.name}” is “{same.name}” in other letters"
            story.join(same, node, why, "name", 0.9)


def _short_names(story: Story) -> None:
    """A surname in one report, the full name in another, and only one fits."""
    full: dict[str, list[Node]] = {}
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
        if len(fitting) > 1:
            # Of father and son, whom other reports call by the surname alone.
            fitting = [one for one in fitting if any(_is(name, node) for name in one.names)]
        if len(fitting) != 1:
            continue
        if story.apart(fitting[0], node) or _against(fitting[0], node, story.look):
            continue
        why = f"“{node.name}” is the surname of “{fitting[0].name}”"
        story.join(fitting[0], node, why, "name", 0.8)


def _is(name: str, node: Node) -> bool:
    return name.casefold() == node.name.casefold()


def _same_tail(story: Story, nodes: list[Node]) -> list[Node]:
    """ "Alderman Josse Pieterman" and "Josse Pieterman": one name after an unknown title."""
    kept: list[Node] = []
    for node in sorted(nodes, key=lambda node: (len(node.forms), node.id)):
        for shorter in kept[-_BLOCK:]:
            if "person" not in (node.kind, shorter.kind):
                continue
            tail = node.forms[-len(shorter.forms) :] == shorter.forms
            barred = story.apart(shorter, node) or _against(shorter, node, story.look)
            if same_person(node.forms, shorter.forms, story.look) and not barred:
                why = f"“{node.name}” and “{shorter.name}” share given name and surname"
                forms, name = shorter.forms, shorter.name
                story.join(shorter, node, why, "name", 0.9)
                if tail:
                    shorter.forms, shorter.name = forms, name
                break
        else:
            kept.append(node)
    return kept


def _institutions(story: Story) -> None:
    """Acronyms, short names of companies, and rivers without "River"."""
    full: dict[str, list[Node]] = {}
    short: dict[str, list[Node]] = {}
    look = story.look
    for node in story.nodes.values():
        if node.kind == "person" or len(node.forms) < 2:
            continue
        letters = "".join(form[0] for form in node.forms if form not in look.joiners)
        for acronym in {letters, *(fold(name) for name in node.names if name.isupper())}:
            full.setdefault(acronym, []).append(node)
        if look.companies & set(node.forms[1:]) or node.forms[-1] in look.features:
            short.setdefault(node.forms[0], []).append(node)
        if node.forms[-1] in look.heads:
            short.setdefault(node.forms[-1], []).append(node)
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
                if (
                    node.article
                    if other.forms[-1] in look.features or other.forms[-1] == form
                    else node.kind == "unknown"
                )
            ]
            why = f"“{node.name}” is short for"
        if len(fitting) == 1 and not story.apart(fitting[0], node):
            story.join(fitting[0], node, f"{why} “{fitting[0].name}”", "name", 0.7)


def _variants(story: Story) -> None:
    """Spellings of one name, when office or quoted words agree too."""
    people = sorted(
        (node for node in _people(story) if node.kind == "person" or len(node.forms) > 1),
        key=lambda node: node.id,
    )
    # Only names that share a word or its consonants, or whose first letters agree.
    blocks: dict[str, list[Node]] = {}
    for node in people:
        sounds = {f"~{skeleton(form)}" for form in node.forms if len(form) > 3}
        for block in sorted({f"={form}" for form in node.forms} | sounds | {_initials(node)}):
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
        endings = bool(one.readings and other.readings) and _differ_at_the_end(one, other)
        office = 0.0 if endings else _same_office(one, other, story.look)
        quoted = _same_words(one, other)
        # Romanisations of one name may differ in the rank of the office, slips may not.
        enough = _SAME_OFFICE if not _sounds_alike(one, other) else _SAME_OFFICE - 1.0
        if office < enough and not quoted:
            continue
        reasons = []
        if office >= enough:
            reasons.append("hold the same office")
        if quoted:
            reasons.append("are quoted with the same words")
        why = f"“{one.name}” and “{other.name}” are spelled alike and {' and '.join(reasons)}"
        story.join(one, other, why, "textual", 0.9 if len(reasons) > 1 else 0.8)


def _differ_at_the_end(one: Node, other: Node) -> bool:
    """Where names have endings, the last letter tells names apart ("Weise", "Weiser")."""
    return any(
        a != b and a[: min(len(a), len(b)) - 1] == b[: min(len(a), len(b)) - 1]
        for a, b in zip(one.forms, other.forms, strict=False)
    )


def _sounds_alike(one: Node, other: Node) -> bool:
    pairs = zip(one.forms, other.forms, strict=False)
    return all(a == b or same_sound(a, b) for a, b in pairs)


def _initials(node: Node) -> str:
    return "".join(form[0] for form in node.forms)


def _offices(story: Story) -> None:
    """An office in one report, its holder by name in another, with the same words quoted."""
    quoted = sorted(
        (node for node in story.nodes.values() if node.quoted and not node.plural),
        key=lambda node: node.id,
    )
    by_word: dict[str, list[Node]] = {}
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


def _holders(story: Story) -> None:
    """ "The finance minister" in one report, and the one person whom another gives that office."""
    holders: dict[frozenset[str], list[Node]] = {}
    for node in sorted(story.nodes.values(), key=lambda node: node.id):
        if node.kind == "person":
            for words_of_office in {held.words for held in node.held if len(held.words) > 1}:
                holders.setdefault(words_of_office, []).append(node)
    alone = [node for node in story.nodes.values() if node.definite and not node.plural]
    for node in sorted(alone, key=lambda node: node.id):
        fitting = [
            other
            for held in node.held
            for other in holders.get(held.words, ())
            if not _against(node, other, story.look)
        ]
        if len(fitting) == 1 and len(node.held) == 1:
            why = f"“{fitting[0].name}” is the only one here who is given the office “{node.name}”"
            story.join(fitting[0], node, why, "name", 0.7)
