"""Names in case forms: one actor in a report and over reports, never two people made one."""

from __future__ import annotations

import pytest

from retold.attribute.actors import find_actors

from .helpers import actors_of, join, report, together


@pytest.mark.parametrize(
    ("language", "a", "b", "names"),
    [
        ("ru", "Следователь Карпов закрыл дело.", "О Карпове писали газеты.", "Карпов Карпове"),
        ("ru", "Министр Куракин уволен.", "Президент уволил Куракина.", "Куракин Куракина"),
        ("ru", "Водитель Крюгель заснул.", "Адвокат Крюгеля молчит.", "Крюгель Крюгеля"),
        ("de", "Der Abgeordnete Jens Borgwart trat zurück.", "Jens Borgwarts Rücktritt kam früh.",
         "Jens_Borgwart Jens_Borgwarts"),
        ("de", "Die Ministerin Carla Hoven ging.", "Die Abreise Carla Hovens kam spät.",
         "Carla_Hoven Carla_Hovens"),
        ("de", "„Die Brücke bleibt zu“, teilte das Hafenamt mit.",
         "Die Brücke bleibt zu, heißt es nach Angaben des Hafenamtes.", "Hafenamt Hafenamtes"),
        ("uk", "Слідчий Коваль закрив справу.", "Справу закрито слідчим Ковалем.",
         "Слідчий_Коваль Ковалем"),
        ("pl", "Dyrektor Siwek odszedł.", "Po odejściu Siwka szpital stoi.",
         "Dyrektor_Siwek Siwka"),
        ("fi", "Pormestari Liisa Haapala erosi.", "Liisa Haapalan ero yllätti.",
         "Pormestari_Liisa_Haapala Liisa_Haapalan"),
    ],
)  # fmt: skip
def test_case_forms_over_reports_are_one_actor(language, a, b, names):
    actors, _ = join(a, b, language=language)
    assert together(actors, *(name.replace("_", " ") for name in names.split()))


@pytest.mark.parametrize(
    ("language", "a", "b"),
    [
        ("ru", "Иванов сообщил о победе.", "Иванова сообщила о победе. К Ивановой шли гости."),
        ("ru", "Министр Куракин уволен.", "Президент встретился с Куракиной."),
        ("ru", "Тренер Гусев ушёл.", "Тренер Гусаров ушёл."),
        ("de", "Bürgermeister Uwe Tamms schwieg.", "Bürgermeister Uwe Tamm schwieg."),
        ("de", "Der Trainer Timo Krause ging.", "Der Trainer Timo Krauser ging."),
        ("de", "Der Lotse Jan Peters schwieg.", "Der Lotse Jan Peter schwieg."),
        ("pl", "Reżyser Wolski odebrał nagrodę.", "Nagrodę odebrała reżyserka Wolska."),
    ],
)
def test_two_people_stay_two(language, a, b):
    actors, _ = join(a, b, language=language)
    for actor in actors:
        assert len({place.report for place in actor.mentions}) == 1, actor.names


def test_every_case_of_one_report_is_one_actor_and_the_lemma_is_shown():
    text = (
        "Глава ведомства Лавров встретился с Ивановой. Лаврова спросили о договоре. По словам "
        "Лаврова, договор готов. Иванова промолчала, но Лавров вручил Ивановой папку. О Лаврове "
        "и Ивановой писали газеты."
    )
    actors = actors_of(text, language="ru")
    assert set(actors["Лавров"].names) == {"Лавров", "Лаврова", "Лаврове"}
    assert set(actors["Иванова"].names) == {"Иванова", "Ивановой"}


def test_a_noun_in_another_case_is_no_part_of_the_name():
    actors = actors_of("Отставка Симоновой принята. Симонова уехала.", language="ru")
    assert "Симонова" in actors
    assert not any("Отставка" in name for name in actors)


def test_a_person_is_no_country_whose_ending_was_cut_off():
    (found,) = find_actors(report("Заявил генерал Сурин вчера.", language="ru")).actors[:1]
    assert found.kind != "place"
    (land,) = find_actors(report("Посол прибыл в Суринам вчера.", language="ru")).actors[:1]
    assert land.kind == "place"
