"""What people decided about who is who, after the actors of a story have been joined."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b

from msgspec.structs import replace

from retold.holdings import ActorsJoined, ActorsParted, Correction, by_person
from retold.model import Actor, Attribution, Evidence, Place, Quotation, Segmented, Span

__all__ = ["decided"]

# Of a report's quotation: the actor that stands for another one now.
_Renamed = Callable[[Quotation, str], str]


def decided(
    actors: Sequence[Actor],
    attributions: Sequence[Attribution],
    reports: Sequence[Segmented],
    decisions: Sequence[Correction],
) -> tuple[tuple[Actor, ...], tuple[Attribution, ...]]:
    """Actors joined and parted as people say, and the attributions keyed to them.

    Parting takes the names that are written as the second one is (in its report only, where both
    are written alike) to an actor of their own.

    Args:
        actors, attributions: of the story, as `join_actors` gives them.
        reports: of the story.
        decisions: in force, the oldest first. What is about other reports, or about no actors,
            does nothing.
    """
    known = tuple(actors)
    attributed = tuple(attributions)
    texts = {one.report.id: one.report.text for one in reports}
    for one in decisions:
        what = one.what
        if not isinstance(what, ActorsJoined | ActorsParted):
            continue
        first, second = _at(known, what.a), _at(known, what.b)
        if first is None or second is None:
            continue
        if isinstance(what, ActorsJoined) and first.id != second.id:
            reason = by_person(one, "that these are names of one actor", what.a, what.b)
            whole = replace(
                first,
                mentions=_sorted((*first.mentions, *second.mentions)),
                names=tuple(dict.fromkeys((*_names(first), *_names(second)))),
                because=(reason, *first.because, *second.because),
            )
            gone = second.id
            known = tuple(
                whole if actor.id == first.id else actor for actor in known if actor.id != gone
            )
            kept = first.id
            attributed = tuple(_rekeyed(each, _instead({gone: kept})) for each in attributed)
        elif isinstance(what, ActorsParted) and first.id == second.id:
            reason = by_person(one, "that these are names of two actors", what.a, what.b)
            known, attributed = _parted(known, attributed, texts, first, what, reason)
    return known, attributed


def _parted(
    known: tuple[Actor, ...],
    attributed: tuple[Attribution, ...],
    texts: Mapping[str, str],
    whole: Actor,
    what: ActorsParted,
    reason: Evidence,
) -> tuple[tuple[Actor, ...], tuple[Attribution, ...]]:
    def written(place: Place) -> str:
        return texts[place.report][slice(*place.span)]

    here, there = _mention(whole, what.a), _mention(whole, what.b)
    assert here is not None
    assert there is not None
    if here == there:
        return known, attributed
    if written(here) != written(there):
        leaving = {one for one in whole.mentions if written(one) == written(there)}
    elif here.report != there.report:
        leaving = {one for one in whole.mentions if one.report == there.report}
    else:
        leaving = {there}
    key = f"parted\0{whole.id}\0{there.report}\0{there.span}"
    name = blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    staying = [one for one in whole.mentions if one not in leaving]
    remaining = replace(
        whole,
        mentions=tuple(staying),
        names=_forms(written, staying) if len(whole.names) > 1 else whole.names,
        because=(reason, *whole.because),
    )
    if written(there) == whole.name and staying:
        remaining = replace(remaining, name=written(staying[0]))
    other = Actor(
        name,
        written(there),
        whole.kind,
        _sorted(leaving),
        _forms(written, _sorted(leaving)),
        (reason,),
    )
    actors: list[Actor] = []
    for actor in known:
        actors += [remaining, other] if actor.id == whole.id else [actor]
    spans: dict[str, list[Span]] = {}
    for one in leaving:
        spans.setdefault(one.report, []).append(one.span)
    elsewhere = {one.report for one in staying}

    def renamed(quotation: Quotation, old: str) -> str:
        if old != whole.id or quotation.report not in spans:
            return old
        if quotation.report not in elsewhere:
            return name
        named = [link.span for link in quotation.chain if link.actor == old and link.span]
        near = named or list(quotation.source)
        touching = any(_touch(a, b) for a in near for b in spans[quotation.report])
        return name if touching else old

    return tuple(actors), tuple(_rekeyed(each, renamed) for each in attributed)


def _instead(of: Mapping[str, str]) -> _Renamed:
    return lambda _, old: of.get(old, old)


def _rekeyed(attribution: Attribution, renamed: _Renamed) -> Attribution:
    """An attribution's quotations with other actors; its own actors as they were found."""
    quotations = tuple(
        replace(
            one,
            speaker=None if one.speaker is None else renamed(one, one.speaker),
            chain=tuple(
                link if link.actor is None else replace(link, actor=renamed(one, link.actor))
                for link in one.chain
            ),
        )
        for one in attribution.quotations
    )
    return replace(attribution, quotations=quotations)


def _at(actors: Sequence[Actor], place: Place) -> Actor | None:
    return next((actor for actor in actors if _mention(actor, place) is not None), None)


def _mention(actor: Actor, place: Place) -> Place | None:
    """The mention that a place means: the same span before one that it touches."""
    touching = [
        one for one in actor.mentions if one.report == place.report and _touch(one.span, place.span)
    ]
    return next((one for one in touching if one.span == place.span), next(iter(touching), None))


def _touch(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _sorted(places: Sequence[Place] | set[Place]) -> tuple[Place, ...]:
    return tuple(sorted(set(places), key=lambda place: (place.report, place.span)))


def _names(actor: Actor) -> tuple[str, ...]:
    return actor.names or (actor.name,)


def _forms(written: Callable[[Place], str], places: Sequence[Place]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(written(place) for place in places))
