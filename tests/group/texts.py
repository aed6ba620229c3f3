"""Invented reports: nothing in them happened, and none of these outlets or people exists."""

from __future__ import annotations

from retold.model import Report


def report(name: str, text: str, **known: str | None) -> Report:
    """A report in English unless another language is given."""
    return Report(**{"id": name, "text": text, "language": "en", **known})


FERRY = [
    report(
        "ferry-post",
        "HALVERSUND, 4 March. Two deckhands of the car ferry Dronning Sigrid were fined 9,400 "
        "crowns each on Tuesday for leaving the bow visor unlocked on the night crossing to "
        'Ostby. Judge Marit Kvalheim said the crew had been "lucky beyond any reckoning" that '
        "the swell in Lanke Strait stayed under two metres. The operator, Fjordlinjen, was "
        "cleared. Union secretary Torvald Brekke called the verdict a scapegoating of the two "
        "lowest paid people on board. There were 212 passengers on the crossing of 17 November.",
        title="Deckhands of Dronning Sigrid fined over unlocked visor",
        outlet="Halversund Post",
        published="2031-03-04",
    ),
    report(
        "ferry-wire",
        "A court in Halversund has fined two crew members of the ferry Dronning Sigrid for not "
        "locking its bow visor. Each must pay 9,400 crowns, judge Marit Kvalheim ruled, adding "
        'that the 212 passengers had been "lucky beyond any reckoning". Fjordlinjen, which runs '
        "the line between Halversund and Ostby, was found not liable. Brekke, of the seamen's "
        "union, said it would appeal.",
        title="Ferry crew fined for open visor, company cleared",
        outlet="Nordwire",
        published="2031-03-04T15:10:00+01:00",
    ),
    report(
        "ferry-herald",
        "The company that runs the Dronning Sigrid escaped punishment on Tuesday while two of its "
        "deckhands were told to pay 9,400 crowns each. Kvalheim, the judge, said nobody had "
        "checked the indicator lamp before the ferry left Halversund last November with more "
        "than two hundred people. Fjordlinjen has since put in a second lamp and a bell on all "
        "nine ships. Torvald Brekke of the union spoke of scapegoats.",
        title="Fjordlinjen walks free as deckhands pay for visor",
        outlet="The Ostby Herald",
        published="2031-03-05",
    ),
]

ORCHARD = [
    report(
        "orchard-gazette",
        "Growers in the Vellin valley began to grub up 3,100 apple trees on Tuesday after the "
        'plant inspectorate confirmed canker in eleven orchards. "My grandfather planted these in '
        'the year of the flood," said Ilse Branner, who loses 640 trees. The ministry promised '
        "24 florins a tree; the growers' league under Paul Dettweiler asks for 60.",
        title="Apple canker: Vellin growers fell 3,100 trees",
        outlet="Vellin Gazette",
        published="2031-03-04",
    ),
    report(
        "orchard-radio",
        "Chainsaws at work in the Vellin valley: eleven orchards with canker must go, in all 3,100 "
        "trees, the inspectorate said. Paul Dettweiler, who heads the growers' league, said 24 "
        'florins a tree were "an insult in small change". Ilse Branner, a grower, said she would '
        "not plant apples again.",
        title="Vellin valley loses its orchards to canker",
        outlet="Radio Oberau",
        published="2031-03-04",
    ),
]


def quake(number: int) -> Report:
    """One of many bulletins out of one mould."""
    places = ("Tarrow Bay", "Mount Esk", "Lower Quill", "Harnesk", "Port Odell", "Vire", "Sandholm")
    place, far = places[number % 7], places[(number * 3 + 1) % 7]
    return report(
        f"quake-{number}",
        f"An earthquake of magnitude {2 + number % 5}.{number % 9 + 1} struck {11 + 7 * number} km "
        f"off {place} at {number % 12 + 1:02d}:{13 + number} local time, at a depth of "
        f"{9 + 3 * number} km, the Seismic Observatory said. There were no reports of damage or "
        f"casualties. The nearest large town is {far}, {40 + 11 * number} km away. This bulletin "
        "was written automatically and is checked by an editor. Did you feel it? Fill in the form "
        "on the pages of the Seismic Observatory.",
        title=f"Magnitude {2 + number % 5}.{number % 9 + 1} quake off {place}",
        outlet="Seismic Observatory",
        published="2031-03-04",
    )


def earnings(number: int) -> Report:
    """Quarterly results, one company each."""
    names = ("Brandt Optics", "Calloway Mills", "Dorrit Shipping", "Elmar Foods", "Fennick Rail")
    name = names[number % 5]
    return report(
        f"earnings-{number}",
        f"{name} Inc. on Tuesday reported third-quarter net income of ${17 + 31 * number}.{number} "
        f"million, after reporting a loss in the same period a year earlier. The company, based in "
        f"{names[(number + 2) % 5].split()[0]}ville, said it had profit of {31 + 13 * number} "
        "cents a share. Earnings, adjusted for one-time gains and costs, came to "
        f"{29 + 17 * number} cents a share. The results beat expectations of analysts. It posted "
        f"revenue of ${311 + 97 * number}.{number + 2} million in the period. Shares have risen "
        f"{3 + 2 * number} percent since the beginning of the year. This story was generated from "
        "data of Tabula Research.",
        title=f"{name}: Q3 earnings snapshot",
        outlet="Markets Desk",
        published="2031-03-04",
    )


ROUND_UP = report(
    "digest",
    "Ferry: two deckhands of the Dronning Sigrid must pay 9,400 crowns each, judge Marit Kvalheim "
    "ruled in Halversund; Fjordlinjen was cleared, to the anger of Torvald Brekke's union. "
    "Orchards: in the Vellin valley 3,100 apple trees in eleven orchards are being felled because "
    "of canker; Paul Dettweiler's growers' league wants 60 florins a tree, Ilse Branner gives up. "
    "Weather: sleet. Football: Ostby 2, Lanke 2.",
    title="Morning briefing: ferry verdict, felled orchards",
    outlet="The Ostby Herald",
    published="2031-03-05",
)

# Pairs of one story in two languages, and the story that could be taken for it.
GERMAN = report(
    "strait-de",
    "OSTBY. Zwei Decksleute der Autofähre «Dronning Sigrid» müssen je 9.400 Kronen zahlen, weil "
    "sie in der Nacht zum 17. November das Bugvisier nicht verriegelt hatten. Richterin "
    "Marit Kvalheim "
    "sagte am Dienstag in Halversund, die 212 Fahrgäste hätten «mehr Glück als jeder Rechnung "
    "nach» gehabt. Die Reederei Fjordlinjen wurde freigesprochen. Gewerkschaftssekretär "
    "Torvald Brekke "
    "sprach von Sündenböcken und kündigte Berufung an.",
    title="Halversund: Geldstrafen für Besatzung der «Dronning Sigrid»",
    outlet="Küstenbote",
    published="2031-03-04",
    language="de",
)
RUSSIAN = report(
    "dam-ru",
    "ВЕРХНЕКАМЕНСК, 6 марта. Губернатор Аркадий Селиванов ввёл режим чрезвычайной ситуации после "
    "того, как на плотине Сулейма обнаружили трещину длиной 38 метров. Из сёл Борки и Ташлинка "
    "вывезли 1470 человек. Главный инженер станции Тамара Величко сообщила, что сброс воды "
    "увеличен до 2650 кубометров в секунду. Селиванова поддержала и компания "
    "«Гидросулейма». По словам "
    "Величко, угрозы прорыва плотины нет.",
    title="Трещина на плотине Сулейма: вывезены 1470 человек",
    outlet="Камский вестник",
    published="2031-03-06",
    language="ru",
)
RUSSIAN_IN_ENGLISH = report(
    "dam-en",
    "Governor Arkady Selivanov declared an emergency on Thursday after engineers found a crack of "
    "38 metres in the Suleima dam above Verkhnekamensk. Some 1,470 people were moved from the "
    "villages of Borki and Tashlinka. Tamara Velichko, chief engineer of the plant, said the "
    "discharge had been raised to 2,650 cubic metres a second and that the dam would hold. The "
    "operator, Gidrosuleima, backed Selivanov.",
    title="Crack in Suleima dam: 1,470 moved to safety",
    outlet="Continental Wire",
    published="2031-03-06",
)
OTHER_DAM = report(
    "dam-other",
    "The Oakhurst reservoir will be drained for repairs, the county said on Thursday. A leak in "
    "the spillway has wetted cellars in Pinder and Lowe since January. County engineer Dale "
    "Whitcomb "
    "said 310 households would get water from tankers for 16 days. Governor Anne Ruiz asked for "
    "federal money.",
    title="Leaking Oakhurst dam to be drained",
    outlet="County Examiner",
    published="2031-03-06",
)
SPANISH = report(
    "mine-es",
    "SAN TELMO. El gobierno de Quintanar suspendió el jueves la licencia de la mina Cerro Pardo, "
    "de la empresa canadiense Aldermoor, después de que 86 vecinos de Yuripampa enfermaran "
    "por agua "
    "con arsénico. La ministra Rocío Almaraz anunció una multa de 12,5 millones. El director de la "
    "mina, Stuart Penhale, negó toda fuga y recordó que el laboratorio Toxilab midió 4 veces menos "
    "de lo permitido.",
    title="Quintanar cierra la mina Cerro Pardo por arsénico en Yuripampa",
    outlet="El Faro de San Telmo",
    published="2031-03-06",
    language="es",
)
SPANISH_IN_ENGLISH = report(
    "mine-en",
    "Quintanar has suspended the licence of Aldermoor's Cerro Pardo mine after 86 people in the "
    "village of Yuripampa fell ill from water with arsenic, minister Rocio Almaraz said in San "
    "Telmo. The Canadian company faces a fine of 12.5 million. Stuart Penhale, who runs the mine, "
    "denied a leak and pointed to tests by Toxilab.",
    title="Aldermoor loses licence for Cerro Pardo over arsenic",
    outlet="Mining Courier",
    published="2031-03-07",
)
