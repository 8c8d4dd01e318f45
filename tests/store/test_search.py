"""Full-text search: what finds what, in any script, and that nothing but the public view can be found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rallymap.community_names import community_name
from rallymap.countries import country_name
from rallymap.dates import EventDate
from rallymap.events import (
    Claim,
    ClaimKind,
    Disclosure,
    Event,
    Kind,
    Location,
    LocationPrecision,
    Place,
    ReviewStatus,
    Source,
    Translation,
)
from rallymap.language import ENGLISH, languages, tr, use_language
from rallymap.moderation import Account, Decision, Role, TakedownReason
from rallymap.query.filters import EventFilter
from rallymap.query.snapshot import Snapshot
from rallymap.store import Database
from rallymap.store.bulk import add_many
from rallymap.store.events import get_event, public_rows
from rallymap.store.search import SearchIndex, find_similar_words, rank_search_ids, renew_index
from rallymap.wording import KIND_LABELS
from rallymap.workflows.decisions import decide
from rallymap.workflows.edits import store_edit
from rallymap.workflows.takedown import delete_event
from tests.store.conftest import NOW, FakeClock

pytestmark = pytest.mark.slow  # together they take seconds; `make test` runs them

Make = Callable[..., Event]
MIRA = Account("mira", Role.ADMINISTRATOR)
TITLES = {
    "persian": "تجمع ایرانیان در تهران: «زن، زندگی، آزادی» می‌خواهیم",
    "arabic": "مظاهرة في كتابة ٢٠٢٢",
    "cyrillic": "Мітинг у Києві за свободу",
    "chinese": "香港人集會",
    "norwegian": "Markering i Tromsø for frihet",
    "english": "Women, life, freedom: rally for Teheran",
    "vietnamese": "Biểu tình ở Hà Nội",
}


def found_by(db: Database, text: str) -> list[str]:
    snapshot = Snapshot.build(public_rows(db), 0, SearchIndex(db))
    return sorted(snapshot.ids_of(snapshot.mask(EventFilter(text=text)).nonzero()[0]))


@pytest.fixture
def titles(db: Database, make_event: Make) -> Database:
    add_many(db, [make_event(id_, title=title) for id_, title in TITLES.items()], actor="import")
    return db


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("freedom", ["english"]),
        ("FREE", ["english"]),
        ("eedom", []),
        ("women rally", ["english"]),
        ("rally women nobody", []),
        ('"life freedom"', ["english"]),
        ('"freedom life"', []),
        ('"life free"', []),
        ("“women life”", ["english"]),
        ("تهران", ["english", "persian"]),
        ("tehran", ["persian"]),
        ("teheran", ["english", "persian"]),
        ("ايرانيان", sorted(TITLES)),
        ("«ايرانيان»", ["persian"]),
        ("در\u200cتهران", ["persian"]),  # written with a space in the title
        ("ايران", sorted(TITLES)),  # Iran is the community of all
        ("می خواهیم", ["persian"]),
        ("ميخواهيم", ["persian"]),
        ("می\u200cخواهیم", ["persian"]),
        ("زِنـدگی", ["persian"]),
        ('"زن زندگی"', ["persian"]),
        ("2022", ["arabic"]),
        ("۲۰۲۲", ["arabic"]),
        ("کتابه", ["arabic"]),
        ("СВОБОДУ", ["cyrillic"]),
        ("svobod", ["cyrillic"]),
        ("人集", ["chinese"]),
        ("集會", sorted(TITLES)),  # Chinese for a rally, the kind of all
        ("會集", []),
        ("tromso", ["norwegian"]),
        ("tromsø", ["norwegian"]),
        ("ha noi", ["vietnamese"]),
        ("friends oslo iran norway", sorted(TITLES)),
        ("", sorted(TITLES)),
        ("***", []),
        ('"', []),
    ],
)
def test_text_finds(titles: Database, text: str, found: list[str]) -> None:
    assert found_by(titles, text) == found


def test_title_and_summary_in_another_language_are_found(db: Database, make_event: Make) -> None:
    both = (Translation("fa", "گردهمایی فانوس‌ها"), Translation("nb", "Lyktetog", "Alle bar en fakkel."))
    add_many(db, [make_event("lantern", translations=both), make_event("other")], actor="import")
    assert [found_by(db, text) for text in ("فانوس", "lyktetog", "fakkel", "فانو")] == [["lantern"]] * 4


@given(st.text(max_size=60) | st.text("\"*()^:{}-+ANDORNEAR|&!<>'\\ ab", max_size=40))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_text_is_an_error(titles: Database, text: str) -> None:
    index = SearchIndex(titles)
    assert set(index.rank(text, 99).tolist()) == set(index.find(text).tolist())


def test_all_texts_are_searched_and_titles_come_first(db: Database, make_event: Make) -> None:
    events = [
        make_event("source", sources=(Source(title="Report of a lantern walk", publisher="Daily Lantern"),)),
        make_event("claim", claims=(Claim(ClaimKind.SLOGAN, "Light every lantern!", by="Lantern group"),)),
        make_event("about", about="People carried a lantern each."),
        make_event("organiser", organisers=("Lantern Society",)),
        make_event("title", title="Lantern march"),
        make_event("topic", topics=("lanterns",)),
        make_event("other"),
    ]
    add_many(db, events, actor="import")
    assert found_by(db, "lantern") == ["about", "claim", "organiser", "source", "title", "topic"]
    snapshot = Snapshot.build(public_rows(db), 0, SearchIndex(db))
    assert snapshot.ids_of(snapshot.search.best("lantern", 1)) == ["title"]
    assert set(snapshot.ids_of(snapshot.search.best("lantern", 3))) == {"title", "organiser", "topic"}


def test_best_matches_come_first_in_a_list_and_the_filter_holds(db: Database, make_event: Make) -> None:
    day = make_event().when
    events = [
        make_event("about", about="A lantern each."),
        make_event("title", title="Lantern march"),
        make_event("undated", title="Lantern vigil", when=EventDate.unknown()),
        make_event("vigil", title="Lantern", kind=Kind.VIGIL),
        make_event("other"),
    ]
    assert all(event.when == day for event in events if event.id != "undated")
    add_many(db, events, actor="import")
    snapshot = Snapshot.build(public_rows(db), 0, SearchIndex(db))
    rallies = snapshot.select(EventFilter(text="lantern", kinds=("rally",)))
    assert sorted(rallies.best("lantern", 2, undated=True)) == ["title", "undated"]
    assert rallies.best("lantern", 9, undated=True)[2:] == ["about"]
    assert rallies.best("lantern", 9, undated=False) == ["title", "about"]
    assert snapshot.select(EventFilter(kinds=("vigil",))).best("march", 9, undated=True) == ["vigil"]


def test_only_what_is_published_is_found(db: Database, make_event: Make) -> None:
    add_many(db, [make_event("waiting", title="Lantern march", review=ReviewStatus.PENDING)], actor="import")
    assert found_by(db, "lantern") == []
    decide(db, "waiting", Decision.PUBLISH, account=MIRA, expected_revision=1, idempotency_key="a")
    assert found_by(db, "lantern") == ["waiting"]
    event = db.read(get_event, "waiting")
    store_edit(db, event.changed(title="Torch march"), account=MIRA, expected_revision=2, idempotency_key="b")
    assert (found_by(db, "lantern"), found_by(db, "torch")) == ([], ["waiting"])
    decide(db, "waiting", Decision.WITHDRAW, account=MIRA, expected_revision=3, idempotency_key="c", reason="No.")
    assert found_by(db, "torch") == []
    assert indexed(db, "torch") == indexed(db, "lantern") == 0


def test_withheld_venue_is_found_from_the_moment_it_is_shown(
    db: Database, future_rally: Event, clock: FakeClock
) -> None:
    shown_at = NOW + timedelta(days=3)
    event = future_rally.changed(
        review=ReviewStatus.PUBLISHED, disclosure=Disclosure.FROM_TIME, disclosed_from=shown_at
    )
    add_many(db, [event], actor="import")
    assert (found_by(db, "stortinget"), found_by(db, "oslo"), indexed(db, "stortinget")) == ([], ["oslo-2026"], 0)
    clock.now = shown_at - timedelta(seconds=1)
    renew_index(db)
    assert indexed(db, "stortinget") == 0
    clock.now = shown_at
    renew_index(db)
    assert found_by(db, "stortinget") == ["oslo-2026"]
    clock.now = NOW  # set back
    renew_index(db)
    assert (found_by(db, "stortinget"), indexed(db, "stortinget")) == ([], 0)


def test_takedown_leaves_no_word(db: Database, make_event: Make, tmp_path: Path) -> None:
    name = "Zyxwvut"
    add_many(db, [make_event("gone", title=f"March of {name}"), make_event("stays")], actor="import")
    assert found_by(db, name) == ["gone"]
    delete_event(db, "gone", TakedownReason.RISK, account=MIRA, expected_revision=1, idempotency_key="a")
    assert found_by(db, name) == []
    for file in tmp_path.glob("rallymap.db*"):  # on SQLite
        assert name.lower().encode() not in file.read_bytes().lower()


def indexed(db: Database, word: str) -> int:
    """Return how many rows of the index itself hold a word, whatever a snapshot makes of it."""
    with db.reading() as tx:
        return len(rank_search_ids(tx, word, 99))


@pytest.fixture
def named(db: Database, make_event: Make) -> Database:
    def placed(event_id: str, country: str, community: str) -> Event:
        where = Location(50.0, 10.0, LocationPrecision.CITY, 9_000.0, 0.9, "given", "Somewhere", "", country)
        return make_event(
            event_id, title="Vigil", place=Place("Somewhere"), location=where, communities=(community,), organisers=()
        )

    events = [placed("norway", "NO", "Tibetans"), placed("germany", "DE", "Kurds"), placed("america", "US", "Belarus")]
    events += [placed("britain", "GB", "Ukraine"), placed("turkey", "TR", "Hong Kong"), placed("kyiv", "UA", "Uyghurs")]
    add_many(db, events, actor="import")
    return db


def test_country_is_found_by_its_name_in_each_language_of_the_pages(named: Database) -> None:
    names: dict[str, list[str]] = {}
    for language in languages():
        with use_language(language):
            names |= {country_name("NO"): ["norway"], country_name("DE"): ["germany"], country_name("US"): ["america"]}
    assert {"Norge", "Німеччина", "نروژ", "Vereinigte Staaten", "美國"} <= names.keys()
    assert {name: found_by(named, name) for name in names} == names


def test_community_is_found_by_its_name_in_each_language_of_the_pages(named: Database) -> None:
    names: dict[str, list[str]] = {}
    for language in languages():
        with use_language(language):
            names |= {community_name(name): found for name, found in (("Kurds", ["germany"]), ("Belarus", ["america"]))}
    assert {"Kurden", "Білорусь", "کردها"} <= names.keys()
    assert {name: found_by(named, name) for name in names} == names


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("norge vigil", ["norway"]),
        ("norge kurds", []),
        ("NORGE", ["norway"]),
        ("norve", ["norway"]),  # the beginning of Norvège
        ("norv", []),
        ("vigil Vereinigte Staaten", ["america"]),
        ("Staaten Vereinigte", []),
        ('"Norge"', []),  # as it is written
    ],
)
def test_name_in_another_language_is_one_of_the_words_looked_for(named: Database, text: str, found: list[str]) -> None:
    assert found_by(named, text) == found


def test_country_and_community_are_found_by_people_and_everyday_names(named: Database) -> None:
    found = {
        "UK": ["britain"],  # and not the beginning of Ukraine
        "Great Britain vigil": ["britain"],
        "USA": ["america"],
        "Turkiye": ["turkey"],
        "kurdish vigil germany": ["germany"],
        "Kurds": ["germany"],
        "Belarusians": ["america"],
        "Uighur": ["kyiv"],
        "Hong Kongers": ["turkey"],
        "هنگ کنگ": ["turkey"],
        "هنگ\u200cکنگ": ["turkey"],
        "乌克兰": ["britain", "kyiv"],
        "українці": ["britain", "kyiv"],
        "Հայաստան": [],
        "tibetanreview": [],
        "laws": [],
        "in norway": [],
    }
    assert {text: found_by(named, text) for text in found} == found


@pytest.fixture
def towns(db: Database, make_event: Make) -> Database:
    def at(id_: str, name: str, country: str, **more: object) -> Event:
        where = Location(50.0, 10.0, LocationPrecision.CITY, 15_000.0, 1.0, method="test", name=name, country=country)
        return make_event(id_, place=Place(f"{name}, {country}"), location=where, **more)

    events = [
        at("gothenburg", "Gothenburg", "SE"),
        at("hague", "The Hague", "NL"),
        at("geneva", "Geneva", "CH"),
        at("new-york", "New York City", "US"),
        at("juba", "Juba", "SS"),
        at("amman", "Amman", "JO"),
        at("oslo", "Oslo", "NO", about="Some had come from Gothenburg."),
    ]
    add_many(db, events, actor="import")
    return db


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Göteborg", ["gothenburg"]),
        ("GOTEBORG vigil", []),
        ("Den Haag", ["hague"]),
        ("iran la haye", ["hague"]),
        ("Genève", ["geneva"]),
        ("Genf", ["geneva"]),
        ("日內瓦", ["geneva"]),
        ("Nueva York", ["new-york"]),
        ("нью-йорк", ["new-york"]),
        ("new york", ["new-york"]),
        ("man", []),  # an old name of Amman
        ("cuba", []),  # how some write Juba
        ("gothenburg", ["gothenburg", "oslo"]),
        # half typed
        ("Göteb", ["gothenburg"]),
        ("iran göteb", ["gothenburg"]),
        ("den ha", ["hague"]),
        ("Genèv", ["geneva"]),
        ("нью-йо", ["new-york"]),
        ("göte", []),  # too short to be a beginning
        ('"göteb"', []),
        ("göteb iran", []),
        ("kuba", []),
    ],
)
def test_city_is_found_by_its_name_in_another_language(towns: Database, text: str, found: list[str]) -> None:
    assert found_by(towns, text) == found


@pytest.fixture
def written(db: Database, make_event: Make) -> Database:
    def at(id_: str, title: str, name: str, text: str, country: str) -> Event:
        where = Location(50.0, 10.0, LocationPrecision.CITY, 15_000.0, 1.0, method="test", name=name, country=country)
        return make_event(id_, title=title, place=Place(text), location=where, communities=("Tibet",), organisers=())

    events = [
        at("new-york", "Protest against elections", "New York City", "New York, United States", "US"),
        at("los-angeles", "Gathering of women", "Los Angeles", "Los Angeles, United States", "US"),
        at("washington", "Protests before the embassy", "Washington", "Washington, D.C., United States", "US"),
        at("tacoma", "Genocide remembered", "Tacoma", "Tacoma, Washington, United States", "US"),
        at("madrid", "Por la libertad, manifestación", "Madrid", "Madrid, Spain", "ES"),
        at("moscow", "Акция за свободу, к нам", "Moscow", "Moscow, Russia", "RU"),
        at("hull", "Remember us, said a woman from Toronto", "Hull", "Hull", "GB"),
        at("essen", "Ein Akt der Solidarität", "Essen", "Essen, North Rhine-Westphalia, Germany", "DE"),
        at("canberra", "Vigil", "Canberra", "Canberra, Australian Capital Territory, Australia", "AU"),
        at("sydney", "An act of remembrance", "Sydney", "Sydney, New South Wales, Australia", "AU"),
        at("vancouver", "Concert", "Vancouver", "Vancouver, British Columbia, Canada", "CA"),
    ]
    add_many(db, events, actor="import")
    return db


AMERICAN = ["los-angeles", "new-york", "tacoma", "washington"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("NYC", ["new-york"]),
        ("nyc", ["new-york"]),
        ("N.Y.C.", ["new-york"]),
        ("protest NYC", ["new-york"]),
        ("LA", ["los-angeles"]),
        ("L.A.", ["los-angeles"]),
        ("la", ["madrid"]),
        ("DC", ["washington"]),
        ("D.C.", ["washington"]),
        ("US", AMERICAN),
        ("U.S.", AMERICAN),
        ("us", ["hull"]),
        ("U.K.", ["hull"]),
        ('"NYC"', []),
        ("NRW", ["essen"]),
        ("nrw", ["essen"]),
        ("N.S.W.", ["sydney"]),
        ("vigil ACT", ["canberra"]),
        ("ACT", ["canberra", "sydney"]),
        ("act", ["sydney"]),
        ("BC", ["vancouver"]),
        ("WA", ["tacoma", "washington"]),
        ('"NRW"', []),
    ],
)
def test_place_is_found_by_its_abbreviation(written: Database, text: str, found: list[str]) -> None:
    assert found_by(written, text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("protests", ["new-york", "washington"]),
        ("protest", ["new-york", "washington"]),
        ("embassies", ["washington"]),
        ("woman", ["hull", "los-angeles"]),
        ("women", ["hull", "los-angeles"]),
        ("manifestaciones", ["madrid"]),
        ("акции", ["moscow"]),
        ('"protests"', ["washington"]),
    ],
)
def test_singular_finds_the_plural_and_the_other_way_round(written: Database, text: str, found: list[str]) -> None:
    assert found_by(written, text) == found


@pytest.mark.parametrize(
    ("text", "found", "similar"),
    [
        ("genoicde", ["tacoma"], ("genocide",)),
        ("Genocde", ["tacoma"], ("genocide",)),
        ("Toranto", ["hull"], ("toronto",)),
        ("tibet embasssy", ["washington"], ("embassy",)),
        ("protect", ["new-york", "washington"], ("protest",)),
        ("сволоду", ["moscow"], ("свободу",)),
        ("genocide nobody", [], ()),  # the other word is like none
        ("protest genocide", [], ()),  # both are right, and no event has both
        ("genocide", ["tacoma"], ()),
        ("wpman", [], ()),  # too short
        ('"genoicde"', [], ()),
    ],
)
def test_typing_error_in_a_long_word_finds_the_similar_word(
    written: Database, text: str, found: list[str], similar: tuple[str, ...]
) -> None:
    assert (found_by(written, text), written.read(find_similar_words, text)) == (found, similar)


@pytest.fixture
def called(db: Database, make_event: Make) -> Database:
    def at(id_: str, kind: Kind, region: str, country: str, **more: object) -> Event:
        where = Location(50.0, 10.0, LocationPrecision.CITY, 9_000.0, 0.9, "given", "Somewhere", region, country)
        place, nobody = Place("Somewhere"), {"organisers": (), "communities": ()}
        return make_event(id_, kind=kind, title=f"About {id_}", place=place, location=where, **nobody, **more)

    events = [
        at("one", Kind.VIGIL, "California", "US"),
        at("two", Kind.RALLY, "Bayern", "DE", about="Some demanded a vigil. Reza Pahlavi spoke."),
        at("three", Kind.MARCH, "Kyiv City", "UA", about="A manifestation."),
        at("four", Kind.OTHER, "", "ZA", about="Mahsa Amini, Tibet"),
    ]
    add_many(db, events, actor="import")
    return db


def test_kind_is_found_by_its_name_in_each_language_of_the_pages(called: Database) -> None:
    found = {Kind.VIGIL: ["one"], Kind.RALLY: ["two"], Kind.MARCH: ["three"]}
    names: dict[str, list[str]] = {}
    for language in languages():
        with use_language(language):
            names |= {tr(KIND_LABELS[kind]): ids for kind, ids in found.items() if language != ENGLISH}
    assert {"Mahnwache", "Kundgebung", "мітинг".capitalize(), "遊行"} <= names.keys()
    names |= {"Manifestation": ["three"]}  # Swedish for a rally, and a word of an event
    assert {name: found_by(called, name) for name in names} == names


@pytest.mark.parametrize(
    ("text", "found", "similar"),
    [
        ("Kalifornien", ["one"], ()),
        ("加州", ["one"], ()),
        ("Bavaria", ["two"], ()),
        ("بایرن", ["two"], ()),
        ("vigil", ["one", "two"], ()),
        ("Kundgeb", ["two"], ("rally",)),
        ("تظاهرات", ["two"], ("rally",)),
        ("demo pahlavi", ["two"], ("rally",)),
        ("پهلوی", ["two"], ("pahlavi",)),
        ("مهسا امینی", ["four"], ("mahsa", "amini")),
        ("western", [], ()),  # a province of Sri Lanka in English
        ('"Mahnwache"', [], ()),
    ],
)
def test_words_of_other_languages_find_regions_kinds_and_people(
    called: Database, text: str, found: list[str], similar: tuple[str, ...]
) -> None:
    assert (found_by(called, text), called.read(find_similar_words, text)) == (found, similar)
