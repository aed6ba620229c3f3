"""The words by which a language grades, denies and attributes a claim. Data: `<code>/claims.toml`.

The grades follow the usual descriptions: epistemic modality from possible over probable to
certain (Palmer 2001, *Mood and Modality*), quantifiers on a scale (Horn 1989, *A Natural
History of Negation*), reporting verbs by what they presuppose of the truth of what is said
(Thompson & Ye 1991, "Evaluation in the reporting verbs used in academic papers").
"""

from __future__ import annotations

from msgspec import Struct

__all__ = ["Claims", "Cue", "Hedge", "Quantity"]


class Hedge(Struct, frozen=True, forbid_unknown_fields=True):
    """Words that grade how sure a claim is.

    Attributes:
        grade: 0 impossible … 1 certain; words of one `sense` and grade say the same.
        sense: "possible", "likely", "certain", "hearsay" (somebody else vouches), "duty",
            "intent", "able".
        phrases: in any inflection; `exact`: only so.
    """

    grade: float
    sense: str
    phrases: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()


class Quantity(Struct, frozen=True, forbid_unknown_fields=True):
    """Words that say how much or how many without a number.

    Attributes:
        grade: place on the scale, 0 none … 1 all.
        scale: "share" (all, most, some), "count" (several, dozens), "frequency" (often),
            "degree" (slightly, sharply), "limit" (only, at least).
        phrases, exact: as in `Hedge`.
    """

    grade: float
    scale: str
    phrases: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()


class Cue(Struct, frozen=True, forbid_unknown_fields=True):
    """Words that report speech.

    Attributes:
        stance: what the reporter takes over: "neutral", "emphasis", "insistence", "retort",
            "factive" (presupposes that it is true), "admission", "revelation",
            "confirmation", "doubt", "opinion", "prediction", "fear", "confidence", "denial",
            "warning", "promise", "demand", "command", "request", "question", "praise", "reproach",
            "regret", "boast", "irony", "agreement".
        force: 0 weak … 1 strong.
        phrases, exact: as in `Hedge`.
    """

    stance: str
    force: float
    phrases: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()


class Claims(Struct, frozen=True, forbid_unknown_fields=True):
    """A language's table.

    Attributes:
        light: words without content of their own (articles, pronouns, auxiliaries, plain
            prepositions and conjunctions, filler adverbs).
        lemmas: irregular form -> the form that stands for all.
        contractions: form -> its words; `contracted_endings` glued to any word ("'s").
        letters: letter -> the letter that stands for both ("ё" -> "е").
        spelling: form -> the spelling that stands for both; `spelling_endings` pairs of
            endings (British, American).
        equivalents: groups of phrases that say the same; the first stands for all.
        negations: words that deny what follows.
        idioms: phrases that look like a negation, hedge or quantity word and are none.
        noun_endings: of nouns made from verbs ("allegation"), which report nothing.
        plain_sayings: reporting verbs that need no "that" behind them.
        that_words: words that bring in what is said ("that", "whether").
        addressing: reporting verbs behind which the listener stands, not the source ("tell").
        negative: words that hold a negation -> what they deny ("lack" -> "have"); empty
            where they deny the verb behind them ("fail to").
        weak_negations: words that may say what a negation says in the other report, but are
            no negation when they stand alone ("prevent").
        subject_negations: negations that stand before a subject and deny its verb ("nobody").
        carrying_on: negations that only carry on another ("nor").
        dual: words that say "two" ("both").
        lifting: words that end what a negation denies ("not until noon" is "at noon").
        generic: nouns that say little of what is counted ("people").
        opposites: pairs of words of which each denies the other.
        opposed: pairs of groups of words; every word of the first denies every word of the second
            ("accept", "approve" … against "reject", "turn down" …).
        negating_prefixes: "un", "in" …
        raising: verbs of which a negation belongs to what follows ("does not think that").
        infinitives: words between a verb and the verb that it governs ("to").
        spokesmen: nouns for those who speak for somebody: their words are his.
        anonymous: nouns for sources that are not named ("sources", "witnesses").
        possessives: possessive pronoun -> the pronoun of its owner.
        loose_locatives: those of `locatives` that also put a person before us ("to", "from").
        capitals: nouns that stand for a country's capital.
        sourcing: phrases behind which alone the source stands ("according to").
        carrying: reporting verbs of those who carry the words of others ("quote").
        clause_words: words at which the reach of a negation or hedge ends.
        titles: words before a name that are not part of it.
        particles: lower-case words inside names.
        not_names: words that are capitalised without being names.
        locatives: prepositions that put a place before us.
        articles: they, and possessives, make a following cue a noun.
        indefinite: articles of something not named before.
        hedges, quantities, cues: see there.
        auxiliaries: verbs that may stand where a hedge stood ("is" for "seems to be").
        light_verbs: verbs that say little without their noun ("take part").
        agents: words before the agent of a passive verb.
        coordinators: words that join equals in a list; `alternatives`: those under which a
            negation goes on ("or").
        place_heads: words that make a name one of a place.
        compass: words of direction.
        name_words: abbreviation inside a name -> the word ("st" -> "saint").
        nouns_capitalised: capital letters tell nouns, not names (German).
        ordering: words that put two events or two parties in an order -> their opposite.
    """

    light: tuple[str, ...] = ()
    lemmas: dict[str, str] = {}
    contractions: dict[str, tuple[str, ...]] = {}
    contracted_endings: tuple[str, ...] = ()
    letters: dict[str, str] = {}
    spelling: dict[str, str] = {}
    spelling_endings: tuple[tuple[str, str], ...] = ()
    equivalents: tuple[tuple[str, ...], ...] = ()
    negations: tuple[str, ...] = ()
    idioms: tuple[str, ...] = ()
    noun_endings: tuple[str, ...] = ()
    plain_sayings: tuple[str, ...] = ()
    that_words: tuple[str, ...] = ()
    addressing: tuple[str, ...] = ()
    negative: dict[str, str] = {}
    weak_negations: tuple[str, ...] = ()
    subject_negations: tuple[str, ...] = ()
    carrying_on: tuple[str, ...] = ()
    dual: tuple[str, ...] = ()
    lifting: tuple[str, ...] = ()
    generic: tuple[str, ...] = ()
    opposites: tuple[tuple[str, str], ...] = ()
    opposed: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = ()
    negating_prefixes: tuple[str, ...] = ()
    raising: tuple[str, ...] = ()
    infinitives: tuple[str, ...] = ()
    spokesmen: tuple[str, ...] = ()
    anonymous: tuple[str, ...] = ()
    possessives: dict[str, str] = {}
    loose_locatives: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    carrying: tuple[str, ...] = ()
    sourcing: tuple[str, ...] = ()
    clause_words: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    particles: tuple[str, ...] = ()
    not_names: tuple[str, ...] = ()
    locatives: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    indefinite: tuple[str, ...] = ()
    hedges: tuple[Hedge, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    cues: tuple[Cue, ...] = ()
    auxiliaries: tuple[str, ...] = ()
    light_verbs: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()
    coordinators: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    place_heads: tuple[str, ...] = ()
    compass: tuple[str, ...] = ()
    name_words: dict[str, str] = {}
    nouns_capitalised: bool = False
    ordering: dict[str, str] = {}
