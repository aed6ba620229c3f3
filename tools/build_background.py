"""Write the background frequencies of words of every language that has function words.

    pip download --no-deps wordfreq && unzip wordfreq-*.whl -d FOLDER
    python tools/build_background.py FOLDER

writes `src/retold/language/<code>/background.toml` from the small word lists of wordfreq (Speer
2022, *rspeer/wordfreq v3.0*, doi:10.5281/zenodo.7199437), whose data is under CC BY-SA 4.0: the
files written are under that licence too (see `src/retold/language/NOTICE-background`). wordfreq
itself is not needed to run Retold.
"""

from __future__ import annotations

import gzip
import sys
import textwrap
from pathlib import Path

import msgspec

LANGUAGE = Path(__file__).resolve().parent.parent / "src" / "retold" / "language"
# Rarer words are met less than once in a thousand reports, and weigh as much as unknown ones.
_RAREST = 3e-6
# wordfreq counts in centibels; half a decibel is as fine as a weight needs.
_STEP = 50


def main(folder: Path) -> None:
    """Write all files.

    Args:
        folder: where the wheel of wordfreq was unpacked.
    """
    for table in sorted(LANGUAGE.glob("*/words.toml")):
        code = table.parent.name
        source = folder / "wordfreq" / "data" / f"small_{code}.msgpack.gz"
        if not source.is_file():
            continue
        bins = msgspec.msgpack.decode(gzip.decompress(source.read_bytes()))[1:]
        classes: dict[int, list[str]] = {}
        for centibels, words in enumerate(bins):
            if 10 ** (-centibels / 100) < _RAREST:
                break
            of_letters = [word for word in words if word.isalpha() and len(word) > 1]
            classes.setdefault(centibels // _STEP, []).extend(of_letters)
        lines = [
            'counted_on = "wordfreq 3.1.1, small list: Wikipedia, subtitles, news, books, web"',
            'licence = "CC BY-SA 4.0"',
            'made_by = "python tools/build_background.py"',
            "",
            "[classes]",
        ]
        for step, words in sorted(classes.items()):
            if not words:
                continue
            share = f"{10 ** (-(step + 0.5) * _STEP / 100):.2e}"
            wrapped = "\n".join(textwrap.wrap(" ".join(sorted(words)), 96, break_long_words=False))
            lines.append(f'"{share}" = """\n{wrapped}"""')
        (table.parent / "background.toml").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
