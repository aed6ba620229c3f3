"""Shingles: runs of neighbouring words as 64-bit keys, the same in every process.

A report becomes a set of keys. Containment of one set in another (Broder 1997, "On the
resemblance and containment of documents") sees what newspapers do to a wire, which the Jaccard
index does not: a copy cut to a third and put into a text of its own keeps most of what it has
from the wire, while the two texts as wholes are hardly alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

__all__ = ["LONG", "SAMPLE", "WIDTH", "Fingerprint", "Keys", "fingerprint", "positions"]

Keys = npt.NDArray[np.int64]

WIDTH = 5
"""Words of a shingle. Four give coincidences ("told a news conference"), six lose edited text."""

_WIDTH_UNSPACED = 10
"""Characters of a shingle where scripts are written without spaces: about five words."""

_UNSPACED_LETTERS = 1.8
"""A text whose words have fewer letters than this on average is one of characters."""

LONG = 256
"""Reports with more distinct shingles than this keep a sample of them. Of shorter ones all are
kept: a sample of a brief misses 10 to 20 of 100 copies."""

SAMPLE = 4
"""One shingle in so many is kept of a long report, chosen by its key (modulo sampling, Manku's and
Broder's): two reports choose the same ones. A power of two."""

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_REMEMBERED = 200_000


class _Hashes(dict[str, int]):
    """Word -> 64-bit hash, remembered."""

    def __missing__(self, form: str) -> int:
        if len(self) >= _REMEMBERED:
            self.clear()
        digest = blake2b(form.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        value = int.from_bytes(digest, "little")
        self[form] = value
        return value


_HASHES = _Hashes()


class Fingerprint(msgspec.Struct, frozen=True, gc=False):
    """What a report is compared by.

    Attributes:
        keys: distinct, sorted; of a long report those of the sample.
        sampled: True where `keys` is a sample, one in `SAMPLE`.
        coarse: how many of `keys` belong to the sample (all, where `sampled`).
        words: how many the report has.
        identity: hash of all words in order; equal for texts with the same words.
    """

    keys: Keys
    sampled: bool
    coarse: int
    words: int
    identity: int

    def size(self, *, coarse: bool) -> int:
        """How many keys there are, or are in the sample."""
        return self.coarse if coarse else len(self.keys)


def fingerprint(forms: Sequence[str]) -> Fingerprint:
    """The keys of a report.

    Args:
        forms: its words in order, as they are compared (`retold.model.Word.form`).

    A report with fewer words than a shingle has one key, made of all of them; without words it
    has none.
    """
    rolled = positions(forms)
    identity = blake2b(rolled.tobytes(), digest_size=8).digest() if len(rolled) else b""
    rolled.sort()
    if len(rolled) > 1:
        new = np.empty(len(rolled), np.bool_)
        new[0] = True
        np.not_equal(rolled[1:], rolled[:-1], out=new[1:])
        rolled = rolled[new]
    in_sample = (rolled & (SAMPLE - 1)) == 0
    sampled = len(rolled) > LONG
    keys = rolled[in_sample] if sampled else rolled
    coarse = len(keys) if sampled else int(np.count_nonzero(in_sample))
    return Fingerprint(keys, sampled, coarse, len(forms), int.from_bytes(identity, "little"))


def positions(forms: Sequence[str], width: int | None = None) -> Keys:
    """The keys of a report in the order of its words: one for each word a shingle begins at.

    Args:
        forms: words, as they are compared.
        width: words of a shingle; by default `WIDTH`, of characters more.
    """
    if not forms:
        return np.empty(0, np.int64)
    words = np.fromiter(map(_HASHES.__getitem__, forms), np.uint64, len(forms))
    if width is None:
        unspaced = len("".join(forms)) < _UNSPACED_LETTERS * len(forms)
        width = _WIDTH_UNSPACED if unspaced and len(forms) >= _WIDTH_UNSPACED else WIDTH
    width = min(width, len(words))
    count = len(words) - width + 1
    rolled = np.full(count, np.uint64(width))
    for offset in range(width):
        rolled *= _MULTIPLIER
        rolled += words[offset : offset + count]
    return _mixed(rolled).view(np.int64)


def _mixed(keys: npt.NDArray[np.uint64]) -> npt.NDArray[Any]:
    """Every bit made to depend on every other (finaliser of SplitMix64, Steele et al. 2014)."""
    keys ^= keys >> np.uint64(30)
    keys *= np.uint64(0xBF58476D1CE4E5B9)
    keys ^= keys >> np.uint64(27)
    keys *= np.uint64(0x94D049BB133111EB)
    keys ^= keys >> np.uint64(31)
    return keys
