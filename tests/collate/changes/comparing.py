"""Two readings put beside each other, for the tests of changes."""

from retold.collate.changes import changes
from retold.model import Actor, Collation, Passage, Place, Report
from retold.segment import segment
from retold.settings import DEFAULTS


def compared(a, b, language="en", actors=(), published=(None, None)):
    reports = [
        segment(Report(id=name, text=text, language=language, published=day))
        for name, text, day in zip("ab", (a, b), published, strict=True)
    ]
    readings = {one.report.id: tuple(range(len(one.sentences))) for one in reports}
    passage = Passage("P1", readings, "a", (), 1.0, ())
    collation = Collation((passage,), {"a": (), "b": ()})
    found = changes(collation, reports, actors, (), DEFAULTS).passages[0].changes
    return [(change.kind, a[slice(*change.a.span)], b[slice(*change.b.span)]) for change in found]


def serious(a, b, **how):
    return [change for change in compared(a, b, **how) if change[0] != "wording"]


def actor(name, kind, *places):
    return Actor(
        id=f"id of {name}",
        name=name,
        kind=kind,
        mentions=tuple(Place(report, span) for report, span in places),
    )
