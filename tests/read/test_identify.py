"""Which language a text is in; invented sentences."""

from __future__ import annotations

import sys
from subprocess import run

import pytest

from retold.language.identify import identify

OWN = {
    "en": "The harbour council said on Monday that the ferry would sail again after the repairs.",
    "de": "Der Hafenrat teilte am Montag mit, dass die Fähre nach der Reparatur wieder fahren wird.",  # noqa: E501
    "fr": "Le conseil du port a annoncé lundi que le bac va de nouveau prendre la mer avec des invités.",  # noqa: E501
    "es": "El consejo del puerto dijo el lunes que el transbordador volverá a zarpar y que no se sabe.",  # noqa: E501
    "it": "Il consiglio del porto ha detto che il traghetto è di nuovo in mare e che non si ferma.",
    "pt": "O conselho do porto disse na segunda que a balsa não vai mais parar e que já está no mar.",  # noqa: E501
    "nl": "De havenraad zei maandag dat het veer na de reparatie weer zal varen en dat het niet stopt.",  # noqa: E501
    "ru": "Совет порта сообщил, что паром снова выйдет в море и что это было решено не для всех.",
    "uk": "Рада порту повідомила, що пором знову вийде в море і що це було вирішено не для всіх.",
    "pl": "Rada portu podała, że prom znowu wypłynie i że to nie jest dla wszystkich, ale dla wielu.",  # noqa: E501
}
SCRIPTS = {
    "ja": "フェリーは月曜日に再び出航した。",
    "zh": "渡轮星期一再次出航，市长向船员表示感谢。",
    "ko": "여객선이 월요일 다시 출항했다.",
    "el": "Το πλοίο απέπλευσε ξανά τη Δευτέρα.",
    "he": "המעבורת הפליגה שוב ביום שני.",
    "th": "เรือข้ามฟากออกเดินทางอีกครั้งในวันจันทร์",
    "ka": "ბორანი ორშაბათს კვლავ გავიდა ზღვაში.",
}
OTHERS = {
    "bg": "Пристанищният съвет съобщи в понеделник, че фериботът ще отплава отново и че това е "
    "решено за всички, които са чакали.",
    "sr": "Савет луке саопштио је у понедељак да ће трајект поново испловити и да је то одлучено.",
    "da": "Havnerådet sagde mandag, at færgen vil sejle igen efter reparationen, og at det er godt.",  # noqa: E501
    "sv": "Hamnrådet sade på måndagen att färjan kommer att segla igen och att det är bra för alla.",  # noqa: E501
    "ca": "El consell del port va dir dilluns que el transbordador tornarà a salpar i que és per a "
    "tots els que han esperat amb paciència.",
    "ro": "Consiliul portului a declarat luni că feribotul va naviga din nou și că este pentru toți.",  # noqa: E501
    "cs": "Rada přístavu v pondělí řekla, že trajekt znovu vypluje a že je to pro všechny.",
    "tr": "Liman konseyi pazartesi günü feribotun yeniden sefere çıkacağını söyledi.",
    "fa": "شورای بندر روز دوشنبه گفت که کشتی دوباره حرکت خواهد کرد.",
    "ar": "قال مجلس الميناء يوم الاثنين إن العبارة ستبحر مرة أخرى بعد أربعة أشهر من الإصلاحات.",
}


@pytest.mark.parametrize("code", OWN | SCRIPTS)
def test_shipped_languages_and_scripts(code: str) -> None:
    found, score = identify((OWN | SCRIPTS)[code] * 2)
    assert found == code
    assert 0.6 <= score <= 1


@pytest.mark.parametrize("code", OTHERS)
def test_other_languages_are_not_taken_for_shipped_ones(code: str) -> None:
    assert identify(OTHERS[code])[0] == code


@pytest.mark.parametrize("text", ["", " ", "12,345", "Oslo", "!!! ???", "Im Chon", "A. B."])
def test_too_short_to_tell(text: str) -> None:
    assert identify(text) == (None, 0.0)


@pytest.mark.parametrize("text", ["Solveig Port Vale Skerray", "zxqv wrtp kljh mnbv"])
def test_names_alone_give_no_certainty(text: str) -> None:
    code, score = identify(text)
    assert code is None or score < 1


def test_a_decisive_text_needs_no_model() -> None:
    program = (
        "import sys; from retold.language.identify import identify; "
        f"print(identify({OWN['en'] * 2!r})[0], 'py3langid' in sys.modules)"
    )
    done = run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["en", "False"]
