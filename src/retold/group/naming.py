"""Names written so that one name is one key in many languages and cases.

Countries, their people and their capitals are known from the shipped table. Other names are
written in Latin letters (anyascii), with letters that languages write differently made one
(Müller, Mueller; Wladimir, Vladimir; Khashoggi, Chaschukdschi stay apart), and cut to their first
six letters, because cases and plurals are at the end (Путина, Путиным; Trumps, Trump's).
"""

from __future__ import annotations

import re
from functools import cache

from retold.language.places import places
from retold.text.words import fold

__all__ = ["common_form"]

_LETTERS = 6
_SHORT_STEM = 4
# Longest first: what transcriptions of one sound write.
_SOUNDS = (
    ("tsch", "c"), ("dsch", "j"), ("shch", "c"), ("sch", "s"), ("kh", "h"), ("zh", "j"),
    ("sh", "s"), ("ch", "c"), ("cz", "c"), ("ph", "f"), ("th", "t"), ("ck", "k"), ("ae", "a"),
    ("oe", "o"), ("ue", "u"), ("ou", "u"), ("qu", "k"), ("x", "ks"), ("q", "k"), ("w", "v"),
    ("y", "i"), ("z", "s"), ("j", "i"),
)  # fmt: skip
_SOUND = re.compile("|".join(sound for sound, _ in _SOUNDS))
_AS = dict(_SOUNDS)
_DOUBLE = re.compile(r"(.)\1+")


def common_form(folded: str) -> str:
    """What a name is compared by.

    Args:
        folded: one word of it (`retold.text.words.fold`).
    """
    known = _places().get(folded)
    if known is not None:
        return known
    latin = folded
    if not folded.isascii():
        from anyascii import anyascii

        latin = anyascii(folded).lower()
    if len(latin) < _SHORT_STEM:
        return latin
    alike = _DOUBLE.sub(r"\1", _SOUND.sub(lambda found: _AS[found.group()], latin))
    return alike.replace("c", "k")[:_LETTERS]


@cache
def _places() -> dict[str, str]:
    """One-word names of countries, peoples and capitals -> a common form for each.

    A name that several countries claim (Guinea, Congo) is left out.
    """
    found: dict[str, str | None] = {}
    for code, country in places().countries.items():
        for mark, tables in (("", (country.names, country.demonyms)), ("*", (country.capital,))):
            for forms in tables:
                for names in forms.values():
                    for name in names:
                        form = fold(name)
                        if " " in form or "-" in form or len(form) < _SHORT_STEM:
                            continue
                        meaning = f"{mark}{code}"
                        if found.setdefault(form, meaning) != meaning:
                            found[form] = None
    return {form: meaning for form, meaning in found.items() if meaning is not None}
