"""An archive that is corrected in the app, and what the tests of that ask and send."""

from __future__ import annotations

from retold.archive import corrections, stories
from retold.archive.adding import Item, add
from retold.keeping.refreshing import refresh_quotations
from retold.keeping.stories import refresh_stories
from retold.model import Report

from .asking import ask
from .sending import but, form, send
from .stories import several_scripts

PIER = (
    "Pier of Solmund burns for two hours. The old pier of Solmund burned for two hours on"
    " Wednesday, fire chief Ana Reyl said. Nobody was hurt. “We saved the lamps,” she added."
)


def keep_two(archive):
    """Three reports of the ferry in one story, one of a pier in another."""
    first, second, third, *_ = several_scripts()
    ferry = [first, second, Report(**{**fields(third), "language": "en", "text": THIRD})]
    pier = Report(id="pier", text=PIER, title="Pier burns", outlet="Solmund Post", language="en")
    add(archive, [Item(one) for one in (*ferry, pier)])
    refresh_quotations(archive)
    refresh_stories(archive)


THIRD = (
    "Ferry rams pontoon. The night ferry to Ostwick collided with a pontoon in Kestrin harbour on"
    " Friday. Three passengers were taken to hospital, harbour master Mara Lindqvold said. “We"
    " heard a bang and then nothing at all,” passenger Tobin Harrach told Corvane."
)


def fields(report: Report) -> dict:
    return {name: getattr(report, name) for name in report.__struct_fields__}


def story_of(archive, report: str) -> str:
    with archive.reading() as connection:
        return stories.of_reports(connection, [report])[report]


def members(archive, report: str) -> set[str]:
    return {one.report for one in stories.get(archive, story_of(archive, report)).members}


def signed(app, address: str, action: str, **chosen):
    return send(
        app, action, but(form(app, address, action), by="Ines <Ott>", note="seen & heard", **chosen)
    )


def toggle(app, number: int):
    """Undo, or bring back, as the list of corrections leads to it."""
    page = ask(app, "/corrections").text
    assert f"/correct/undo?number={number}" in page
    answer = signed(app, f"/correct/undo?number={number}", "/correct/undo")
    assert (answer.status, answer.headers["location"]) == (303, "/corrections")


def holding(archive) -> list[bool]:
    return [
        one.holds for one in corrections.listed(archive) if one.what.__struct_config__.tag != "undo"
    ]
