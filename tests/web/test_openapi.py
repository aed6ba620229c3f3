"""The description is valid, complete, and what the server answers is as it says."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from retold.web.handlers.reading import PAGES
from retold.web.handlers.writing import FORMS
from retold.web.openapi import FORM_FIELDS, VIEWS, json_path, openapi

from .asking import ask
from .visited import ADDRESSES

SCHEMA = os.environ.get("RETOLD_OPENAPI_SCHEMA")


@pytest.mark.skipif(
    SCHEMA is None and not os.environ.get("RETOLD_REQUIRE_READERS"),
    reason="no schema of OpenAPI 3.1; set RETOLD_OPENAPI_SCHEMA to the path of one",
)
def test_it_is_valid_openapi():
    assert SCHEMA, "RETOLD_OPENAPI_SCHEMA names no schema of OpenAPI 3.1"
    schema = json.loads(Path(SCHEMA).read_text("utf-8"))
    described = json.loads(json.dumps(openapi()))
    Draft202012Validator(schema).validate(described)
    described["paths"]["/"]["get"]["responses"] = {"200": {}}
    assert not Draft202012Validator(schema).is_valid(described)


def test_its_schemas_are_valid():
    for schema in openapi()["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_every_page_and_every_form_is_in_it():
    assert set(VIEWS) == set(PAGES)
    assert set(FORM_FIELDS) == set(FORMS)
    paths = openapi()["paths"]
    assert {path for path, told in paths.items() if "post" in told} == set(FORMS)
    assert set(paths) == {*PAGES, *map(json_path, PAGES), *FORMS}
    names = [way["operationId"] for told in paths.values() for way in told.values()]
    assert len(set(names)) == len(names)


def test_the_server_hands_it_out(app):
    answer = ask(app, "/openapi.json")
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/json"
    assert json.loads(answer.body) == json.loads(json.dumps(openapi()))


@pytest.mark.parametrize("path", sorted(VIEWS))
def test_each_page_has_the_json_that_is_described(telling_app, path):
    answer = telling_app.ask(ADDRESSES[path], json=True)
    assert answer.status == 200, answer.text[:300]
    described = openapi()["paths"][json_path(path)]["get"]["responses"]["200"]
    schema = described["content"]["application/json"]["schema"]
    whole = {**schema, "components": openapi()["components"]}
    found = json.loads(answer.body)
    Draft202012Validator(whole).validate(found)
    by_header = telling_app.ask(ADDRESSES[path], headers=[("accept", "application/json")])
    assert json.loads(by_header.body).keys() == found.keys()


def test_what_goes_wrong_is_described_too(app):
    for address in ("/search.json?q=-x", "/report/none.json", "/nothing.json"):
        answer = ask(app, address)
        schema = {
            "$ref": "#/components/schemas/ErrorView",
            "components": openapi()["components"],
        }
        Draft202012Validator(schema).validate(json.loads(answer.body))
