"""Compile the look-ups of names of every language that has a table of them.

    python tools/build_lexicon.py

writes `src/retold/language/<code>/lexicon.json` from the tables beside it and in `und/`. Run it
after a change of `names.toml`, `pronouns.toml`, `words.toml`, `organisations.toml`,
`agencies.toml` or `places.json`; a test fails when it was forgotten,
and the program then reads the tables.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from retold.attribute.actors.lexicon import Compiled, build, fingerprint

LANGUAGE = Path(__file__).resolve().parent.parent / "src" / "retold" / "language"


def main() -> None:
    """Write all files."""
    for table in sorted(LANGUAGE.glob("*/names.toml")):
        language = table.parent.name
        compiled = Compiled(fingerprint(language), build(language))
        text = msgspec.json.encode(compiled, order="deterministic")
        (table.parent / "lexicon.json").write_bytes(text + b"\n")


if __name__ == "__main__":
    main()
