"""The tables of names: what is compiled agrees with what is written."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from retold.attribute.actors.lexicon import build, fingerprint, lexicon
from retold.language import available
from retold.language.places import places

ROOT = Path(__file__).resolve().parents[3]
LANGUAGE = ROOT / "src" / "retold" / "language"
COMPILED = sorted(path.parent.name for path in LANGUAGE.glob("*/lexicon.json"))


def test_every_language_with_names_is_compiled() -> None:
    assert sorted(path.parent.name for path in LANGUAGE.glob("*/names.toml")) == COMPILED


@pytest.mark.parametrize("language", COMPILED)
def test_compiled_look_ups_are_those_of_the_tables(language: str) -> None:
    ready = json.loads((LANGUAGE / language / "lexicon.json").read_bytes())
    assert ready["tables"] == fingerprint(language), "run tools/build_lexicon.py"
    assert lexicon(language) == build(language)


def test_the_table_of_places_holds_all_that_is_written_by_hand() -> None:
    run = [sys.executable, str(ROOT / "tools" / "build_places.py"), "--check"]
    result = subprocess.run(run, capture_output=True, text=True, check=False)
    assert result.stdout == ""
    assert result.returncode == 0


def test_a_language_without_tables_knows_countries() -> None:
    assert "fr" in available()
    look = lexicon("fr")
    assert look.listed["france"][0].key == "place:FR"
    assert look.roles == {}


def test_one_form_never_names_two_countries() -> None:
    seen: dict[tuple[str, str], str] = {}
    for code, country in places().countries.items():
        for language, names in country.names.items():
            for name in names:
                assert seen.setdefault((language, name.casefold()), code) == code, name


def test_every_country_has_a_shown_name_among_its_names_or_cldr() -> None:
    for code, country in places().countries.items():
        assert country.name
        assert country.names, code


def test_capital_letters_matter_for_short_forms() -> None:
    entries = {entry.forms: entry for entry in lexicon("en").listed["us"]}
    assert entries[("us",)].capitals
