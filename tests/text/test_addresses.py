"""Which addresses lead to one page."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.text.addresses import canonical

ONE_PAGE = [
    "https://example.org/news/ferry?id=7",
    "http://example.org/news/ferry?id=7",
    "HTTPS://WWW.Example.ORG/news/ferry?id=7",
    "https://example.org:443/news/ferry?id=7",
    "http://example.org:80/news/ferry?id=7",
    "https://example.org./news/ferry?id=7",
    "https://example.org/news/ferry/?id=7",
    "https://example.org/news/ferry?id=7#comments",
    "https://example.org/news/ferry?utm_source=x&id=7&UTM_medium=y&fbclid=abc",
    "https://example.org/news/ferry?id=7&",
    "https://m.example.org/news/ferry?id=7",
    "https://amp.example.org/news/ferry?id=7&amp=1",
    "https://example.org/news/ferry/amp?id=7",
    "https://example.org/news/ferry/amp/?id=7",
    "https://example.org/news/ferry.amp?id=7",
    "  https://example.org/news/ferry?id=7\n",
    "https://reader@example.org/news/ferry?id=7",
]
OTHER_PAGES = [
    "https://example.org/news/ferry",
    "https://example.org/news/ferry?id=8",
    "https://example.org/news/Ferry?id=7",
    "https://example.org/ferry?id=7",
    "https://example.org/news/ferry?id=7&page=2",
    "https://example.org/news/ferry?page=2&id=7",
    "https://example.org/news/ferry?id=7&amp=harbour",
    "https://example.org:8080/news/ferry?id=7",
    "https://news.example.org/news/ferry?id=7",
    "https://example.com/news/ferry?id=7",
    "https://example.org/news/ferry-amp?id=7",
    "https://m.org/news/ferry?id=7",
    "https://example.org/amp?id=7",
]


@pytest.mark.parametrize("url", ONE_PAGE)
def test_forms_of_one_page_are_one(url):
    assert canonical(url) == ONE_PAGE[0]


def test_other_pages_are_others():
    found = [canonical(url) for url in OTHER_PAGES]
    assert len({ONE_PAGE[0], *found}) == len(OTHER_PAGES) + 1


@pytest.mark.parametrize(
    ("url", "form"),
    [
        ("https://example.org", "https://example.org/"),
        ("https://example.org/", "https://example.org/"),
        ("https://example.org/Fähre", "https://example.org/F%C3%A4hre"),
        ("https://example.org/F%C3%A4hre", "https://example.org/F%C3%A4hre"),
        ("https://[2001:db8::1]:8080/a", "https://[2001:db8::1]:8080/a"),
    ],
)
def test_one_form_is_chosen(url, form):
    assert canonical(url) == form


@pytest.mark.parametrize(
    "url",
    ["", "ferry", "mailto:a@example.org", "urn:newsml:example.org:1", "http://[", "http://a:b/c"],
)
def test_what_is_no_address_of_a_page_stays(url):
    assert canonical(url) == url


HOSTS = st.lists(st.sampled_from(["m.", "amp.", "www.", "e.", "org", ":80", "@", "[", "]"]))
REST = st.lists(
    st.sampled_from(
        "/amp / .amp ? & amp=1 amp= utm_x=1 id=7 # : @ % %41 ä \ud800 [ ; \u2028".split(" ")  # noqa: SIM905
    )
)
SCHEMES = st.sampled_from(["http://", "HTTPS://", "//", ""])


@given(st.tuples(SCHEMES, HOSTS.map("".join), REST.map("".join)).map("".join) | st.text())
@settings(max_examples=400)
def test_the_form_of_a_form_is_itself(url):
    once = canonical(url)
    assert canonical(once) == once
