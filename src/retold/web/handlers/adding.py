"""Adding reports: the form, what is sent with it, and what became of that."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.resources import files

import msgspec
from starlette.requests import Request

from retold.archive.adding import Item, add
from retold.errors import NothingFound, UsageError
from retold.keeping.refreshing import Done, refresh_quotations
from retold.keeping.stories import refresh_stories
from retold.keeping.taking import Address, Given, Pasted, Taken, Upload, take
from retold.model import Refusal
from retold.read import read_bytes
from retold.settings import Settings
from retold.show.names import count
from retold.web.desk import Desk, Form, Moved, Page
from retold.web.views.adding import TakenView, add_view, adding_view
from retold.web.working import Job

__all__ = ["FORMS", "PAGES", "bring_up_to_date"]

# So long an answer waits for what is mostly done at once.
_PATIENCE = 1.5
_MOST_ADDRESSES = 200
_MOST_REFUSALS = 100
_MOST_NOTES = 20
_FIELDS = ("title", "outlet", "url", "published", "language")


def bring_up_to_date(desk: Desk) -> Job:
    """Have all that is derived brought up to date, in the background."""

    def run(job: Job) -> None:
        def tell(done: Done) -> None:
            job.note = f"{done.what}: {done.done:,} of {done.left:,} reports"

        settings = _derived(desk.settings)
        job.note = "looking for quotations"
        refresh_quotations(desk.archive, settings, progress=tell)
        job.note = "putting reports into stories"
        refresh_stories(desk.archive, settings, progress=tell)
        job.note = ""

    return desk.deriving.submit("bringing up to date", run, key="derived")


def _derived(settings: Settings) -> Settings:
    # A language that is set for what is read now is no setting of what is derived.
    return msgspec.structs.replace(settings, language=None)


def _form(desk: Desk, request: Request) -> Page:
    jobs = [*desk.intake.unended(), *desk.deriving.unended()]
    view = add_view(desk.archive, desk.settings.limits.page_bytes, jobs)
    return Page("add.html", "Add reports", view)


def _state(desk: Desk, request: Request) -> Page:
    job = desk.intake.job(_number(request.path_params["number"]))
    taken = job.view if isinstance(job.view, TakenView) else TakenView()
    deriving = None if taken.deriving is None else desk.deriving.job(taken.deriving)
    return Page("adding.html", "Adding", adding_view(desk.archive, job, deriving))


def _number(given: str) -> int:
    if given.isascii() and given.isdecimal() and len(given) < 10:
        return int(given)
    raise NothingFound("there is no such page")


def _take(desk: Desk, form: Form) -> Moved:
    """A pasted text, addresses and files, in whichever of them something was given."""
    given = _given(form)
    fetch = desk.settings.fetch or form.fields.get("fetch") == "yes"
    settings = msgspec.structs.replace(desk.settings, fetch=fetch)

    def run(job: Job) -> None:
        refusals: list[Refusal] = []
        notes: list[str] = []

        def show(taken: Taken) -> None:
            sums = taken.sums
            done = sums.added + sums.versions + sums.known
            job.note = f"{count(done, 'report')} so far"
            job.view = TakenView(
                added=sums.added,
                versions=sums.versions,
                known=sums.known,
                refused=sums.refused,
                refusals=tuple(refusals[:_MOST_REFUSALS]),
                notes=tuple(notes[:_MOST_NOTES]),
                ids=taken.ids[:_MOST_REFUSALS],
            )

        taken = take(
            desk.archive,
            given,
            settings,
            refuse=refusals.append,
            notify=notes.append,
            progress=show,
        )
        if taken.sums.added + taken.sums.versions:
            number = bring_up_to_date(desk).number
            assert job.view is not None
            job.view = msgspec.structs.replace(job.view, deriving=number)
        job.note = ""

    job = desk.intake.submit(_named(given), run)
    job.wait(_PATIENCE)
    return Moved(f"/adding/{job.number}")


def _given(form: Form) -> list[Given]:
    """What was handed over.

    Raises:
        UsageError: nothing; too many addresses.
    """
    given: list[Given] = []
    # Forms end their lines as networks do; what was pasted mostly does not.
    text = form.fields.get("text", "").replace("\r\n", "\n")
    if text.strip():
        said = {name: form.fields.get(name, "").strip() or None for name in _FIELDS}
        given.append(Pasted(text, **said))
    urls = [line.strip() for line in form.fields.get("urls", "").splitlines()]
    urls = [line for line in urls if line and not line.startswith("#")]
    if len(urls) > _MOST_ADDRESSES:
        raise UsageError(
            f"at most {_MOST_ADDRESSES} addresses at a time",
            advice="Upload a file with one address on each line",
        )
    given += [Address(url) for url in urls]
    given += [Upload(name, content) for name, content in form.files if name or content]
    if not given:
        raise UsageError(
            "nothing was given", advice="Go back, and paste a text or addresses, or choose a file"
        )
    return given


def _named(given: list[Given]) -> str:
    kinds: Mapping[type, tuple[str, str]] = {
        Pasted: ("pasted text", "pasted texts"),
        Address: ("address", "addresses"),
        Upload: ("file", "files"),
    }
    counted = [
        count(sum(isinstance(one, kind) for one in given), *names) for kind, names in kinds.items()
    ]
    return ", ".join(one for one in counted if not one.startswith("0 "))


def _refresh(desk: Desk, form: Form) -> Moved:
    """Bring up to date what another program added or changed."""
    bring_up_to_date(desk).wait(_PATIENCE)
    return Moved("/add")


def _demo(desk: Desk, form: Form) -> Moved:
    """The demo story, into an archive that people want to try."""
    items = []
    for entry in sorted((files("retold") / "demo").iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".txt"):
            raw = entry.read_bytes()
            items.append(Item(read_bytes(raw, entry.name, desk.settings), raw))
    add(desk.archive, items)
    settings = _derived(desk.settings)
    refresh_quotations(desk.archive, settings)
    refresh_stories(desk.archive, settings)
    return Moved("/")


PAGES: Mapping[str, Callable[[Desk, Request], Page]] = {
    "/add": _form,
    "/adding/{number}": _state,
}
FORMS: Mapping[str, Callable[[Desk, Form], Moved | Page]] = {
    "/add": _take,
    "/refresh": _refresh,
    "/demo": _demo,
}
