"""Damaged copies of an archive: is every damaged text found, and how much is brought out?

    python benchmarks/quality/damage.py [--copies N] [--seed N]

A copy is damaged in one of four ways: one bit, one byte, a run of 16 to 4096 zeros or random
bytes, or the file cut short. "Damaged texts" are those that do not come out of the copy as they
went in; each has to be among the findings of `verify`, unless the copy is refused as a whole.
"""

from __future__ import annotations

import argparse
import random
import shutil
import tempfile
from collections import Counter
from pathlib import Path

from retold.archive import open_archive
from retold.archive.adding import Item, add
from retold.archive.getting import load
from retold.archive.salvaging import salvage
from retold.archive.verifying import verify
from retold.errors import ArchiveError
from retold.read import read_text

_WORDS = [
    "ferry",
    "harbour",
    "minister",
    "grain",
    "deal",
    "quay",
    "storm",
    "vessel",
    "captain",
    "cargo",
    "island",
    "strike",
    "union",
]


def _text(chance: random.Random) -> str:
    return " ".join(chance.choice(_WORDS) + str(chance.randrange(999)) for _ in range(400))


def _damage(raw: bytearray, chance: random.Random) -> str:
    kind = chance.choice(("bit", "byte", "zeros", "noise", "cut"))
    at = chance.randrange(len(raw))
    if kind == "bit":
        raw[at] ^= 1 << chance.randrange(8)
    elif kind == "byte":
        raw[at] = chance.randrange(256)
    elif kind == "cut":
        del raw[max(at, 4096) :]
    else:
        length = min(chance.randrange(16, 4097), len(raw) - at)
        raw[at : at + length] = bytes(length) if kind == "zeros" else chance.randbytes(length)
    return kind


def main() -> None:
    """Print the figures."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--copies", type=int, default=1000)
    arguments.add_argument("--reports", type=int, default=60)
    arguments.add_argument("--seed", type=int, default=0)
    given = arguments.parse_args()
    chance = random.Random(given.seed)
    sums: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        first = Path(folder) / "whole.retold"
        with open_archive(first, create=True) as archive:
            texts = [_text(chance) for _ in range(given.reports)]
            add(archive, [Item(read_text(text), text.encode()) for text in texts])
        whole = first.read_bytes()
        for number in range(given.copies):
            raw = bytearray(whole)
            kind = _damage(raw, chance)
            if bytes(raw) == whole:
                continue
            sums["copies"] += 1
            path = Path(folder) / "copy.retold"
            path.write_bytes(raw)
            _try(path, texts, kind, sums, number)
            for one in Path(folder).glob("copy.retold*"):
                shutil.rmtree(one) if one.is_dir() else one.unlink()
    print(f"archive of {given.reports} reports, {len(whole):,} bytes; seed {given.seed}")
    for name, value in sorted(sums.items()):
        print(f"{name:45} {value:7,}")
    texts_in = sums["texts in opened copies"]
    if sums["damaged texts"]:
        print(f"damaged texts found: {sums['found'] / sums['damaged texts']:.4f}")
    if texts_in:
        print(f"whole texts brought out: {sums['brought out'] / max(1, sums['whole texts']):.4f}")


def _try(path: Path, texts: list[str], kind: str, sums: Counter[str], copy: int) -> None:
    try:
        archive = open_archive(path, read_only=True, upgrade=False)
    except ArchiveError as error:
        sums[f"refused as a whole: {type(error).__name__}"] += 1
        try:
            out = len(list(salvage(str(path), lost=lambda _: None)))
        except ArchiveError:
            out = 0
        sums["texts in refused copies"] += len(texts)
        sums["brought out of refused copies"] += out
        return
    with archive:
        found = list(verify(archive))
        told = {one.number for one in found}
        everything = any(one.what == "database" for one in found)
        damaged = set()
        for number, text in enumerate(texts, 1):
            try:
                with archive.reading() as connection:
                    kept = load(connection, [number])
            except ArchiveError:
                kept = []
            if not kept or kept[0].report.text != text:
                damaged.add(number)
        lost: list[int] = []
        out = len(list(salvage(str(path), lost=lost.append)))
    sums["texts in opened copies"] += len(texts)
    sums["damaged texts"] += len(damaged)
    sums["whole texts"] += len(texts) - len(damaged)
    sums["found"] += len(damaged & told)
    sums["brought out"] += out
    missed = damaged - told
    if missed:
        print(f"copy {copy} ({kind}): texts {sorted(missed)} are damaged and were not named")
    if not found:
        sums["opened, nothing found"] += 1
        if damaged:
            sums["opened, nothing found, and yet damaged"] += 1
    elif everything:
        sums["opened, the database says so too"] += 1
    else:
        sums["opened, only our hashes say so"] += 1


if __name__ == "__main__":
    main()
