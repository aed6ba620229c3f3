"""All actors of one report with all their mentions, and who a span of it names."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from hashlib import blake2b

from msgspec import Struct

from retold.attribute.actors.anaphora import resolve_anaphora
from retold.attribute.actors.clusters import Cluster
from retold.attribute.actors.grouping import cluster_names
from retold.attribute.actors.inflected import settle
from retold.attribute.actors.lexicon import Lexicon, lexicon
from retold.attribute.actors.naming import find_names
from retold.attribute.actors.offices import find_offices
from retold.attribute.actors.salience import WEIGHTS, Weights
from retold.attribute.actors.tokens import Tokens, flatten
from retold.model import Actor, Evidence, Place, Segmented, Span
from retold.text.declensions import endings_of, readings

__all__ = ["ActorsOfReport", "Mention", "find_actors", "identifier", "resolve"]


class Mention(Struct, frozen=True):
    """One span that names an actor.

    Attributes:
        span: in the report.
        actor: actor id.
        form: "name", "metonym" (a capital or seat for its government), "demonym" (an adjective
            of nationality before a noun), "office", "nominal" ("the ministry"), "pronoun",
            "phrase" (a source that is no more than its words).
        head: False where it only modifies what follows ("US" in "US Defense Secretary").
        because: why it names that actor, a neutral clause.
    """

    span: Span
    actor: str
    form: str
    head: bool
    because: str


class ActorsOfReport(Struct, frozen=True):
    """The actors of one report.

    Attributes:
        report: id of the report.
        actors: in the order of their first mention.
        clusters: what the actors were made from, which `join_actors` needs again.
        mentions: all spans by start, the longer first. Demonyms are mentions of their country
            (so that "North Korean" meets "of the DPRK"); nested mentions are possible: an
            office's phrase holds the name of its institution.
    """

    report: str
    actors: tuple[Actor, ...]
    mentions: tuple[Mention, ...]
    clusters: dict[str, Cluster]

    def resolve(self, span: Span) -> tuple[str | None, str]:
        """`resolve` of this report, to be handed on as a function of a span."""
        return resolve(self, span)


def identifier(key: str) -> str:
    """The id of an actor: a hash of what it is, not of where it stands."""
    return blake2b(key.encode(), digest_size=8).hexdigest()


def find_actors(
    segmented: Segmented, sources: Sequence[Span] = (), weights: Weights = WEIGHTS
) -> ActorsOfReport:
    """All actors of a report.

    Args:
        segmented: the report, cut into sentences and words.
        sources: spans that are known to name a source or carrier. They count as speakers when
            pronouns are resolved, and those that name nobody otherwise become actors of kind
            "unknown" ("two people familiar with the plan").
        weights: of the resolution of pronouns.

    Linear in the number of words: each pronoun looks back a fixed number of sentences.
    """
    clusters = _clusters(segmented, sources, weights)
    return _written(segmented.report.id, clusters, sorted(sources))


def _clusters(
    segmented: Segmented, sources: Sequence[Span], weights: Weights
) -> dict[str, Cluster]:
    """The actors of a report as they are found, with the offices they hold."""
    look = lexicon(segmented.report.language)
    tokens = flatten(segmented, frozenset(look.titles), look.name_endings)
    names = find_names(tokens, look, segmented.report.language)
    settle(tokens, look, names, segmented.report.language)
    clusters, of = cluster_names(tokens, look, names)
    offices = find_offices(tokens, look, names, of)
    spans = sorted(sources)
    resolve_anaphora(tokens, look, names, of, offices, clusters, spans, weights)
    _phrases(tokens, look, clusters, spans)
    return clusters


def _phrases(
    tokens: Tokens, look: Lexicon, clusters: dict[str, Cluster], sources: list[Span]
) -> None:
    """Actors for sources that hold no mention that could be their head."""
    heads = sorted(
        span
        for cluster in clusters.values()
        for span, (_, head, _) in cluster.mentions.items()
        if head
    )
    starts = [span[0] for span in heads]
    for start, end in sources:
        i = bisect_left(starts, start)
        if i < len(starts) and heads[i][1] <= end:
            continue
        first = bisect_left(tokens.starts, start)
        last = bisect_left(tokens.starts, end)
        while first < last and tokens.forms[first] in look.bare:
            first += 1
        content = _without_ending(tokens, look, first, last)
        if all(
            form in look.pronouns or form in look.bare or form in look.joiners for form in content
        ):
            continue
        shown = " ".join(tokens.text[tokens.starts[first] : tokens.ends[last - 1]].split())
        key = "phrase:" + " ".join(content)
        cluster = clusters.get(key)
        if cluster is None:
            cluster = clusters[key] = Cluster(key, "unknown", shown, tuple(content), first=first)
        cluster.mentions[(start, end)] = ("phrase", True, "a source known by these words alone")
        cluster.names[shown] = cluster.names.get(shown, 0) + 1


def _without_ending(tokens: Tokens, look: Lexicon, first: int, last: int) -> list[str]:
    """The words of a source; a noun alone behind an article of the genitive without its ending."""
    content = tokens.forms[first:last]
    endings = endings_of(look.code)
    if endings is None or not endings.data.told or len(content) != 1 or not first:
        return content
    if tokens.forms[first - 1] not in endings.oblique_before:
        return content
    found = readings(tuple(content), look.code)
    return next((list(one.words) for one in found if not one.nominative), content)


def _noun(look: Lexicon, form: str) -> bool:
    """An ordinary word that still names somebody ("police", "officials")."""
    return form in look.heads or form in look.roles or form in look.nominals


def _written(report: str, clusters: dict[str, Cluster], sources: list[Span]) -> ActorsOfReport:
    """The nouns."""
    starts = [start for start, _ in sources]
    kept: list[Cluster] = []
    for cluster in clusters.values():
        if cluster.kind == "office" and not _wanted(cluster, sources, starts):
            continue
        if cluster.mentions:
            kept.append(cluster)
    kept.sort(key=lambda cluster: (min(cluster.mentions), cluster.key))
    actors: list[Actor] = []
    mentions: list[Mention] = []
    for cluster in kept:
        actor = identifier(stable(report, cluster))
        spans = sorted(cluster.mentions)
        because = tuple(
            Evidence(
                "table" if cluster.key.startswith(("place:", "organisation:")) else "name", 1.0, why
            )
            for why in dict.fromkeys(cluster.why.values())
        )
        names = sorted(cluster.names, key=lambda name: (-cluster.names[name], name))
        actors.append(
            Actor(
                id=actor,
                name=cluster.shown,
                kind=cluster.kind,
                mentions=tuple(Place(report, span) for span in spans),
                names=tuple(names),
                because=because,
            )
        )
        mentions.extend(Mention(span, actor, *cluster.mentions[span]) for span in spans)
    mentions.sort(key=lambda mention: (mention.span[0], -mention.span[1], mention.actor))
    return ActorsOfReport(report, tuple(actors), tuple(mentions), clusters)


def stable(report: str, cluster: Cluster) -> str:
    """What the id is made of: where possible no position, so that reports share it."""
    if cluster.readings and cluster.key.startswith("name:"):
        return cluster.key
    if cluster.key.startswith("name:"):
        return "name:" + " ".join(cluster.shown.casefold().split())
    if cluster.kind == "office" and not any(known.of for known in cluster.held):
        return f"{cluster.key}@{report}"  # "a spokesman" here is not "a spokesman" there
    return cluster.key


def _wanted(cluster: Cluster, sources: list[Span], starts: list[int]) -> bool:
    """An office alone is an actor when it is a source, has an institution, or is taken up."""
    if any(known.of for known in cluster.held) or len(cluster.mentions) > 1:
        return True
    for span in cluster.mentions:
        i = bisect_left(starts, span[0])
        for start, end in sources[max(0, i - 1) : i + 1]:
            if start < span[1] and span[0] < end:
                return True
    return False


def resolve(actors: ActorsOfReport, span: Span) -> tuple[str | None, str]:
    """Who a span that names a source or carrier stands for.

    Args:
        actors: of the report.
        span: a name with title and apposition, an office, a pronoun, an institution …

    Returns:
        The actor id, or None for "cannot tell"; and the reason, a neutral clause.
    """
    start, end = span
    inside = [
        mention
        for mention in _between(actors.mentions, start, end)
        if mention.span[0] >= start and mention.span[1] <= end
    ]
    heads = [mention for mention in inside if mention.head and mention.form != "demonym"]
    if heads:
        best = _head(heads)
        return best.actor, best.because
    over = [
        mention
        for mention in _between(actors.mentions, start, end)
        if mention.head and mention.form != "demonym"
    ]
    if over:
        best = _head(over)
        return best.actor, best.because
    if inside:
        return inside[0].actor, inside[0].because
    return None, "nothing in it names an actor of this report"


def _head(heads: list[Mention]) -> Mention:
    """The first, unless it belongs to what follows it; of nested ones the widest."""
    return heads[0]


def _between(mentions: tuple[Mention, ...], start: int, end: int) -> list[Mention]:
    """Mentions that overlap `[start, end)`. Mentions are short: a few before may reach in."""
    low = bisect_left(mentions, start - 400, key=lambda mention: mention.span[0])
    high = bisect_left(mentions, end, key=lambda mention: mention.span[0])
    return [mention for mention in mentions[low:high] if mention.span[1] > start]
