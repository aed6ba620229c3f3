"""Some days of invented news: each story told by several outlets, in other words or the same."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

from retold.archive import Archive
from retold.archive.adding import Item, add
from retold.archive.tables_stories import member, story
from retold.model import Report
from retold.text.content import content_id

__all__ = ["contents", "days", "keep", "told"]

_ONSETS = "b d f g h k l m n p r s t v z br dr gr kl pl st tr vr".split()  # noqa: SIM905
_CORES = "ad el im or un ask end ist olm urg ane eve ilo ora umi".split()  # noqa: SIM905
OUTLETS = ("Tide", "Observer", "Courier", "Lantern", "Post", "Mercury")


def _word(draw: random.Random) -> str:
    return "".join(draw.choice(_ONSETS) + draw.choice(_CORES) for _ in range(2))


def told(seed: int, outlet: str, day: int, *, copied: bool = False, title: bool = True) -> Report:
    """One outlet's report of a story, which is a seed."""
    own = random.Random(f"{seed} {'wire' if copied else outlet}")
    of_story = random.Random(seed)
    names = [_word(of_story).title() for _ in range(6)]
    matters = [_word(of_story) for _ in range(30)]
    number = of_story.randrange(1_000, 9_000)
    sentences = []
    for _ in range(9):
        a, b = own.sample(names, 2)
        some = " ".join(own.sample(matters, 5))
        sentences.append(f"The {some} of {a} came to {number} when {b} spoke of {_word(own)}.")
    text = " ".join(sentences)
    made = Report(
        id="",
        text=text,
        title=f"{names[0]} and the {matters[0]}" if title else "",
        outlet=f"The {outlet}",
        published=f"2025-03-{day:02d}T{own.randrange(5, 20):02d}:15:00Z",
        language="en",
    )
    return Report(
        **{**{n: getattr(made, n) for n in made.__struct_fields__}, "id": content_id(made)}
    )


def days(first: int = 1, last: int = 6, stories: int = 5) -> list[list[Report]]:
    """Reports day by day; every second story is told on the next day too."""
    found = []
    for day in range(first, last + 1):
        of_day = []
        for number in range(stories):
            seed = day * 100 + number
            for outlet in OUTLETS[: 2 + number % 4]:
                of_day.append(told(seed, outlet, day, copied=number == 1))
            if number % 2 and day > first:
                of_day.append(told(seed - 100, "Mercury", day))
        found.append(of_day)
    return found


def keep(archive: Archive, reports: Iterable[Report]) -> None:
    add(archive, [Item(one) for one in reports])


def contents(archive: Archive) -> dict[str, Sequence[str]]:
    """Story -> ids of its reports, sorted: all that grouping came to."""
    from sqlalchemy import select

    from retold.archive.tables import report as reports

    with archive.reading() as connection:
        rows = connection.execute(
            select(story.c.id, reports.c.id)
            .join_from(member, story, story.c.number == member.c.story)
            .join(reports, reports.c.number == member.c.report)
        ).all()
    found: dict[str, list[str]] = {}
    for name, report in rows:
        found.setdefault(name, []).append(report)
    return {name: sorted(found[name]) for name in sorted(found)}
