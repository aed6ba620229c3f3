"""How well reading finds language, encoding, credits and the facts of pages.

Run: python benchmarks/quality/read.py [--errors] [--sample N]

* Language: on labelled articles and single lines; the own decision beside py3langid alone, and
  beside always saying "en".
* Encoding: articles written in old encodings, read back; beside charset-normalizer alone.
* Credits: reports whose first lines show an agency in brackets or a byline (found by a plain
  search, so a silver label); beside a search for four agencies in brackets.
* Pages: articles put into six page styles whose facts are known (`benchmarks/page_styles.py`:
  made by us, so it checks the paths, not the wild web); beside the `<title>` element and htmldate.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.page_styles import STYLES, Article, render
from benchmarks.shared import fingerprint, records

from retold.language import identify as identification
from retold.read import read_bytes
from retold.read.decoding import decode
from retold.read.headings import headings

ALLSIDES = "grouping/allsides.jsonl.gz"
GERMAN = "quotes/german-train.jsonl.gz"
TRANSLATED = "collation/retranslation.jsonl.gz"
PA = "derivation/meter-pa.jsonl.gz"
POLNEAR = "quotes/polnear-dev.jsonl.gz"


def share(part: int, whole: int) -> str:
    """A share with its counts."""
    return f"{part / whole:.4f} ({part}/{whole})" if whole else "no case"


def languages(sample: int, errors: bool) -> None:
    """Language of articles and of single lines."""
    translated = records(TRANSLATED)
    documents: dict[tuple[str, str], list[str]] = {}
    for row in translated:
        documents.setdefault((row["pair"][:2], str(row["doc"])), []).append(row["src"])
    articles = [(row["text"], "en") for row in records(ALLSIDES)[:sample]]
    articles += [(row["originalText"], "de") for row in records(GERMAN)[:sample]]
    articles += [("\n".join(lines), code) for (code, _), lines in documents.items()]
    lines = [(row["src"], row["pair"][:2]) for row in translated]
    lines += [(row["title"], "en") for row in records(ALLSIDES)[:sample]]
    for name, cases in (("articles", articles), ("single lines", lines)):
        count: Counter[str] = Counter()
        for text, label in cases:
            own = identification._by_function_words(text[:4000])
            found, _ = identification.identify(text)
            model, _ = identification._by_model(text[:4000])
            count["decided without model"] += own is not None
            count["agrees"] += own is not None and own[0] == model
            count["right"] += found == label
            count["not told"] += found is None
            count["model right"] += model == label
            count["en"] += label == "en"
            if errors and found != label:
                print(f"  language {label} read as {found}: {text[:90]!r}")
        total = len(cases)
        print(f"language of {name}: right {share(count['right'], total)}")
        print(f"  not told                 {share(count['not told'], total)}")
        print(f"  decided without a model  {share(count['decided without model'], total)}")
        print(
            f"  of these as py3langid    {share(count['agrees'], count['decided without model'])}"
        )
        print(f"  py3langid alone          {share(count['model right'], total)}")
        print(f"  always 'en'              {share(count['en'], total)}")


def encodings(sample: int, errors: bool) -> None:
    """Texts written in old encodings, read back."""
    from charset_normalizer import from_bytes

    sets = {
        "cp1252": [row["originalText"] for row in records(GERMAN)[:sample]],
        "cp1251": [row["src"] for row in records(TRANSLATED) if row["pair"] == "ru-en"],
        "koi8-r": [row["src"] for row in records(TRANSLATED) if row["pair"] == "ru-en"],
        "shift_jis": [row["src"] for row in records(TRANSLATED) if row["pair"] == "ja-en"],
    }
    for encoding, texts in sets.items():
        right = alone = total = 0
        for text in texts[:sample]:
            try:
                raw = text.encode(encoding)
            except UnicodeEncodeError:
                continue
            if raw.isascii():
                continue
            total += 1
            sound = decode(raw).text == text
            right += sound
            best = from_bytes(raw).best()
            alone += best is not None and str(best) == text
            if errors and not sound:
                print(f"  {encoding} read as {decode(raw).encoding}: {text[:70]!r}")
        print(f"{encoding} read back: {share(right, total)}")
        print(f"  charset-normalizer alone {share(alone, total)}")


def credits(errors: bool) -> None:
    """Agencies that the first lines show."""
    silver = re.compile(r"\((Reuters|AP|AFP|UPI|dpa|Xinhua)\)|\bPA News\b")
    plain = re.compile(r"\((Reuters|AP|AFP|UPI)\)")
    for name in (ALLSIDES, POLNEAR, PA):
        found = baseline = total = other = 0
        for row in records(name):
            text = row.get("text") or "\n".join(row["paragraphs"])
            head = text[:120]
            match = silver.search(head)
            named = {c.name.casefold() for c in headings(text, may_be_title=True).credits}
            if match is None:
                other += bool(named)
                continue
            total += 1
            agency = match.group().strip("()").casefold()
            baseline += plain.search(head) is not None
            found += agency in named
            if errors and agency not in named:
                print(f"  credit {agency} not found: {head!r}")
        print(f"credits in the first lines, {Path(name).name}: {share(found, total)}")
        print(f"  four agencies in brackets {share(baseline, total)}; credits elsewhere: {other}")


def pages(sample: int, errors: bool) -> None:
    """Facts and text of made pages."""
    from htmldate import find_date

    rows = [row for row in records(ALLSIDES) if len(row["text"]) > 800][: max(6, sample // 5)]
    agencies = ("Reuters", "AFP", "Xinhua", "dpa")
    count: Counter[str] = Counter()
    for number, row in enumerate(rows):
        style = STYLES[number % len(STYLES)]
        article = article_of(row, agencies[number % len(agencies)])
        markup = render(article, style)
        report = read_bytes(markup.encode(), "page.html")
        day = style in ("url", "bare")
        date = article.published[:10] if day else article.published
        expected, got = (Counter(t.split()) for t in (" ".join(article.paragraphs), report.text))
        common = sum((expected & got).values())
        count["words"] += sum(expected.values())
        count["read"] += sum(got.values())
        count["common"] += common
        checks = {
            "title": report.title == article.title,
            "outlet": report.outlet == article.outlet,
            "date": report.published == date,
            "credit": any(article.agency == c.name for c in report.credits),
        }
        for check, sound in checks.items():
            count[check] += sound
            if errors and not sound:
                print(f"  {style}: {check} of {article.title[:50]!r}: {report.published}")
        element = re.search("<title>(.*?)</title>", markup)
        count["title element"] += element is not None and element.group(1) == article.title
        count["htmldate"] += find_date(markup, original_date=True) == date
    total = len(rows)
    precision, recall = count["common"] / count["read"], count["common"] / count["words"]
    print(f"pages: text words P {precision:.4f} R {recall:.4f}")
    for check in ("title", "outlet", "date", "credit"):
        print(f"  {check:7}{share(count[check], total)}")
    print(f"  <title> element {share(count['title element'], total)}")
    print(f"  htmldate alone, to the precision given {share(count['htmldate'], total)}")


def article_of(row: dict[str, Any], agency: str) -> Article:
    """A record as an article with a clock time and an agency."""
    return Article(
        title=" ".join(row["title"].split()),
        outlet=row["source"],
        published=f"{row['date'][:10]}T08:15:00+09:00",
        agency=agency,
        paragraphs=[part.strip() for part in row["text"].split("\n") if part.strip()],
    )


def main() -> None:
    """Run all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true", help="list what fails")
    parser.add_argument("--sample", type=int, default=400, help="texts of each kind")
    given = parser.parse_args()
    for name in (ALLSIDES, GERMAN, TRANSLATED, PA, POLNEAR):
        print(f"{name} {fingerprint(name)}")
    print(f"sample {given.sample}, default settings")
    languages(given.sample, given.errors)
    encodings(given.sample, given.errors)
    credits(given.errors)
    pages(given.sample, given.errors)


if __name__ == "__main__":
    main()
