"""Groups joined in rounds: each asks for what it does not know, then the nearest are joined."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from heapq import nsmallest

from retold.group.groups import Group, forbidden, joined, sample

__all__ = ["Distinct", "Joining", "Links"]

# Links of a group that are asked for in one round: the most promising ones.
_ASKED = 2
# Links of a group, above which the weaker half is let go: in a story of thousands everything holds
# to everything, and what joins does so by the stronger ones.
_MOST_LINKS = 24
_LARGE = 32  # rows

Links = Callable[[Sequence[tuple[Sequence[int], Sequence[int]]]], Sequence[float]]
"""The average score between the two lists of rows of each of some pairs."""
Distinct = Callable[[Sequence[int], Sequence[int]], bool]


class Joining:
    """Groups by number, and how they hold to one another."""

    def __init__(self, groups: Sequence[Group], links: Links, distinct: Distinct) -> None:
        self.groups = dict(enumerate(groups))
        # What links of a group must exceed: by what it asks as the looser one, as the tighter one.
        self._looser = [group.asks()[0] for group in groups]
        self._tighter = [group.asks()[1] for group in groups]
        self._people = any(group.pin or group.apart for group in groups)
        self._links = links
        self._distinct = distinct
        # Group -> the groups that it has something in common with, and how much.
        self._holds: dict[int, dict[int, float]] = {number: {} for number in self.groups}
        # Links (smaller number, larger) that are no more than hoped: no group holds better.
        self._hoped: set[tuple[int, int]] = set()
        # By which parts of the two a link holds, where people have made parts.
        self._parts: dict[tuple[int, int], tuple[int, int]] = {}
        self._refused: set[tuple[int, int]] = set()
        # Groups that are to look for the one that holds most to them, what the others found, and
        # which of those have found it since groups were last joined.
        self._fresh = set(self.groups)
        self._best: dict[int, int | None] = {}
        self._found: set[int] = set()
        # Links that were let go, by the first rows of the two; and whether any were joined since
        # they were last looked at.
        self._let_go: dict[tuple[int, int], float] = {}
        self._joined = False

    def see(self, pairs: Iterable[tuple[float, int, int]]) -> None:
        """Take in the scores of pairs of rows."""
        at = {row: number for number, group in self.groups.items() for row in group.rows}
        for score, one, other in pairs:
            a, b = at[one], at[other]
            if score > 0.0 and a != b and score > self._holds[a].get(b, 0.0):
                self._holds[a][b] = self._holds[b][a] = score
                self._look_again(a, b)
                if len(self.groups[a].rows) > 1 or len(self.groups[b].rows) > 1:
                    self._hoped.add(_pair(a, b))
        for number, near in self._holds.items() if self._people else ():
            for other in [one for one in near if forbidden(self.groups[number], self.groups[one])]:
                del near[other]

    def round(self) -> bool:
        """Ask for links, or join what is nearest to one another; False when nothing is left."""
        asked: set[tuple[int, int]] = set()
        for number in sorted(self._fresh):
            best, unknown = self._nearest(number)
            if unknown:
                asked.update(unknown)
            else:
                self._best[number] = best
                self._fresh.discard(number)
                self._found.add(number)
        if asked:
            self._ask(sorted(asked))
            return True
        mutual = {
            _pair(number, other)
            for number in self._found
            if (other := self._best[number]) is not None and self._best[other] == number
        }
        self._found.clear()
        for a, b in sorted(mutual):
            self._try(a, b)
        return bool(mutual)

    def reopen(self) -> bool:
        """Look again at links of large groups that were let go; False when there are none.

        Of small groups the links that were let go were the weakest of many.
        """
        if not (self._let_go and self._joined):
            return False
        self._joined = False
        at = {row: number for number, group in self.groups.items() for row in group.rows}
        large = {number for number, group in self.groups.items() if len(group.rows) >= _LARGE}
        again = [
            (score, one, other)
            for (one, other), score in self._let_go.items()
            if at[one] != at[other] and not large.isdisjoint((at[one], at[other]))
        ]
        self._let_go.clear()
        if again:
            self.see(again)
        return bool(again)

    def _nearest(self, number: int) -> tuple[int | None, list[tuple[int, int]]]:
        """The group that holds most to one; or, where that is only hoped, the links to ask for."""
        looser, tighter = self._looser, self._tighter
        own, least = looser[number], max(tighter[number], 0.0)
        # What is hoped and would not do will not do when it is known.
        will_do = {
            other: score
            for other, score in self._holds[number].items()
            if score > least
            and score > tighter[other]
            and (score > own or score > looser[other])
            and not (self._refused and _pair(number, other) in self._refused)
        }
        if not will_do:
            return None, []
        most = max(will_do.values())
        alike = [other for other, score in will_do.items() if score == most]
        best = alike[0] if len(alike) == 1 else min(alike, key=partial(self._turn, number))
        if _pair(number, best) not in self._hoped:
            return best, []
        unknown = []
        ranked = nsmallest(
            _ASKED, will_do, key=lambda other: (-will_do[other], self._turn(number, other))
        )
        for other in ranked:
            if (pair := _pair(number, other)) not in self._hoped:
                break
            unknown.append(pair)
        return best, unknown

    def _turn(self, a: int, b: int) -> tuple[int, int, int]:
        """The order of links that are equally strong: the same from both sides, and no group comes
        first in all of its own, for then it would be joined with one after the other."""
        low, high = sorted((self.groups[a].rows[0], self.groups[b].rows[0]))
        return (low * 2_654_435_761 ^ high * 2_246_822_519) & 0xFFFFFFFF, low, high

    def _ask(self, asked: Sequence[tuple[int, int]]) -> None:
        """Find out what was only hoped."""
        wanted: list[tuple[Sequence[int], Sequence[int]]] = []
        places: list[tuple[tuple[int, int], tuple[int, int]]] = []
        for a, b in asked:
            for i, mine in enumerate(self.groups[a].parts):
                for j, theirs in enumerate(self.groups[b].parts):
                    wanted.append((sample(mine), sample(theirs)))
                    places.append(((a, b), (i, j)))
        best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {}
        for (pair, parts), score in zip(places, self._links(wanted), strict=True):
            if pair not in best or score > best[pair][0]:
                best[pair] = (score, parts)
        for (a, b), (score, parts) in best.items():
            self._holds[a][b] = self._holds[b][a] = score
            self._hoped.discard((a, b))
            self._look_again(a, b)
            if parts != (0, 0):
                self._parts[a, b] = parts

    def _try(self, a: int, b: int) -> None:
        """Join two groups, if they are not different stories however alike."""
        one, other = self.groups[a], self.groups[b]
        score = self._holds[a][b]
        if self._distinct(one.rows, other.rows):
            self._refused.add((a, b))
            self._look_again(a, b)
            return
        sizes = len(one.rows), len(other.rows)
        whole = len(one.parts) == len(other.parts) == 1
        self._joined = True
        self.groups[a] = joined(one, other, score, self._parts.get((a, b), (0, 0)))
        self._looser[a], self._tighter[a] = self.groups[a].asks()
        del self.groups[b]
        mine, theirs = self._holds[a], self._holds.pop(b)
        del mine[b], theirs[a]
        self._fresh.discard(b)
        self._found.discard(b)
        self._look_again(a)
        for near in {**mine, **theirs}:
            before, after = _pair(a, near), _pair(b, near)
            one_held, other_held = mine.get(near), theirs.get(near)
            known = before not in self._hoped and after not in self._hoped
            self._hoped.discard(before)
            self._hoped.discard(after)
            if self._refused:
                self._refused -= {before, after}
            if self._parts:
                self._parts.pop(before, None)
                self._parts.pop(after, None)
            self._holds[near].pop(b, None)
            if self._people and forbidden(self.groups[a], self.groups[near]):
                mine.pop(near, None)
                self._holds[near].pop(a, None)
                self._look_again(near)
                continue
            if one_held is None or other_held is None:
                known, score = False, one_held or other_held or 0.0
            elif known and whole and len(self.groups[near].parts) == 1:
                # The average over all pairs is that of both averages.
                score = (one_held * sizes[0] + other_held * sizes[1]) / (sizes[0] + sizes[1])
            else:
                known, score = False, max(one_held, other_held)
            mine[near] = self._holds[near][a] = score
            # Whoever holds more to a third one does so still.
            best = None if near in self._fresh else self._best[near]
            if best in (a, b, None) or score >= self._holds[near][best]:
                self._look_again(near)
            if not known:
                self._hoped.add(before)
        if len(mine) > _MOST_LINKS:
            self._keep_strongest(a)

    def _keep_strongest(self, number: int) -> None:
        """Let go of the weaker links of a group that has very many."""
        mine = self._holds[number]
        ranked = sorted(mine, key=lambda other: (-mine[other], self._turn(number, other)))
        for other in ranked[_MOST_LINKS // 2 :]:
            self._let_go[self.groups[number].rows[0], self.groups[other].rows[0]] = mine[other]
            del mine[other], self._holds[other][number]
            pair = _pair(number, other)
            self._hoped.discard(pair)
            self._refused.discard(pair)
            self._parts.pop(pair, None)
            self._look_again(other)

    def _look_again(self, *numbers: int) -> None:
        self._fresh.update(numbers)
        self._found.difference_update(numbers)


def _pair(a: int, b: int) -> tuple[int, int]:
    return (a, b) if a < b else (b, a)
