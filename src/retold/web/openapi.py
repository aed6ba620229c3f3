"""What the server answers, as an OpenAPI 3.1 description, made from the views and routes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from inspect import cleandoc
from typing import Any

import msgspec

from retold.archive.stories import KINDS
from retold.model import Noun
from retold.version import __version__
from retold.web.errors import ErrorView
from retold.web.guard import FIELD
from retold.web.handlers.correcting import UnsentView
from retold.web.views import searching, stories
from retold.web.views.adding import AddingView, AddView
from retold.web.views.collation import PassagesView
from retold.web.views.correcting import EdgeForm, FieldsForm, StoryForm, UndoForm
from retold.web.views.correcting_actors import ActorsForm, PersonForm
from retold.web.views.correcting_passages import PassageForm
from retold.web.views.decisions import CorrectionsView
from retold.web.views.descent import DescentView
from retold.web.views.evidence import EvidenceView
from retold.web.views.quoting import PersonView, QuotationsView
from retold.web.views.report import ReportView
from retold.web.views.statements import StatementsView
from retold.web.views.story import PendingView, StoryView

__all__ = ["FORM_FIELDS", "VIEWS", "json_path", "openapi"]

Told = tuple[str, Sequence[type[Noun]], Sequence[str]]

_WAIT = "; while its telling is being worked out, how far that is"
VIEWS: Mapping[str, Told] = {
    "/": ("Stories", [stories.StoriesView], [*stories.FILTERS, "after"]),
    "/search": ("Search for reports", [searching.SearchView], [*searching.FILTERS, "after"]),
    "/report/{report}": ("A report", [ReportView], []),
    "/quotations": ("Who has these words", [QuotationsView], ["q"]),
    "/person": ("What somebody was quoted as saying", [PersonView], ["name"]),
    "/story/{story}": (f"A story{_WAIT}", [StoryView, PendingView], ["order", "copies", "rows"]),
    "/story/{story}/passages": (
        f"Its passages{_WAIT}",
        [PassagesView, PendingView],
        ["base", "kind", "page"],
    ),
    "/story/{story}/passage/{passage}": (
        f"One of its passages{_WAIT}",
        [PassagesView, PendingView],
        ["base"],
    ),
    "/story/{story}/statements": (
        f"Its statements{_WAIT}",
        [StatementsView, PendingView],
        ["one", "page"],
    ),
    "/story/{story}/descent": (
        f"Who has it from whom{_WAIT}",
        [DescentView, PendingView],
        ["page"],
    ),
    "/story/{story}/evidence": (
        f"All that was inferred, and why{_WAIT}",
        [EvidenceView, PendingView],
        ["kind", "about", "page"],
    ),
    "/add": ("Where reports are added", [AddView], []),
    "/adding/{number}": ("What became of reports that were added", [AddingView], []),
    "/corrections": ("What people corrected", [CorrectionsView], ["before"]),
    "/correct/story": ("What can be corrected in a story", [StoryForm], ["story", "q"]),
    "/correct/passage": (
        f"What can be corrected in a passage{_WAIT}",
        [PassageForm, PendingView],
        ["story", "passage", "at", "q"],
    ),
    "/correct/edge": (
        f"What can be corrected in a descent{_WAIT}",
        [EdgeForm, PendingView],
        ["story", "from", "to"],
    ),
    "/correct/actors": (
        f"What can be corrected in names{_WAIT}",
        [ActorsForm, PendingView],
        ["story", "report", "q"],
    ),
    "/correct/person": ("Names that may be one person's", [PersonForm], ["name", "q"]),
    "/correct/report": ("What can be corrected in a report", [FieldsForm], ["report"]),
    "/correct/undo": ("A correction to take back", [UndoForm], ["number"]),
}
"""Path of a page -> what it is, the views it may have, and what its query may ask."""

_SIGNED = ("by", "note", "seen", "back")
FORM_FIELDS: Mapping[str, tuple[str, Sequence[str]]] = {
    "/add": (
        "Add reports: a text, addresses or files",
        ("text", "title", "outlet", "url", "published", "language", "urls", "files", "fetch"),
    ),
    "/refresh": ("Bring up to date what is derived", ()),
    "/demo": ("Add the demo story", ()),
    "/correct/story": ("Join, part or move what is in a story", _SIGNED),
    "/correct/passage": ("Join or part passages", _SIGNED),
    "/correct/edge": ("Confirm or reject a descent", _SIGNED),
    "/correct/actors": ("Join or part names", _SIGNED),
    "/correct/person": ("Join names of one person", _SIGNED),
    "/correct/report": ("Correct a report's fields", _SIGNED),
    "/correct/undo": ("Take a correction back", _SIGNED),
}
"""Path of a form -> what it does, and its fields beside the token; the page shows all of them."""

_PARAMETER = re.compile(r"\{(\w+)\}")
_VALUES: Mapping[str, Sequence[str]] = {
    "order": ("newest", "oldest", "weight", "story"),
    "copies": ("apart",),
    "rows": ("all",),
}


def json_path(path: str) -> str:
    """Where the JSON of a page is."""
    return "/index.json" if path == "/" else f"{path}.json"


@cache
def openapi() -> dict[str, Any]:
    """The description: a page's JSON is its view, at the page's path with `.json` after it."""
    views = list(dict.fromkeys(view for _, found, _ in VIEWS.values() for view in found))
    shapes = [*views, ErrorView, UnsentView]
    refs, schemas = msgspec.json.schema_components(
        shapes, ref_template="#/components/schemas/{name}"
    )
    for shape in schemas.values():
        if "description" in shape:
            shape["description"] = cleandoc(shape["description"])
    of = dict(zip(shapes, refs, strict=True))
    paths: dict[str, Any] = {}
    for path, (summary, found, query) in VIEWS.items():
        where = [_parameter(name, "path") for name in _PARAMETER.findall(path)]
        asked = [_parameter(name, "query") for name in query]
        shown = [of[view] for view in found]
        answer = shown[0] if len(shown) == 1 else {"anyOf": shown}
        told = {"summary": summary, "parameters": [*where, *asked]}
        page = {"text/html": {"schema": {"type": "string"}}}
        json = {"application/json": {"schema": answer}}
        paths[json_path(path)] = {
            "get": {
                "operationId": _name(path, "json"),
                **told,
                "responses": _responses(json, of[ErrorView]),
            }
        }
        paths[path] = {
            "get": {
                "operationId": _name(path, "page"),
                **told,
                "responses": _responses({**page, **json}, of[ErrorView]),
            }
        }
    for path, (summary, fields) in FORM_FIELDS.items():
        paths.setdefault(path, {})["post"] = _form(path, summary, fields, of)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Retold",
            "version": __version__,
            "description": "Pages over an archive of reports. Each page is HTML, and the same as "
            "JSON at its path with .json after it, or with Accept: application/json. In a path, "
            '"/" inside an id is written ~2f~, and "~" is written ~7e~.',
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": dict(sorted(schemas.items())),
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "Needed where the server was started with --token.",
                }
            },
        },
        "security": [{}, {"token": []}],
    }


def _name(path: str, what: str) -> str:
    words = re.findall(r"\w+", path) or ["stories"]
    return "_".join([*words, what])


def _parameter(name: str, where: str) -> dict[str, Any]:
    shape: dict[str, Any] = {"type": "string"}
    if where == "query" and name == "kind":
        shape["examples"] = list(KINDS)
    elif where == "query" and name in _VALUES:
        shape["examples"] = list(_VALUES[name])
    return {"name": name, "in": where, "required": where == "path", "schema": shape}


def _responses(content: Mapping[str, Any], error: Any) -> dict[str, Any]:
    wrong = {"application/json": {"schema": error}, "text/html": {"schema": {"type": "string"}}}
    return {
        "200": {"description": "The page", "content": dict(content)},
        "4XX": {"description": "What is asked makes no sense, or is not there", "content": wrong},
        "503": {"description": "The archive cannot be read", "content": wrong},
    }


def _form(path: str, summary: str, fields: Sequence[str], of: Mapping[Any, Any]) -> dict[str, Any]:
    files = {"type": "array", "items": {"type": "string", "format": "binary"}}
    shape = {
        "type": "object",
        "properties": {
            FIELD: {"type": "string", "description": "As the pages of this run of the server hold"},
            **{name: files if name == "files" else {"type": "string"} for name in fields},
        },
        "required": [FIELD],
    }
    told = [of[view] for view in (*VIEWS.get(path, ("", (), ()))[1], UnsentView, ErrorView)]
    wrong = {
        "application/json": {"schema": {"anyOf": told}},
        "text/html": {"schema": {"type": "string"}},
    }
    return {
        "operationId": _name(path, "send"),
        "summary": summary,
        "requestBody": {
            "required": True,
            "content": {
                "application/x-www-form-urlencoded": {"schema": shape},
                "multipart/form-data": {"schema": shape},
            },
        },
        "responses": {
            "303": {
                "description": "Done; Location is a page that shows it",
                "headers": {"Location": {"schema": {"type": "string"}}},
            },
            "4XX": {"description": "Nothing was changed, and why", "content": wrong},
        },
    }
