"""Datelines, bylines, credits and titles in invented lines of real shapes."""

from __future__ import annotations

import pytest

from retold.read.datelines import dateline_at
from retold.read.headings import headings

BODY = " The harbour council said on Monday that the ferry would sail again after repairs."

# line's head | place | date | agency ("-": none)
DATELINES = """\
TOKYO, October 1. /TASS/.|TOKYO|October 1|TASS
MOSCOW, Oct. 1 (Xinhua) --|MOSCOW|Oct. 1|Xinhua
LONDON (Reuters) -|LONDON|-|Reuters
LONDON (Reuters) –|LONDON|-|Reuters
LONDON, Oct 1 (Reuters) -|LONDON|Oct 1|Reuters
WASHINGTON (AP) —|WASHINGTON|-|AP
PORTLAND, Ore. (AP) —|PORTLAND, Ore.|-|AP
WASHINGTON, D.C. (AP) —|WASHINGTON, D.C.|-|AP
RIO DE JANEIRO (AFP) -|RIO DE JANEIRO|-|AFP
NEW YORK/LONDON, March 3 (Reuters) -|NEW YORK/LONDON|March 3|Reuters
Berlin (dpa) –|Berlin|-|dpa
Berlin (dpa) -|Berlin|-|dpa
Berlin, 1. Oktober (dpa) –|Berlin|1. Oktober|dpa
Frankfurt am Main (dpa/AFP) -|Frankfurt am Main|-|dpa/AFP
Wien (APA) -|Wien|-|APA
МОСКВА, 1 октября. /ТАСС/.|МОСКВА|1 октября|ТАСС
МОСКВА, 1 октября — РИА Новости.|МОСКВА|1 октября|РИА Новости
МОСКВА, 1 окт — РИА Новости.|МОСКВА|1 окт|РИА Новости
Москва. 1 октября. ИНТЕРФАКС -|Москва|1 октября|ИНТЕРФАКС
МИНСК, 3 мая /БЕЛТА/.|МИНСК|3 мая|БЕЛТА
КИЇВ, 5 липня /Укрінформ/.|КИЇВ|5 липня|Укрінформ
KYIV, July 5 /Ukrinform/.|KYIV|July 5|Ukrinform
PARIS, 1er octobre (AFP) -|PARIS|1er octobre|AFP
Paris (AFP) -|Paris|-|AFP
Madrid, 1 oct (EFE).-|Madrid|1 oct|EFE
Madrid, 12 ene (EFE) -|Madrid|12 ene|EFE
(ANSA) - ROMA, 01 OTT -|ROMA|01 OTT|ANSA
ROMA, 1 ottobre (Adnkronos) -|ROMA|1 ottobre|Adnkronos
SÃO PAULO, 2 Out (Reuters) -|SÃO PAULO|2 Out|Reuters
Lisboa, 14 mar (Lusa) --|Lisboa|14 mar|Lusa
Warszawa (PAP) -|Warszawa|-|PAP
SEOUL, Oct. 1 (Yonhap) --|SEOUL|Oct. 1|Yonhap
PYONGYANG, October 1 (KCNA) --|PYONGYANG|October 1|KCNA
Pyongyang, October 1 (KCNA) --|Pyongyang|October 1|KCNA
[서울=연합뉴스]|서울|-|연합뉴스
(서울=연합뉴스)|서울|-|연합뉴스
新华社北京10月1日电|北京|10月1日|新华社
【ソウル聯合ニュース】|ソウル|-|聯合ニュース
【北京共同】|北京|-|共同
[AFP]|-|-|AFP
(dpa) -|-|-|dpa
(Reuters) -|-|-|Reuters
DUBAI, 3 Feb 2031 (WAM) --|DUBAI|3 Feb 2031|WAM
ANKARA, Tuesday (Anadolu) —|ANKARA|Tuesday|Anadolu
WASHINGTON —|WASHINGTON|-|-
PORT VALE —|PORT VALE|-|-
NAIROBI, Kenya —|NAIROBI, Kenya|-|-
CAIRO, Jan. 3 —|CAIRO|Jan. 3|-
GENEVA, 12 May 2031 -|GENEVA|12 May 2031|-
Port Vale, 3 March —|Port Vale|3 March|-
PORT VALE, March 3 (Norwick Press) --|PORT VALE|March 3|Norwick Press
PORT VALE, March 3. /NORTA/.|PORT VALE|March 3|NORTA
Port Vale (nopa) -|Port Vale|-|nopa
SKERRAY, March 3 /Kestrel Wire/ --|SKERRAY|March 3|Kestrel Wire
AMMAN, 2031-03-04 (Petra) --|AMMAN|2031-03-04|Petra
Canberra, March 3 (AAP) -|Canberra|March 3|AAP
KUALA LUMPUR, March 3 (Bernama) --|KUALA LUMPUR|March 3|Bernama
BEIRUT: March 3 (NNA) -|BEIRUT|March 3|NNA
STRASBOURG, France (AFP) —|STRASBOURG, France|-|AFP
NEW DELHI, Mar 3 (PTI)|NEW DELHI|Mar 3|PTI
"""

NOT_DATELINES = (
    "The ferry sailed on October 1. It was late.",
    "Reuters reported on Monday that the ferry would sail.",
    "TASS said the ferry would sail.",
    "Ferry sinks off Port Vale (video) as crowd watches",
    "UPDATE — The ferry has sailed.",
    "CORRECTED - The ferry has sailed.",
    "BREAKING: Ferry sails again.",
    "Anna Holm (Green Party) said the ferry would sail.",
    "Mayor Holm (52) - a sailor herself - said so.",
    "In March 2031 the ferry sailed.",
    "On October 1 (a Wednesday) the ferry sailed.",
    "Port Vale – a town of 4,000 – has a ferry.",
    "NATO and the EU said on Monday that they agreed.",
    "“LONDON is calling,” he said - and left.",
    "Das Schiff (Baujahr 1988) – ein Frachter – sank.",
    "May 3 was a Monday.",
    "AP Moller said its ships would sail.",
    "1,200 people were on board.",
    "",
)

# last line(s) | credits ("+" between) or "-"
FOOTERS = """\
KCNA - Korean Central News Agency|KCNA - Korean Central News Agency
Source: TASS|TASS
Source: Norwick Press Agency|Norwick Press Agency
Quelle: dpa|dpa
Источник: ТАСС|ТАСС
(AFP)|AFP
-- with Norwick Wire|Norwick Wire
/TASS/|TASS
AFP/Reuters|AFP/Reuters
© 2031 Agence France-Presse|Agence France-Presse
© 2031 AFP|AFP
Copyright 2031 The Associated Press. All rights reserved.|The Associated Press
With files from The Canadian Press|The Canadian Press
The Associated Press contributed to this report.|The Associated Press
(Reporting by Anna Holm in Port Vale; Editing by Per Lund)|-
NPA - Norwick Press Agency|NPA - Norwick Press Agency
He had told the Associated Press so in March.|-
The minister spoke to Reuters.|-
The talks go on (see page 3)|-
Tass is a river in the north.|-
© 2031 The Port Vale Courier|-
The crew is safe. (dpa)|dpa
The crew is safe. — AP|AP
The crew is safe. /TASS/|TASS
The crew is safe. [AFP]|AFP
The crew is safe. (AP/Reuters)|AP+Reuters
Der Mannschaft geht es gut. (APA, dpa)|APA+dpa
"""

BYLINES = """\
By Jane Doe, PA News|Jane Doe, PA News|PA News
By JANE DOE|JANE DOE|-
By Jane Doe and Per Lund, Associated Press|Jane Doe and Per Lund, Associated Press|Associated Press
Von Anna Berg, dpa|Anna Berg, dpa|dpa
Par Luc Morel (AFP)|Luc Morel (AFP)|AFP
Reuters|Reuters|Reuters
Agence France-Presse|Agence France-Presse|Agence France-Presse
Anna Holm, Associated Press|Anna Holm, Associated Press|Associated Press
Anna Holm | Reuters|Anna Holm | Reuters|Reuters
\x19By Anna Holm, PA News|Anna Holm, PA News|PA News
By Anna Holm, Norwick Press Agency|Anna Holm, Norwick Press Agency|Norwick Press Agency
By Monday the ferry had left the harbour and was on its way.|-|-
By then the crew had gone.|-|-
Von dort aus ging es weiter nach Süden, sagte er.|-|-
"""


def rows(table: str) -> list[list[str]]:
    return [line.split("|") for line in table.splitlines()]


def shown(value: str | None) -> str:
    return "-" if value is None else value


@pytest.mark.parametrize(("head", "place", "date", "agency"), rows(DATELINES))
def test_dateline(head: str, place: str, date: str, agency: str) -> None:
    text = head + BODY
    signed = dateline_at(text, 0, len(text))
    assert signed is not None
    line = signed.dateline
    assert (shown(line.place), shown(line.date), shown(line.agency)) == (place, date, agency)
    assert text[slice(*line.span)].strip() == head


@pytest.mark.parametrize("line", NOT_DATELINES)
def test_no_dateline(line: str) -> None:
    assert dateline_at(line, 0, len(line)) is None


@pytest.mark.parametrize(("line", "expected"), rows(FOOTERS))
def test_footer(line: str, expected: str) -> None:
    text = f"Ferry sails again\n\n{BODY * 3}\n{BODY.strip()}\n{line}\n"
    credits = headings(text, may_be_title=True).credits
    assert "+".join(credit.name for credit in credits) == ("" if expected == "-" else expected)
    for credit in credits:
        assert credit.span is not None
        assert text[slice(*credit.span)] == credit.name
        assert credit.found_in == "footer"


@pytest.mark.parametrize("line", BYLINES.splitlines())
def test_byline(line: str) -> None:
    line, byline, agency = line.rsplit("|", 2) if line.count("|") == 2 else _with_bar(line)
    text = f"Ferry sails again\n{line}\n\n{BODY.strip()}\n{BODY.strip()}\n{BODY.strip()}\n"
    found = headings(text, may_be_title=True)
    assert shown(found.byline) == byline
    assert "+".join(credit.name for credit in found.credits) == (agency if agency != "-" else "")
    assert [credit.found_in for credit in found.credits] == ["byline"] * len(found.credits)


def _with_bar(line: str) -> tuple[str, str, str]:
    """The one row whose line itself holds a bar."""
    parts = line.split("|")
    return "|".join(parts[:2]), "|".join(parts[2:4]), parts[4]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Ferry sails again after repairs\n\n{BODY}", "Ferry sails again after repairs"),
        (f"Ferry sails again after repairs\n{BODY * 2}", "Ferry sails again after repairs"),
        (f"“Safe again”: ferry sails\r\n\r\n{BODY}", "“Safe again”: ferry sails"),
        (f"FERRY SAILS AGAIN\nBy Anna Holm\n{BODY}", "FERRY SAILS AGAIN"),
        (f"Will the ferry sail?\n\n{BODY}", "Will the ferry sail?"),
        (f"The ferry has sailed.\n\n{BODY}", None),
        (BODY, None),
        ("One line only", None),
        (
            "The ferry sailed on Monday after\nlong repairs in the dock, which the\ncouncil paid.",
            None,
        ),
        (f"LONDON (Reuters) - The ferry\n\n{BODY}", None),
        (f"By Anna Holm\n\n{BODY}", None),
        (f"and then it sailed away\n\n{BODY}", None),
        (f"1NOR014 0915 GMT MON 3 MAR 31\n\n{BODY}", None),
        (f"NW-07 FERRY-REPAIRS\n\n{BODY}", None),
        (f"THE COURIER | Week in Review\n\n{BODY}", None),
        (f"Anna Holm and Per Lund\n\n{BODY}", None),
        (f"ANTI-FERRY PARTY LOSES VOTE\n\n{BODY}", "ANTI-FERRY PARTY LOSES VOTE"),
        ("", None),
        ("\n\n \n", None),
    ],
)
def test_title(text: str, title: str | None) -> None:
    assert headings(text, may_be_title=True).title == title
    assert headings(text, may_be_title=False).title is None


def test_dateline_below_title_and_byline() -> None:
    text = f"Ferry sails again\nBy Anna Holm\nPORT VALE (Reuters) -{BODY}\n{BODY}"
    found = headings(text, may_be_title=True)
    assert (found.title, found.byline) == ("Ferry sails again", "Anna Holm")
    assert found.dateline is not None
    assert found.dateline.place == "PORT VALE"
    assert [(c.name, c.found_in) for c in found.credits] == [("Reuters", "dateline")]
