"""How a language gives words as somebody's: the shape of `<code>/quoting.toml`.

Nothing of it is learned from a corpus: the lists are closed classes of the grammar and the
verbs, nouns and phrases that journalists use to attribute. The engine that reads them
(`retold.attribute.quotations`) knows no word of any language.
"""

from __future__ import annotations

from msgspec import Struct

__all__ = ["Cues", "Grammar", "Order", "Quoting", "Relays"]


class Cues(Struct, frozen=True, forbid_unknown_fields=True):
    """Verbs of one class.

    Attributes:
        forms: one verb a line, its forms in the order of `Quoting.parts`, alternatives
            parted by "/"; a lone "/" leaves a form out.
        phrases: the same with the words that must follow after a bar ("point points … | out").
    """

    forms: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()


class Grammar(Struct, frozen=True, forbid_unknown_fields=True):
    """Closed word classes, folded. A word may stand in several.

    Attributes:
        determiners: open a noun phrase ("the", "several").
        pronominals: determiners that can stand alone ("some", "many").
        possessives: determiners that are possessive pronouns.
        prepositions, subordinators, coordinators, relatives, auxiliaries, modals, negations,
            adverbs, times: as named; `times` are words that date an utterance ("Tuesday").
        subjects: pronouns that can only be, or mostly are, subjects.
        objects: pronouns that are objects.
        complementisers: open an indirect clause ("that", "whether").
        questions: complementisers of indirect questions.
        contrasts: coordinators that open a clause of their own ("but").
        loose_joins: joins that a name does not take ("in", "with").
        joins: prepositions that continue a noun phrase ("of", "for").
        infinitive: words before an infinitive ("to").
        parenthetic: adverbs that stand between commas ("however").
        possessive_endings: what marks a possessor ("'s").
        be: forms that make a passive with a participle.
        have: forms that make a perfect.
        clitics: verbal endings of contracted words ("'ll").
        nouns: words that look like a cue verb's form and are nouns more often ("talks").
        compounds: pairs in which a verb form is part of a noun ("think tank").
        demonstratives: what points back at the sentence before ("this").
        adverb_endings: endings that make an adverb.
        not_adverbs: words that only look like adverbs ("family").
        verb_endings: endings of finite verbs outside the lists.
        plural_endings: endings of verbs whose subject may be nobody named ("заявили").
        seats: prepositions before an institution that speaks so ("в Кремле заявили").
        oblique: words whose form is never a subject's ("dem", "ему").
        genitives: determiners that hang a phrase on the noun before ("des").
        oblique_endings: endings of nouns and adjectives that are no subject's.
        dative_endings: those that begin another argument, and hang on no noun before.
        adjective_endings: endings of adjectives before their noun.
        last_endings: endings of verbs at the end of a subordinate clause.
        clause_infinitives: endings of the infinitive of a clause without a subject.
    """

    determiners: frozenset[str] = frozenset()
    pronominals: frozenset[str] = frozenset()
    possessives: frozenset[str] = frozenset()
    prepositions: frozenset[str] = frozenset()
    subordinators: frozenset[str] = frozenset()
    coordinators: frozenset[str] = frozenset()
    relatives: frozenset[str] = frozenset()
    auxiliaries: frozenset[str] = frozenset()
    modals: frozenset[str] = frozenset()
    negations: frozenset[str] = frozenset()
    adverbs: frozenset[str] = frozenset()
    times: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()
    objects: frozenset[str] = frozenset()
    complementisers: frozenset[str] = frozenset()
    questions: frozenset[str] = frozenset()
    contrasts: frozenset[str] = frozenset()
    loose_joins: frozenset[str] = frozenset()
    joins: frozenset[str] = frozenset()
    infinitive: frozenset[str] = frozenset()
    parenthetic: frozenset[str] = frozenset()
    possessive_endings: tuple[str, ...] = ()
    be: frozenset[str] = frozenset()
    have: frozenset[str] = frozenset()
    clitics: tuple[str, ...] = ()
    nouns: frozenset[str] = frozenset()
    demonstratives: frozenset[str] = frozenset()
    compounds: frozenset[str] = frozenset()
    adverb_endings: tuple[str, ...] = ()
    not_adverbs: frozenset[str] = frozenset()
    verb_endings: tuple[str, ...] = ()
    plural_endings: tuple[str, ...] = ()
    seats: frozenset[str] = frozenset()
    oblique: frozenset[str] = frozenset()
    genitives: frozenset[str] = frozenset()
    oblique_endings: tuple[str, ...] = ()
    dative_endings: tuple[str, ...] = ()
    adjective_endings: tuple[str, ...] = ()
    last_endings: tuple[str, ...] = ()
    clause_infinitives: tuple[str, ...] = ()


class Relays(Struct, frozen=True, forbid_unknown_fields=True):
    """Words that pass another's words on.

    Attributes:
        quoting: verbs that name whom they quote ("A quoted X as saying"), forms as in `Cues`.
        as_words: the word before the participle ("as").
        agents: prepositions of the agent in a passive ("by").
        media: prepositions before an outlet in which something is said ("on", "in").
        authors: prepositions between a document and its author ("by", "from").
        carrying: participles after a document ("a statement carried by A").
        citing: participles and phrases after which the inner source stands ("citing").
        documents: nouns for what is carried ("statement", "dispatch").
        surveys: nouns for what shows something as a document does ("poll", "records").
        outlets: nouns that mark an organisation as one that carries words ("newspaper").
        outlet_names: endings or words of names that do ("Times", "News").
        utterances: nouns for what a carrier passes on ("слова").
        houses: nouns for institutions that speak in the plural ("в министерстве заявили").
        listeners: plain nouns that hear words and are no carriers ("reporters").
    """

    quoting: tuple[str, ...] = ()
    as_words: frozenset[str] = frozenset()
    agents: frozenset[str] = frozenset()
    media: frozenset[str] = frozenset()
    authors: frozenset[str] = frozenset()
    carrying: frozenset[str] = frozenset()
    citing: tuple[str, ...] = ()
    documents: frozenset[str] = frozenset()
    surveys: frozenset[str] = frozenset()
    outlets: frozenset[str] = frozenset()
    outlet_names: frozenset[str] = frozenset()
    utterances: frozenset[str] = frozenset()
    houses: frozenset[str] = frozenset()
    listeners: frozenset[str] = frozenset()


class Order(Struct, frozen=True, forbid_unknown_fields=True):
    """Where a language puts things.

    Attributes:
        inverts: a clause that follows its content may put the verb before its subject.
        comma_opens_clause: a comma stands before every subordinate clause, so that quotations
            are found segment by segment (`retold.attribute.quotations.clausal`).
        frames_inside_marks: a frame may stand between the marks of its quotation
            («Q1, — сказал X. — Q2»).
        verb_second: one constituent stands before the finite verb of a main clause; the verb
            of a subordinate clause comes last.
        capital_nouns: nouns are written with a capital.
        subjunctive: forms that mark a sentence as somebody's and keep a following one so.
        hearsay, hearsay_ends: modals that pass on what others say, and the infinitives that
            end such a clause ("soll … gewesen sein").
        hypothetical: forms that keep a sentence indirect, and may be the reporter's own.
    """

    inverts: bool = True
    comma_opens_clause: bool = False
    frames_inside_marks: bool = False
    verb_second: bool = False
    capital_nouns: bool = False
    subjunctive: frozenset[str] = frozenset()
    hypothetical: frozenset[str] = frozenset()
    hearsay: frozenset[str] = frozenset()
    hearsay_ends: frozenset[str] = frozenset()


class Quoting(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole table.

    Attributes:
        parts: names of the verb forms, in the order of a line in `Cues.forms`: "base",
            "present", "past", "participle", "gerund", "imperative".
        verbs: class -> verbs. Classes: "say" (a clause or quotation), "tell" (somebody, a
            clause), "ask" (a question), "think" (held, not uttered), "show" (what documents
            do), "as" (X as Y), "call" (X Y), "act" (an object only), "want" (an infinitive),
            "bare" (those of "say" and "think" that take nothing but clauses), "direct" (with
            words in quotation marks only: "laughed"),
            "plain" (verbs that give nothing as anybody's; they mark clauses).
        nouns: nouns that take a clause as their content ("claim", "warning").
        according: phrases before a source ("according to").
        after_source: words that follow a source and attribute as those do ("zufolge").
        with_view: prepositions that attribute before a phrase with one of `view` ("nach").
        manner: words that open a clause whose content is the main clause ("wie", "как").
        quasi: words that stand for a cue verb before its subject ("so der Minister").
        expletives: subjects that name nobody ("es").
        impersonal: verbs, by their first form, that say something with such a subject ("heißen").
        speaking: pronouns of who speaks: a form beside them is no reported one ("ich").
        referring: words that give a sentence as the source's before ("demnach").
        view: nouns in "in X's view"; where nouns are compounds, their endings.
        catenatives: verb phrases between subject and cue ("went on to") -> status they give.
        conditional: words that make the saying conditional.
        rubrics: words before a colon that name no speaker ("update").
        asking, answering: labels of interviews ("q", "a").
        grammar, relays, order: see there.
    """

    parts: tuple[str, ...] = ()
    verbs: dict[str, Cues] = {}
    nouns: frozenset[str] = frozenset()
    according: tuple[str, ...] = ()
    after_source: frozenset[str] = frozenset()
    with_view: frozenset[str] = frozenset()
    manner: frozenset[str] = frozenset()
    quasi: frozenset[str] = frozenset()
    expletives: frozenset[str] = frozenset()
    impersonal: frozenset[str] = frozenset()
    speaking: frozenset[str] = frozenset()
    referring: frozenset[str] = frozenset()
    view: frozenset[str] = frozenset()
    catenatives: dict[str, tuple[str, ...]] = {}
    conditional: frozenset[str] = frozenset()
    rubrics: frozenset[str] = frozenset()
    asking: frozenset[str] = frozenset()
    answering: frozenset[str] = frozenset()
    grammar: Grammar = Grammar()
    relays: Relays = Relays()
    order: Order = Order()
