"""Near-duplicate join: recall, false pairs, time and memory, beside datasketch and rensa.

python benchmarks/speed/reuse.py [--texts 50000] [--methods arrays,duckdb,stream,...]

Every method runs in a process of its own, from texts in memory to pairs; making the texts is not
timed. "CPU" is what the process used, "peak" its largest resident size, of which the texts are
part. The trivial baseline is equality of whole texts. Short reports (briefs of 40 to 120 words)
are a second corpus: `--short`.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from hashlib import blake2b
from itertools import combinations
from pathlib import Path

import msgspec

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from mutating import Copy, corpus
from retold.text.words import forms

Found = set[tuple[int, int]]


def arrays(texts: list[str]) -> Found:
    """Retold's join in numpy."""
    from retold.group.copies.join import pairs
    from retold.group.copies.shingles import fingerprint

    return _pairs(texts, pairs([fingerprint(forms(text)) for text in texts]))


def duckdb(texts: list[str]) -> Found:
    """Retold's join as SQL on DuckDB."""
    from retold.engines.tables import query
    from retold.group.copies.join import pairs
    from retold.group.copies.shingles import fingerprint

    return _pairs(texts, pairs([fingerprint(forms(text)) for text in texts], run=query))


def _pairs(texts: list[str], found: object) -> Found:
    return set(zip(found.a.tolist(), found.b.tolist(), strict=True))  # type: ignore[attr-defined]


def stream(texts: list[str]) -> Found:
    """Retold's index, report by report."""
    from retold.group.copies import Copies

    index = Copies()
    made = set()
    for number, text in enumerate(texts):
        made |= {(match.other, number) for match in index.add(number, forms(text))}
    return made


def equality(texts: list[str]) -> Found:
    """The trivial baseline: the same characters."""
    first: dict[str, list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        first[text].append(number)
    return {pair for same in first.values() for pair in combinations(same, 2)}


def _shingles(text: str) -> list[str]:
    words = forms(text)
    return [" ".join(words[at : at + 5]) for at in range(max(1, len(words) - 4))]


def _datasketch(bands: int, rows: int) -> Callable[[list[str]], Found]:
    def method(texts: list[str]) -> Found:
        from datasketch import MinHash, MinHashLSH

        index = MinHashLSH(num_perm=128, params=(bands, rows))
        made = set()
        marks = MinHash.bulk(
            [[shingle.encode() for shingle in set(_shingles(text))] for text in texts],
            num_perm=128,
        )
        for number, mark in enumerate(marks):
            made |= {(other, number) for other in index.query(mark)}
            index.insert(number, mark)
        return made

    return method


def _rensa(bands: int, threshold: float) -> Callable[[list[str]], Found]:
    def method(texts: list[str]) -> Found:
        from rensa import RMinHash, RMinHashLSH

        index = RMinHashLSH(threshold=threshold, num_perm=128, num_bands=bands)
        made = set()
        for number, text in enumerate(texts):
            mark = RMinHash(num_perm=128, seed=1)
            mark.update(_shingles(text))
            made |= {(other, number) for other in index.query(mark)}
            index.insert(number, mark)
        return made

    return method


METHODS: dict[str, Callable[[list[str]], Found]] = {
    "equality": equality,
    "arrays": arrays,
    "duckdb": duckdb,
    "stream": stream,
    "datasketch .5 (25x5)": _datasketch(25, 5),
    "datasketch .3 (37x3)": _datasketch(37, 3),
    "rensa .5 (32 bands)": _rensa(32, 0.5),
    "rensa .3 (64 bands)": _rensa(64, 0.3),
}


def measure(name: str, path: str) -> None:
    """One method, in this process."""
    with Path(path).open("rb") as lines:
        copies = [msgspec.json.decode(line, type=Copy) for line in lines]
    given = [copy.text for copy in copies]
    before = _peak()
    wall, cpu = time.perf_counter(), time.process_time()
    found = METHODS[name](given)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = _peak()
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    # A join folds texts with the same words first: the pair of their first ones stands for theirs.
    first: dict[str, int] = {}
    same = [first.setdefault(text, number) for number, text in enumerate(given)]
    for number, copy in enumerate(copies):
        if copy.of >= 0:
            pair = (min(same[copy.of], same[number]), max(same[copy.of], same[number]))
            total[copy.kind] += 1
            right[copy.kind] += pair in found or pair[0] == pair[1]
    wrong = sum(not _related(copies, a, b) for a, b in found)
    print(
        f"{name:22} recall {sum(right.values()) / max(1, sum(total.values())):.4f}"
        f"  wall {wall:5.1f} s  CPU {cpu:5.1f} s  peak {peak:5.0f} MB (texts {before:.0f} MB)"
        f"  pairs {len(found)}, without a common source {wrong}"
    )
    low = sorted((right[kind] / total[kind], kind) for kind in total)[:3]
    print("    lowest: " + ", ".join(f"{kind} {share:.3f}" for share, kind in low))


def _peak() -> float:
    """Largest resident size of this process in MB; `getrusage` counts the parent's in on Linux."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(li for li in status.read_text().splitlines() if li.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _related(copies: list[Copy], a: int, b: int) -> bool:
    """True when two texts have a common source: the original, or what was added."""
    sources = []
    for number in (a, b):
        copy = copies[number]
        sources.append({number if copy.of < 0 else copy.of, copy.foreign} - {-1})
    return bool(sources[0] & sources[1])


def main() -> None:
    """Prints a line a method."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--texts", type=int, default=50_000)
    parser.add_argument("--short", action="store_true", help="briefs of 40 to 120 words")
    parser.add_argument("--methods", default=",".join(METHODS))
    parser.add_argument("--one", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        measure(chosen.methods, chosen.one)
        return
    size = chosen.texts
    length = (40, 120) if chosen.short else (150, 1200)
    made = list(corpus(size, round(size * 0.56), round(size * 0.18), words_each=length))
    average = sum(len(copy.text.split()) for copy in made) / len(made)
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        text = msgspec.json.Encoder().encode_lines(made)
        print(
            f"{size} texts of {average:.0f} words, 56 % of them copies; seed 0;"
            f" fingerprint {blake2b(text, digest_size=8).hexdigest()}",
            flush=True,
        )
        file.write(text)
        file.flush()
        del made, text
        for name in chosen.methods.split(","):
            command = [sys.executable, __file__, "--methods", name, "--one", file.name]
            subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
