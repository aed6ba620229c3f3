"""A date is the stretch of time that it may mean; no time of day is made up."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.archive.moments import moments
from retold.model import Dating

HOUR = 3600


def seconds(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp())


@pytest.mark.parametrize(
    ("published", "precision", "since", "until"),
    [
        ("2024-03-04", "day", "2024-03-03T10:00:00Z", "2024-03-05T12:00:00Z"),
        ("2024-03", "month", "2024-02-29T10:00:00Z", "2024-04-01T12:00:00Z"),
        ("2024-12", "month", "2024-11-30T10:00:00Z", "2025-01-01T12:00:00Z"),
        ("2024", "year", "2023-12-31T10:00:00Z", "2025-01-01T12:00:00Z"),
        ("2024-03-04T05:06:07Z", "second", "2024-03-04T05:06:07Z", "2024-03-04T05:06:08Z"),
        ("2024-03-04T05:06+09:00", "minute", "2024-03-03T20:06:00Z", "2024-03-03T20:07:00Z"),
        ("2024-03-04T05:06", "minute", "2024-03-03T15:06:00Z", "2024-03-04T17:07:00Z"),
        ("1969-12-31T23:59:59Z", "second", "1969-12-31T23:59:59Z", "1970-01-01T00:00:00Z"),
    ],
)
def test_a_date_is_a_stretch(published, precision, since, until):
    dating = Dating(precision, None, "given", published)
    assert moments(published, dating) == (seconds(since), seconds(until))


@pytest.mark.parametrize("published", [None, "", "yesterday", "2024-13-01", "9999", "2024-3-4"])
def test_what_is_no_date_is_none(published):
    assert moments(published, None) == (None, None)


@given(st.text(max_size=30) | st.datetimes().map(datetime.isoformat))
def test_every_text_is_a_stretch_or_none(published):
    since, until = moments(published, None)
    assert (since is None) == (until is None)
    assert since is None or since < until
