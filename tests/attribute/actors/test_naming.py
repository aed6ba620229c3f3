"""Which words of a report are names, and of what kind."""

from __future__ import annotations

import pytest

from tests.attribute.actors.helpers import actors_of


def test_a_person_behind_a_long_title() -> None:
    found = actors_of(
        "Velland's First Deputy Minister of Water Resources Jonas Ekdal spoke. Ekdal left."
    )
    assert found["Jonas Ekdal"].kind == "person"
    assert set(found["Jonas Ekdal"].names) == {"Jonas Ekdal", "Ekdal"}


def test_a_title_does_not_belong_to_the_name() -> None:
    assert "Mira Oldan" in actors_of("Then Gov. Mira Oldan said she would wait.")


@pytest.mark.parametrize(
    "text",
    [
        "Yesterday it rained. On Monday, in May and in December it did not.",
        "However, Many people came. Meanwhile Police waited. The weather was bad.",
        "Republicans and Democrats, Muslims and Christians, Asians and Europeans were there.",
        "Nothing happened. Officials said so. Residents agreed.",
    ],
)
def test_ordinary_words_and_calendar_words_are_no_actors(text: str) -> None:
    assert [a for a in actors_of(text).values() if a.kind != "office"] == []


def test_a_word_seen_in_lower_case_is_no_name_at_a_sentence_start() -> None:
    assert "Turbines" not in actors_of("The turbines stopped. Turbines said nothing, of course.")


def test_headings_hold_only_names_known_from_the_body() -> None:
    text = "Harbour Board Hits Back At Critics As Oldan Waits\n\nMira Oldan waited. The board met."
    found = actors_of(text)
    assert "Hits Back" not in " ".join(found)
    assert len(found["Mira Oldan"].mentions) == 2


def test_lead_words_in_capitals_are_no_name() -> None:
    found = actors_of("THREE DAYS AFTER THE FLOOD, Mira Oldan came home. Oldan was tired.")
    assert not any("DAYS" in name for name in found)


def test_countries_under_their_names() -> None:
    text = "The US and North Korea met. America stayed. The DPRK left. The U.S. waited."
    found = actors_of(text)
    assert set(found["United States"].names) == {"US", "America", "U.S."}
    assert set(found["North Korea"].names) == {"North Korea", "DPRK"}


def test_the_pronoun_us_is_no_country() -> None:
    assert "United States" not in actors_of("They told us to wait. Help us, they said to us.")


def test_hyphenated_countries_are_two() -> None:
    found = actors_of("Relations between them, the North Korea-Russia relations, are old.")
    assert {"North Korea", "Russia"} <= set(found)


def test_a_nationality_before_an_office_is_a_mention_of_its_country() -> None:
    text = "The North Korean diplomat and the Russian minister met."
    found = actors_of(text)
    assert {"North Korea", "Russia"} <= set(found)


def test_a_capital_stands_for_its_government_only_where_it_acts() -> None:
    found = actors_of("Tokyo said it would answer. Talks are in Tokyo. Japan agreed.")
    assert set(found["Japan"].names) == {"Tokyo", "Japan"}
    assert len(found["Japan"].mentions) == 3  # Tokyo, it, Japan
    assert found["Tokyo"].kind == "place"


def test_the_place_of_a_dateline_is_a_city() -> None:
    found = actors_of("MOSCOW, May 3. The president of Russia spoke.")
    assert "MOSCOW" not in found["Russia"].names


def test_institutions_with_their_complement() -> None:
    found = actors_of(
        "The Ministry of Water Resources of Velland and the Securities and Exchange "
        "Commission talked again yesterday."
    )
    kinds = {name: actor.kind for name, actor in found.items()}
    assert kinds["Ministry of Water Resources of Velland"] == "organisation"
    assert kinds["Securities and Exchange Commission"] == "organisation"


def test_an_acronym_introduced_in_brackets() -> None:
    text = "The Velland Tide Office (VTO) met. Later the VTO said nothing."
    assert set(actors_of(text)["Velland Tide Office"].names) == {"Velland Tide Office", "VTO"}


def test_two_people_of_one_surname_stay_two() -> None:
    text = "Mira Oldan met Jonas Oldan. Mrs Oldan smiled. Mr Oldan did not."
    found = actors_of(text)
    assert {"Mira Oldan", "Jonas Oldan"} <= set(found)
    assert len(found["Mira Oldan"].mentions) == 2
    assert len(found["Jonas Oldan"].mentions) == 2


def test_someone_met_in_passing_does_not_take_over_a_surname() -> None:
    text = (
        "Mira Oldan came early. Oldan sat down. Oldan read. Oldan wrote.\n\n"
        "Her great-aunt Agda Oldan, long dead, had built the house on the hill over the bay.\n\n"
        "The house had stood empty for many years, the neighbours say, and nobody had cared "
        "to mend the roof or to cut the grass before the autumn storms came over the water.\n\n"
        "Oldan sold it."
    )
    found = actors_of(text)
    assert len(list(found["Mira Oldan"].mentions)) >= 5
    assert "Oldan" not in found["Agda Oldan"].names


def test_an_adjective_made_from_an_unknown_country() -> None:
    found = actors_of("Floods hit Velland. In Velland dams broke. The Vellandian army came.")
    assert "Vellandian" in found["Velland"].names


def test_a_paper_and_a_river_by_their_short_names() -> None:
    text = "The Wairoto Herald asked. The Herald wrote. The Ostra River rose and the Ostra fell."
    found = actors_of(text)
    assert "Herald" in found["Wairoto Herald"].names
    assert "Ostra" in found["Ostra River"].names


def test_a_day_does_not_belong_to_an_institution() -> None:
    found = actors_of("He told the Norland Chronicle on Monday that the bridge is safe.")
    assert "Norland Chronicle" in found
