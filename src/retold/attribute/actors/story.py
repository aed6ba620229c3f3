"""The actors of a story while its reports are being joined."""

from __future__ import annotations

from msgspec import Struct, field

from retold.attribute.actors.clusters import Cluster, Held
from retold.attribute.actors.finding import ActorsOfReport, identifier, stable
from retold.attribute.actors.lexicon import Lexicon
from retold.model import Actor, ActorKind, Attribution, Evidence, Place, Quotation, Segmented
from retold.text.words import words

__all__ = ["Node", "Story", "enter"]


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
        forms = _latin(actor.name)
    node = Node(
        actor.id,
        actor.kind,
        actor.name,
        forms,
        cluster.gender if cluster else None,
        cluster.plural if cluster else False,
    )
    node.named = cluster is None or cluster.key.startswith("name:")
    node.definite = cluster is not None and cluster.kind == "office" and not cluster.indefinite
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
