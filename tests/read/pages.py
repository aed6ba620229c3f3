"""Invented pages, put together from parts."""

from __future__ import annotations

BODY = (
    "<p>The harbour council said on Monday that the ferry between Port Vale and Skerray would "
    "sail again after four months of repairs to its two engines.</p>"
    "<p>“We know how long people waited,” said Mayor Ingrid Solheim. “They deserve a boat that "
    "sails, and they will have one on Thursday morning.”</p>"
    "<p>The repairs cost 1.66 million crowns, which is more than the council had planned, and the "
    "opposition asked for an inquiry into the contract with the yard.</p>"
    "<p>The first sailing is on Thursday, and tickets cost what they did before November.</p>"
)


def page(
    *, head: str = "", above: str = "", body: str = BODY, below: str = "", lang: str = "en"
) -> str:
    """A page with these parts in its head, above the body, and below it."""
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8">'
        f"<title>Ferry sails again - The Courier</title>{head}</head><body>"
        '<nav><a href="/">Home</a> <a href="/news">News</a></nav>'
        f"<article><h1>Ferry sails again</h1>{above}{body}{below}</article>"
        "<footer><p>About us</p></footer></body></html>"
    )
