"""How a language writes numbers. Data: `<code>/numbers.toml`."""

from __future__ import annotations

from msgspec import Struct

__all__ = ["Numbers"]


class Numbers(Struct, frozen=True, forbid_unknown_fields=True):
    """Number words, separators, units and the words that loosen a number.

    All forms are folded (`retold.text.words.fold`).

    Attributes:
        decimal, grouping: separators; `space_grouping` for "10 000" with a plain space.
        small: words below 100 -> value; with `compound` also glued ("zweiundzwanzig",
            `compound` being the joiner).
        scales: multipliers ("hundred", "million", "dozen") -> value.
        suffixes: glued to digits or standing right behind them ("m", "bn", "k") -> value.
        ordinals: "first" -> 1; `ordinal_endings` are glued to digits.
        fractions: "half" -> 0.5.
        frequencies: "twice" -> 2.
        and_: joins parts of one number ("a hundred and five").
        one: articles that mean 1 before a scale word ("a hundred").
        not_before_one: words before "one" that make it a pronoun ("no one").
        pronoun_after: words behind "one" that make it a pronoun ("one another").
        currencies: name -> ISO 4217 code.
        percent: phrases.
        measures: unit word -> (dimension, factor to the base of that dimension).
        faint: words before a number that hardly loosen it ("some 40").
        about, more, least, less, most: phrases before a number that loosen it; `after_least`
            and `after_about` stand behind it.
        between: prepositions that may stand between a loosening phrase and the number.
        range_from, range_and, range_to: "between 10 and 12", "from 10 to 12", "10 to 12".
        times: words that make a count a frequency ("three times").
        decades: ending behind a year that names a decade.
        glued: suffixes, currencies and counters stand behind digits without a space, whatever
            they are ("350명"), and a number goes on behind them ("1만2000명").
    """

    decimal: str = "."
    grouping: str = ","
    space_grouping: bool = True
    small: dict[str, int] = {}
    compound: str = ""
    scales: dict[str, int] = {}
    suffixes: dict[str, int] = {}
    ordinals: dict[str, int] = {}
    ordinal_endings: tuple[str, ...] = ()
    fractions: dict[str, float] = {}
    frequencies: dict[str, int] = {}
    and_: tuple[str, ...] = ()
    one: tuple[str, ...] = ()
    not_before_one: tuple[str, ...] = ()
    pronoun_after: tuple[str, ...] = ()
    currencies: dict[str, str] = {}
    percent: tuple[str, ...] = ()
    measures: dict[str, tuple[str, float]] = {}
    faint: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    least: tuple[str, ...] = ()
    less: tuple[str, ...] = ()
    most: tuple[str, ...] = ()
    after_least: tuple[str, ...] = ()
    after_about: tuple[str, ...] = ()
    between: tuple[str, ...] = ()
    range_from: tuple[str, ...] = ()
    range_and: tuple[str, ...] = ()
    range_to: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    decades: tuple[str, ...] = ()
    glued: bool = False
