"""A report as tokens for the clause finder: words, punctuation, and quotations as one token.

What stands inside quotation marks is one token of the clause around it, so that the grammar of
"'A. B,' she said" is that of "C, she said". A *period* is a sentence of that outer text: the
segmenter's sentences, joined where a quotation runs over their border.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import islice

from retold.attribute.quotations import lexicon as lx
from retold.attribute.quotations.insets import join_units, split_insets
from retold.attribute.quotations.lexicon import Lexicon
from retold.model import Segmented, Span
from retold.text.marks import Quoted, quoted

__all__ = ["Period", "Tokens", "tokenise", "tokenise_inside"]

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S.
    r"|[^\W_]+(?:['’&./\-‐‑][^\W_]+|(?<=\d),\d[^\W_]*)*['’]?"  # Korea's  C-SPAN  9/11  48,000
    r"|\.{2,}|--+|[^\w\s]"
)
_SHOWS = {
    ",": lx.COMMA,
    "،": lx.COMMA,
    ":": lx.COLON,
    ";": lx.SEMI,
    ".": lx.END,
    "!": lx.END,
    "?": lx.END,
    "–": lx.DASH,
    "—": lx.DASH,
    "―": lx.DASH,
    "-": lx.DASH,
    "…": lx.DASH,
    "(": lx.BRACKET,
    "[": lx.BRACKET,
    ")": lx.DASH,
}
_DASHES = "-–—―"
_CLOSING = {"(": ")", "[": "]"}
_BRACKET_CHARACTERS = 40
"""Longer asides are not folded into one token: they may hold clauses and attributions."""
_PERIOD_TOKENS = 200
"""Longer sentences are cut, so that a walk through one stays bounded; real ones stay below 120."""
_WORDS = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_COMMA = re.compile(",")
_NEAR = 3
_TITLE_WORDS = 6


class Period:
    """A stretch of tokens `[lo, hi)` that is one sentence outside quotation marks."""

    __slots__ = ("hi", "lo", "paragraph")

    def __init__(self, lo: int, hi: int, paragraph: int) -> None:
        self.lo = lo
        self.hi = hi
        self.paragraph = paragraph


class Tokens:
    """Parallel lists over tokens.

    Attributes:
        start, end: spans.
        form: folded word; the glyph for punctuation; "" for a quotation.
        tag: word classes, see `lexicon`.
        cue: cue classes of a verb form, 0 for other words.
        part: parts of the verb that the form can be.
        lemma: of a verb form, else "".
        quote: the quotation, for QUOTE tokens.
        periods: in order.
    """

    __slots__ = (
        "cue",
        "end",
        "form",
        "lemma",
        "lexicon",
        "part",
        "periods",
        "quote",
        "quotes",
        "start",
        "tag",
        "text",
    )

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text = text
        self.lexicon = lexicon
        self.start: list[int] = []
        self.end: list[int] = []
        self.form: list[str] = []
        self.tag: list[int] = []
        self.cue: list[int] = []
        self.part: list[int] = []
        self.lemma: list[str] = []
        self.quote: dict[int, Quoted] = {}
        self.quotes: tuple[Quoted, ...] = ()
        self.periods: list[Period] = []

    def span(self, lo: int, hi: int) -> Span:
        """The characters of tokens `[lo, hi)`."""
        return self.start[lo], self.end[hi - 1]

    def words(self, lo: int, hi: int) -> str:
        """The text of tokens `[lo, hi)`."""
        return self.text[self.start[lo] : self.end[hi - 1]]


def tokenise(segmented: Segmented, lexicon: Lexicon) -> Tokens:
    """Tokens and periods of a report."""
    text = segmented.report.text
    tokens = Tokens(text, lexicon)
    tokens.quotes = quoted(text, _paragraphs(segmented))
    units = [(sentence.span, sentence.paragraph) for sentence in segmented.sentences]
    outer = [part for part in tokens.quotes if part.level == 0]
    if lexicon.quoting.order.frames_inside_marks:
        units = join_units(units, outer)
        outer = split_insets(text, outer, lexicon)
    _fill(tokens, units, outer)
    return tokens


def tokenise_inside(segmented: Segmented, whole: Tokens, part: Quoted) -> Tokens:
    """Tokens and periods of what stands inside one quotation.

    Args:
        segmented: the report.
        whole: its tokens.
        part: the quotation; those directly inside it become QUOTE tokens.
    """
    tokens = Tokens(whole.text, whole.lexicon)
    start, end = part.inner
    tokens.quotes = _inside(whole.quotes, part)
    sentences = segmented.sentences
    first = max(0, bisect_left(sentences, start, key=lambda sentence: sentence.span[0]) - 1)
    units: list[tuple[Span, int]] = []
    for number in range(first, len(sentences)):
        sentence = sentences[number]
        if sentence.span[0] >= end:
            break
        span = (max(start, sentence.span[0]), min(end, sentence.span[1]))
        if span[0] < span[1]:
            units.append((span, sentence.paragraph))
    _fill(tokens, units, tokens.quotes)
    return tokens


def _inside(quotes: Sequence[Quoted], part: Quoted) -> tuple[Quoted, ...]:
    """The quotations directly inside another."""
    first = bisect_left(quotes, part.inner[0], key=lambda other: other.outer[0])
    found: list[Quoted] = []
    for number in range(first, len(quotes)):
        other = quotes[number]
        if other.outer[0] >= part.inner[1]:
            break
        if other.level == part.level + 1:
            found.append(other)
    return tuple(found)


def _fill(tokens: Tokens, units: Sequence[tuple[Span, int]], parts: Sequence[Quoted]) -> None:
    """Scans sentences, with quotations as single tokens, and cuts them into periods."""
    outer = [part for part in parts if not _is_inner_word(part)]
    at = 0
    position = 0
    lo = 0
    for number, ((start, end), paragraph) in enumerate(units):
        position = max(start, position)
        while at < len(outer) and outer[at].outer[0] < end:
            part = outer[at]
            at += 1
            if part.outer[0] < position or _hides_attribution(tokens, part):
                continue
            _scan(tokens, position, part.outer[0])
            _add_quote(tokens, part)
            position = part.outer[1]
        if position < end:
            _scan(tokens, position, end)
            position = end
        following = units[number + 1] if number + 1 < len(units) else None
        runs_on = following is not None and (
            following[0][0] < position or _signs_on(tokens, paragraph, following)
        )
        if not runs_on:
            for first in range(lo, len(tokens.start), _PERIOD_TOKENS):
                stop = min(first + _PERIOD_TOKENS, len(tokens.start))
                tokens.periods.append(Period(first, stop, paragraph))
            lo = len(tokens.start)


def _hides_attribution(tokens: Tokens, part: Quoted) -> bool:
    """True for a quotation without its closing mark that runs over ", said A"."""
    if part.closed or part.continues:
        return False
    start, end = part.inner
    for comma in _COMMA.finditer(tokens.text, start, end):
        words = islice(_WORDS.finditer(tokens.text, comma.end(), end), _NEAR)
        for word in words:
            cue = tokens.lexicon.cues.get(word.group().lower())
            if cue is not None and cue[0] & lx.SAY and cue[1] & lx.FINITE:
                return True
    return False


def _signs_on(tokens: Tokens, paragraph: int, following: tuple[Span, int]) -> bool:
    """True when a dash and a name follow a quotation as a sentence of their own."""
    (start, _), number = following
    after_quote = bool(tokens.tag) and bool(tokens.tag[-1] & lx.QUOTE)
    return after_quote and number == paragraph and tokens.text[start] in _DASHES


def _paragraphs(segmented: Segmented) -> list[Span]:
    spans: list[Span] = []
    number = None
    for sentence in segmented.sentences:
        if sentence.paragraph == number:
            spans[-1] = (spans[-1][0], sentence.span[1])
        else:
            spans.append(sentence.span)
            number = sentence.paragraph
    return spans


def _is_inner_word(part: Quoted) -> bool:
    """Single marks around one letter or nothing but digits: no quotation."""
    return part.single and part.inner[1] - part.inner[0] < 2


def _scan(tokens: Tokens, start: int, end: int) -> None:
    text = tokens.text
    lexicon = tokens.lexicon
    tags = lexicon.tags
    cues = lexicon.cues
    add_start, add_end = tokens.start.append, tokens.end.append
    add_form, add_tag = tokens.form.append, tokens.tag.append
    add_cue, add_part, add_lemma = tokens.cue.append, tokens.part.append, tokens.lemma.append
    skip_to = -1
    opening = -1 if tokens.tag and tokens.tag[-1] & lx.QUOTE else start
    for match in _TOKEN.finditer(text, start, end):
        at = match.start()
        if at < skip_to:
            continue
        word = match.group()
        first = word[0]
        cue, part, lemma = 0, 0, ""
        stop = match.end()
        if first.isalnum():
            form = word.lower()
            if "’" in form:
                form = form.replace("’", "'")
            tag = tags.get(form, 0)
            found = cues.get(form)
            if found is not None:
                cue, part, lemma = found
            if "'" in form and not tag & lx.NEG:
                tag |= _contracted(form, lexicon)
            if first.isupper():
                if at > opening:
                    tag &= ~(lx.MODAL | lx.AUX)  # "Will wrote"
                if len(word) == 1 and text[stop : stop + 1] == ".":
                    tag = 0  # an initial
                if not tag and at == opening:
                    tag = _guess(form, lexicon) & lx.ADV
                tag |= lx.CAP
            elif first.isdigit():
                tag |= lx.NUM
            elif not tag:
                tag = _guess(form, lexicon)
        else:
            form = word
            tag = _SHOWS.get(word[0], 0)
            if tag == lx.DASH and word == "-" and stop < end and not text[stop].isspace():
                tag = 0
            elif tag == lx.BRACKET:
                close = text.find(_CLOSING[word], stop, min(end, stop + _BRACKET_CHARACTERS))
                if close >= 0:
                    stop = close + 1
                    skip_to = stop
                else:
                    tag = lx.DASH if word == "(" else 0
        if tag == lx.END and form == "." and stop < end and _abbreviates(text, stop, end):
            continue
        add_start(at)
        add_end(stop)
        add_form(form)
        add_tag(tag)
        add_cue(cue)
        add_part(part)
        add_lemma(lemma)


def _abbreviates(text: str, stop: int, end: int) -> bool:
    """True for a full stop inside a sentence: the segmenter saw no end there."""
    return text[stop:end].strip(" \u00a0\"'”’)]") != ""


def _contracted(form: str, lexicon: Lexicon) -> int:
    """The classes of "he'd", "they've": a subject that carries its verb."""
    grammar = lexicon.quoting.grammar
    if not form.endswith(grammar.clitics or ("\0",)):
        return 0
    stem = lexicon.tags.get(form.partition("'")[0], 0)
    return (lx.SUBJ | lx.AUX) if stem & lx.SUBJ else 0


def _guess(form: str, lexicon: Lexicon) -> int:
    grammar = lexicon.quoting.grammar
    if (
        grammar.adverb_endings
        and form.endswith(grammar.adverb_endings)
        and len(form) > 4
        and form not in grammar.not_adverbs
    ):
        return lx.ADV
    if grammar.verb_endings and form.endswith(grammar.verb_endings) and len(form) > 4:
        return lx.VERB
    return 0


def _add_quote(tokens: Tokens, part: Quoted) -> None:
    tokens.quote[len(tokens.start)] = part
    tokens.start.append(part.outer[0])
    tokens.end.append(part.outer[1])
    tokens.form.append("")
    before = tokens.tag[-1] if tokens.tag else 0
    named = bool(before & (lx.PREP | lx.DET | lx.POSS | lx.CAP)) and not before & lx.INF
    tokens.tag.append(
        lx.TITLE | lx.CAP if _names_a_work(tokens.text, part, named=named) else lx.QUOTE
    )
    tokens.cue.append(0)
    tokens.part.append(0)
    tokens.lemma.append("")


def _names_a_work(text: str, part: Quoted, *, named: bool) -> bool:
    """True when every longer word is capitalised and nothing is said: a title, a nickname.

    Args:
        text: of the report.
        part: the quotation.
        named: what stands before it can only be followed by a noun, so that a final comma or
            full stop belongs to the sentence.
    """
    start, end = part.inner
    if end - start > 80 or text[end - 1] in (",.?!…" if not named else "?!…"):
        return False
    words = _WORDS.findall(text, start, end)
    if not words or len(words) > _TITLE_WORDS:
        return False
    return all(word[0].isupper() or word[0].isdigit() or len(word) < 4 for word in words) and (
        len(words) > 1 or words[0][0].isupper()
    )
