"""One actor over the reports of a story; never two people on spelling alone."""

from __future__ import annotations

from itertools import permutations

from tests.attribute.actors.helpers import join, together

ONE = (
    "North Korean Deputy Fisheries Minister Pak Chon Il said the tide wall mocks every fisherman "
    "of the eastern coast. Pak Chon Il left. Kim Jong Un was away."
)
TWO = (
    "The Deputy Minister of Fisheries of the DPRK spoke. North Korean Deputy Fisheries "
    "Minister Pak Chong Il noted that the tide wall mocks each fisherman of the eastern coast."
)


def test_a_respelled_name_in_the_same_office_is_one() -> None:
    actors, _ = join(ONE, TWO)
    assert together(actors, "Pak Chon Il", "Pak Chong Il")
    joined = next(actor for actor in actors if "Pak Chong Il" in actor.names)
    assert any("same office" in item.note for item in joined.because)
    assert all(item.spans for item in joined.because if "spelled alike" in item.note)


def test_spelling_alone_joins_nobody() -> None:
    actors, _ = join(
        "Mayor Jonas Ekdal opened the bridge to the island.", "Sergeant Jonas Ekdahl lost his dog."
    )
    assert not together(actors, "Jonas Ekdal", "Jonas Ekdahl")


def test_names_that_one_report_tells_apart_stay_apart() -> None:
    both = (
        "Senator Jonas Ekdal and Senator Jonas Ekdahl met. Senator Jonas Ekdal said the harbour "
        "wall mocks every fisherman."
    )
    other = "Senator Jonas Ekdahl said the harbour wall mocks every fisherman."
    actors, _ = join(both, other)
    assert not together(actors, "Jonas Ekdal", "Jonas Ekdahl")


def test_two_given_names_apart_by_two_letters_stay_apart() -> None:
    actors, _ = join(
        "North Korean leader Kim Jong Un said the wall mocks every fisherman of the coast.",
        "North Korean leader Kim Jong Il said the wall mocks every fisherman of the coast.",
    )
    assert not together(actors, "Kim Jong Un", "Kim Jong Il")


def test_countries_and_agencies_are_joined_by_table_and_kept_apart() -> None:
    actors, _ = join(
        "North Korea and South Korea met, TASS reported.",
        "The DPRK met the ROK, KCNA said. The Korean Central News Agency was there.",
        "The North Korean Central News Agency wrote.",
    )
    assert together(actors, "North Korea", "DPRK")
    assert together(
        actors, "KCNA", "Korean Central News Agency", "North Korean Central News Agency"
    )
    assert not together(actors, "North Korea", "South Korea")
    assert not together(actors, "TASS", "KCNA")


def test_a_surname_finds_its_full_name_in_another_report() -> None:
    actors, _ = join("Mira Oldan sold the ferry.", "The ferry is sold, Oldan said. Mrs Oldan left.")
    assert together(actors, "Mira Oldan", "Oldan")


def test_a_surname_of_two_people_finds_neither() -> None:
    actors, _ = join("Mira Oldan met Jonas Oldan.", "The ferry is sold, Oldan said.")
    assert not together(actors, "Mira Oldan", "Oldan")
    assert not together(actors, "Jonas Oldan", "Oldan")


def test_titles_that_no_table_knows() -> None:
    actors, _ = join("Gran Margaret Oduya said no.", "Margaret Oduya said no. Oduya is 70.")
    assert together(actors, "Gran Margaret Oduya", "Margaret Oduya", "Oduya")
    assert any(actor.name == "Margaret Oduya" for actor in actors)


def test_ids_and_names_do_not_depend_on_the_order_of_reports() -> None:
    third = "Mira Oldan and the US spoke. “A wall mocks us all,” said Oldan in Washington."
    results = []
    for order in permutations((ONE, TWO, third)):
        actors, _ = join(*order)
        results.append({(actor.id, actor.name, actor.kind) for actor in actors})
    assert all(result == results[0] for result in results)


def test_attributions_are_keyed_to_the_joined_actors() -> None:
    actors, attributions = join(ONE, TWO)
    known = {actor.id for actor in actors}
    speakers = [q.speaker for a in attributions for q in a.quotations]
    assert speakers
    assert all(speaker is None or speaker in known for speaker in speakers)
    for attribution in attributions:
        assert {actor.id for actor in attribution.actors} <= known
        for quotation in attribution.quotations:
            assert all(link.actor is None or link.actor in known for link in quotation.chain)


def test_an_anonymous_spokesman_is_not_the_same_in_another_report() -> None:
    actors, _ = join("A spokesman said the pier is safe.", "A spokesman said bread is dear.")
    assert len([actor for actor in actors if actor.kind == "office"]) == 2


def test_no_reports_no_actors() -> None:
    assert join() == ((), ())


def test_father_and_son_are_two() -> None:
    actors, _ = join(
        "Anton Brodin sold it.", "Anton Brodin Jr. bought it.", "Anton Brodin III sat."
    )
    assert len([actor for actor in actors if "Brodin" in actor.name]) == 3


def test_a_bare_surname_goes_to_whom_another_report_calls_so() -> None:
    actors, _ = join(
        "Anton Brodin sold it. Brodin was glad.",
        "Anton Brodin Jr. bought it with his brother.",
        "The house is sold, Brodin said.",
    )
    father = next(actor for actor in actors if actor.name == "Anton Brodin")
    assert {place.report for place in father.mentions} == {"r0", "r2"}


def test_two_companies_in_one_breath_are_two() -> None:
    actors, _ = join("It is said that Brodin Group and Ekdal fell out over the price of the land.")
    assert {"Brodin Group", "Ekdal"} <= {actor.name for actor in actors}


def test_an_office_finds_its_holder_in_another_report() -> None:
    actors, attributions = join(
        "The finance minister has warned that the purse is empty. Jonas Ekdal is said to be cross.",
        "Finance minister Jonas Ekdal was in the hall.",
    )
    holder = next(actor for actor in actors if actor.name == "Jonas Ekdal")
    assert attributions[0].quotations[0].speaker == holder.id


def test_an_office_with_two_holders_finds_neither() -> None:
    actors, _ = join(
        "The finance minister has warned that the purse is empty.",
        "Finance minister Jonas Ekdal was in the hall with Finance minister Agda Holm.",
    )
    assert any(actor.kind == "office" for actor in actors)


def test_the_north_of_a_railway_is_no_country() -> None:
    actors, _ = join("The North Line will be built, Mira Oldan said in the North of the land.")
    assert not any(actor.name == "North Korea" for actor in actors)
    assert any(actor.name == "North Line" for actor in actors)


def test_a_prime_minister_is_no_news_agency() -> None:
    actors, _ = join("Then Prime Minister Ansa Velde told parliament that it is so.")
    assert [actor.name for actor in actors] == ["Ansa Velde"]
