"""The labelled sets that grouping is measured on, as reports; and the scores."""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

import msgspec

import shared
from retold.model import Report

ALLSIDES = "grouping/allsides.jsonl.gz"
ECB = "grouping/ecbplus.jsonl.gz"
ROUNDUPS = "grouping/roundups.jsonl.gz"


class Scores(NamedTuple):
    """BCubed F1 (Bagga & Baldwin 1998), F1 over pairs, and how many stories there are."""

    bcubed: float
    pairs: float
    predicted: int
    gold: int

    def __str__(self) -> str:
        return f"{self.bcubed:.3f} / {self.pairs:.3f}   {self.predicted:4d} of {self.gold} stories"


def scores(predicted: Mapping[str, str], gold: Mapping[str, str]) -> Scores:
    """How well stories fit the labels; reports without a label are left out."""
    found: dict[str, list[str]] = defaultdict(list)
    right: dict[str, list[str]] = defaultdict(list)
    for report, label in gold.items():
        found[predicted[report]].append(report)
        right[label].append(report)
    precision = recall = 0.0
    both = 0
    for members in found.values():
        for label, count in Counter(gold[report] for report in members).items():
            precision += count * count / len(members)
            recall += count * count / len(right[label])
            both += count * (count - 1) // 2
    precision, recall = precision / len(gold), recall / len(gold)
    of_found = sum(len(one) * (len(one) - 1) // 2 for one in found.values())
    of_right = sum(len(one) * (len(one) - 1) // 2 for one in right.values())
    return Scores(
        2 * precision * recall / (precision + recall),
        2 * both / (of_found + of_right) if of_found + of_right else 1.0,
        len(found),
        len(right),
    )


class Set(NamedTuple):
    """Reports in the order of the stream, and their stories."""

    name: str
    reports: list[Report]
    gold: dict[str, str]

    def part(self, name: str, chosen: Sequence[str]) -> Set:
        """Some of the reports."""
        wanted = set(chosen)
        return Set(
            name,
            [one for one in self.reports if one.id in wanted],
            {report: story for report, story in self.gold.items() if report in wanted},
        )


def allsides() -> Set:
    """Full articles by day."""
    rows = sorted(shared.records(ALLSIDES), key=lambda row: (row["date"][:10], row["id"]))
    reports = [
        Report(
            id=row["id"],
            text=row["text"],
            title=row["title"],
            outlet=row["source"],
            published=row["date"][:10],
            language="en",
        )
        for row in rows
    ]
    return Set("allsides", reports, {row["id"]: row["story"] for row in rows})


def halves(whole: Set) -> tuple[Set, Set]:
    """The earlier and the later half; the story at the cut goes with its first report's half."""
    ids = [one.id for one in whole.reports]
    first: dict[str, int] = {}
    for place, report in enumerate(ids):
        first.setdefault(whole.gold[report], place)
    early = [report for report in ids if first[whole.gold[report]] < len(ids) // 2]
    late = [report for report in ids if first[whole.gold[report]] >= len(ids) // 2]
    return whole.part("early", early), whole.part("late", late)


def ecbplus() -> tuple[Set, dict[str, str]]:
    """Documents without dates, and the topic of each: two look-alike stories share one."""
    rows = shared.records(ECB)
    reports = [
        Report(id=row["id"], text="\n".join(row["sentences"]), language="en") for row in rows
    ]
    topics = {row["id"]: row["topic"] for row in rows}
    return Set("ecbplus", reports, {row["id"]: row["subtopic"] for row in rows}), topics


def roundups() -> Set:
    """Title and lead of each outlet, three outlets a story, on the story's day."""
    reports: list[Report] = []
    gold: dict[str, str] = {}
    for row in shared.records(ROUNDUPS):
        for number, article in enumerate(row["articles"]):
            name = f"{row['story']}-{number}"
            reports.append(
                Report(
                    id=name,
                    text="\n".join(article["lead"]),
                    title=article["title"],
                    outlet=article["source"],
                    published=row["date"][:10],
                    language="en",
                )
            )
            gold[name] = row["story"]
    reports.sort(key=lambda one: (one.published or "", one.id))
    return Set("roundups", reports, gold)


def shortened(of: Set, share: float, seed: int) -> Set:
    """Some reports of a set cut down to title and one to four sentences, as feeds give them.

    Args:
        of: a set of whole articles.
        share: how many of them are cut, by chance.
        seed: of the chance.
    """
    chance = random.Random(seed)
    reports = [
        msgspec.structs.replace(one, text=_beginning(one.text, chance.randint(1, 4)))
        if chance.random() < share
        else one
        for one in of.reports
    ]
    return of._replace(reports=reports)


def _beginning(text: str, sentences: int) -> str:
    """The first sentences, at least 120 and at most about 700 characters."""
    taken: list[str] = []
    size = 0
    for sentence in re.split(r"(?<=[.!?])\s+(?=[A-Z\"\u201c])", text):
        taken.append(sentence)
        size += len(sentence)
        if (len(taken) >= sentences and size >= 120) or size > 700:
            break
    return " ".join(taken)[:900]


def noise(among: Set, seed: int = 0) -> list[Report]:
    """Texts of the other sets, without labels, on days of a set."""
    days = [date.fromisoformat(one.published or "") for one in among.reports]
    span = (max(days) - min(days)).days
    chance = random.Random(seed)
    texts: list[tuple[str | None, str, str]] = []
    for name in ("quotes/polnear-train.jsonl.gz", "quotes/polnear-dev.jsonl.gz"):
        for row in shared.records(name):
            title, _, text = row["text"].partition("\n")
            texts.append((title, text.strip(), "en"))
    for name in ("derivation/meter-newspapers.jsonl.gz", "derivation/meter-pa.jsonl.gz"):
        texts.extend((None, "\n".join(row["paragraphs"]), "en") for row in shared.records(name))
    for one in roundups().reports:
        texts.append((one.title, one.text, "en"))
    for row in shared.records("derivation/wikiversions.jsonl.gz"):
        texts.extend((row["id"], text, "en") for text in row["versions"][:1])
    for row in shared.records(ECB):
        texts.append((None, "\n".join(row["sentences"]), "en"))
    return [
        Report(
            id=f"noise-{number}",
            text=text,
            title=title,
            published=(min(days) + timedelta(chance.randint(0, span))).isoformat(),
            language=language,
        )
        for number, (title, text, language) in enumerate(texts)
        if text
    ]
