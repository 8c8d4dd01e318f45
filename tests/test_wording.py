from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

import pytest

from rallymap.countries import zone_name
from rallymap.dates import DatePrecision, EventDate, parse_edtf
from rallymap.events import CrowdClaim, Event, Location, LocationPrecision, Place, Source
from rallymap.language import Language, use_language
from rallymap.wording import (
    ago_in_words,
    crowd_in_words,
    date_in_words,
    date_note,
    date_with_weekday,
    day_from_epoch,
    place_in_words,
    place_note,
    source_in_words,
)


@pytest.mark.parametrize(
    ("when", "words", "short", "note"),
    [
        (parse_edtf("2018-06-30"), "30 June 2018", "30 Jun 2018", ""),
        (
            parse_edtf("2020-02-01/2020-02-02", "weekend"),
            "weekend of 1–2 February 2020",
            "1–2 Feb 2020",
            "the source gives the weekend, not the day",
        ),
        (
            parse_edtf("2022-06~"),
            "around June 2022",
            "around June 2022",
            "the source gives the month, not the day; about then",
        ),
        (parse_edtf("2018"), "2018", "2018", "the source gives the year, not the day"),
        (parse_edtf("2019-03/2019-05"), "March–May 2019", "Mar–May 2019", "the source gives the months, not the day"),
        (
            parse_edtf("2019-12~/2020-02~"),
            "around December 2019 – February 2020",
            "around Dec 2019 – Feb 2020",
            "the source gives the months, not the day; about then",
        ),
        (parse_edtf("2018/2019"), "2018–2019", "2018–2019", "the source gives the years, not the day"),
        (EventDate.unknown(), "date not known", "date not known", "no source gives the day"),
        (parse_edtf("2020-02-28/2020-03-02"), "28 February – 2 March 2020", "28 Feb – 2 Mar 2020", ""),
        (parse_edtf("2019-12-31/2020-01-01"), "31 December 2019 – 1 January 2020", "31 Dec 2019 – 1 Jan 2020", ""),
        (
            EventDate(
                date(2024, 5, 3), date(2024, 5, 3), DatePrecision.MINUTE, time(18), time(20, 30), zone="Europe/Oslo"
            ),
            "3 May 2024, 18:00–20:30 (Oslo time)",
            "3 May 2024",
            "",
        ),
        (
            EventDate(date(2023, 4, 5), date(2023, 4, 6), DatePrecision.MINUTE, time(18), time(0), zone="Europe/Oslo"),
            "5 April 2023, 18:00–24:00 (Oslo time)",
            "5 Apr 2023",
            "",
        ),
        (
            EventDate(date(2023, 4, 5), date(2023, 4, 6), DatePrecision.MINUTE, time(22), time(1), zone="Europe/Oslo"),
            "5 April 2023, 22:00 – 6 April, 01:00 (Oslo time)",
            "5–6 Apr 2023",
            "",
        ),
        (
            EventDate(date(2023, 12, 31), date(2024, 1, 1), DatePrecision.MINUTE, time(18), None, zone="Europe/Oslo"),
            "31 December 2023, 18:00 – 1 January 2024 (Oslo time)",
            "31 Dec 2023 – 1 Jan 2024",
            "",
        ),
        (
            EventDate(
                date(2023, 4, 10), date(2023, 4, 12), DatePrecision.MINUTE, time(18), time(12), zone="Europe/Oslo"
            ),
            "10 April 2023, 18:00 – 12 April, 12:00 (Oslo time)",
            "10–12 Apr 2023",
            "",
        ),
        (
            EventDate(date(2020, 2, 3), date(2020, 2, 9), DatePrecision.WEEK),
            "week of 3–9 February 2020",
            "3–9 Feb 2020",
            "the source gives the week, not the day",
        ),
        (parse_edtf("2018-06-30~"), "around 30 June 2018", "around 30 Jun 2018", "about then"),
    ],
)
def test_date_in_words_says_no_more_than_is_known(when: EventDate, words: str, short: str, note: str) -> None:
    assert date_in_words(when) == words
    assert date_in_words(when, short=True) == short
    assert date_note(when) == note


def malmo(confidence: float = 0.95, precision: LocationPrecision = LocationPrecision.CITY) -> Location:
    return Location(55.6, 13.0, precision, 8000, confidence, "gazetteer", "Malmö", "Skåne", "SE")


def test_place_keeps_the_written_form_next_to_the_resolved_one() -> None:
    assert place_in_words(Place("Malmo"), malmo()) == "Malmö, Sweden"
    assert place_note(Place("Malmo"), malmo()) == "source says “Malmo” · city only"
    cologne = replace(malmo(), name="Köln", admin1="North Rhine-Westphalia", country="DE")
    assert place_in_words(Place("Köln"), cologne) == "Cologne, Germany"
    assert place_note(Place("Köln"), cologne) == "source says “Köln” · city only"


def test_uncertain_place_is_marked() -> None:
    assert place_note(Place("Malmo"), malmo(0.5)) == (
        "source says “Malmo” · city only · not certain that this is the place meant"
    )


@pytest.mark.parametrize("service", ["nominatim", "photon", "pelias"])
def test_place_of_an_online_service_names_its_source(service: str) -> None:
    found = replace(malmo(), method=f"service:{service}")
    written, city, credit = place_note(Place("Malmo"), found).split(" · ")
    assert (written, city) == ("source says “Malmo”", "city only")
    assert credit.startswith(f"place by {service.title()}, © OpenStreetMap contributors")


def test_place_without_location_is_shown_as_written() -> None:
    assert place_in_words(Place("Atlantis"), None) == "Atlantis"
    assert place_note(Place("Atlantis"), None) == "source says “Atlantis” · not found on the map"
    assert (place_in_words(Place(), None), place_note(Place(), None)) == (
        "place not known",
        "no source gives the place",
    )


def test_country_precision_names_the_country_once() -> None:
    sweden = Location(62, 15, LocationPrecision.COUNTRY, 800_000, 0.9, "gazetteer", "Sweden", "", "SE")
    assert place_in_words(Place("in Sweden"), sweden) == "Sweden"


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        (CrowdClaim(2500), "at least 2,500"),
        (CrowdClaim(high=10), "at most 10"),
        (CrowdClaim(800, 1000), "800–1,000"),
        (CrowdClaim(800, 800, "some 800"), "“some 800”"),
        (CrowdClaim(800, 1200, "between 800 and 1,200"), "“between 800 and 1,200”"),
        (CrowdClaim(800, 800, "a full square"), "800 (“a full square”)"),
        (CrowdClaim(800, words="eight hundred or more"), "at least 800 (“eight hundred or more”)"),
        (CrowdClaim(words="hundreds"), "“hundreds”"),
        (CrowdClaim(800, 1000, is_expected=True), "800–1,000 expected"),
        (CrowdClaim(800, 800, "some 800", is_expected=True), "“some 800” expected"),
    ],
)
def test_crowd_is_an_interval_or_words(claim: CrowdClaim, words: str) -> None:
    assert crowd_in_words(claim) == words


def test_source_in_words_counts_sources() -> None:
    event = Event("abc", "A rally", "rally", EventDate.unknown())  # type: ignore[arg-type]
    source = Source(title="A report")
    assert source_in_words(event) == "no source given"
    assert source_in_words(event.changed(by_organiser=True)) == "reported by its organiser"
    assert source_in_words(event.changed(sources=(source,))) == "1 source"
    assert source_in_words(event.changed(sources=(source, source))) == "2 sources"


def test_ago_in_words_takes_the_largest_unit() -> None:
    now = datetime(2026, 1, 10, tzinfo=UTC)
    spans = [timedelta(seconds=5), timedelta(minutes=1), timedelta(hours=5), timedelta(days=3), timedelta(seconds=-9)]
    assert [ago_in_words(now - span, now) for span in spans] == [
        "just now",
        "1 minute ago",
        "5 hours ago",
        "3 days ago",
        "just now",
    ]


def test_day_from_epoch_counts_both_ways() -> None:
    assert (day_from_epoch(0), day_from_epoch(-1), day_from_epoch(18293)) == (
        date(1970, 1, 1),
        date(1969, 12, 31),
        date(2020, 2, 1),
    )


def test_dates_are_shown_with_the_second_calendar_of_the_language() -> None:
    when = parse_edtf("2026-02-24T18:00", zone="Europe/Oslo")
    with use_language(Language("fa", "", "rtl")):
        assert date_in_words(when) == "۲۴ فوریهٔ ۲۰۲۶ (۵ اسفند ۱۴۰۴)، ۱۸:۰۰ (به وقت \u2068اسلو\u2069)"
        assert date_in_words(when, short=True) == "۲۴ فوریه ۲۰۲۶"
        assert date_with_weekday(when) == "سه‌شنبه ۲۴ فوریهٔ ۲۰۲۶ (۵ اسفند ۱۴۰۴)، ۱۸:۰۰"


@pytest.mark.parametrize(
    ("zone", "language", "name"),
    [
        ("Europe/Oslo", "en", "Oslo time"),
        ("America/Argentina/Buenos_Aires", "en", "Buenos Aires time"),
        ("America/Argentina/Buenos_Aires", "uk", "час: Буенос-Айрес"),
        ("Europe/Kiev", "de", "Ortszeit Kiew"),
        ("US/Eastern", "fa", "به وقت \u2068نیویورک\u2069"),
        ("America/Kentucky/Louisville", "en", "Louisville time"),
        ("UTC", "fa", "UTC"),
        ("Etc/GMT+3", "de", "Etc/GMT+3"),
    ],
)
def test_time_zone_is_named_after_its_city_in_the_readers_language(zone: str, language: str, name: str) -> None:
    direction: Literal["ltr", "rtl"] = "rtl" if language == "fa" else "ltr"
    with use_language(Language(language, "", direction)):
        assert zone_name(zone) == name
