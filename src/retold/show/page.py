"""A telling as one self-contained HTML page.

No script, no network, nothing loaded: the page's own Content-Security-Policy allows its one
style sheet, by its hash, and nothing else. Everything from outside is escaped (`html.markup`).
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

from retold.model import Collation, Telling
from retold.show.html.context import Context, context
from retold.show.html.descent import descent, open_questions
from retold.show.html.markup import Html, el, join
from retold.show.html.passages import only, overview, passages, weightiest
from retold.show.html.quotations import quotations
from retold.show.html.readings import full_text
from retold.show.html.reports import refused, reports
from retold.show.html.style import page_style
from retold.show.names import count, listed
from retold.show.summary import paragraphs

__all__ = ["page"]

_HEADLINE = 4  # outlets named in the heading


def _heading(shown: Context) -> str:
    telling = shown.look.telling
    called = [name.name for name in shown.look.names.values()]
    if 1 < len(called) <= _HEADLINE and len(set(called)) == len(called):
        return f"How {listed(called)} tell one story"
    return f"How {count(len(telling.reports), 'report')} tell one story"


def _summary(telling: Telling) -> list[str]:
    """The summary by subject; in one piece where somebody has written another."""
    parts = paragraphs(
        telling.reports,
        Collation(telling.passages, telling.only),
        telling.quotations,
        telling.actors,
        telling.stemma,
    )
    return parts if " ".join(parts) == telling.summary else [telling.summary]


def _figures(shown: Context) -> Html:
    telling = shown.look.telling
    points = sum(len(view.footnotes) for view in shown.passages)
    alone = sum(len(numbers) for numbers in telling.only.values())
    cells = [
        (len(telling.reports), ("report", "reports")),
        (len(telling.passages), ("shared passage", "shared passages")),
        (points, ("difference", "differences")),
        (alone, ("sentence in one report only", "sentences in one report only")),
        (len(telling.quotations), ("quotation", "quotations")),
        (
            len(open_questions(shown)),
            ("open question", "open questions"),
        ),
    ]
    return el(
        "dl",
        *(
            el("div", el("dt", one if number == 1 else several), el("dd", f"{number:,}"))
            for number, (one, several) in cells
        ),
        class_="figures",
    )


_READ = (
    "Marked words differ between the reports, and the number behind them leads to the list "
    "below. A solid line marks what touches the claim (numbers, dates, names, places, negation, "
    "certainty, quantity), a dotted line how it is put. \u2038 stands where words are not in a "
    "report. Small numbers before a sentence count its report\u2019s sentences and lead into its "
    "full text."
)
_SAID = (
    "Speaker by speaker. Below the words stands the chain: from the one who said them, through "
    "whoever carried them, to the page on which they are read."
)
_DESCENT = (
    "Which text carries words that it has from which other. What the wording shows and what the "
    "reports say of themselves are kept apart. Dates alone never decide."
)
_FULL = (
    "Unaltered. The numbers count sentences and lead to their passage; bold numbers are sentences "
    "that are in this report only. Q marks a quotation."
)


def _sections(shown: Context) -> list[tuple[str, str, str | None, Html]]:
    top = weightiest(shown)
    table = overview(shown)
    questions = open_questions(shown)
    left_out = refused(shown)
    found: list[tuple[str, str, str | None, Html | None]] = [
        ("reports", "The reports", None, reports(shown)),
        ("weightiest", "The differences that weigh most", None, top),
        (
            "passages",
            "Passages side by side",
            _READ if shown.passages else None,
            join(part for part in (table, passages(shown)) if part),
        ),
        ("only", "Only in one report", None, only(shown)),
        ("quotations", "Who is quoted", _SAID if shown.speakers else None, quotations(shown)),
        ("descent", "Who descends from whom", _DESCENT, descent(shown)),
        (
            "open",
            "What cannot be told",
            None,
            el("ul", *questions, class_="plain") if questions else None,
        ),
        ("refused", "Not used", "These inputs could not be read.", left_out),
        ("texts", "The reports in full", _FULL, full_text(shown)),
    ]
    return [(key, title, lead, body) for key, title, lead, body in found if body]


def page(telling: Telling) -> str:
    """The whole page. Its size and the time to make it grow linearly with the telling."""
    shown = context(telling)
    style = page_style()
    digest = b64encode(sha256(style.encode("utf-8")).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    sections = _sections(shown)
    heading = _heading(shown)
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=policy),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="referrer", content="no-referrer"),
        el("meta", name="color-scheme", content="light dark"),
        el("meta", name="generator", content=f"Retold {telling.retold}"),
        el("title", f"{heading} \u2013 Retold"),
        Html(f"<style>{style}</style>"),
    )
    contents = el(
        "nav",
        el("ol", *(el("li", el("a", title, href=f"#{key}")) for key, title, _, _ in sections)),
        class_="contents",
        aria_label="Contents",
    )
    main = el(
        "main",
        *(
            el(
                "section",
                el("h2", title, id=f"{key}-title"),
                el("p", lead, class_="lead") if lead else None,
                body,
                id=key,
                aria_labelledby=f"{key}-title",
                tabindex=-1,
            )
            for key, title, lead, body in sections
        ),
        id="main",
        tabindex=-1,
    )
    body = el(
        "body",
        el("a", "Skip to the comparison", href="#main", class_="skip"),
        el(
            "div",
            el(
                "header",
                el(
                    "div",
                    el("b", "Retold"),
                    el("span", "one statement, many tellings"),
                    class_="masthead",
                ),
                el(
                    "div",
                    el("h1", heading),
                    *(el("p", words, class_="summary") for words in _summary(telling)),
                    _figures(shown),
                    class_="opening",
                ),
            ),
            el("div", contents, main, class_="body"),
            el(
                "footer",
                el(
                    "p",
                    f"Made with Retold {telling.retold}; story ",
                    el("code", telling.story),
                    ". What is inferred carries its evidence and can be wrong; what cannot be "
                    "told is listed as such. A passage that is not in a report may have been "
                    "cut, or never reached it.",
                ),
                class_="foot",
            ),
            class_="sheet",
        ),
        class_="rt",
    )
    return f"<!DOCTYPE html>\n{el('html', head, body, lang='en')}\n"
