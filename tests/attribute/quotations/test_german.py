"""German: verb-second frames, split verbs, mood, postpositions, chains of wires and papers."""

from __future__ import annotations

import pytest

from retold.attribute.quotations import RawQuotation
from tests.attribute.quotations.helpers import chain, content, cue, read, source


def written(text: str, found: RawQuotation) -> tuple[str, str]:
    return source(text, found), " | ".join(content(text, found))


QUOTED = [
    ("„Die Lage ist ernst“, sagte der Minister am Montag in Norvan.",
     "der Minister", "Die Lage ist ernst"),
    ("„Die Lage“, sagte Verkehrsministerin Ilka Brandner am Rande der Messe, „ist ernst.“",
     "Verkehrsministerin Ilka Brandner", "Die Lage | ist ernst."),
    ("»Wir haben nichts gewusst«, beteuerte Sprecherin Anke Tolle gegenüber Journalisten.",
     "Sprecherin Anke Tolle", "Wir haben nichts gewusst"),
    ("«Wir bauen die Strecke», versicherte der Gemeindepräsident von Oberselm, Urs Fankhauser.",
     "der Gemeindepräsident von Oberselm, Urs Fankhauser", "Wir bauen die Strecke"),
    ("Der Bürgermeister erklärte: „Die Brücke bleibt gesperrt, bis alle Pfeiler geprüft sind.“",
     "Der Bürgermeister", "Die Brücke bleibt gesperrt, bis alle Pfeiler geprüft sind."),
    ("Bei einer Pressekonferenz im Rathaus betonte Oberstadtdirektor Jens Hallig: „Niemand wird"
     " entlassen.“", "Oberstadtdirektor Jens Hallig", "Niemand wird entlassen."),
    ("„Er hat mir ‚Geh nach Hause‘ zugerufen“, berichtete die Schaffnerin.",
     "die Schaffnerin", "Er hat mir ‚Geh nach Hause‘ zugerufen"),
    ("„Es war dunkel, und niemand half uns“, erinnert sich die 34-jährige Pflegerin an den Abend.",
     "die 34-jährige Pflegerin", "Es war dunkel, und niemand half uns"),
    ("„Das wird der ganzen Stadt nützen“, freute sich Oberstadtdirektor Jens Hallig.",
     "Oberstadtdirektor Jens Hallig", "Das wird der ganzen Stadt nützen"),
    ("„Das ist das Ende einer langen Suche“, so die Einsatzleiterin.",
     "die Einsatzleiterin", "Das ist das Ende einer langen Suche"),
    ("„Die Zahlen stimmen nicht“, kritisierte Fraktionschef Ole Marten (Bürgerliste) am Abend.",
     "Fraktionschef Ole Marten (Bürgerliste)", "Die Zahlen stimmen nicht"),
    ("„Wer den Deich kennt, der weiß, was ein Sturm anrichtet“, warnte sie.",
     "sie", "Wer den Deich kennt, der weiß, was ein Sturm anrichtet"),
    ("In dem Bericht des Rechnungshofs heißt es: „Die Mittel wurden zweckfremd verwendet.“",
     "dem Bericht des Rechnungshofs", "Die Mittel wurden zweckfremd verwendet."),
    ("„Wir werden keinen Meter zurückweichen!“, rief der Oppositionsführer Lars Bendix seinen"
     " Anhängern zu.", "der Oppositionsführer Lars Bendix",
     "Wir werden keinen Meter zurückweichen!"),
    ("„Sollte der Regen anhalten“, so Einsatzleiter Tom Quade weiter, „müssen wir das Dorf"
     " räumen.“", "Einsatzleiter Tom Quade",
     "Sollte der Regen anhalten | müssen wir das Dorf räumen."),
    ("„Ein Irrtum“, murmelte der Richter und vertagte die Sitzung.", "der Richter", "Ein Irrtum"),
    ("„Die Mittel wurden zweckfremd verwendet“, heißt es in dem Gutachten der Kammer.",
     "dem Gutachten der Kammer", "Die Mittel wurden zweckfremd verwendet"),
    ("Die Opposition nannte den Entwurf „überflüssig und schlecht geschrieben“.",
     "Die Opposition", "überflüssig und schlecht geschrieben"),
]  # fmt: skip

INDIRECT = [
    ("Der Minister sagte, die Lage sei ernst.", "Der Minister", "die Lage sei ernst"),
    ("Die Behörde teilte am Dienstag mit, dass drei Menschen verletzt wurden.",
     "Die Behörde", "dass drei Menschen verletzt wurden"),
    ("Die Reederei kündigte gegenüber der Belegschaft an, den Hafen im Frühjahr zu verlassen.",
     "Die Reederei", "den Hafen im Frühjahr zu verlassen"),
    ("Der Konzern räumte am Freitag erstmals ein, dass Messwerte fehlten.",
     "Der Konzern", "dass Messwerte fehlten"),
    ("Verteidigungsministerin Marlen Oster wies darauf hin, dass der Vertrag noch gelte.",
     "Verteidigungsministerin Marlen Oster", "dass der Vertrag noch gelte"),
    ("Die Ministerin hat angekündigt, die Abgaben zu senken.",
     "Die Ministerin", "die Abgaben zu senken"),
    ("Fritz Takker, Agrarexperte der Bauernliste im Landtag, kritisierte, die Kommission habe sich"
     " untergeordnet.", "Fritz Takker, Agrarexperte der Bauernliste im Landtag",
     "die Kommission habe sich untergeordnet"),
    ("Der Vorsitzende der Fischereigenossenschaft, der seit dreißig Jahren zur See fährt, sagte,"
     " so wenig Hering habe es nie gegeben.", "Der Vorsitzende der Fischereigenossenschaft",
     "so wenig Hering habe es nie gegeben"),
    ("Der Plan sei gescheitert, so der Sprecher der Polizei, Karl Meier.",
     "der Sprecher der Polizei, Karl Meier", "Der Plan sei gescheitert"),
    ("Der Plan, so Nacker, habe von Beginn an keine Mehrheit gehabt.",
     "Nacker", "Der Plan | habe von Beginn an keine Mehrheit gehabt"),
    ("Der Zug sei zu schnell gefahren, sagte ein Sprecher der Bahn der Selmer Rundschau.",
     "ein Sprecher der Bahn der Selmer Rundschau", "Der Zug sei zu schnell gefahren"),
    ("Der Zug, sagte der Lokführer, sei zu schnell gefahren.",
     "der Lokführer", "Der Zug | sei zu schnell gefahren"),
    ("Wie die Wasserwacht berichtet, ist die Brücke seit dem Morgen gesperrt.",
     "die Wasserwacht", "ist die Brücke seit dem Morgen gesperrt"),
    ("Dort kam es, wie die Polizei mitteilte, zu einem Unfall.",
     "die Polizei", "Dort kam es | zu einem Unfall"),
    ("Das Werk wird geschlossen, wie der Vorstand am Abend bekannt gab.",
     "der Vorstand", "Das Werk wird geschlossen"),
    ("Er fragte, ob der Damm die Nacht überstehen werde.",
     "Er", "ob der Damm die Nacht überstehen werde"),
    ("Der Zeuge behauptete, er habe den Wagen nie gesehen.",
     "Der Zeuge", "er habe den Wagen nie gesehen"),
    ("Nach dem Treffen erklärte die Kanzlerin, man sei sich einig.",
     "die Kanzlerin", "man sei sich einig"),
    ("Während der Gutachter sagte, dass der Stollen sicher sei, blieb die Gemeinde skeptisch.",
     "der Gutachter", "dass der Stollen sicher sei"),
    ("Die Gewerkschaft fordert, die Löhne um acht Prozent anzuheben.",
     "Die Gewerkschaft", "die Löhne um acht Prozent anzuheben"),
    ("Aus dem Präsidialamt hieß es, die Reise sei verschoben worden.",
     "dem Präsidialamt", "die Reise sei verschoben worden"),
    ("Einige der ältesten Bewohner im Tal haben in einem offenen Brief geschrieben, dass der Hang"
     " rutsche.", "Einige der ältesten Bewohner im Tal", "dass der Hang rutsche"),
    ("Wie aus einem internen Papier hervorgeht, das der Selmer Rundschau vorliegt, rechnet der"
     " Konzern mit Verlusten.", "einem internen Papier", "rechnet der Konzern mit Verlusten"),
    ("Aus Regierungskreisen verlautete, der Vertrag werde noch im Mai unterzeichnet.",
     "Regierungskreisen", "der Vertrag werde noch im Mai unterzeichnet"),
    ("Er habe, sagte Brandner, von den Zahlungen „erst aus der Zeitung“ erfahren.",
     "Brandner", "Er habe | von den Zahlungen „erst aus der Zeitung“ erfahren"),
    ("Bei den Beratungen sei es „sehr laut“ geworden, berichteten Teilnehmer.",
     "Teilnehmer", "Bei den Beratungen sei es „sehr laut“ geworden"),
    ("Dass der Vertrag verlängert wird, bestätigte am Mittwoch auch der Vereinspräsident.",
     "der Vereinspräsident", "Dass der Vertrag verlängert wird"),
    ("Die Ermittler gehen inzwischen davon aus, dass der Brand gelegt wurde.",
     "Die Ermittler", "dass der Brand gelegt wurde"),
    ("Nach Angaben des Außenamts in Telmark wird der Vorfall untersucht.",
     "des Außenamts in Telmark", "wird der Vorfall untersucht"),
    ("Auch der Rechnungshof wirft der Regierung vor, Gelder verschwendet zu haben.",
     "der Rechnungshof", "Gelder verschwendet zu haben"),
]  # fmt: skip

PHRASES = [
    ("Laut Seewetteramt sollen 600 Boote betroffen sein.",
     "Seewetteramt", "sollen 600 Boote betroffen sein"),
    ("Behördenangaben zufolge sollen schlechte Gleise die Ursache sein.",
     "Behördenangaben", "sollen schlechte Gleise die Ursache sein"),
    ("Nach Angaben der Feuerwehr brannte die Halle bis auf die Mauern nieder.",
     "der Feuerwehr", "brannte die Halle bis auf die Mauern nieder"),
    ("Nach Ansicht von Klaus Benning wird der Tunnel zu teuer.",
     "Klaus Benning", "wird der Tunnel zu teuer"),
    ("Seiner Ansicht nach sind wir Zeugen des schwärzesten Tages im Tal.",
     "Seiner", "sind wir Zeugen des schwärzesten Tages im Tal"),
    ("Nach Polizeiangaben waren die meisten Fahrgäste Schüler.",
     "Polizeiangaben", "waren die meisten Fahrgäste Schüler"),
    ("Nach einem Bericht des Selmer Kuriers ist der Vertrag längst unterschrieben.",
     "einem Bericht des Selmer Kuriers", "ist der Vertrag längst unterschrieben"),
    ("Die Halle brannte nach ersten Erkenntnissen der Ermittler zwei Stunden lang.",
     "der Ermittler", "Die Halle brannte | zwei Stunden lang"),
    ("Dem Minister zufolge wird die Maut nicht erhöht.",
     "Dem Minister", "wird die Maut nicht erhöht"),
    ("Die Behauptung des Ministers, die Maut werde nicht erhöht, ist umstritten.",
     "des Ministers", "die Maut werde nicht erhöht"),
    ("Ihre Forderung, den Hafen zu schließen, fand wenig Zustimmung.",
     "Ihre", "den Hafen zu schließen"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "who", "what"), QUOTED + INDIRECT + PHRASES)
def test_source_and_content(text: str, who: str, what: str) -> None:
    assert (who, what) in [written(text, found) for found in read(text, "de")]


CUES = [
    ("Die Behörde teilte am Dienstag mit, dass es brenne.", "teilte | mit"),
    ("Die Behörde hat mitgeteilt, dass es brenne.", "hat | mitgeteilt"),
    ("Wie die Behörde mitteilte, brennt es in der Halle.", "Wie | mitteilte"),
    ("Er räumte nach langem Zögern ein, dass es brenne.", "räumte | ein"),
    ("Er gab am Abend zu, dass es brenne.", "gab | zu"),
    ("Sie ging davon aus, dass es brenne.", "ging | aus"),
    ("Der Wirt soll gesagt haben, dass es brenne.", "soll | gesagt"),
    ("Es brenne noch, so der Wirt.", "so"),
]


@pytest.mark.parametrize(("text", "want"), CUES)
def test_split_cues(text: str, want: str) -> None:
    assert want in [cue(text, found) for found in read(text, "de")]


STATUS = [
    ("Der Wirt sagte nicht, dass es brenne.", "negated"),
    ("Der Wirt wollte nicht bestätigen, dass es brenne.", "negated"),
    ("Der Wirt wird sagen, dass es brenne.", "conditional"),
    ("Der Wirt glaubt, dass es brenne.", "thought"),
    ("Der Wirt sagte, dass es nicht brenne.", "asserted"),
]


@pytest.mark.parametrize(("text", "want"), STATUS)
def test_status(text: str, want: str) -> None:
    assert [found.status for found in read(text, "de")][:1] == [want]


MOOD = [
    ("Der Pfleger sagte, er kenne den Mann nicht. Er sei an dem Abend nicht im Haus gewesen. Das"
     " könnten drei Kollegen bezeugen.", "Der Pfleger",
     "Er sei an dem Abend nicht im Haus gewesen. Das könnten drei Kollegen bezeugen"),
    ("„Wir prüfen das“, sagte Amtsleiterin Vera Kuhl. Man habe bereits Proben genommen.",
     "Amtsleiterin Vera Kuhl", "Man habe bereits Proben genommen"),
    ("Laut Feuerwehr brannte der Dachstuhl. Verletzt worden sei niemand.",
     "Feuerwehr", "Verletzt worden sei niemand"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "who", "what"), MOOD)
def test_mood_carries_speech_on(text: str, who: str, what: str) -> None:
    last = read(text, "de")[-1]
    assert " | ".join(content(text, last)) == what
    assert not last.cue
    assert last.speaker is not None
    assert text[slice(*last.speaker)] == who


@pytest.mark.parametrize("who", ["die Bahn", "Ministerin Vera Kuhl"])
def test_the_sentence_before_is_named_as_said(who: str) -> None:
    text = f"Die Strecke bleibt bis Ostern gesperrt. Das teilte {who} am Abend mit."
    assert (who, "Die Strecke bleibt bis Ostern gesperrt") in [
        written(text, found) for found in read(text, "de")
    ]


CHAINS = [
    ("Die Brücke sei sicher, sagte der Minister, wie die Agentur Norvan berichtet.",
     ["der Minister", "die Agentur Norvan"]),
    ("Laut der Nachrichtenagentur Norvan sagte der Minister, die Brücke sei sicher.",
     ["der Minister", "der Nachrichtenagentur Norvan"]),
    ("Die Zeitung Selmer Bote berichtet, der Minister habe gesagt, die Brücke sei sicher.",
     ["der Minister", "Die Zeitung Selmer Bote"]),
    ("Unter Berufung auf zwei Beamte berichtet die Selmer Zeitung, die Brücke sei sicher.",
     ["zwei Beamte", "die Selmer Zeitung"]),
    ("Die Agentur Norvan zitierte einen Sprecher mit den Worten: „Der Damm hält.“",
     ["einen Sprecher", "Die Agentur Norvan"]),
    ("Der General wurde von der Agentur Norvan mit den Worten zitiert, man habe alle Ziele"
     " erreicht.", ["Der General", "der Agentur Norvan"]),
    ("Zuvor hatte bereits die Nachrichtenagentur Telmark unter Berufung auf Polizeikreise gemeldet,"
     " dass der Verdächtige gefasst sei.", ["Polizeikreise", "die Nachrichtenagentur Telmark"]),
    ("Die Selmer Zeitung berichtet unter Berufung auf zwei Beamte, die Brücke sei sicher.",
     ["zwei Beamte", "Die Selmer Zeitung"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "want"), CHAINS)
def test_chain(text: str, want: list[str]) -> None:
    assert want in [chain(text, found) for found in read(text, "de")]


NOTHING = [
    "Der Zug entgleiste am Morgen kurz hinter Selm, weil ein Ast auf den Schienen lag.",
    "Nachdem der Fluss gestiegen war, räumte die Gemeinde das Ufer.",
    "Die Halle, die im Jahr 1912 gebaut wurde, steht seit langem leer.",
    "Wenn der Damm bricht, droht dem Tal eine Flut.",
    "Der Film „Das Ende der Brücken“ läuft am Sonntag um 17:00 Uhr.",
    "Das ist die Stadt, in der er geboren wurde.",
    "Obwohl es regnete, fand das Fest statt.",
    "Die Partei, die seit Jahren Stimmen verliert, hofft auf einen Neuanfang.",
    "Der Pilot, der den Absturz überlebt hatte, fand später eine Anstellung im Hafen.",
    "Er hat wiederholt Rechnungen falsch gebucht, dies war der dritte Fall.",
]


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_is_said(text: str) -> None:
    assert read(text, "de") == ()


def test_spans_lie_in_the_text() -> None:
    text = " ".join(row[0] for row in QUOTED + INDIRECT + PHRASES)
    for found in read(text, "de"):
        for a, b in (*found.content, *found.cue, *found.source):
            assert 0 <= a < b <= len(text)


def test_hearsay_has_no_speaker_of_its_own() -> None:
    text = "Die Halle brannte aus. Der Wirt soll im Keller gewesen sein."
    (found,) = read(text, "de")
    assert content(text, found) == ["Der Wirt soll im Keller gewesen sein"]
    assert found.speaker is None
