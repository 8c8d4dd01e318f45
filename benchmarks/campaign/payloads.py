"""Payloads in every field of published events, and strict parsers for every output: all must remain text."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from benchmarks.campaign.outcome import Outcome
from benchmarks.campaign.payload_readers import faults_of, header_faults, html_faults, terminal_faults
from benchmarks.campaign.payload_shapes import PAYLOADS, TAG
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

ROUTES = """
    /events /events?lang=fa /sitemap.xml /feeds/events.atom /feeds/events.ics /api/v1/events
    /api/v1/events?format=geojson /export/events.html
    /api/v1/stats?by=community /api/v1/stats?by=organiser&format=csv /export/events.csv /export/events.geojson
    /export/events.kml /export/events.jsonld /export/events.ics /export/events.xlsx /export/events.zip
    /embed /embed?lang=ar /events/year/2021 /events/country/PT /export/events.parquet /robots.txt
    /map/context /map/tiles /api/v1/deleted /api/v1/openapi.json
    /api/v1/compare?by=community&left=a&right=b&figure=time&format=csv
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
        searches = [f"http://127.0.0.1:{site.port}/?q={quote(payload)}" for payload in payloads]
        paths += [f"/oembed?{urlencode({'url': search})}" for search in searches]
        for path in (*ROUTES, *paths):
            status, body, headers = site.ask_whole(path)
            asked += 1
            done.check(status == 200, f"{path} answers {status}")
            done.faults += [f"{path}: {fault}" for fault in (*faults_of(path, body), *header_faults(headers))]
        for page in PAGES:
            with PageClient(site.url, page) as client:
                client.run()
                asked += 1
                done.faults += [f"page {page}: {fault}" for text in client.texts for fault in html_faults(text)]
        for number in range(0, len(payloads), max(1, len(payloads) // 50)):
            with PageClient(site.url, "explore", f"event=payload-{number}") as client:
                client.run()
                asked += 1
                done.faults += [f"card {number}: {fault}" for text in client.texts for fault in html_faults(text)]
        done.check(not site.tracebacks(), f"tracebacks in the log: {site.tracebacks()[:3]}")
    for payload in payloads:
        done.faults += [f"mail: {fault}" for fault in mail_faults(payload)]
    for words in (("check",), ("import", str(_table(folder, payloads)), "--dry-run")):
        shown = run(home, *words)
        asked += 1
        done.check("Traceback" not in shown.stderr, f"{words[0]}: a traceback")
        done.faults += [f"{words[0]}: {fault}" for fault in terminal_faults(shown.stdout + shown.stderr)]
    single = folder / "map.html"
    made = run(home, "release", "--single-file", "-o", str(single))
    done.check(made.returncode == 0, f"the single file: {made.stderr[-200:]}")
    if single.exists():
        asked += 1
        done.faults += [f"single file: {fault}" for fault in html_faults(single.read_text("utf-8"))]
    done.notes.append(f"{asked} answers read as a browser or a reader does")
    return done


def _table(folder: Path, payloads: tuple[str, ...]) -> Path:
    """Write a CSV file with a payload in each cell and heading of a row."""
    path = folder / "payloads.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("title", "date", "place", "country", "source_url", payloads[0]))
        rows.writerows([payload] * 6 for payload in payloads)
    return path


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
