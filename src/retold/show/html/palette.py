"""Colours, by what they are for. Contrast (WCAG 2.2, 1.4.3 and 1.4.11) is tested from here."""

from __future__ import annotations

__all__ = ["DARK", "LIGHT", "TEXT_ON", "variables"]

LIGHT = {
    "paper": "#fcfaf5",
    "raised": "#ffffff",
    "sunk": "#f4f0e6",
    "ink": "#1e1c19",
    "soft": "#5d574c",
    "rule": "#d9d2c3",
    "line": "#857d6e",
    "link": "#1d4e79",
    "claim": "#f8dcca",
    "claim-ink": "#6f2009",
    "words": "#dde8f2",
    "words-ink": "#173f63",
    "said": "#f3ead0",
    "badge": "#2b2823",
    "badge-ink": "#fcfaf5",
}
DARK = {
    "paper": "#15171a",
    "raised": "#1c1f23",
    "sunk": "#111315",
    "ink": "#e8e4db",
    "soft": "#aaa497",
    "rule": "#363a3f",
    "line": "#7d7a72",
    "link": "#93c1e9",
    "claim": "#4b2417",
    "claim-ink": "#ffcdb5",
    "words": "#1e344a",
    "words-ink": "#bfdbf5",
    "said": "#2d2a1e",
    "badge": "#ded9ce",
    "badge-ink": "#15171a",
}
TEXT_ON = (
    *((ink, ground) for ink in ("ink", "soft", "link") for ground in ("paper", "raised", "sunk")),
    ("ink", "said"),
    ("link", "said"),
    ("claim-ink", "claim"),
    ("words-ink", "words"),
    ("claim-ink", "paper"),
    ("words-ink", "paper"),
    ("badge-ink", "badge"),
)
"""Pairs (text, ground) in which words are set."""


def variables(palette: dict[str, str]) -> str:
    """A palette as CSS custom properties."""
    return "".join(f"--{name}:{value};" for name, value in palette.items())
