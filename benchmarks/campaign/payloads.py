"""Payloads in every field of published events, and strict parsers for every output: all must remain text."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import html5lib
import openpyxl

from benchmarks.campaign.outcome import Outcome
from benchmarks.campaign.server import Server, run
from benchmarks.page_client import PageClient
from rallymap.dates import parse_edtf
from rallymap.events import (
    Campaign,
    Claim,
    ClaimKind,
    CrowdClaim,
    Event,
    Kind,
    Location,
    LocationPrecision,
    Picture,
    Place,
    ReviewStatus,
    Source,
    Translation,
    Waypoint,
)
from rallymap.mail.letters import MailKind, compose
from rallymap.store import Database
from rallymap.store.bulk import add_many

TAG = "rmx"
"""Name of the element that HTML and XML payloads try to inject; no page of ours uses it."""
_SHAPES = (
    '<{tag} src=x onerror="alert(1)">',
    "<{tag}/onload=alert(1)//",
    "</script><{tag}>",
    "</style><{tag}>",
    "</title><{tag}>",
    "</textarea><{tag}>",
    "--><{tag}>",
    "]]><{tag}/>",
    '"><{tag} x="',
    "'><{tag} x='",
    "` onmouseover={tag} `",
    '" onfocus={tag} autofocus x="',
    "' onfocus={tag} autofocus x='",
    "&lt;{tag}&gt;",
    "&#60;{tag}&#62;",
    "%3C{tag}%3E",
    "\\u003c{tag}\\u003e",
    "\\x3c{tag}\\x3e",
    "{{{{ 7*7 }}}}{tag}",
    "{{% raw %}}{tag}",
    "${{alert({tag})}}",
    "#{{{tag}}}",
    "<%= {tag} %>",
    "[{tag}](javascript:alert(1))",
    "![{tag}](//evil.example/x)",
    ":red[{tag}]",
    "=cmd|'/c {tag}'!A1",
    "+{tag}",
    "-{tag}",
    "@{tag}",
    "\t={tag}",
    "BEGIN:VEVENT {tag}",
    "{tag}\\nATTENDEE:x",
    "<![CDATA[{tag}]]>",
    '<!DOCTYPE {tag} [<!ENTITY x SYSTEM "file:///etc/passwd">]>&x;',
    "<svg><{tag} onload=1>",
    "<math><{tag}>",
    "{tag}\u202egnp.exe",
    "\ufeff<{tag}>",
    "＜{tag}＞",
    "<\u200b{tag}>",
    "javascript:{tag}",
    "data:text/html,<{tag}>",
    "' OR 1=1 -- {tag}",
    '"; DROP TABLE events; -- {tag}',
    "../../../{tag}",
    "<base href=//{tag}.example>",
    "<meta http-equiv=refresh content=0;url=//{tag}>",
    "<a href=//{tag} ping=//{tag}>",
    "<form action=//{tag}><button>",
    "Vigil;=HYPERLINK({tag})",
    "Vigil\n@SUM({tag})",
    "<!--<script><{tag}>",
    "{tag}\u2028}};alert(1)//",
    "{tag}}}\\input{{/etc/passwd}}%",
)
PAYLOADS: tuple[str, ...] = tuple(
    shape.format(tag=TAG) if not turn else f"{'x' * turn} {shape.format(tag=TAG)}"
    for turn in range(10)
    for shape in _SHAPES
)
"""550 texts: 55 shapes, at the start of a text and after up to nine letters."""
ROUTES = """
    /events /events?lang=fa /sitemap.xml /feeds/events.atom /feeds/events.ics /api/v1/events
    /api/v1/events?format=geojson /export/events.html
    /api/v1/stats?by=community /api/v1/stats?by=organiser&format=csv /export/events.csv /export/events.geojson
    /export/events.kml /export/events.jsonld /export/events.ics /export/events.xlsx /export/events.zip
    /embed /embed?lang=ar /api/v1/compare?by=community&left=a&right=b&figure=time&format=csv
""".split()
QUERY_ROUTES = "/ /trends /export/citation.bib /export/citation.ris /export/citation.csl.json /api/v1/events".split()
"""Routes that repeat the search in their answer."""
EVENT_ROUTES = ("", ".ics", ".bib", ".ris", ".csl.json", "?lang=de")
PAGES = ("explore", "trends", "compare", "quality")
MAIL_HEADERS = set(
    "from to subject date message-id auto-submitted mime-version content-type content-transfer-encoding".split()
)


def payload_event(event_id: str, payload: str) -> Event:
    """Return the published event whose texts are all the payload."""
    location = Location(38.7, -9.1, LocationPrecision.CITY, 9000, 0.9, "gazetteer", payload, payload, "PT")
    return Event(
        event_id,
        payload,
        Kind.VIGIL,
        parse_edtf("2021-05-03"),
        Place(payload, payload, "PT"),
        location,
        organisers=(payload,),
        communities=(payload,),
        about=payload,
        topics=(payload,),
        claims=(Claim(ClaimKind.SLOGAN, payload, payload, 0),),
        crowd=(CrowdClaim(1, 2, payload, payload, 0),),
        sources=(Source("https://example.org/", payload, payload, date(2021, 5, 4)),),
        language="en",
        translations=(Translation("de", payload, payload),),
        route=(Waypoint(payload, location), Waypoint(payload)),
        picture=Picture("0" * 32, payload, 9, 9),
        campaign=Campaign(f"campaign-{event_id}", payload),
        review=ReviewStatus.PUBLISHED,
    )


def fill(home: Path, payloads: tuple[str, ...], *, prefix: str = "payload") -> None:
    """Store a published event, ``PREFIX-NUMBER``, for each payload, with the payload in every field."""
    home.mkdir(exist_ok=True)
    db = Database.open(f"sqlite:///{home / 'rallymap.db'}")
    made = [payload_event(f"{prefix}-{number}", payload) for number, payload in enumerate(payloads)]
    add_many(db, made, actor="import")
    db.close()


def try_payloads(folder: Path, many: int) -> Outcome:
    """Read every output of a site whose events contain payloads, and report those that are not plain text."""
    payloads = PAYLOADS[:: max(1, len(PAYLOADS) // many)][:many]
    done = Outcome(
        f"{len(payloads)} payloads in every field through pages, lists, feeds, API, exports, mails, single file"
    )
    home = folder / "payloads"
    fill(home, payloads)
    asked = 0
    with Server(home) as site:
        numbers = range(len(payloads))
        paths = [f"/events/payload-{number}{part}" for part in EVENT_ROUTES for number in numbers]
        paths += [f"/campaigns/campaign-payload-{number}" for number in numbers]
        paths += [f"{route}?q={quote(payload)}" for route in QUERY_ROUTES for payload in payloads]
        for path in (*ROUTES, *paths):
            status, body = site.ask(path)
            asked += 1
            done.check(status == 200, f"{path} answers {status}")
            done.faults += [f"{path}: {fault}" for fault in faults_of(path, body)]
        for page in PAGES:
            with PageClient(site.url, page) as client:
                client.run()
                asked += 1
                done.faults += [f"page {page}: {fault}" for text in client.texts for fault in _html(text)]
        for number in range(0, len(payloads), max(1, len(payloads) // 50)):
            with PageClient(site.url, "explore", f"event=payload-{number}") as client:
                client.run()
                asked += 1
                done.faults += [f"card {number}: {fault}" for text in client.texts for fault in _html(text)]
        done.check(not site.tracebacks(), f"tracebacks in the log: {site.tracebacks()[:3]}")
    for payload in payloads:
        done.faults += [f"mail: {fault}" for fault in mail_faults(payload)]
    single = folder / "map.html"
    made = run(home, "release", "--single-file", "-o", str(single))
    done.check(made.returncode == 0, f"the single file: {made.stderr[-200:]}")
    if single.exists():
        asked += 1
        done.faults += [f"single file: {fault}" for fault in _html(single.read_text("utf-8"))]
    done.notes.append(f"{asked} answers read as a browser or a reader does")
    return done


def faults_of(path: str, body: bytes) -> Iterator[str]:
    """Parse an answer like its readers, and yield where a payload became markup, a formula or a line of its own."""
    text = body.decode("utf-8", "replace")
    ending = path.partition("?")[0].rpartition(".")[2]
    if "format=csv" in path or ending == "csv":
        yield from _formulas(text)
    elif ending == "xlsx":
        sheets = openpyxl.load_workbook(io.BytesIO(body))
        cells = (cell for sheet in sheets for row in sheet for cell in row)
        yield from (f"formula {cell.value!r}" for cell in cells if cell.data_type == "f")
    elif ending == "zip":
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            for name in (name for name in archive.namelist() if name.endswith((".csv", ".json"))):
                yield from (f"{name}: {fault}" for fault in faults_of(name, archive.read(name)))
    elif ending == "bib":
        yield from (f"command {found!r}" for found in re.findall(r"\\input|\n@", text))
    elif ending == "ris":
        yield from (f"line {line[:40]!r}" for line in text.split("\n")[1:] if line.startswith("TY  - "))
    elif ending in ("json", "geojson", "jsonld") or path.startswith("/api"):
        json.loads(text)
    elif ending in ("xml", "atom", "kml"):
        if any(_name(element.tag) == TAG for element in ElementTree.fromstring(text).iter()):  # noqa: S314 - our own
            yield "an element of a payload"
    elif ending == "ics":
        unfolded = re.sub(r"\r\n[ \t]", "", text)
        yield from (line[:60] for line in unfolded.split("\r\n") if line.startswith(("ATTENDEE", f"={TAG}")))
        if unfolded.count("BEGIN:VEVENT\r\n") != unfolded.count("END:VEVENT\r\n"):
            yield "a calendar entry that a payload began"
    else:
        yield from _html(text)


def _formulas(text: str) -> Iterator[str]:
    """Yield cells that begin like a formula, also after a character at which a program may begin another cell."""
    for row in csv.reader(io.StringIO(text)):
        for cell in row:
            if re.match(r"[=+@\t\r]|-(?!\d)", cell) or re.search(r"[;\n\t] *[=+@-][^;\n\t]*[(|!]", cell):
                yield f"formula {cell[:40]!r}"


def mail_faults(payload: str) -> Iterator[str]:
    """Compose each mail about an event with a payload, parse it, and yield where the payload is not plain text."""
    facts: dict[str, Any] = {"code": "AAAAA-AAAAA", "title": payload, "review": "published", "words": payload}
    facts["titles"] = [payload]
    facts["counts"] = dict.fromkeys(("queue", "messages", "places", "reports", "changes"), 1)
    for kind in MailKind:
        sent = compose(
            kind,
            facts,
            site="Rallies",
            address="https://rallies.example.org/",
            sender="site@example.org",
            recipient="nora@example.org",
            language="en",
            message_id="1",
            at=datetime(2026, 5, 3, tzinfo=UTC),
        )
        read = message_from_bytes(sent.as_bytes(policy=SMTP), policy=SMTP)
        if {name.lower() for name in read} != MAIL_HEADERS or read.get_content_type() != "text/plain":
            yield f"{kind}: {sorted(read)}, {read.get_content_type()}"
        if any(TAG in value for value in read.values()):
            yield f"{kind}: a header with a payload"
        if kind in (MailKind.DECISION, MailKind.WAITING) and " ".join(payload.split()) not in " ".join(
            read.get_content().split()
        ):
            yield f"{kind}: {payload[:40]!r} is changed"


def _html(text: str) -> Iterator[str]:
    for element in html5lib.parse(text, namespaceHTMLElements=False).iter():
        if not isinstance(element.tag, str):
            continue
        name = _name(element.tag)
        if name == TAG:
            yield "an element of a payload"
        for attribute, value in element.attrib.items():
            if _name(str(attribute)).startswith("on") and TAG in value:
                yield f"a handler of a payload: {attribute}"
            if _name(str(attribute)) in ("href", "src", "action", "ping", "style") and (
                (re.match(r"\s*(javascript|data|vbscript):", value) and TAG in value) or f"//{TAG}" in value
            ):
                yield f"an address of a payload: {attribute}={value[:60]}"
        is_refresh = name == "meta" and "http-equiv" in element.attrib
        if (is_refresh or name in ("base", "form")) and any(TAG in value for value in element.attrib.values()):
            yield f"an element {name} of a payload"


def _name(tag: str) -> str:
    return tag.rpartition("}")[2].lower()
