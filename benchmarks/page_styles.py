"""Pages as content systems write them, around a given article whose facts are then known."""

from __future__ import annotations

import html
import json
from dataclasses import dataclass

__all__ = ["STYLES", "Article", "render"]

STYLES = ("linked", "meta", "time", "url", "bare", "cluttered")


@dataclass(frozen=True)
class Article:
    """What goes into a page, and so what reading has to find in it."""

    title: str
    outlet: str
    published: str
    agency: str
    paragraphs: list[str]


def render(article: Article, style: str) -> str:
    """The article as a page in one of the styles."""
    title, outlet = html.escape(article.title), html.escape(article.outlet)
    body = "".join(f"<p>{html.escape(text)}</p>\n" for text in article.paragraphs)
    day = article.published[:10]
    head = f"<title>{title} | {outlet}</title>"
    above = f"<h1>{title}</h1>"
    below = ""
    if style == "linked":
        data = {
            "@context": "https://schema.org",
            "@graph": [
                {"@type": "WebSite", "name": article.outlet},
                {
                    "@type": "NewsArticle",
                    "headline": article.title,
                    "datePublished": article.published,
                    "dateModified": "2031-12-31T23:59:59Z",
                    "author": {"@type": "Organization", "name": article.agency},
                    "publisher": {"@type": "Organization", "name": article.outlet},
                },
            ],
        }
        head += f'<script type="application/ld+json">{json.dumps(data)}</script>'
    elif style == "meta":
        head += f'<meta property="og:site_name" content="{outlet}">'
        head += f'<meta property="article:published_time" content="{article.published}">'
        head += f'<meta name="author" content="Anna Holm, {article.agency}">'
    elif style == "time":
        head += f'<meta name="application-name" content="{outlet}">'
        above += f'<p class="byline">By Anna Holm, {article.agency}</p>'
        above += f'<time class="published" datetime="{article.published}">then</time>'
    elif style == "url":
        head += f'<link rel="canonical" href="https://a.example/{day.replace("-", "/")}/story">'
        head += f'<meta property="og:site_name" content="{outlet}">'
        above += f'<div class="article-source">Source: {article.agency}</div>'
    elif style == "bare":
        above += f"<p>Published: {day}</p>"
        below = f"<p class='credit'>© {article.agency}</p>"
    else:
        head += f'<meta property="og:site_name" content="{outlet}">'
        head += f'<meta itemprop="datePublished" content="{article.published}">'
        below = f'<div class="attribution">{article.agency}</div>'
        body = body.replace(
            "</p>\n", '</p>\n<aside class="related"><a href="/x">More</a></aside>', 2
        )
    links = "".join(f'<li><a href="/{n}">Section {n}</a></li>' for n in range(12))
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8">{head}</head><body>'
        f"<nav><ul>{links}</ul></nav><main><article>{above}{body}{below}</article></main>"
        f'<div class="comments"><p>I do not believe a word of it.</p></div>'
        f"<footer><p>© {outlet}. About us. Contact.</p></footer></body></html>"
    )
