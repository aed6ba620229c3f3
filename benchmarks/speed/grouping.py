"""How many reports a second are grouped, and in how much memory, as a stream goes on.

python benchmarks/speed/grouping.py [--full] [--reports N] [--day N] [--together N]
python benchmarks/speed/grouping.py --large     5,000 reports of a story, a text, a mould

The stream is made from labelled articles: each event takes the articles of one labelled story and
exchanges their rarer words through a shift among words of like frequency, so that there are as
many different events as wanted, with names, numbers and rhythm like real ones. Reports of an event
come within two days, those of a day in any order. They are placed a hundred at a time, as a feed
reader or a crawler brings them. CPU time of grouping only (reading tokens, placing at once with
reasons, deciding each day anew); the texts are made in another process.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import re
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import shared
from grouping_sets import ALLSIDES, scores
from retold.group import group
from retold.group.grouper import Grouper
from retold.model import Report

_COMMON = 400
_BAND = 600
_CHECKS = (10_000, 20_000, 50_000, 100_000, 150_000, 200_000, 500_000, 1_000_000)


class Maker:
    """Makes reports of invented events from real ones."""

    def __init__(self) -> None:
        rows = shared.records(ALLSIDES)
        words = Counter(w for row in rows for w in re.findall(r"[^\W\d_]+", row["text"]))
        # Capitalised words are exchanged for capitalised ones: names stay names.
        self._forms: list[str] = []
        self._band: list[tuple[int, int]] = []
        place: dict[str, int] = {}
        for capital in (False, True):
            ranked = [w for w, _ in words.most_common() if w[0].isupper() == capital]
            ranked = ranked[_COMMON // (4 if capital else 1) :]
            start = len(self._forms)
            for number, word in enumerate(ranked):
                place[word] = start + number
                low = start + number // _BAND * _BAND
                self._band.append((low, min(_BAND, start + len(ranked) - low)))
            self._forms.extend(ranked)
        self._bands = np.array(self._band)
        self._stories: dict[str, list[tuple[str, list[str], np.ndarray, np.ndarray]]] = defaultdict(
            list
        )
        for row in rows:
            pieces = re.split(r"([^\W\d_]+|\d+)", row["title"] + "\n" + row["text"])
            where = [i for i, piece in enumerate(pieces) if piece in place]
            coded = np.array([place[pieces[i]] for i in where])
            self._stories[row["story"]].append((row["source"], pieces, np.array(where), coded))
        self._names = sorted(self._stories)
        self._shown = np.array(self._forms, dtype=object)

    def event(self, number: int) -> list[tuple[str, str, str]]:
        """(outlet, title, text) of each report of an event."""
        chance = random.Random(number)
        base = self._stories[self._names[number % len(self._names)]]
        found = []
        # A shift for each band, the same in all reports of the event.
        shift = np.random.default_rng(number).integers(0, _BAND, size=len(self._forms) // _BAND + 3)
        digits = chance.randint(1, 89)
        for outlet, pieces, where, coded in base * (1 + number % 2):
            low, size = self._bands[coded].T
            moved = low + (coded - low + shift[low // _BAND]) % size
            out = list(pieces)
            for place, word in zip(where.tolist(), self._shown[moved].tolist(), strict=True):
                out[place] = word
            for place, piece in enumerate(out):
                if piece.isdigit():
                    out[place] = str(int(piece[:9]) + digits)
                elif piece and chance.random() < 0.04:
                    out[place] = " "
            title, _, text = "".join(out).partition("\n")
            found.append((outlet, title, text))
        return found


def stream(reports: int, a_day: int) -> Iterator[tuple[Report, str]]:
    """Reports by day, with the event of each."""
    maker = Maker()
    first = date(2030, 1, 1)
    waiting: dict[int, list[tuple[Report, str]]] = defaultdict(list)
    event = made = told = 0
    day = 0
    while told < reports:
        while len(waiting[day]) < a_day and made < reports:
            for number, (outlet, title, text) in enumerate(maker.event(event)):
                when = day + (number % 2 if event % 3 == 0 else 0)
                report = Report(
                    id=f"r{made}",
                    text=text,
                    title=title,
                    outlet=outlet,
                    published=(first + timedelta(when)).isoformat(),
                    language="en",
                )
                waiting[when].append((report, str(event)))
                made += 1
            event += 1
        today = waiting.pop(day)
        random.Random(day).shuffle(today)
        for one in today:
            yield one
            told += 1
        day += 1


def batches(reports: int, a_day: int, together: int) -> Iterator[list[tuple[Report, str]]]:
    """The stream in batches, made in a process of its own."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(
        target=_send, args=(theirs, reports, a_day, together), daemon=True
    )
    process.start()
    theirs.close()
    while batch := ours.recv():
        yield batch
    process.join()


def _send(to: Connection, reports: int, a_day: int, together: int) -> None:
    told = stream(reports, a_day)
    while batch := list(islice(told, together)):
        to.send(batch)
    to.send([])


def large(count: int = 5_000) -> None:
    """Print what stories of thousands cost, and how many stories they are found to be."""
    _, title, text = Maker().event(0)[0]
    words, chance = text.split(" "), random.Random(1)

    def telling() -> str:
        kept = [word for word in words if chance.random() > 0.35]
        turn = chance.randrange(len(kept))
        return " ".join(kept[turn:] + kept[:turn])

    def bulletin() -> str:
        place = chance.choice(("Vellin", "Oberau", "Lanke", "Marl", "Ostby"))
        return (
            f"Quake of magnitude {chance.randrange(30, 70) / 10} hits {place} at a depth of "
            f"{chance.randrange(5, 200)} km on {chance.randrange(1, 28)} May, the Survey said. No "
            f"damage was reported. The quake was felt in {chance.randrange(2, 90)} towns."
        )

    for name, made in (("tellings", telling), ("copies", lambda: text), ("bulletins", bulletin)):
        reports = [
            Report(
                id=f"{name}-{number}",
                text=made(),
                title="Quake bulletin" if name == "bulletins" else title,
                published=f"2030-01-0{1 + number % 3}",
                language="en",
            )
            for number in range(count)
        ]
        start = time.process_time()
        stories = len({one.story for one in group(reports)})
        print(f"{count} {name}: {stories} stories, {time.process_time() - start:.1f} CPU s")


def main() -> None:
    """Print the curve."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="1,000,000 reports")
    parser.add_argument("--reports", type=int, default=20_000)
    parser.add_argument("--day", type=int, default=20_000, help="reports a day")
    parser.add_argument("--together", type=int, default=100, help="reports placed at a time")
    parser.add_argument("--large", action="store_true", help="stories of thousands")
    chosen = parser.parse_args()
    if chosen.large:
        large()
        return
    reports = 1_000_000 if chosen.full else chosen.reports
    print(f"{ALLSIDES}  {shared.fingerprint(ALLSIDES)}; {chosen.day} reports a day")
    print(f"{'reports':>9} {'active':>8} {'per s':>7} {'since':>7} {'MB':>6} {'wall s':>7}")
    grouper = Grouper()
    spent = since = 0.0
    number = before = 0
    began = time.perf_counter()
    gold: dict[str, str] = {}
    predicted: dict[str, str] = {}
    checks = [one for one in _CHECKS if one < reports] + [reports]
    for batch in batches(reports, chosen.day, chosen.together):
        some = [report for report, _ in batch]
        start = time.process_time()
        placed = grouper.add_all(some)
        number += len(batch)
        if number >= reports:
            grouper.settle()
        taken = time.process_time() - start
        spent += taken
        since += taken
        if number <= 20_000:
            gold.update((report.id, event) for report, event in batch)
            predicted.update((one.report, one.story) for one in placed)
        if number >= checks[0]:
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            wall = time.perf_counter() - began
            print(
                f"{number:9} {grouper.active:8} {number / spent:7.0f} "
                f"{(number - before) / since:7.0f} {memory:6.0f} {wall:7.0f}",
                flush=True,
            )
            before, since = number, 0.0
            del checks[0]
            if not checks:
                break
    print(f"of the first {len(gold)}, as placed at once: {scores(predicted, gold)}")
    if reports <= 50_000:
        final = {name: one.id for one in grouper.stories() for name in one.reports if name in gold}
        kept = {name: gold[name] for name in final}
        print(f"of the first {len(kept)}, decided anew:    {scores(final, kept)}")


if __name__ == "__main__":
    main()
