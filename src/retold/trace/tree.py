"""A tree while it is being looked for: two branches at every fork, and the moves on it.

The root is only a place to begin counting from; which telling was first is asked later.
"""

from __future__ import annotations

__all__ = ["Split", "Tree"]

# A split of the witnesses in two: the side without witness 0.
Split = frozenset[int]


class Tree:
    """Witnesses 0 … n-1 at the ends, forks from n on. Changes in place.

    Attributes:
        n: number of witnesses.
        parent: node -> the fork above it; the root has none.
        children: fork -> the two nodes under it.
        root: the topmost node.
    """

    __slots__ = ("_next", "children", "n", "parent", "root")

    def __init__(self, n: int, first: int, second: int) -> None:
        """A tree of two of n witnesses."""
        self.n = n
        self.root = n
        self._next = n + 1
        self.parent: dict[int, int] = {first: n, second: n}
        self.children: dict[int, tuple[int, int]] = {n: (first, second)}

    def under(self, node: int) -> list[int]:
        """All nodes from this one down, every fork after its branches."""
        order, waiting = [], [node]
        while waiting:
            here = waiting.pop()
            order.append(here)
            waiting.extend(self.children.get(here, ()))
        return order[::-1]

    def splits(self) -> dict[int, Split]:
        """Fork -> the split that the branch above it makes; one fork for each branch."""
        whole = frozenset(range(self.n))
        below: dict[int, Split] = {}
        sides: dict[int, Split] = {}
        seen: set[Split] = set()
        for node in self.under(self.root):
            if node < self.n:
                below[node] = frozenset({node})
                continue
            first, second = self.children[node]
            side = below[node] = below[first] | below[second]
            side = side if 0 not in side else whole - side
            if 1 < len(side) < self.n - 1 and side not in seen:
                seen.add(side)
                sides[node] = side
        return sides

    def sister(self, node: int) -> int:
        """The other branch of the fork above."""
        first, second = self.children[self.parent[node]]
        return second if first == node else first

    def add(self, node: int, beside: int) -> None:
        """Hang a new node into the edge above another."""
        self.graft(node, beside, self._next)
        self._next += 1

    def prune(self, node: int) -> tuple[int, int]:
        """Take a node off, with all that is under it: the fork this frees, and its old sister."""
        fork, sister = self.parent[node], self.sister(node)
        del self.parent[sister], self.parent[node], self.children[fork]
        self._replace(fork, sister)
        return fork, sister

    def graft(self, node: int, beside: int, fork: int) -> None:
        """Hang a pruned node into the edge above another, with a free fork."""
        self._replace(beside, fork)
        self.children[fork] = (beside, node)
        self.parent[beside] = self.parent[node] = fork

    def _replace(self, old: int, new: int) -> None:
        above = self.parent.pop(old, None)
        if above is None:
            self.root = new
            self.parent.pop(new, None)
            return
        first, second = self.children[above]
        self.children[above] = (new, second) if first == old else (first, new)
        self.parent[new] = above
