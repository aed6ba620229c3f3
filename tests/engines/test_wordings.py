"""The invented news on which models are tried: the same events in each language, all different."""

from __future__ import annotations

from retold.language import available, table
from retold.language.wordings import Wordings


def test_every_language_tells_the_same_events_twice():
    told = {code: table(Wordings, code).told for code in available()}
    told = {code: events for code, events in told.items() if events}
    assert {"en", "de", "es", "fr", "ru"} <= set(told)
    events = set(told["en"])
    assert len(events) == 8
    every = []
    for code, of_code in told.items():
        assert set(of_code) == events, code
        every += [text for tellings in of_code.values() for text in tellings]
    assert len(set(every)) == len(every)
    assert all(80 < len(text) < 300 for text in every)
