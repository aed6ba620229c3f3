"""Reports for the pages: several scripts and directions, and strings that have broken pages."""

from __future__ import annotations

from retold.archive import Archive
from retold.archive.adding import Item, add
from retold.keeping.refreshing import refresh_quotations
from retold.keeping.stories import refresh_stories
from retold.model import Credit, Dateline, Report

__all__ = ["keep", "nasty", "several_scripts"]

_TEXTS = (
    (
        "en",
        "Kestrin Gazette",
        "Ferry to Ostwick stays in harbour after collision",
        "2031-05-02T07:40:00+00:00",
        "The night ferry to Ostwick collided with a pontoon in Kestrin harbour on Friday. "
        "Three passengers were taken to hospital, harbour master Mara Lindqvold said. “We heard a "
        "bang and then nothing at all,” passenger Tobin Harrach told Corvane. The company "
        "Ostlinie said that the ferry Anna Perl would stay in harbour until Monday. The police "
        "are looking into why the radar was switched off.",
    ),
    (
        "en",
        "Daily Pontoon",
        "Ferry collides in Kestrin, four hurt",
        "2031-05-02T09:05:00+00:00",
        "The night ferry to Ostwick collided with a pontoon in Kestrin harbour on Friday. "
        "Four passengers were taken to hospital, harbour master Mara Lindqvold said. “We heard a "
        "bang and then nothing at all,” passenger Tobin Harrach said. The company Ostlinie "
        "denied that the radar of the Anna Perl was switched off. Tickets will be refunded.",
    ),
    (
        "de",
        "Kestriner Bote",
        "Nachtfähre rammt Ponton im Hafen von Kestrin",
        "2031-05-02T10:20:00+00:00",
        "Die Nachtfähre nach Ostwick hat am Freitag im Hafen von Kestrin einen Ponton gerammt. "
        "Drei Fahrgäste kamen ins Krankenhaus, sagte Hafenmeisterin Mara Lindqvold. „Wir hörten "
        "einen Knall und dann gar nichts mehr“, sagte der Fahrgast Tobin Harrach. Die "
        "Reederei Ostlinie teilte mit, die Anna Perl bleibe bis Montag im Hafen.",
    ),
    (
        "ru",
        "Кестринский листок",
        "Ночной паром столкнулся с понтоном в Кестрине",
        "2031-05-02T11:00:00+00:00",
        "Ночной паром в Оствик столкнулся с понтоном в гавани Кестрина в пятницу. Трое пассажиров "
        "доставлены в больницу, сообщила капитан порта Мара Линдквольд. «Мы услышали удар, а "
        "потом ничего», — сказал пассажир Тобин Харрах. Компания «Остлиние» заявила, что паром "
        "«Анна Перл» останется в гавани до понедельника.",
    ),
    (
        "ar",
        "صحيفة كسترين",
        "العبارة الليلية تصطدم برصيف عائم في ميناء كسترين",
        "2031-05-02T12:15:00+00:00",
        "اصطدمت العبارة الليلية المتجهة إلى أوستويك برصيف عائم في ميناء كسترين يوم الجمعة. ونُقل "
        "ثلاثة ركاب إلى المستشفى، بحسب ما قالت مديرة الميناء مارا ليندكفولد. وقال الراكب توبن "
        "هاراخ: «سمعنا دويًا ثم لا شيء على الإطلاق». وأعلنت شركة Ostlinie أن العبارة ستبقى في "
        "الميناء حتى يوم الاثنين.",
    ),
    (
        "ja",
        "ケストリン新報",
        "夜行フェリー、ケストリン港で浮桟橋に衝突",
        "2031-05-02T13:30:00+00:00",
        "オストウィック行きの夜行フェリーが金曜日、ケストリン港で浮桟橋に衝突した。港長のマーラ・"
        "リンドクヴォルト氏によると、乗客3人が病院に搬送された。「大きな音がして、そのあとは何も"
        "聞こえなかった」と乗客のトビン・ハラッハさんは話した。運航会社オストリーニエは、アンナ・"
        "ペルル号は月曜日まで港にとどまると発表した。",
    ),
)  # fmt: skip


def several_scripts() -> list[Report]:
    """One event in six reports: four scripts, two directions."""
    return [
        Report(
            id=f"ferry-{number}",
            text=text,
            source=f"ferry-{number}.txt",
            title=title,
            outlet=outlet,
            published=published,
            language=language,
            url=f"https://{number}.example/ferry",
        )
        for number, (language, outlet, title, published, text) in enumerate(_TEXTS, 1)
    ]


def nasty(payload: str, number: int = 0) -> list[Report]:
    """Two reports of one event that have a string in every place that comes from outside."""
    text = (
        f"Grain prices in Velmora {payload} rose by {number + 10} per cent in June. “Nobody "
        f"{payload} expected this harvest to fail,” minister Petra {payload} Vosk said. The "
        f"ministry {payload} of agriculture will import wheat, according to the agency Tavera. "
    )
    return [
        Report(
            id=f"{payload}{one}{number}",
            text=text + more,
            source=payload or "x",
            title=f"Grain {number} {payload} dearer",
            url=payload if one == "a" else f"https://x.example/{payload}",
            outlet=f"{payload}{one}",
            published="2031-06-20T07:40:00+00:00" if one == "a" else "2031-06-20T09:40:00+00:00",
            language="en" if one == "a" else payload,
            byline=payload,
            dateline=Dateline((0, 9), payload, payload, payload),
            credits=(Credit(payload, payload, (0, 9)),),
            extractor=payload,
            encoding=payload,
            notes=(payload,),
        )
        for one, more in (
            ("a", "Bakers in the north have raised their prices."),
            ("b", "The silos on the coast are said to be half empty."),
        )
    ]


def keep(archive: Archive, reports: list[Report]) -> None:
    """Add reports, and all that is derived from them."""
    add(archive, [Item(one) for one in reports])
    refresh_quotations(archive, workers=1)
    refresh_stories(archive)
