"""Dates keep their precision."""

from __future__ import annotations

import pytest

from retold.model import Dating, Report
from retold.show.dates import dated, dated_shortly


@pytest.mark.parametrize(
    ("published", "said"),
    [
        ("2025", "2025"),
        ("2025-03", "March 2025"),
        ("2025-03-04", "4 March 2025"),
        ("2025-03-04T08:12:59+02:00", "4 March 2025, 08:12"),
        ("2025-13-04", "2025-13-04"),
        ("yesterday\u202e", "yesterday⟨RLO⟩"),
    ],
)
def test_a_date_as_people_write_it(published, said):
    assert dated(published) == said


@pytest.mark.parametrize(
    ("published", "zone", "said"),
    [
        (None, None, "date not known"),
        ("2025-03-04", None, "4 Mar 2025"),
        ("2025-09-04T08:12Z", "Z", "4 Sep 2025, 08:12 UTC"),
        ("2025-03-04T08:12+02:00", "+02:00", "4 Mar 2025, 08:12 +02:00"),
        ("2025-03-04T08:12", None, "4 Mar 2025, 08:12"),
    ],
)
def test_a_short_date_says_its_zone(published, zone, said):
    dating = Dating("minute", zone, "meta", published) if published else None
    assert dated_shortly(Report("a", "x", published=published, dating=dating)) == said
