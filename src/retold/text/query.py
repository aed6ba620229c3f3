"""Queries: what a person types into a search, as a tree that every engine can render.

    grain deal                both words
    "grain deal"              the phrase; any kind of quotation marks
    harvest*                  words that begin so; also the last word of a phrase
    grain -deal               the first without the second
    wheat OR barley           one of them (OR in capitals, or |)
    title:ferry title:"a b"   in the title only
    ( … )                     as one

Whatever is typed is a query: marks that make no sense are ignored, never an error, because
people paste. Words are looked up by their terms, see `retold.text.terms`; an Arabic word outside
quotation marks also with article and particles, see `retold.text.clitics`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retold.text.clitics import written_forms
from retold.text.terms import terms

__all__ = ["All", "AnyOf", "Node", "Phrase", "Without", "asks", "holds", "parse", "phrases"]

_LONGEST_QUERY = 2_000
_DEEPEST = 50
_WIDENED = 12
"""Words of a query that are looked for in all their forms; more are pasted text."""
_CLOSER = {
    "«": "»",
    "„": "“”",
    "“": "”",
    "‘": "’",
    "「": "」",
    "『": "』",
    '"': '"',
    "”": "”",
    "‹": "›",
}
_OPENERS = "".join(_CLOSER)
_PIECE = re.compile(
    rf"(?P<space>\s+)|(?P<open>\()|(?P<close>\))|(?P<or>\||OR(?![^\s()]))"
    rf"|(?P<title>title:)|(?P<minus>[-\u2212](?=[^\s)]))|(?P<quote>[{_OPENERS}])"
    rf"|(?P<word>[^\s()|{_OPENERS}]+)|(?P<rest>.)"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Terms one after the other; a single word is a phrase of one.

    Attributes:
        terms: at least one.
        prefix: the last term may go on.
        title: in the title only.
    """

    terms: tuple[str, ...]
    prefix: bool = False
    title: bool = False


@dataclass(frozen=True, slots=True)
class All:
    """Every part."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """`wanted`, but none of `unwanted`. `wanted` is None where only the unwanted is named."""

    wanted: Node | None
    unwanted: tuple[Node, ...]


Node = Phrase | All | AnyOf | Without


def parse(typed: str) -> Node | None:
    """The tree of a query; None when it holds nothing to look for."""
    pieces = list(_pieces(typed[:_LONGEST_QUERY]))
    return _Reader(pieces).alternatives(0)


def phrases(node: Node | None) -> list[Phrase]:
    """What a hit shows: the phrases that are looked for, without the unwanted ones."""
    if node is None:
        return []
    if isinstance(node, Phrase):
        return [node]
    if isinstance(node, Without):
        return phrases(node.wanted)
    return [phrase for part in node.parts for phrase in phrases(part)]


def asks(node: Node) -> bool:
    """Whether every part of it looks for something, not only for what is to be left out."""
    if isinstance(node, Phrase):
        return True
    if isinstance(node, Without):
        return node.wanted is not None and all(map(asks, (node.wanted, *node.unwanted)))
    return all(map(asks, node.parts))


def holds(node: Node, columns: Sequence[Sequence[str]], title: Sequence[str]) -> bool:
    """Whether a text is what a query looks for.

    Args:
        node: for which `asks` is true.
        columns: the terms of each place where it may stand.
        title: the terms of the place that `title:` means.
    """
    if isinstance(node, Phrase):
        return any(_stands(node, one) for one in ([title] if node.title else columns))
    if isinstance(node, All):
        return all(holds(part, columns, title) for part in node.parts)
    if isinstance(node, AnyOf):
        return any(holds(part, columns, title) for part in node.parts)
    wanted = node.wanted is not None and holds(node.wanted, columns, title)
    return wanted and not any(holds(part, columns, title) for part in node.unwanted)


def _stands(phrase: Phrase, found: Sequence[str]) -> bool:
    last = len(phrase.terms) - 1
    whole = phrase.terms[:last]
    end = phrase.terms[last]
    return any(
        (found[at + last].startswith(end) if phrase.prefix else found[at + last] == end)
        and tuple(found[at : at + last]) == whole
        for at in range(len(found) - last)
    )


def _pieces(typed: str) -> Iterator[tuple[str, str]]:
    """Kind and text of each piece; what stands in quotation marks is one."""
    at = 0
    while at < len(typed):
        match = _PIECE.match(typed, at)
        if match is None:  # a line break, which "." does not match, is white space above
            return
        kind = match.lastgroup or "rest"
        at = match.end()
        if kind == "quote":
            closers = _CLOSER[match.group()]
            end = min(
                (found for closer in closers if (found := typed.find(closer, at)) >= 0), default=-1
            )
            if end < 0:
                end = len(typed)
            star = typed[end + 1 : end + 2] == "*" or typed[at:end].rstrip().endswith("*")
            yield ("starred" if star else "quoted"), typed[at:end]
            at = end + 1
        elif kind not in ("space", "rest"):
            yield kind, match.group()


class _Reader:
    """Recursive descent over the pieces; `depth` bounds nested brackets."""

    def __init__(self, pieces: Sequence[tuple[str, str]]) -> None:
        self._pieces = pieces
        self._at = 0
        self._widened = 0

    def alternatives(self, depth: int) -> Node | None:
        """What stands between ORs, up to a closing bracket that is not ours."""
        found = []
        while True:
            part = self._together(depth)
            if part is not None:
                found.append(part)
            if self._kind() != "or":
                break
            self._at += 1
        if len(found) < 2:
            return found[0] if found else None
        return AnyOf(tuple(found))

    def _together(self, depth: int) -> Node | None:
        wanted: list[Node] = []
        unwanted: list[Node] = []
        while self._kind() not in ("", "or") and (depth == 0 or self._kind() != "close"):
            minus = self._kind() == "minus"
            if minus:
                self._at += 1
            node = self._one(depth)
            if node is not None:
                (unwanted if minus else wanted).append(node)
        together = None
        if wanted:
            together = wanted[0] if len(wanted) == 1 else All(tuple(wanted))
        return Without(together, tuple(unwanted)) if unwanted else together

    def _one(self, depth: int) -> Node | None:
        title = self._kind() == "title"
        if title:
            self._at += 1
        kind, text = self._next()
        if kind == "open":
            if depth >= _DEEPEST:
                return None
            node = self.alternatives(depth + 1)
            if self._kind() == "close":
                self._at += 1
            return node
        if kind in ("word", "quoted", "starred"):
            looked_up = terms(text)
            prefix = kind == "starred" or (kind == "word" and text.endswith("*"))
            if len(looked_up) == 1 and kind == "word":
                return self._any_form(looked_up[0], prefix=prefix, title=title)
            return Phrase(tuple(looked_up), prefix, title) if looked_up else None
        return None

    def _any_form(self, term: str, *, prefix: bool, title: bool) -> Node:
        """A word by itself, in every form in which it may be written."""
        forms = written_forms(term) if self._widened < _WIDENED else (term,)
        self._widened += len(forms) > 1
        if len(forms) == 1:
            return Phrase((term,), prefix, title)
        return AnyOf(tuple(Phrase((form,), prefix, title) for form in forms))

    def _kind(self) -> str:
        return self._pieces[self._at][0] if self._at < len(self._pieces) else ""

    def _next(self) -> tuple[str, str]:
        if self._kind() in ("", "or"):
            return "", ""
        piece = self._pieces[self._at]
        self._at += 1
        return piece
