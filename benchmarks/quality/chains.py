"""Chains: through whom words reached the page, on wire-style sentences marked by hand.

    python benchmarks/quality/chains.py [--half tuning|kept|both] [--errors] [--language en]
                                        [--update-floors [--allow-regression]]

A sentence is right when a found quotation holds at least half of the marked words and no more
than as many others, and its chain, utterer first, names exactly the marked agents in order.
Where no content is marked, no quotation may be found. Half of the sentences are kept from
tuning: the last bit of the sentence's blake2b hash says which. The trivial baseline takes the
subject before the first cue as the only agent.
"""

from __future__ import annotations

import argparse
import re
import sys
from hashlib import blake2b
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from floors import raised
from retold.attribute.quotations import RawQuotation, find_quotations
from retold.model import Report, Span
from retold.segment import segment

FOLDER = Path(__file__).parent / "chains_labelled"
NAMES = {"en": "english.txt", "de": "german.txt", "ru": "russian.txt"}
_WORD = re.compile(r"[^\W_]+")


class Marked:
    """A sentence with its marks taken out."""

    def __init__(self, line: str) -> None:
        text: list[str] = []
        self.content: list[Span] = []
        agents: dict[int, Span] = {}
        opened: list[tuple[str, int]] = []
        at = 0
        while at < len(line):
            match = re.match(r"\{(\d):", line[at:])
            if match:
                opened.append((match.group(1), len(text)))
                at += match.end()
                continue
            if line[at] == "[":
                opened.append(("[", len(text)))
            elif line[at] == "]":
                self.content.append((opened.pop()[1], len(text)))
            elif line[at] == "}":
                name, start = opened.pop()
                agents[int(name)] = (start, len(text))
            else:
                text.append(line[at])
            at += 1
        self.text = "".join(text)
        self.chain = [agents[number] for number in sorted(agents)]


def kept(line: str) -> bool:
    """True for the half that is kept from tuning."""
    return bool(blake2b(line.encode(), digest_size=1).digest()[0] & 1)


def right(marked: Marked, found: tuple[RawQuotation, ...]) -> bool:
    """Whether one of the found quotations has the marked words and the marked chain."""
    if not marked.content:
        return not found
    want = _words(marked.text, marked.content) - _words(marked.text, marked.chain)
    for one in found:
        agents = ([] if one.speaker is None else [one.speaker]) + [c.span for c in one.carriers]
        have = _words(marked.text, one.content) - _words(marked.text, marked.chain)
        if 2 * len(want & have) < len(want) or len(have - want) > len(want):
            continue
        if len(agents) == len(marked.chain) and all(
            min(a[1], b[1]) > max(a[0], b[0]) for a, b in zip(agents, marked.chain, strict=True)
        ):
            return True
    return False


def _words(text: str, spans: list[Span] | tuple[Span, ...]) -> set[int]:
    return {match.start() for s, e in spans for match in _WORD.finditer(text, s, e)}


def main() -> None:
    """Prints the shares."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--half", default="both", choices=("tuning", "kept", "both"))
    parser.add_argument("--errors", action="store_true", help="of the tuning half")
    parser.add_argument("--update-floors", action="store_true", help="keep the figures as floors")
    parser.add_argument("--allow-regression", action="store_true", help="let floors fall")
    parser.add_argument("--language", default="en", choices=sorted(NAMES))
    options = parser.parse_args()
    path = FOLDER / NAMES[options.language]
    lines = [
        line
        for line in path.read_text("utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    ]
    scores = {"tuning": [0, 0, 0], "kept": [0, 0, 0]}
    wrong: list[str] = []
    for line in lines:
        marked = Marked(line)
        report = Report(id="line", text=marked.text, language=options.language)
        found = find_quotations(segment(report), options.language)
        half = "kept" if kept(line) else "tuning"
        score = scores[half]
        score[0] += 1
        good = right(marked, found)
        score[1] += good
        score[2] += len(marked.chain) == 1 and bool(marked.content)
        if not good and half == "tuning":
            wrong.append(line)
            for one in found:
                cut = marked.text
                chain = [] if one.speaker is None else [cut[slice(*one.speaker)]]
                chain += [f"{cut[slice(*c.span)]} ({c.why})" for c in one.carriers]
                content = " | ".join(cut[slice(*span)] for span in one.content)
                wrong.append(f"      {' → '.join(chain)} :: {content}  [{'; '.join(one.why)}]")
    fingerprint = blake2b(path.read_bytes(), digest_size=8).hexdigest()
    print(f"{path.name}  blake2b {fingerprint}  {len(lines)} sentences")
    for half, (count, good, simple) in scores.items():
        if options.half in (half, "both") and count:
            print(f"  {half:7} {good}/{count} right  {good / count:.3f}", end="")
            print(f"   (utterer alone, always right about it: {simple / count:.3f})")
    if options.update_floors:
        now = {
            f"{options.language}, {half}": {"right": good / count}
            for half, (count, good, _) in scores.items()
            if count
        }
        falling = raised("chains", now, allow_regression=options.allow_regression)
        print("\n".join(["", *falling]) if falling else "\nfloors written")
    if options.errors:
        print("\n".join(wrong))


if __name__ == "__main__":
    main()
