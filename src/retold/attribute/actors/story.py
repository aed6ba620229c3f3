"""The actors of a story while its reports are being joined."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from retold.attribute.actors.clusters import Cluster, Held
from retold.attribute.actors.finding import ActorsOfReport, identifier, stable
from retold.attribute.actors.inflected import common
from retold.attribute.actors.lexicon import Lexicon
from retold.model import Actor, ActorKind, Attribution, Evidence, Link, Place, Quotation, Segmented
from retold.text.declensions import Reading
from retold.text.words import words

__all__ = ["Node", "Story", "enter", "latin", "written"]


class Node(Struct):
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
    definite: bool = False
    readings: tuple[Reading, ...] = ()


class Story:
    """All nodes, and which became which."""

    def __init__(self, look: Lexicon) -> None:
        self.look = look
        self.nodes: dict[str, Node] = {}
        self.became: dict[str, str] = {}

    def find(self, identity: str) -> str:
        """The id that an actor has become."""
        while identity in self.became:
            identity = self.became[identity]
        return identity

    def apart(self, one: Node, other: Node) -> bool:
        """A report names both: they are two."""
        return not one.reports.keys().isdisjoint(other.reports)

    def join(self, one: Node, other: Node, why: str, kind: str, weight: float) -> None:
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


def _first(node: Node) -> Place:
    return min(
        (place for places in node.reports.values() for place in places),
        key=lambda place: (place.report, place.span),
    )


def enter(
    story: Story, attribution: Attribution, segmented: Segmented, found: ActorsOfReport
) -> None:
    """The actors of one report; equal ids are one actor."""
    report = segmented.report.id
    known = {identifier(stable(report, cluster)): cluster for cluster in found.clusters.values()}
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
        if cluster is not None and node.readings and cluster.readings:
            node.readings = common(node.readings, cluster.readings) or node.readings[:1]
        if cluster is not None:
            node.held.update(dict.fromkeys(cluster.held))
            node.gender = node.gender or cluster.gender
        if len(node.forms) == 1 and not node.article:
            node.article = _articled(story.look, segmented, actor)
        node.because.extend(item for item in actor.because if item not in node.because)
        node.quoted.extend(quoted.get(actor.id, ()))
        if node.kind == "unknown":
            node.kind = actor.kind


def _node(actor: Actor, cluster: Cluster | None, look: Lexicon) -> Node:
    forms = cluster.forms if cluster is not None else tuple(word.form for word in words(actor.name))
    if not "".join(forms).isascii():
        forms = latin(actor.name)
    node = Node(
        actor.id,
        actor.kind,
        actor.name,
        forms,
        cluster.gender if cluster else None,
        cluster.plural if cluster else False,
    )
    node.readings = cluster.readings if cluster is not None else ()
    node.named = cluster is None or cluster.key.startswith("name:")
    node.definite = cluster is not None and cluster.kind == "office" and cluster.definite
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


def latin(name: str) -> tuple[str, ...]:
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


def written(
    story: Story, attributions: Sequence[Attribution]
) -> tuple[tuple[Actor, ...], tuple[Attribution, ...]]:
    """The joined actors, those of most reports first; and the attributions keyed to them."""
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


def _canonical(node: Node) -> str:
    """The fullest form; of equally full ones the most frequent, then the first in the alphabet."""
    full = len(node.forms)
    fitting = [name for name in node.names if len(words(name)) == full]
    fitting = fitting or [name for name in node.names if len(words(name)) > full] or [node.name]
    if node.readings:
        lemma = " ".join(node.readings[0].words)
        fitting = [name for name in fitting if name.casefold() == lemma] or fitting
    if not fitting[0].isascii():
        # Case endings make a name longer, so the shortest form is the one that is looked up.
        return min(fitting, key=lambda name: (len(name), -node.names.get(name, 0), name))
    return min(fitting, key=lambda name: (-len(words(name)), -node.names.get(name, 0), name))


def _rekey(story: Story, final: dict[str, str], attribution: Attribution) -> Attribution:
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
