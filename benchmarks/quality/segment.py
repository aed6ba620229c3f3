"""Sentence ends: F1 on the invented texts, agreement with labelled data, speed.

python benchmarks/quality/segment.py [--errors] [part ...]

Parts: invented, german, retranslation, speed (all by default). Agreement is no accuracy: the
German annotation ends some sentences at a colon or a semicolon and keeps some line breaks
inside, and a segment of the translations may hold two sentences. Segments joined with a space
hide the ends of headings, which carry no mark.

The baseline ends a sentence after [.!?] and closing quotation marks before white space and a
capital, and at line breaks.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Callable, Iterator
from hashlib import blake2b
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.segment.labelled import CASES, labelled

import shared
from retold.model import Report
from retold.segment import segment

Text = tuple[str, str | None, set[int]]
_PLAIN = re.compile(r"[.!?][\"'”’“»)]*(?=\s+[\"'“„«(]?[A-ZÄÖÜÉА-Я])|(?=\n)")


def ours(text: str, language: str | None) -> set[int]:
    """Ends of sentences as Retold finds them."""
    report = Report(id="r", text=text, language=language)
    return {sentence.span[1] for sentence in segment(report).sentences}


def plain(text: str, language: str | None) -> set[int]:
    """Ends of sentences by the baseline."""
    ends = {len(text[: match.end()].rstrip()) for match in _PLAIN.finditer(text)}
    return (ends | {len(text.rstrip())}) - {0}


def invented() -> Iterator[Text]:
    """The invented texts of the tests."""
    for case in labelled():
        ends, at = set(), 0
        for sentence in case.sentences:
            at = case.text.index(sentence, at) + len(sentence)
            ends.add(at)
        yield case.text, case.language, ends


def german() -> Iterator[Text]:
    """German news with annotated sentences."""
    for record in shared.records("quotes/german-dev.jsonl.gz"):
        text = record["originalText"]
        ends = {
            len(text[: sentence["charEnd"]].rstrip())
            for sentence in record["sentences"]
            if text[sentence["charBegin"] : sentence["charEnd"]].strip()
        }
        yield text, "de", ends


def retranslation(joiner: str) -> Iterator[Text]:
    """Translated documents whose segments are joined again."""
    documents: dict[tuple[str, str], list[str]] = {}
    for record in shared.records("collation/retranslation.jsonl.gz"):
        for who, segment_text in record["ref"].items():
            documents.setdefault((record["doc"], who), []).append(segment_text.strip())
    for segments in documents.values():
        ends, at = set(), 0
        for segment_text in segments:
            at += len(segment_text)
            ends.add(at)
            at += len(joiner)
        yield joiner.join(segments), "en", ends


def score(name: str, texts: list[Text], show_errors: bool) -> None:
    """Print F1 of Retold and of the baseline."""
    cutters: list[tuple[str, Callable[[str, str | None], set[int]]]] = [
        ("retold", ours),
        ("baseline", plain),
    ]
    for label, cutter in cutters:
        right = spurious = missed = 0
        for text, language, ends in texts:
            found = cutter(text, language)
            right += len(found & ends)
            spurious += len(found - ends)
            missed += len(ends - found)
            if show_errors and label == "retold":
                for kind, offsets in (("spurious", found - ends), ("missed", ends - found)):
                    for at in sorted(offsets):
                        shown = f"{text[max(0, at - 60) : at]}¦{text[at : at + 40]}"
                        print(f"    {kind:8} {shown!r}")
        precision, recall = right / (right + spurious), right / (right + missed)
        f1 = 2 * precision * recall / (precision + recall)
        print(
            f"  {name:22} {label:9} F1 {f1:.3f}  precision {precision:.3f}  recall {recall:.3f}"
            f"  ({right + missed} ends)"
        )


def speed() -> None:
    """Print throughput on English articles, and time against length."""
    reports = [
        Report(id="r", text=record["text"], language="en")
        for record in shared.records("grouping/allsides.jsonl.gz")[:400]
    ]
    size = sum(len(report.text.encode()) for report in reports)
    best = float("inf")
    for _ in range(3):
        begun = time.perf_counter()
        count = sum(len(segment(report).sentences) for report in reports)
        best = min(best, time.perf_counter() - begun)
    print(f"  400 articles, {size / 1e6:.2f} MB, {count} sentences: {size / best / 1e6:.1f} MB/s")
    forty = [Report(id="r", text=short(report), language="en") for report in reports[:2]]
    best = float("inf")
    for _ in range(20):
        begun = time.perf_counter()
        counts = [len(segment(report).sentences) for report in forty]
        best = min(best, time.perf_counter() - begun)
    print(f"  two reports of {counts} sentences: {best * 1000:.2f} ms warm")
    base = " ".join(report.text for report in reports[:40])
    for times in (1, 2, 4, 8):
        report = Report(id="r", text=base * times, language="en")
        begun = time.perf_counter()
        segment(report)
        taken = time.perf_counter() - begun
        print(f"  {len(report.text) / 1e6:5.2f} M characters: {taken:.3f} s")


def short(report: Report) -> str:
    """The first forty sentences of a report, or all."""
    spans = [sentence.span for sentence in segment(report).sentences[:40]]
    return report.text[: spans[-1][1]]


def main() -> None:
    """Run the parts asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "parts", nargs="*", default=["invented", "german", "retranslation", "speed"]
    )
    parser.add_argument("--errors", action="store_true", help="list what is still wrong")
    arguments = parser.parse_args()
    print("settings: defaults; language as labelled")
    if "invented" in arguments.parts:
        data = b"".join(path.read_bytes() for path in sorted(CASES.glob("*.txt")))
        print(f"invented texts, blake2b {blake2b(data, digest_size=8).hexdigest()}")
        score("invented", list(invented()), arguments.errors)
    if "german" in arguments.parts:
        print(f"german-dev, blake2b {shared.fingerprint('quotes/german-dev.jsonl.gz')}")
        score("german-dev", list(german()), arguments.errors)
    if "retranslation" in arguments.parts:
        print(f"retranslation, blake2b {shared.fingerprint('collation/retranslation.jsonl.gz')}")
        score("joined by line breaks", list(retranslation("\n")), arguments.errors)
        score("joined by spaces", list(retranslation(" ")), arguments.errors)
    if "speed" in arguments.parts:
        print(f"speed, blake2b {shared.fingerprint('grouping/allsides.jsonl.gz')}")
        speed()


if __name__ == "__main__":
    main()
