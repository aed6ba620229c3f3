"""Adding in the app: a text, files of any kind, addresses; and what is refused."""

from __future__ import annotations

import gzip
import json

import pytest

from retold.archive.getting import count, each
from retold.settings import Settings
from retold.web.app import create_app
from retold.web.serving import access_for

from .asking import ask, until
from .hostile import NASTY
from .sending import but, form, send, upload

TEXT = (
    "Selmer bridge stays shut\n\nThe Selmer bridge will not open before May, engineer Oda Prewitt"
    " said on Tuesday. “We found rust where there should be none,” she told the Anser Courier.\n"
)


def ended(app, address: str):
    """The page of an adding, once nothing more happens."""

    def seen():
        view = json.loads(ask(app, f"{address}.json").text)
        return view if view["ended"] else None

    return until(seen)


def added(app, files, **fields: str):
    token = dict(form(app, "/add", "/add"))["token"]
    answer = upload(app, token, files, **fields)
    assert answer.status == 303, answer.text
    return ended(app, answer.headers["location"])


def test_a_pasted_text_is_added_with_what_is_said_of_it(app, empty):
    fields = but(
        form(app, "/add", "/add"),
        text=TEXT.replace("\n", "\r\n"),
        outlet="Anser Courier",
        published="2031-03-04",
        url="https://courier.example/bridge",
    )
    answer = send(app, "/add", fields)
    view = ended(app, answer.headers["location"])
    assert view["taken"]["added"] == 1
    assert view["deriving"] == "done"
    (kept,) = each(empty)
    assert kept.report.text == TEXT
    assert kept.report.title == "Selmer bridge stays shut"
    assert kept.report.outlet == "Anser Courier"
    assert kept.report.published == "2031-03-04"
    assert kept.report.source == "pasted text"
    (shown,) = view["reports"]
    assert shown["story"]
    assert "its story" in ask(app, answer.headers["location"]).text
    again = ended(app, send(app, "/add", fields).headers["location"])
    assert (again["taken"]["added"], again["taken"]["known"]) == (0, 1)
    assert again["deriving"] is None
    assert count(empty) == 1


def test_what_cannot_be_used_is_refused_with_its_reason(app, empty):
    fields = form(app, "/add", "/add")
    nothing = send(app, "/add", but(fields, text=" \r\n "))
    assert nothing.status == 400
    assert "nothing was given" in nothing.text
    wrong = send(app, "/add", but(fields, text=TEXT, published="last Tuesday"))
    (refusal,) = ended(app, wrong.headers["location"])["taken"]["refusals"]
    assert "is no date" in refusal["reason"]
    many = send(app, "/add", but(fields, urls="\n".join(["https://a.example/"] * 201)))
    assert many.status == 400
    assert count(empty) == 0


def test_files_of_many_kinds(app, empty):
    records = [{"text": f"{TEXT} Number {number}.", "outlet": "Obs"} for number in range(3)]
    lines = "".join(json.dumps(one) + "\n" for one in records).encode()
    page = (
        "<html><head><title>Ferry halts</title></head><body><article><h1>Ferry halts</h1>"
        + "<p>The ferry to Kallorn will not sail on Monday, the harbour master said. </p>" * 8
        + "</article></body></html>"
    )
    feed = (
        '<rss version="2.0"><channel><title>Tide</title><item><title>Nets</title>'
        "<link>https://tide.example/nets</link><description>Short.</description></item>"
        "</channel></rss>"
    )
    table = "Headline;Body\nNets;The nets were mended on Friday, the fishermen said.\n"
    view = added(
        app,
        [
            ("bridge.txt", TEXT.encode()),
            ("three.jsonl", lines + b'{"title": "no text"}\n'),
            ("packed.txt.gz", gzip.compress(b"The pier burned for two hours, the mayor said.")),
            ("page.html", page.encode()),
            ("feed.xml", feed.encode()),
            ("nets.csv", table.encode()),
            ("empty.txt", b""),
            ("noise.bin", bytes(range(256)) * 8),
            ("table.parquet", b"PAR1 and nothing else"),
        ],
    )
    sources = {kept.report.source for kept in each(empty)}
    assert sources == {"bridge.txt", "three.jsonl", "packed.txt.gz", "page.html", "nets.csv"}
    assert view["taken"]["added"] == 7
    refused = {one["source"]: one for one in view["taken"]["refusals"]}
    assert refused["three.jsonl"]["where"] == "line 4"
    assert set(refused) == {
        "three.jsonl",
        "feed.xml",
        "empty.txt",
        "noise.bin",
        "table.parquet",
    }
    assert view["taken"]["refused"] == len(view["taken"]["refusals"])


@pytest.mark.parametrize(
    "name",
    [
        "../../../../etc/passwd",
        "/etc/passwd",
        "..\\..\\windows\\win.ini",
        "C:\\Users\\x\\y.txt",
        "%2e%2e%2fevil.txt",
        "-",
        "https://evil.example/x.txt",
        "file:///etc/passwd",
        "....",
        "<script>alert(1)</script>.txt",
        "a" * 900 + ".txt",
        "nul\x00.txt",
        "\u202etxt.exe",
        " ",
    ],
)
def test_a_hostile_name_opens_nothing_and_is_only_a_name(app, empty, tmp_path, name):
    view = added(app, [(name, TEXT.encode())])
    assert view["taken"]["added"] == 1
    (kept,) = each(empty)
    assert kept.report.text == TEXT
    source = kept.report.source or ""
    assert "/" not in source
    assert "\\" not in source
    assert 0 < len(source) < 250
    assert kept.report.url is None
    for page in (f"/adding/{view['number']}", f"/report/{kept.report.id}"):
        text = ask(app, page).text
        assert "<script>alert" not in text
        assert "\u202e" not in text
    assert all(one.name.startswith("a.retold") for one in tmp_path.iterdir())


def test_a_file_of_this_machine_is_not_read_because_of_its_name(app, empty, tmp_path, monkeypatch):
    secret = tmp_path / "secret.parquet"
    secret.write_bytes(b"PAR1 this is only here")
    monkeypatch.chdir(tmp_path)
    view = added(app, [("secret.parquet", b"PAR1 what was sent"), ("-", TEXT.encode())])
    assert "only here" not in json.dumps(view)
    assert count(empty) == 1


def test_addresses_that_are_not_public_are_refused(app, empty):
    urls = [
        "http://127.0.0.1:8417/",
        "http://[::1]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/x",
        "http://2130706433/",
        "http://localhost/",
        "file:///etc/passwd",
        "ftp://news.example/a",
        "/etc/passwd",
        "javascript:alert(1)",
    ]
    answer = send(app, "/add", but(form(app, "/add", "/add"), urls="\r\n".join(urls)))
    view = ended(app, answer.headers["location"])
    assert view["taken"]["added"] == 0
    assert [one["source"] for one in view["taken"]["refusals"]] == urls
    assert {one["error"] for one in view["taken"]["refusals"]} <= {"NetworkRefused", "BadRecord"}
    assert count(empty) == 0


def test_addresses_are_fetched_where_that_is_allowed(empty, site):
    settings = Settings(allow_private_network=True, fetch_pause=0.0)
    app = create_app(empty, access_for("127.0.0.1", 8417, (), None), settings)
    fields = but(form(app, "/add", "/add"), urls=f"# mine\r\n\r\n{site}/bridge.txt\r\n{site}/no")
    view = ended(app, send(app, "/add", fields).headers["location"])
    assert view["taken"]["added"] == 1
    assert view["taken"]["refused"] == 1
    (kept,) = each(empty)
    assert kept.report.url == f"{site}/bridge.txt"


@pytest.fixture
def site():
    """A server with one text."""
    import threading
    from http.server import BaseHTTPRequestHandler, HTTPServer

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            found = self.path == "/bridge.txt"
            self.send_response(200 if found else 404)
            self.send_header("content-type", "text/plain; charset=utf-8")
            self.end_headers()
            self.wfile.write(TEXT.encode() if found else b"no")

        def log_message(self, *_):
            """Nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_naughty_words_are_kept_as_they_are_and_shown_as_words(app, empty):
    for words in NASTY[::4]:
        fields = but(form(app, "/add", "/add"), text=f"{TEXT}{words}", title=words, outlet=words)
        answer = send(app, "/add", fields)
        view = ended(app, answer.headers["location"])
        assert view["taken"]["added"] + view["taken"]["refused"] == 1
        assert ask(app, answer.headers["location"]).status == 200
    assert count(empty) > len(NASTY) / 8


def test_a_wrong_token_adds_nothing(app, empty):
    fields = but(form(app, "/add", "/add"), text=TEXT)
    for token in ("", "0" * 64, "é"):
        assert send(app, "/add", but(fields, token=token)).status == 400
        assert upload(app, token, [("a.txt", TEXT.encode())]).status == 400
    foreign = [("sec-fetch-site", "cross-site"), ("origin", "http://evil.example")]
    assert send(app, "/add", fields, headers=foreign).status == 403
    assert count(empty) == 0


def test_too_much_at_once_is_refused(empty):
    small = Settings(limits=Settings().limits.__class__(page_bytes=2_000))
    app = create_app(empty, access_for("127.0.0.1", 8417, (), None), small)
    fields = but(form(app, "/add", "/add"), text="word " * 1_000)
    assert send(app, "/add", fields).status == 413
    assert count(empty) == 0


def test_reports_that_another_program_added_can_be_brought_up_to_date(app, empty):
    from retold.archive.adding import Item, add
    from retold.read import read_text

    add(empty, [Item(read_text(TEXT))])
    assert "1 report is in no story yet" in ask(app, "/add").text
    answer = send(app, "/refresh", form(app, "/add", "/refresh"))
    assert answer.headers["location"] == "/add"
    until(lambda: "no story yet" not in ask(app, "/add").text)
    assert json.loads(ask(app, "/add.json").text)["unplaced"] == 0


def test_unknown_work_is_not_there(app):
    for number in ("0", "7", "x", "-1", "9" * 40, "%00"):
        assert ask(app, f"/adding/{number}").status == 404
