"""Changes of names: endings are none, another person is one."""

from __future__ import annotations

import pytest

from retold.collate.changes import changes
from retold.model import Collation, Passage, Report
from retold.segment import segment
from retold.settings import DEFAULTS


def changed(a: str, b: str, language: str) -> list[tuple[str, str, str]]:
    segmented = [segment(Report(id=i, text=t, language=language)) for i, t in (("a", a), ("b", b))]
    readings = {one.report.id: tuple(range(len(one.sentences))) for one in segmented}
    collation = Collation((Passage("P1", readings, "a", (), 1.0, ()),), {"a": (), "b": ()})
    found = changes(collation, segmented, (), (), DEFAULTS).passages[0].changes
    return [
        (change.kind, a[slice(*change.a.span)], b[slice(*change.b.span)])
        for change in found
        if change.kind in ("name", "place")
    ]


@pytest.mark.parametrize(
    ("language", "a", "b"),
    [
        ("ru", "Портом руководит Сергей Королёв.", "Порт возглавлен Сергеем Королевым."),
        ("ru", "Вчера Дымов спас пассажиров.", "Пассажиры вчера благодарили Дымова."),
        ("uk", "Учора Гнатюк відкрив міст.", "Учора міст відкрили з Гнатюком."),
        ("pl", "Wczoraj Pasiak oskarżył urząd.", "Wczoraj urząd odmówił Pasiakowi."),
        ("tr", "Dün Sarpdere konuştu.", "Dün Sarpdere'ye soruldu."),
    ],
)
def test_an_ending_is_no_change(language: str, a: str, b: str) -> None:
    assert changed(a, b, language) == []


@pytest.mark.parametrize(
    ("language", "a", "b", "one", "other"),
    [
        ("ru", "Суд арестовал Зимина вчера.", "Суд арестовал Зимину вчера.", "Зимина", "Зимину"),
        ("ru", "Об этом Ершов рассказал вчера.", "Об этом Ершова рассказала вчера.", "Ершов",
         "Ершова"),
        ("ru", "Суд арестовал Петра Зимина вчера.", "Суд арестовал Павла Зимина вчера.",
         "Петра Зимина", "Павла Зимина"),
        ("uk", "Суд заарештував Гнатюка учора.", "Суд заарештував Гнатенка учора.", "Гнатюка",
         "Гнатенка"),
        ("pl", "Sąd aresztował Nowaka wczoraj.", "Sąd aresztował Nowakową wczoraj.", "Nowaka",
         "Nowakową"),
    ],
)  # fmt: skip
def test_another_person_is_a_change(language: str, a: str, b: str, one: str, other: str) -> None:
    assert changed(a, b, language) == [("name", one, other)]


def test_negation_and_the_partitive_change_the_case_and_not_the_person() -> None:
    assert changed("Мэр встретил Сороку вчера.", "Мэр встретил Сороки вчера.", "ru") == []
