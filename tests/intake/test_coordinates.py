"""Coordinates in the notations that people paste."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rallymap.errors import IntakeError, InvalidEventError
from rallymap.intake.coordinates import PointOrder, check_lat_lon, parse_coordinates
from rallymap.intake.options import ImportOptions, from_toml, to_toml
from rallymap.intake.reading import read_events

OSLO = (59.9127, 10.7461)


@pytest.mark.parametrize(
    "text",
    [
        "59.9127, 10.7461",
        "５９．９１２７，１０．７４６１",
        "59.9127 10.7461",
        "59.9127;10.7461",
        " (59.9127, 10.7461) ",
        "+59.9127, +10.7461",
        "59,9127 10,7461",
        "59,9127; 10,7461",
        "59,9127, 10,7461",
        "59.9127N 10.7461E",
        "59.9127° N, 10.7461° E",
        "N59.9127 E10.7461",
        "10.7461E 59.9127N",
        "lat: 59.9127, lon: 10.7461",
        "lat=59.9127&lon=10.7461",
        '{"lng": 10.7461, "lat": 59.9127}',
        "59.9127|10.7461",
        "59.9127° 10.7461°",
        "59.9127 North, 10.7461 East",
        "59,9127° Nord 10,7461° Est",
        "59,9127 nördl. Breite 10,7461 östl. Länge",
        "59.9127 с.ш. 10.7461 в.д.",
        "59.9127° пн.ш., 10.7461° сх.д.",
        "北緯59.9127 東經10.7461",
        "Latitude 59.9127 Longitude 10.7461",
        "+59.9127+010.7461/",
        "geo:59.9127,10.7461",
        "geo:59.9127,10.7461;u=35",
        "geo:59.9127,10.7461?z=15",
        "۵۹٫۹۱۲۷، ۱۰٫۷۴۶۱",
        "https://www.openstreetmap.org/#map=15/59.9127/10.7461",
        "https://www.openstreetmap.org/?mlat=59.9127&mlon=10.7461#map=15/1/2",
        "https://www.google.com/maps/@59.9127,10.7461,15z",
        "https://www.google.com/maps/place/X/@59.8,10.6,15z/data=!3m1!4b1!3d59.9127!4d10.7461",
        "https://www.google.com/maps/search/59.9127,+10.7461?entry=tts",
        "https://maps.google.com/?q=59.9127,10.7461",
        "https://maps.google.com/maps?q=loc:59.9127,10.7461",
        "https://maps.apple.com/?ll=59.9127,10.7461&q=Oslo",
        "https://www.bing.com/maps?cp=59.9127~10.7461",
    ],
)
def test_usual_notation(text: str) -> None:
    assert parse_coordinates(text) == OSLO


@pytest.mark.parametrize(
    "text",
    [
        "59°54'46\"N 10°44'46\"E",
        "59°54′46″N, 10°44′46″E",
        "10°44′46″E 59°54′46″N",
        "59º54’46” N 10º44’46” E",
        "59 54 46 N, 10 44 46 E",
        "59 54 46 10 44 46",
        "N59 54.76667 E10 44.76667",
        "59d54m46s N 10d44m46s E",
    ],
)
def test_degrees_minutes_seconds(text: str) -> None:
    lat, lon = parse_coordinates(text)
    assert (round(lat, 5), round(lon, 5)) == (59.91278, 10.74611)


@pytest.mark.parametrize(
    "text", ["33°52′S 151°13′W", "-33°52', -151°13'", "33 52 S, 151 13 W", "−33.866667, −151.216667"]
)
def test_south_and_west_are_negative(text: str) -> None:
    lat, lon = parse_coordinates(text)
    assert (round(lat, 5), round(lon, 5)) == (-33.86667, -151.21667)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Oslo",
        "59.9127",
        "1, 2, 3",
        "12 N 13 N",
        "12 E 13 W",
        "59.9 N 10.7",
        "59°61'N 10°44'E",
        "-59 N 10 E",
        "59.5°30'N 10°E",
        "https://www.openstreetmap.org/",
        "https://example.org/59.9127",
        "https://[bad",
        "geo:",
        "nan, nan",
        "inf, 1",
    ],
)
def test_text_that_is_not_a_pair_is_refused(text: str) -> None:
    with pytest.raises(InvalidEventError) as caught:
        parse_coordinates(text, "lat")
    assert caught.value.field == "lat"
    assert caught.value.user_message == (
        "These coordinates cannot be read; write latitude and longitude like 59.9127, 10.7461."
    )


def test_swapped_order_is_suspected() -> None:
    with pytest.raises(InvalidEventError) as caught:
        parse_coordinates("151.2, -33.8")
    assert caught.value.user_message == (
        "A latitude is between -90 and 90, but this is 151.2; latitude and longitude look swapped."
    )


@pytest.mark.parametrize(
    ("lat", "lon", "sentence"),
    [
        (95, 170, "A latitude is between -90 and 90 degrees, but this is 95."),
        (50, 200, "A longitude is between -180 and 180 degrees, but this is 200."),
        (0, 0, "0, 0 is a point in the sea, and mostly means an empty value; leave it empty."),
    ],
)
def test_implausible_point_is_refused(lat: float, lon: float, sentence: str) -> None:
    with pytest.raises(InvalidEventError) as caught:
        check_lat_lon(lat, lon, field="lat")
    assert caught.value.user_message == sentence


def test_edges_of_the_earth() -> None:
    assert check_lat_lon(90, -180, field="lat") == (90, -180)
    assert check_lat_lon(-90, 180, field="lat") == (-90, 180)


def test_10_mb_text_is_refused_fast() -> None:
    with pytest.raises(InvalidEventError) as caught:
        parse_coordinates("1" * 10_000_000)
    assert caught.value.user_message == "This is too long for a pair of coordinates."


@pytest.mark.slow
@given(st.text(max_size=60) | st.text(alphabet="0123456789.,;°'\"NSEW -+/:@", max_size=40))
def test_any_text_is_a_point_or_a_sentence(text: str) -> None:
    try:
        lat, lon = parse_coordinates(text)
    except InvalidEventError:
        return
    assert -90 <= lat <= 90
    assert -180 <= lon <= 180


@pytest.mark.slow
@given(
    st.floats(-90, 90, allow_nan=False).filter(lambda x: abs(x) > 0.001),
    st.floats(-180, 180, allow_nan=False).filter(lambda x: abs(x) > 0.001),
)
def test_decimal_and_sexagesimal_agree(lat: float, lon: float) -> None:
    def angle(value: float, letters: str) -> str:
        seconds = round(abs(value) * 3600, 3)
        minutes, second = divmod(seconds, 60)
        degree, minute = divmod(int(minutes), 60)
        return f"{degree}°{minute}'{second:.3f}\"{letters[value < 0]}"

    shown = f"{angle(lat, 'NS')} {angle(lon, 'EW')}"
    if "60.000" in shown:
        return
    found = parse_coordinates(shown)
    assert found == pytest.approx((lat, lon), abs=1e-6)
    assert parse_coordinates(f"{lat:.6f}, {lon:.6f}") == (round(lat, 6), round(lon, 6))


@pytest.mark.parametrize(
    "text",
    [
        "lon: 10.7461, lat: 59.9127", "lat: 59.9127, lon: 10.7461", "Longitude 10.7461 Latitude 59.9127",
        "lng=10.7461 lat=59.9127", "x=10.7461 y=59.9127", "Länge: 10.7461, Breite: 59.9127", "POINT(10.7461 59.9127)",
        "SRID=4326;POINT (10.7461 59.9127)",
        "https://yandex.com/maps/?ll=10.7461%2C59.9127&z=12", "https://yandex.ru/maps/?pt=10.7461,59.9127",
        "https://2gis.com/oslo?m=10.7461%2C59.9127%2F12", "https://mapy.com/en/?x=10.7461&y=59.9127&z=12",
        "https://maps.apple.com/?ll=59.9127,10.7461", "https://www.openstreetmap.org/#map=12/59.9127/10.7461",
    ],
)  # fmt: skip
def test_a_stated_order_is_used(text: str) -> None:
    assert parse_coordinates(text) == (59.9127, 10.7461)


_SWAPPED = "title,date,city,latitude,longitude\nA,2022-10-01,Berlin,13.405,52.52\nB,2022-10-02,Paris,2.3522,48.8566\n"
_PAIRS = (
    'title\tdate\tcity\tcoordinates\nA\t2022-10-01\tBerlin\t13.405, 52.52\nB\t2022-10-02\tParis\t"2,3522; 48,8566"\n'
)
_LINK = "title\tdate\tcity\tcoordinates\nA\t2022-10-01\tBerlin\thttps://www.google.com/maps/@52.52,13.405,15z\n"


@pytest.mark.parametrize("text", [_SWAPPED, _PAIRS])
def test_coordinates_of_a_table_are_swapped_with_a_note_on_request(text: str) -> None:
    reading = read_events(text.encode(), ImportOptions(points=PointOrder.SWAPPED))

    points = [(event.location.lat, event.location.lon) for event in reading.events if event.location]
    assert points == [(52.52, 13.405), (48.8566, 2.3522)]
    said = {note.reason for row in reading.rows for note in row.notes}
    assert said == {"Latitude and longitude are swapped, as you chose."}


def test_a_link_states_its_order_and_is_not_swapped() -> None:
    (event,) = read_events(_LINK.encode(), ImportOptions(points=PointOrder.SWAPPED)).events

    assert event.location is not None
    assert (event.location.lat, event.location.lon) == (52.52, 13.405)


@pytest.mark.parametrize("text", [_SWAPPED, _PAIRS, _LINK])
def test_coordinates_of_a_table_are_left_out_with_a_note_on_request(text: str) -> None:
    reading = read_events(text.encode(), ImportOptions(points=PointOrder.LEAVE_OUT))

    assert [event.location for event in reading.events] == [None] * len(reading.events)
    said = {note.reason for row in reading.rows for note in row.notes}
    assert said == {"Coordinates are left out, as you chose."}


def test_swapped_columns_are_read_as_given_on_request() -> None:
    events = read_events(_SWAPPED.encode(), ImportOptions(points=PointOrder.AS_GIVEN)).events

    points = [(event.location.lat, event.location.lon) for event in events if event.location]
    assert points == [(13.405, 52.52), (2.3522, 48.8566)]


def test_the_choice_for_coordinates_is_kept_in_a_mapping_file() -> None:
    text = to_toml(ImportOptions(points=PointOrder.SWAPPED))

    assert 'points = "swapped"' in text
    assert from_toml(text).points is PointOrder.SWAPPED
    assert ImportOptions().with_defaults(from_toml(text)).points is PointOrder.SWAPPED
    with pytest.raises(IntakeError, match="find-out, as-given, swapped, leave-out"):
        from_toml('points = "upside down"')
