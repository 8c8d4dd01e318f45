"""The map in one file finds the same events as the server for the same words."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rallymap.dates import parse_edtf
from rallymap.events import (
    Claim,
    ClaimKind,
    CrowdClaim,
    Event,
    Kind,
    Location,
    LocationPrecision,
    Place,
    ReviewStatus,
    Source,
    Translation,
)
from rallymap.exports.provenance import Provenance
from rallymap.language import find_language, languages, use_language
from rallymap.query.filters import EventFilter
from rallymap.query.listing import Listing
from rallymap.settings import Settings
from rallymap.store.bulk import add_many
from rallymap.views.single_file import write_single_file
from rallymap.workflows.data_frames import snapshot_of
from rallymap.workflows.exports import export_events
from rallymap.workflows.services import Services, start_services, stop_services
from tests.views.test_single_file import data_in

pytestmark = pytest.mark.slow
HERE = Path(__file__).parent
QUERIES = (HERE / "queries.txt").read_text("utf-8").splitlines()
NODE = Path(sys.executable).with_name("node")
ASK = HERE.parent / "map" / "ask_search.js"


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """The bundled events and some in other scripts."""
    services = start_services(Settings.from_env({"RALLYMAP_HOME": str(tmp_path_factory.mktemp("home"))}))
    add_many(services.db, awkward_events(), actor="test")
    yield services
    stop_services()


def awkward_events() -> list[Event]:
    """Return events with other scripts, translations, claims, and characters of two UTF-16 units."""
    when = parse_edtf("2020-05-03")
    point = Location(37.8, -122.4, LocationPrecision.CITY, 9_000.0, 0.9, "given", "San Francisco", "California", "US")
    munich = Location(48.1, 11.6, LocationPrecision.CITY, 9_000.0, 0.9, "given", "München", "Bayern", "DE")
    given: dict[str, Any] = {"sources": (Source(title="🕯 Kerzen für Täbris"),), "review": ReviewStatus.PUBLISHED}
    return [
        Event("x-fa", "🕯🕯 تجمع در تهران: «زن، زندگی، آزادی» می‌خواهیم", Kind.VIGIL, when, Place("تهران"), **given),
        Event(
            "x-uk",
            "Мітинг у Києві",
            Kind.RALLY,
            when,
            Place("Київ"),
            point,
            communities=("Ukraine",),
            translations=(Translation("fa", "گردهمایی فانوس‌ها", "پهلوی نیست"),),
            about="🕊 За свободу в 2022",
            **given,
        ),
        Event(
            "x-de",
            "Schweigemarsch",
            Kind.MARCH,
            when,
            Place("München"),
            munich,
            communities=("Kurds",),
            claims=(Claim(ClaimKind.SLOGAN, "Straße frei 👏 für Reza Pahlavi", "Άννα"),),
            crowd=(CrowdClaim(5, 9, "etwa fünf", "Polizei"),),
            **given,
        ),
        Event("x-zh", "香港人在東京集會", Kind.RALLY, when, Place("東京"), communities=("Hong Kong",), **given),
        Event("x-ko", "서울 집회", Kind.RALLY, when, Place("서울"), organisers=("Mahsa ve İstanbul",), **given),
    ]


@pytest.mark.parametrize("language", ["en", "fa", "zh-Hant"])
def test_file_finds_what_the_server_finds(services: Services, tmp_path: Path, language: str) -> None:
    spoken = find_language(language, languages())
    assert spoken is not None
    snapshot, now = snapshot_of(services.db), services.now()
    with use_language(spoken):
        events = export_events(services.db, snapshot, Listing(), now)
        page = b"".join(write_single_file(events, Provenance(now.date()))).decode()
    data = data_in(page)
    (tmp_path / "data.json").write_text(json.dumps(data), "utf-8")
    asked = [str(NODE), str(ASK), str(tmp_path / "data.json"), str(HERE / "queries.txt")]
    answers = json.loads(subprocess.run(asked, check=True, capture_output=True).stdout)
    differences = {}
    for query, answer in zip(QUERIES, answers, strict=False):
        server = snapshot.ids_of(snapshot.mask(EventFilter(text=query)).nonzero()[0])
        if sorted(server) != sorted(answer):
            differences[query] = (len(server), len(answer), sorted(set(server) ^ set(answer))[:5])
    assert differences == {}


def test_words_of_other_languages_find_something(services: Services) -> None:
    snapshot = snapshot_of(services.db)
    found = {query: int(snapshot.mask(EventFilter(text=query)).sum()) for query in QUERIES}
    named = "Kalifornien پهلوی Mahnwache Irlande Kundgebung мітинг تظاهرات مهسا Bavaria 加州 Kundgeb".split()
    assert {query: found[query] for query in named if not found[query]} == {}
