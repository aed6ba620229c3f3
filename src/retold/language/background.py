"""How often words are met at all, before any report was counted.

The files are made by `tools/build_background.py` and say what they were counted on.
"""

from __future__ import annotations

from msgspec import Struct

__all__ = ["Background"]


class Background(Struct, frozen=True, forbid_unknown_fields=True):
    """The commoner words of a language, by how often they are met.

    Attributes:
        counted_on: what the counts come from.
        licence: of the counts.
        made_by: the command that made the file.
        classes: share of all running words ("1e-05") -> folded words of about that share,
            separated by spaces. Words that are not listed are rarer than the last class.
    """

    counted_on: str = ""
    licence: str = ""
    made_by: str = ""
    classes: dict[str, str] = {}
