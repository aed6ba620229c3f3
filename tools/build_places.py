"""Join the hand-written places with the country names of CLDR and countrynames.

    python -m venv /tmp/places && /tmp/places/bin/pip install babel msgspec
    /tmp/places/bin/pip download --no-deps countrynames && unzip countrynames-*.whl -d names
    /tmp/places/bin/python tools/build_places.py --countrynames names/countrynames/data.yaml

writes `src/retold/language/und/places.json`. `--check` writes nothing and fails when the
shipped table lacks something that the hand-written files hold; it needs no package but msgspec.
Sources and licences: `src/retold/language/und/NOTICE`.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tomllib
from pathlib import Path

LANGUAGE = Path(__file__).resolve().parent.parent / "src" / "retold" / "language"
LANGUAGES = ("de", "en", "es", "fr", "it", "nl", "pl", "pt", "ru", "uk")
# Short forms that CLDR gives and that mean something else in running text.
UNSAFE = {"US", "UK", "UN", "Georgia", "Jordan", "Chad"}
# Names of the shared table (countrynames) that are whole names of states, not codes,
# nationalities or entries of postal forms.
FORMAL = re.compile(
    r"\b(?:Republic|Kingdom|Federation|Federal|State|States|Union|Emirate|Sultanate|Principality"
    r"|Commonwealth|Republik|Königreich|Bundesrepublik|République|Royaume|República|Reino"
    r"|Республика|Федерация|Королевство|Республіка)\b"
)
# People, or states that are gone.
STALE = re.compile(r"(?i)citizen|confederate|soviet|socialist|former|people of")
FORMAL_FORM = re.compile(r"[^\W\d_]+(?:[ '\u2019-][^\W\d_]+){1,6}")


def hand_written() -> tuple[dict[str, dict[str, dict[str, list[str]]]], list[str]]:
    """Code -> field -> language -> names, from the TOML files; and the regions."""
    table = tomllib.loads((LANGUAGE / "und" / "places.toml").read_text("utf-8"))
    regions = table.pop("regions")["names"]
    countries: dict[str, dict[str, dict[str, list[str]]]] = {
        code: {field: {"en": list(names)} for field, names in entry.items()}
        for code, entry in table.items()
    }
    for path in sorted(LANGUAGE.glob("[a-z][a-z]/places.toml")):
        for code, entry in tomllib.loads(path.read_text("utf-8")).items():
            for field, names in entry.items():
                countries.setdefault(code, {}).setdefault(field, {})[path.parent.name] = names
    return countries, regions


def formal_names(path: Path, codes: set[str]) -> dict[str, list[str]]:
    """Code -> long names of states in countrynames' data (simple YAML: `CODE:` and `  - name`)."""
    found: dict[str, list[str]] = {}
    code = ""
    for line in path.read_text("utf-8").splitlines():
        if line and not line.startswith((" ", "#")):
            code = line.rstrip(":").strip()
        elif code in codes and line.startswith("  - "):
            name = line[4:].strip().strip("\"'")
            if STALE.search(name):
                continue
            if FORMAL.search(name) and FORMAL_FORM.fullmatch(name) and not name.isupper():
                found.setdefault(code, []).append(name)
    return found


def build(countrynames: Path | None) -> dict[str, object]:
    """The whole table."""
    from babel import Locale

    written, regions = hand_written()
    english = Locale("en").territories
    codes = {code for code in english if re.fullmatch("[A-Z]{2}", code)} | set(written)
    codes -= {"ZZ", "XA", "XB", "QO", "EZ", "UN"}
    formal = formal_names(countrynames, codes) if countrynames else {}
    countries: dict[str, dict[str, object]] = {}
    taken: dict[str, str] = {}
    for code, entry in written.items():
        for names in entry.get("names", {}).values():
            taken.update((name.casefold(), code) for name in names)
    for code in sorted(codes):
        entry = written.get(code, {})
        names: dict[str, list[str]] = {k: list(v) for k, v in entry.get("names", {}).items()}
        for language in LANGUAGES:
            name = Locale(language).territories.get(code)
            if name is None or "(" in name or " & " in name or name in UNSAFE - {english.get(code)}:
                continue
            have = names.setdefault(language, [])
            if taken.setdefault(name.casefold(), code) == code and name not in have:
                have.append(name)
        for name in formal.get(code, ()):
            known = any(name in have for have in names.values())
            if taken.setdefault(name.casefold(), code) == code and not known:
                names.setdefault("und", []).append(name)
        names = {language: have for language, have in names.items() if have}
        if not names:
            continue
        record: dict[str, object] = {"name": shown(code, names, english.get(code)), "names": names}
        for field in ("demonyms", "capital", "seats", "loose"):
            if field in entry:
                record[field] = entry[field]
        if "cities" in entry:
            record["cities"] = entry["cities"]["en"]
        countries[code] = record
    return {"countries": countries, "regions": regions}


def shown(code: str, names: dict[str, list[str]], cldr: str | None) -> str:
    """The name under which a country is shown: CLDR's English one, else the first written."""
    if cldr and "(" not in cldr and " & " not in cldr and " SAR" not in cldr:
        return cldr
    return names["en"][0] if "en" in names else code


def missing(shipped: dict[str, object]) -> list[str]:
    """What the hand-written files hold and the shipped table does not."""
    written, regions = hand_written()
    countries = shipped["countries"]
    assert isinstance(countries, dict)
    gaps = [f"regions: {name}" for name in regions if name not in shipped["regions"]]  # type: ignore[operator]
    for code, entry in written.items():
        for field, by_language in entry.items():
            for language, names in by_language.items():
                have = countries.get(code, {}).get(field, {})
                listed = have if field == "cities" else have.get(language, [])
                gaps += [f"{code}.{field}.{language}: {n}" for n in names if n not in listed]
    return gaps


def main() -> int:
    """Build or check, as the arguments say."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--countrynames", type=Path)
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    target = LANGUAGE / "und" / "places.json"
    if arguments.check:
        gaps = missing(json.loads(target.read_text("utf-8")))
        sys.stdout.writelines(f"{gap}\n" for gap in gaps)
        return 1 if gaps else 0
    table = build(arguments.countrynames)
    # One country a line: a change of one country is a change of one line.
    lines = ",\n".join(
        f"{json.dumps(code)}: {json.dumps(entry, ensure_ascii=False)}"
        for code, entry in table["countries"].items()  # type: ignore[attr-defined]
    )
    regions = json.dumps(table["regions"], ensure_ascii=False)
    target.write_text(f'{{"countries": {{\n{lines}\n}},\n"regions": {regions}}}\n', "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
