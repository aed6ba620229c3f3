"""A telling in a notebook: a fragment of HTML with styles that stay inside it."""

from __future__ import annotations

from hashlib import blake2b

from retold.model import Telling
from retold.show.html.context import context
from retold.show.html.descent import descent, open_questions
from retold.show.html.markup import Html, el, join
from retold.show.html.passages import only, overview, passages, weightiest
from retold.show.html.quotations import quotations
from retold.show.html.readings import full_text
from retold.show.html.reports import refused, reports
from retold.show.html.style import fragment_style

__all__ = ["fragment"]


def fragment(telling: Telling) -> str:
    """HTML for `_repr_html_`: the summary open, everything else on demand.

    Ids begin with a hash of the story and its reports, so that several tellings can stand in one
    notebook. No script; follows the notebook's light or dark theme.
    """
    digest = blake2b(digest_size=4)
    for part in (telling.story, *(report.id for report in telling.reports)):
        digest.update(part.encode("utf-8", "surrogatepass") + b"\0")
    shown = context(telling, f"rt-{digest.hexdigest()}-")
    questions = open_questions(shown)
    parts: list[tuple[str, Html | None]] = [
        (f"Reports ({len(telling.reports)})", reports(shown)),
        ("The differences that weigh most", weightiest(shown)),
        (
            f"Passages side by side ({len(telling.passages)})",
            join(part for part in (overview(shown), passages(shown)) if part),
        ),
        ("Only in one report", only(shown)),
        (f"Who is quoted ({len(telling.quotations)})", quotations(shown)),
        ("Who descends from whom", descent(shown)),
        (
            f"What cannot be told ({len(questions)})",
            el("ul", *questions, class_="plain") if questions else None,
        ),
        (f"Not used ({len(telling.refused)})", refused(shown)),
        ("The reports in full", full_text(shown)),
    ]
    opened = {1, 2}
    body = el(
        "div",
        el("p", telling.summary, class_="summary"),
        *(
            el("details", el("summary", title), part, open=number in opened, class_="part")
            for number, (title, part) in enumerate(parts)
            if part
        ),
        class_="rt cell",
    )
    return f"<style>{fragment_style()}</style>{body}"
