"""Text taken out of pages: Retold beside bare trafilatura and beside stripping all tags.

Run: python benchmarks/quality/extraction.py [--articles N] [--errors]

Invented articles (`benchmarks/invented.py`) in the styles of `benchmarks/page_styles.py` and in
those below, each under several templates of navigation, teasers, comments and footers, so that
the true text is known to the word. F1 is over tokens, multiplicity counted. The pages are made
here: they say whether our wrapping loses what trafilatura finds, not how the wild web is read.
"""

from __future__ import annotations

import argparse
import html
import re
import sys
from collections import Counter
from hashlib import blake2b
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.page_styles import STYLES, Article, render

from invented import story
from retold.errors import InputRefused
from retold.read import read_bytes

_TAG = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL | re.IGNORECASE)
_MENU = "".join(f'<li><a href="/s{n}">Section {n}</a></li>' for n in range(14))
_TEASERS = "".join(
    f'<div class="teaser"><a href="/t{n}"><h3>Another story number {n}</h3></a>'
    f"<p>What happened in case {n} is told there.</p></div>"
    for n in range(6)
)


def _frame(inner: str, title: str, main: str = "main") -> str:
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><header><nav><ul>{_MENU}</ul></nav></header><{main}>{inner}</{main}>"
        f'<aside class="sidebar">{_TEASERS}</aside><footer><p>© The Courier. Imprint.</p></footer>'
        "</body></html>"
    )


def _styles(article: Article) -> dict[str, str]:
    """Pages of further styles by name."""
    title = html.escape(article.title)
    texts = [html.escape(text) for text in article.paragraphs]
    plain = "".join(f"<p>{text}</p>\n" for text in texts)
    first, rest = texts[0], "".join(f"<p>{text}</p>" for text in texts[1:])
    head = f"<h1>{title}</h1>"
    spans = "".join(f'<div class="para"><span>{text}</span></div>' for text in texts)
    mixed = "".join(
        f"<p>{text}</p>" + ('<div class="ad">Advertisement</div>' if n % 3 == 1 else "")
        for n, text in enumerate(texts)
    )
    sections = "".join(
        f"<section><h2>Part {n}</h2><p>{text}</p></section>" for n, text in enumerate(texts)
    )
    linked = plain.replace(" the ", ' <a href="/x">the</a> ')
    bold = re.sub(r"(<p>)(\w+)", r"\1<b>\2</b>", plain)
    comments = "".join(f'<li class="comment"><p>Comment {n}, I agree.</p></li>' for n in range(8))
    items = "".join(f"<li>{text}</li>" for text in texts)
    return {
        "article": _frame(f"<article>{head}{plain}</article>", title),
        "divisions": _frame(f'<div class="story-body">{head}{plain}</div>', title, "div"),
        "spans": _frame(f'<div class="article-body">{head}{spans}</div>', title, "div"),
        "standfirst": _frame(
            f'<article>{head}<p class="standfirst">{first}</p><div>{rest}</div></article>', title
        ),
        "line breaks": _frame(f'<div id="content">{head}{"<br><br>".join(texts)}</div>', title),
        "table": _frame(f"<table><tr><td>{head}{plain}</td></tr></table>", title, "div"),
        "sections": _frame(f"<article>{head}{sections}</article>", title),
        "advertisements": _frame(f"<article>{head}{mixed}</article>", title),
        "links": _frame(f"<article>{head}{linked}</article>", title),
        "bold": _frame(f"<article>{head}{bold}</article>", title),
        "comments": _frame(
            f'<article>{head}{plain}</article><ol class="comments">{comments}</ol>', title
        ),
        "list": _frame(f"<article>{head}<ul>{items}</ul></article>", title),
        "microdata": _frame(
            f'<div itemscope itemtype="https://schema.org/NewsArticle">{head}'
            f'<div itemprop="articleBody">{plain}</div></div>',
            title,
        ),
        "blog": _frame(
            f'<div class="post hentry"><h2 class="entry-title">{title}</h2>'
            f'<div class="entry-content">{plain}</div></div>',
            title,
            "div",
        ),
        "quotation": _frame(
            f"<article>{head}<p>{first}</p><blockquote>{rest}</blockquote></article>", title
        ),
        "bare": f"<html><body>{plain}</body></html>",
        "upper case, unclosed": f"<HTML><BODY><H1>{title}</H1>" + "".join(f"<P>{t}" for t in texts),
    }


def tokens(text: str) -> Counter[str]:
    """Words with their counts."""
    return Counter(re.findall(r"\w+", text.lower()))


def scored(text: str, truth: str) -> float:
    """F1 of a text's tokens."""
    found, wanted = tokens(text), tokens(truth)
    common = (found & wanted).total()
    return 2 * common / max(1, found.total() + wanted.total())


def main() -> int:
    """Print the table; 1 when Retold is worse than trafilatura in any style."""
    import trafilatura

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=6)
    parser.add_argument("--errors", action="store_true", help="show what each lost")
    given = parser.parse_args()
    totals: dict[str, list[tuple[float, float, float]]] = {}
    mark = blake2b(digest_size=8)
    for number in range(given.articles):
        text = story(1, 8 + 5 * number, seed=number)[0]
        parts = [part for part in text.split("\n\n") if part.strip()]
        article = Article(
            f"Ferry number {number} sails", "The Courier", "2031-03-04T08:15+09:00", "dpa", parts
        )
        pages = {f"{style} (1)": render(article, style) for style in STYLES}
        pages.update(_styles(article))
        truth = " ".join(parts)
        for style, page in pages.items():
            mark.update(page.encode())
            bare = trafilatura.extract(page, include_comments=False) or ""
            try:
                ours = read_bytes(page.encode(), "page.html").text
            except InputRefused as error:
                ours = ""
                print(f"  {style}: {error}")
            stripped = html.unescape(_TAG.sub(" ", page))
            row = (scored(ours, truth), scored(bare, truth), scored(stripped, truth))
            totals.setdefault(style, []).append(row)
            if given.errors and row[0] < row[1]:
                print(f"  {style} {number}: lost {dict(tokens(bare) - tokens(ours))}")
    print(f"pages {mark.hexdigest()}, {given.articles} articles in {len(totals)} styles")
    print(f"{'token F1':24} {'Retold':>8} {'trafilatura':>12} {'tags stripped':>14}")
    worse = 0
    means = []
    for style, rows in totals.items():
        mean = [sum(row[at] for row in rows) / len(rows) for at in range(3)]
        means.append(mean)
        worse += mean[0] < mean[1] - 1e-9
        print(f"{style:24} {mean[0]:8.4f} {mean[1]:12.4f} {mean[2]:14.4f}")
    every = [sum(mean[at] for mean in means) / len(means) for at in range(3)]
    print(f"{'all':24} {every[0]:8.4f} {every[1]:12.4f} {every[2]:14.4f}")
    print(f"styles in which Retold is worse than trafilatura: {worse}")
    return 1 if worse else 0


if __name__ == "__main__":
    raise SystemExit(main())
