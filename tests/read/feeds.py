"""Invented feeds, wire items and archives, put together from parts."""

from __future__ import annotations

import json

from tests.read.pages import BODY, page

RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<!-- made by hand -->
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Courier</title>
<link>https://courier.example/</link><language>en-gb</language>
<item><title>Ferry &amp;amp; boat sail</title><link>https://courier.example/1</link>
<dc:creator>Anna Holm</dc:creator><pubDate>Tue, 04 Mar 2031 08:15:00 +0900</pubDate>
<description>The ferry sails.</description>
<content:encoded><![CDATA[{BODY}<script>track()</script>]]></content:encoded></item>
<item><title>Only a summary</title><link>https://courier.example/2</link>
<pubDate>4 Mar 2031</pubDate><description>The mayor &amp; the yard.</description></item>
<item><title>Nothing</title></item>
</channel></rss>
"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<title>The Courier</title><author><name>Desk</name></author>
<entry><title type="html">Ferry &amp;lt;b&amp;gt;sails</title>
<link rel="alternate" href="https://courier.example/1"/>
<published>2031-03-04T08:15+09:00</published><updated>2031-03-05T00:00:00Z</updated>
<author><name>Anna Holm</name></author><author><name>Per Lind</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>The harbour council said on
Monday that the ferry would sail.</p><p>It was late.</p></div></content></entry>
<entry><title>Plain</title><link href="https://courier.example/2"/>
<content type="text">The opposition asked for an inquiry, 1 &lt; 2.</content></entry></feed>
"""
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Courier",
        "language": "en",
        "authors": [{"name": "Desk"}],
        "items": [
            {
                "id": "1",
                "url": "https://courier.example/1",
                "title": "Ferry sails",
                "content_html": BODY,
                "date_published": "2031-03-04T08:15:00+09:00",
                "authors": [{"name": "Anna Holm"}],
            },
            {"id": "2", "url": "https://courier.example/2", "summary": "The mayor."},
            {"id": "3", "content_text": "The opposition asked for an inquiry into it."},
        ],
    }
)
SITEMAP = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://courier.example/1</loc><lastmod>2031-03-05</lastmod><news:news><news:publication>
<news:name>The Courier</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2031-03-04T08:15+09:00</news:publication_date>
<news:title>Ferry sails</news:title></news:news></url>
<url><loc> https://courier.example/2 </loc></url><url/><url><loc>javascript:1</loc></url></urlset>
"""
NINJS = json.dumps(
    {
        "uri": "urn:norda:1",
        "version": "3",
        "versioncreated": "2031-03-04T08:15:00+09:00",
        "pubstatus": "canceled",
        "language": "en",
        "headline": "Ferry sails",
        "byline": "Anna Holm",
        "infosource": [{"name": "Norwick Press Agency"}],
        "evolvedfrom": "urn:norda:0",
        "body_html": BODY,
        "associations": {"main": {"type": "picture"}},
    }
)
NINJS_2 = json.dumps(
    {
        "uri": "urn:norda:2",
        "type": "text",
        "versioncreated": "2031-03-04T08:15:00Z",
        "headlines": [
            {"role": "short", "value": "Ferry"},
            {"role": "main", "value": "Ferry sails"},
        ],
        "bodies": [
            {"role": "summary", "contenttype": "text/plain", "value": "No."},
            {"role": "main", "contenttype": "text/html", "value": BODY},
            {"role": "main", "contenttype": "text/plain", "value": "The council said so.\n\nYes."},
        ],
    }
)
NITF = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nitf SYSTEM "http://www.nitf.org/IPTC/NITF/3.4/specification/dtd/nitf-3-4.dtd">
<nitf xml:lang="en"><head><title>ferry</title><docdata management-status="usable">
<doc-id id-string="norda.1" regsrc="Norwick Press Agency"/><date.issue norm="20310304T081500+0900"/>
<du-key version="2"/></docdata></head><body><body.head><hedline><hl1>Ferry <em>sails</em></hl1>
</hedline><byline>By <person>Anna Holm</person></byline><distributor>Norda</distributor>
<dateline><location>PORT VALE</location>, March 4</dateline></body.head>
<body.content><p>The harbour council said on Monday that the ferry would sail again.</p>
<block><p>“We know,” said Mayor <person>Ingrid Solheim</person>.<br/>It was late.</p></block>
<media><media-caption>The ferry.</media-caption></media></body.content></body></nitf>
"""
ITEM = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:norda:1" version="4"
 xml:lang="en"><itemMeta><itemClass qcode="ninat:text"/>
<versionCreated>2031-03-04T08:15:00+09:00</versionCreated><pubStatus qcode="stat:withheld"/>
<link rel="irel:previousVersion" residref="urn:norda:1" version="3"/></itemMeta>
<contentMeta><headline role="hld:short">Ferry</headline><headline>Ferry sails</headline>
<by>Anna Holm</by><dateline>PORT VALE, March 4 (Norda)</dateline><creditline>Norda</creditline>
<infoSource qcode="x:1"><name>Norwick Press Agency</name></infoSource><language tag="en"/>
</contentMeta><contentSet>%s</contentSet></newsItem>"""
BODIES = [
    '<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml">'
    "<head><title>x</title></head><body><p>The harbour council said on Monday that the ferry would "
    "sail.</p><p>It was late.</p></body></html></inlineXML>",
    '<inlineXML contenttype="application/nitf+xml"><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/">'
    "<body><body.content><p>The harbour council said on Monday that the ferry would sail.</p>"
    "<p>It was late.</p></body.content></body></nitf></inlineXML>",
    '<inlineData contenttype="text/plain">The harbour council said on Monday that the ferry would '
    "sail.\n\nIt was late.</inlineData>",
]
NEWSML = "<?xml version='1.0'?>\n" + ITEM % BODIES[0]
MESSAGE = (
    '<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>'
    + "".join(
        (ITEM % body).replace("urn:norda:1", f"urn:norda:{n}") for n, body in enumerate(BODIES)
    )
    + (ITEM % '<remoteContent href="a.jpg"/>')
    + "</itemSet></newsMessage>"
)


def warc_record(
    block: bytes, url: str = "https://courier.example/1", kind: str = "response"
) -> bytes:
    """One WARC record."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\n"
        f"WARC-Date: 2031-03-06T01:02:03Z\r\nContent-Type: application/http; msgtype={kind}\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def answer(body: bytes, headers: str = "Content-Type: text/html; charset=utf-8") -> bytes:
    """An HTTP answer."""
    return f"HTTP/1.1 200 OK\r\n{headers}\r\n\r\n".encode() + body


def pages(count: int) -> list[bytes]:
    """WARC records of different pages."""
    return [
        warc_record(
            answer(page(above=f"<p>Edition {number} of that day.</p>").encode()),
            f"https://courier.example/{number}",
        )
        for number in range(count)
    ]
