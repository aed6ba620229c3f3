"""What pronouns, offices and institution nouns stand for."""

from __future__ import annotations

from tests.attribute.actors.helpers import actors_of, who

STATEMENT = (
    "North Korean Deputy Fisheries Minister Pak Song Ho spoke on Monday. "
    '"It will rain," the Velland Central Wire quoted the diplomat as saying. '
    "The senior diplomat added that it would snow. "
    '"So it will be," the wire service quoted him as saying.'
)


def test_a_general_noun_for_the_holder_of_an_office() -> None:
    assert who(STATEMENT, "the diplomat") == "Pak Song Ho"
    assert who(STATEMENT, "The senior diplomat") == "Pak Song Ho"


def test_an_object_pronoun_takes_up_the_speaker_before() -> None:
    assert who(STATEMENT, "him") == "Pak Song Ho"


def test_an_office_before_its_holder_is_named() -> None:
    text = (
        "The Deputy Minister of Fisheries of the DPRK noted the rain. "
        "North Korean Deputy Fisheries Minister Pak Song Ho has held the post since May."
    )
    assert who(text, "The Deputy Minister of Fisheries of the DPRK") == "Pak Song Ho"


def test_an_office_of_another_country_is_not_taken() -> None:
    text = "Russian Foreign Minister Ivan Brodin left. The Japanese foreign minister said nothing."
    assert who(text, "The Japanese foreign minister") != "Ivan Brodin"


def test_pronouns_agree_in_gender() -> None:
    text = "Mrs Oldan met Mr Ekdal at noon. She said it was cold. He said it was not."
    assert who(text, "She") == "Oldan"
    assert who(text, "He") == "Ekdal"


def test_a_pronoun_after_a_quotation_is_not_one_named_in_it() -> None:
    text = (
        "Jonas Ekdal spoke in the hall on Friday evening.\n\n"
        "“Anton Brodin has never done anything for this town. Brodin must go,” he said."
    )
    assert who(text, "he", text.count("he", 0, text.rindex("he said"))) == "Jonas Ekdal"


def test_a_new_office_is_an_actor_of_its_own_and_is_taken_up() -> None:
    text = (
        "Anton Brodin, the minister, was away. A representative of the Velland Ministry of Defence "
        "accused Norland of theft. And he called it an insult. The official warned of more."
    )
    name = "representative of the Velland Ministry of Defence"
    assert who(text, "A representative of the Velland Ministry of Defence") == name
    assert who(text, "he", text.count("he", 0, text.index("he called"))) == name
    assert who(text, "The official") == name


def test_institutions_by_their_noun() -> None:
    text = "The Harbour Ministry met the Norland Bank. The ministry said no. The bank said yes."
    assert who(text, "The ministry") == "Harbour Ministry"
    assert who(text, "The bank") == "Norland Bank"


def test_which_behind_an_institution_is_that_institution() -> None:
    text = "The Harbour Agency, which said the pier was unsafe, shut it on Monday."
    assert who(text, "which") == "Harbour Agency"
    assert set(actors_of(text)) == {"Harbour Agency"}


def test_an_abbreviated_title_is_an_office() -> None:
    text = "Sen. Mira Oldan voted. Anton Brodin did not. The senator said she was glad."
    assert who(text, "The senator") == "Mira Oldan"


def test_a_general_noun_for_the_person_a_report_is_about() -> None:
    text = "Anton Brodin bought the wharf in May. The businessman said it was cheap."
    assert who(text, "The businessman") == "Anton Brodin"


def test_an_unnamed_driver_is_not_the_person_last_named() -> None:
    text = "Sen. Anton Brodin was in the bus. The driver said it was late."
    assert who(text, "The driver") != "Anton Brodin"


def test_a_source_known_by_its_words_alone() -> None:
    text = "Two people familiar with the plan said it was dead."
    assert who(text, "Two people familiar with the plan") is not None


def test_speakers_of_their_own_words_are_not_guessed() -> None:
    assert who('Mira Oldan came. "I was late," it was said.', "I") is None


def test_the_head_of_a_source_with_possessor_or_apposition() -> None:
    text = (
        "The Norland Times' Agda Holm asked. Jonas Ekdal, a spokesman for the Harbour Ministry, "
        "answered. A spokesman for Mira Oldan did not."
    )
    assert who(text, "The Norland Times' Agda Holm") == "Agda Holm"
    assert who(text, "Jonas Ekdal, a spokesman for the Harbour Ministry,") == "Jonas Ekdal"
    assert who(text, "A spokesman for Mira Oldan") == "spokesman for Mira Oldan"


def test_capital_as_speaker() -> None:
    text = "Talks ended in Seoul. In response, Pyongyang, in particular, stressed its rights."
    assert who(text, "Pyongyang") == "North Korea"


def test_german_and_russian() -> None:
    german = "Bürgermeisterin Edda Lohr kam. Lohr lachte. Die Bürgermeisterin sagte nichts."
    assert who(german, "Die Bürgermeisterin", language="de") == "Edda Lohr"
    russian = "Министр Игнат Порошин приехал. О Порошине писали. Министр заявил, что устал."
    assert who(russian, "Министр", 1, language="ru") == "Игнат Порошин"
    assert who(russian, "Порошине", language="ru") == "Игнат Порошин"


def test_a_russian_office_with_its_country_before_the_name() -> None:
    text = (
        "Министр обороны России Игнат Порошин приехал. Президент России Антон Бродин уехал. "
        "Министр заявил, что устал. Президент промолчал."
    )
    assert who(text, "Министр", 1, language="ru") == "Игнат Порошин"
    assert who(text, "Президент", 1, language="ru") == "Антон Бродин"


def test_an_institution_before_an_unknown_trade_and_a_name_is_not_the_head() -> None:
    text = "“Go now,” Civil Defence tallykeeper Mira Oldan told the town."
    assert who(text, "Civil Defence tallykeeper Mira Oldan") == "Mira Oldan"


def test_a_bare_noun_can_be_a_source() -> None:
    assert who("Three are missing, police said.", "police") == "police"


def test_an_official_of_the_lead_who_is_named_right_after() -> None:
    text = (
        "The dam will be filled in spring, a senior official said on Monday.\n\n"
        "Jonas Ekdal, the first vice-minister for water, said the work was done. "
        "Agda Holm, a farmer, said it was not."
    )
    assert who(text, "a senior official") == "Jonas Ekdal"


def test_an_official_of_the_lead_is_not_somebody_of_another_trade() -> None:
    text = (
        "The dam will be filled in spring, a senior official said on Monday.\n\n"
        "Agda Holm, a farmer, said it was not."
    )
    assert who(text, "a senior official") == "senior official"


def test_an_adjective_of_an_agency_is_no_person() -> None:
    text = "Pak Song Ho said in a statement carried by the official Norvan Press Agency."
    assert who(text, "the official Norvan Press Agency") == "Norvan Press Agency"
