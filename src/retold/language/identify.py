"""Which language a text is in, with a score.

Two steps. First an own decision from the script and the function words of the shipped
languages: it takes about a millisecond and no import, and speaks only where it is decisive.
Everything else goes to py3langid (Lui & Baldwin 2012, *langid.py: An off-the-shelf language
identification tool*, ACL; retrained by A. Barbaresi), whose model takes half a second to load.

The thresholds below were set on English, German, Russian, Japanese and Icelandic reports: where
the own decision speaks (nine articles in ten, one single line in eight) it and py3langid agree
on all articles and on 99 in 100 lines; `benchmarks/quality/read.py` prints the agreement.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache

from retold.language import available, table
from retold.language.words import Words

__all__ = ["identify"]

# The first 4,000 characters decide as well as the whole and keep the cost bounded.
_HEAD = 4_000
# A text with fewer letters than this can be a name in any language.
_FEWEST_LETTERS = 12
# Own decision: at least this many words are function words of the winner, that is at least this
# share of all words, and the runner-up explains at most this share of the winner's words.
_FEWEST_HITS = 5
_SMALLEST_SHARE = 0.2
_LARGEST_RUNNER_UP = 0.6
# The model's first choice on short lines was right in 88 of 100 cases scored 0.3 to 0.5, and in
# fewer than 80 below.
_LEAST_CERTAIN = 0.3
# This many words or letters of a closely related language hand the decision over.
_LOOK_ALIKES = 2
_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ELISION = re.compile(r"['’]")
# Scripts that one language of the world's press has practically to itself.
_ONE_LANGUAGE = {
    "HANGUL": "ko",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "GREEK": "el",
    "THAI": "th",
    "HEBREW": "he",
    "GEORGIAN": "ka",
    "ARMENIAN": "hy",
    "KHMER": "km",
    "LAO": "lo",
    "MYANMAR": "my",
    "TAMIL": "ta",
    "TELUGU": "te",
    "KANNADA": "kn",
    "MALAYALAM": "ml",
    "GUJARATI": "gu",
    "GURMUKHI": "pa",
    "SINHALA": "si",
    "ORIYA": "or",
}


@cache
def _script(character: str) -> str:
    """First word of the character's Unicode name: its script for letters."""
    return unicodedata.name(character, "").partition(" ")[0]


@cache
def _votes() -> dict[str, tuple[tuple[str, float], ...]]:
    """Function word -> (language, vote) pairs; the votes of a word sum to 1.

    A word that one language has to itself so counts for more than one that four share.
    """
    owners: dict[str, list[str]] = {}
    for code in available():
        for word in table(Words, code).function_words:
            owners.setdefault(word, []).append(code)
    return {word: tuple((c, 1 / len(codes)) for c in codes) for word, codes in owners.items()}


def _by_script(letters: dict[str, int]) -> str | None:
    counts: dict[str, int] = {}
    for letter, times in letters.items():
        name = _script(letter)
        counts[name] = counts.get(name, 0) + times
    total = sum(letters.values())
    kana = counts.get("HIRAGANA", 0) + counts.get("KATAKANA", 0)
    if kana >= 0.05 * total and kana + counts.get("CJK", 0) >= 0.6 * total:
        return "ja"
    if counts.get("CJK", 0) >= 0.7 * total:
        return "zh"
    for script, code in _ONE_LANGUAGE.items():
        if counts.get(script, 0) >= 0.6 * total:
            return code
    return None


def _by_function_words(text: str) -> tuple[str, float] | None:
    """The language and a score, only where the evidence is decisive."""
    votes = _votes()
    hits: dict[str, int] = {}
    scores: dict[str, float] = {}
    seen: dict[str, int] = {}
    total = 0
    # Each word is looked up once, however often it stands: most of the time of reading goes here.
    for token, times in Counter(_TOKEN.findall(text.casefold())).items():
        whole = token.replace("’", "'")
        parts = (whole,) if whole in votes else tuple(_ELISION.split(whole))
        for part in parts:
            total += times
            seen[part] = seen.get(part, 0) + times
            for code, vote in votes.get(part, ()):
                hits[code] = hits.get(code, 0) + times
                scores[code] = scores.get(code, 0.0) + times * vote
    if not scores:
        return None
    low = text.lower()
    first, *rest = sorted(scores, key=lambda code: (-scores[code], code))
    runner_up = scores[rest[0]] / scores[first] if rest else 0.0
    known = table(Words, first)
    foreign = sum(low.count(letter) for letter in known.foreign_letters)
    if (
        hits[first] < _FEWEST_HITS
        or hits[first] < _SMALLEST_SHARE * total
        or runner_up > _LARGEST_RUNNER_UP
        or foreign + sum(seen.get(w, 0) for w in known.look_alikes) >= _LOOK_ALIKES
    ):
        return None
    return first, round(min(0.99, 1.0 - 0.5 * runner_up), 3)


@cache
def _model() -> object:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # 0.5 s: import and model

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _by_model(text: str) -> tuple[str, float]:
    code, score = _model().classify(text)  # type: ignore[attr-defined]
    return str(code), round(float(score), 3)


def identify(text: str) -> tuple[str | None, float]:
    """ISO 639-1 code of the language of `text`, and a score in [0, 1].

    Returns:
        (None, 0.0) when there is too little text to tell, or the model is not sure.
    """
    head = text[:_HEAD]
    letters = {c: times for c, times in Counter(head).items() if c.isalpha()}
    if not letters:
        return None, 0.0
    count = sum(letters.values())
    code = _by_script(letters)
    if code is not None:
        return code, 0.99 if count >= _FEWEST_LETTERS else 0.7
    decided = _by_function_words(head)
    if decided is not None:
        return decided
    if count < _FEWEST_LETTERS:
        return None, 0.0
    guess, score = _by_model(head)
    return (guess, score) if score >= _LEAST_CERTAIN else (None, score)
