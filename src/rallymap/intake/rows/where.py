"""Place of a row: town, region, country, venue, point."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from rallymap.countries import country_name, read_country_code
from rallymap.events import MAX_NAME, AttendanceMode, EventStatus, Kind
from rallymap.intake.cells.attendance import attendance_of, split_attendance
from rallymap.intake.cells.kinds import kind_of
from rallymap.intake.cells.words import status_inside, without_status
from rallymap.intake.coordinates import PointOrder
from rallymap.intake.fields import TownFinder
from rallymap.intake.routes import is_point, split_route
from rallymap.intake.rows.flags import flag_of
from rallymap.intake.rows.march_routes import is_only_end, write_route, write_route_in_words
from rallymap.intake.rows.place_texts import one_country, plain_place, split_kind_or_town, without_repeated_town
from rallymap.intake.rows.points import write_point
from rallymap.intake.rows.row import NO_COLUMN, Cell, Row
from rallymap.intake.tables.headings import is_online_flag
from rallymap.intake.tables.profiles import says_yes
from rallymap.intake.where import country_of_zone
from rallymap.language import phrase

_ONLINE = re.compile(r"(?<![^\W_])(?:online|virtual|zoom|онлайн|en ligne|en línea|آنلاین)(?![^\W_])", re.IGNORECASE)
# Names of a country that are also names of a state or province elsewhere.
_ALSO_A_REGION = frozenset({"georgia", "luxembourg", "luxemburg", "mexico", "méxico", "limburg", "jersey", "colón"})

# Territories with their own country code, by the codes used for them in the country's tables.
_TERRITORIES = {
    "FR": {"971": "GP", "972": "MQ", "973": "GF", "974": "RE", "975": "PM", "976": "YT", "987": "PF", "988": "NC"},
    "US": {"PR": "PR", "GU": "GU", "VI": "VI", "AS": "AS", "MP": "MP"},
    "NL": {"AW": "AW", "CW": "CW", "SX": "SX"},
    "DK": {"FO": "FO", "GL": "GL"},
    "CN": {"HK": "HK", "MO": "MO"},
}


# Vehicle registration codes that are not ISO 3166 codes; used in lists from German-speaking countries.
_PLATES = {
    "A": "AT", "B": "BE", "D": "DE", "E": "ES", "F": "FR", "H": "HU", "I": "IT", "L": "LU", "N": "NO", "P": "PT",
    "S": "SE", "J": "JP", "FIN": "FI", "SLO": "SI", "RUS": "RU", "IRL": "IE", "CDN": "CA",
}  # fmt: skip


@dataclass(slots=True)
class WhereReader:
    """Reader of places in one table.

    Attributes
    ----------
    town, country
        The user's values for the whole file, or "".
    points
        The user's choice for the latitude and longitude columns.
    are_doubted
        Whether these columns look swapped and the user has not decided; a person must then decide about the points.
    pairs
        Order of pairs of coordinates in one column, if the user has not decided.
    has_flags
        Whether the flags next to its places are those of their countries.
    town_country, towns
        Country of ambiguous place texts, decided by the other towns, and these texts.
    find_town
        Returns the population of a town; None if towns are not to be looked up.
    """

    town: str
    country: str
    points: PointOrder = PointOrder.FIND_OUT
    are_doubted: bool = False
    pairs: PointOrder = PointOrder.AS_GIVEN
    has_flags: bool = False
    town_country: str = ""
    towns: frozenset[str] = frozenset()
    find_town: TownFinder | None = None
    _regions: dict[tuple[str, str, str], bool] = field(default_factory=dict)
    _spots: dict[str, tuple[str, str, EventStatus | None]] = field(default_factory=dict)
    _countries: dict[str, str] = field(default_factory=dict)

    def read(self, row: Row) -> tuple[Kind | None, EventStatus | None]:
        """Write the place fields of a row; return the kind and the status in their texts, if any."""
        country = self._country(row)
        city, region = self._city(row), self._region(row, country)
        spots, kind, status, words = self._spots_of(row)
        if not spots and (points := split_route(plain_place(row.text("route_end")))) and not is_point(points[0]):
            spots = list(points[:1])  # a march starts there
        meeting_point = next(iter(spots), "") if city or self.town else ""
        if city or not self.town:
            text = city
            if not text and not row.first("city") and len(spots) > 1:
                at = self._whole_address(spots)  # the first is the town if neither is a complete address
                text, spots = spots[at], [*spots[:at], *spots[at + 1 :]]
            elif not text and spots and not row.first("venue"):
                text, spots = spots[0], spots[1:]
            county = row.text("county") if not region else ""
            for cell in row.all("county") if region else ():
                row.keep(cell)
            region = ", ".join(part for part in (county, region) if part)
            region = self._known_region(row, text, region, country)
        else:
            text = self.town
            spots += [_district(cell) for cell in row.all("county") if cell.text not in spots]
        text, spots = without_repeated_town(text, spots, region=region, country=country, find_town=self.find_town)
        if is_country := not text and not spots and not region:
            written = plain_place(row.text("country"))  # "Antarctica" alone is a place
            text = country_name(country) if country and len(written) <= len("NOR") else written
        row.keep_all("route_end")
        trusts_points = self.points is not PointOrder.SWAPPED and not self.are_doubted
        start, end = (plain_place(row.text(name)) for name in ("route_start", "route_end"))
        if not start and is_only_end(row.first("route_end"), end):
            start = meeting_point
        write_route(row, start, end, trusts_points=trusts_points)
        if words:
            row.texts.setdefault("_kind_words", words)
        if self._write(row, text, region, ", ".join(dict.fromkeys(spots)), country):
            write_route_in_words(row)
            write_point(row, self.points, are_doubted=self.are_doubted, pairs=self.pairs)
            if is_country and "location_method" in row.texts:
                row.texts.pop("place_text", None)  # an export without a place text
        return kind, status

    def _whole_address(self, spots: list[str]) -> int:
        """Return the index of the first text that ends with a country, or with a town if the first text is none."""
        ends = (
            bool(comma) and bool(self.find_country_of(last.strip()))
            for _, comma, last in (s.rpartition(",") for s in spots)
        )
        if (at := next((at for at, is_whole in enumerate(ends) if is_whole), -1)) >= 0:
            return at
        towns = [self.find_town is not None and bool(self.find_town(text.rpartition(",")[2])) for text in spots]
        return next((at for at, names_town in enumerate(towns) if names_town and "," in spots[at] and not towns[0]), 0)

    def _write(self, row: Row, text: str, region: str, venue: str, country: str) -> bool:
        """Write the texts; return whether the row has a place on a map at all."""
        cell = row.first("city", "place", "venue")
        text, venue = self._attendance(row, cell, text, venue)
        said = [part for part in (text, venue) if part]
        names_online = bool(said) and all(attendance_of(part) is AttendanceMode.ONLINE for part in said)
        if (names_online or _ONLINE.search(f"{text} {venue}")) and not region:
            row.texts.setdefault("attendance_mode", AttendanceMode.ONLINE.value)
            if cell is not None:
                row.leave_out(cell, phrase("This is online, not a place on a map."))
            for cell in (*row.all("lat"), *row.all("lon"), *row.all("coordinates")):
                row.leave_out(cell, phrase("The event is online."))
            return False
        for name, value in (("place_text", text), ("region", region), ("venue", venue)):
            if len(value) > MAX_NAME or (len(f"{text}, {region}") > MAX_NAME and name == "region"):
                cell = row.first(*(("venue", "place", "route_start") if name == "venue" else ("city", "place", name)))
                if cell is not None:
                    row.read_as(cell, phrase("This is shortened to {most} characters.", most=MAX_NAME - 1))
                value = value[: MAX_NAME - 1].rstrip() + "…" if name != "region" else ""
            if value:
                row.texts[name] = value
        if not country and self.text_of(row) in self.towns and cell is not None:
            country = self.town_country
            where = country_name(country)
            row.read_as(
                cell, phrase("No country is given. The other towns of the column are in {country}.", country=where)
            )
        if country:
            row.texts["country"] = country
        return True

    @staticmethod
    def text_of(row: Row) -> str:
        """Return the place text of a row for geocoding."""
        return ", ".join(filter(None, (row.texts.get("place_text", ""), row.texts.get("region", ""))))

    def _attendance(self, row: Row, words: Cell | None, text: str, venue: str) -> tuple[str, str]:
        """Write the attendance mode; return place and venue without words for "online" next to another place."""
        cell = row.first("attendance_mode")
        mode = attendance_of(cell.text) if cell is not None else _mode_of_flags(row)
        if cell is not None and mode is None:
            row.leave_out(cell, phrase("This way to take part is not known here."))
        (town, _), (spot, _) = split_attendance(text), split_attendance(venue)
        is_beside = (town, spot) != (text, venue) and bool(town or spot)
        if is_beside and mode is None and words is not None:
            row.read_as(words, phrase("This says that people can also take part online."))
        mode = mode or (AttendanceMode.HYBRID if is_beside else None)
        if mode is not None:
            row.texts["attendance_mode"] = mode.value
        return (town, spot) if is_beside else (text, venue)

    def _city(self, row: Row) -> str:
        cell = row.first("city")
        if cell is None:
            return ""
        lines = [line.strip() for line in cell.text.splitlines() if line.strip()]
        is_list = len(lines) > 1 and all(line[0].isupper() or not line[0].isascii() for line in lines)
        text = plain_place("; ".join(lines) if is_list and "-" not in {line[-1] for line in lines} else cell.text)
        first, slash, rest = text.partition("/")
        if slash and first.strip() and rest.strip() and len(rest.split()) <= 3:
            row.read_as(cell, phrase("This is recorded as “{text}”.", text=first.strip()))
            return first.strip()
        if self.find_country_of(text) == self.country and self.country and len(text) == 2 and text.isupper():
            return ""  # the country's own code means "the whole country"
        return text

    def _region(self, row: Row, country: str) -> str:
        text = plain_place(row.text("region"))
        named = self.find_country_of(text) if len(text) > 3 else ""
        # "Granada, Granada" is a province of Spain, but would be read as the country.
        return "" if named and (country == named or text == row.text("city").strip()) else text

    def _known_region(self, row: Row, town: str, region: str, country: str) -> str:
        """Return the region, or "" with a note if only the town without it is known: "Lyon, Zone Sud-Est"."""
        if not (town and region and country and self.find_town is not None):
            return region
        key = town, region, country
        if key not in self._regions:
            named = country_name(country)
            is_elsewhere = bool(self.find_town(f"{town}, {region}"))  # "Toledo, Ohio" next to Spain
            is_known = is_elsewhere or bool(self.find_town(f"{town}, {region}, {named}"))
            self._regions[key] = is_known or not self.find_town(f"{town}, {named}")
        if not self._regions[key]:
            cell = row.first("region", "county")
            row.leave_out(cell or Cell(NO_COLUMN, region), phrase("This region is not known. Only the town is kept."))
        return region if self._regions[key] else ""

    def _country(self, row: Row) -> str:
        cell, region = row.first("country"), row.first("region")
        code = self.find_country_of(cell.text) if cell is not None else ""
        if cell is not None and not code and (plate := _PLATES.get(cell.text.strip())):
            code = plate
            row.read_as(cell, phrase("This is read as {country}, as on number plates.", country=country_name(code)))
        if cell is not None and not code:
            row.leave_out(cell, phrase("This country is not known."))
        is_of_town = region is not None and region.text.strip() == row.text("city").strip()  # "Granada, Granada"
        if region is not None and len(region.text.strip()) > 3 and not is_of_town:
            stated = self.find_country_of(region.text)
            name = region.text.strip().casefold()
            if (
                stated
                and stated != code
                and not (name in _ALSO_A_REGION and code in ("US", "BE", "MX", "NL", "PA", ""))
            ):
                if cell is not None and code:
                    row.leave_out(
                        cell, phrase("The text next to it, “{text}”, names another country.", text=region.text.strip())
                    )
                return stated
        code = code or (flag_of(row.text("city", "place", "venue")) if self.has_flags else "") or self.country
        if region is not None and (territory := _TERRITORIES.get(code, {}).get(region.text.strip().upper())):
            row.read_as(region, phrase("This is {territory}, which has its own country code.", territory=territory))
            return territory
        if not code and not row.first("city", "place", "venue"):
            return country_of_zone(row.text("zone"))
        return code

    def find_country_of(self, text: str) -> str:
        """Return the code of a country's name, "" for anything else; cached."""
        found = self._countries.get(text)
        if found is None:
            found = read_country_code(text) or one_country(text)
            self._countries[text] = found
        return found

    def _spots_of(self, row: Row) -> tuple[list[str], Kind | None, EventStatus | None, str]:
        cells: list[Cell] = [*row.all("place"), *row.all("venue")]
        starts = row.all("route_start")
        if cells:
            for cell in starts:
                row.keep(cell)
        else:
            cells = list(starts)
        kind: Kind | None = None
        status: EventStatus | None = None
        spots: list[str] = []
        kind_words: list[str] = []
        for cell in cells:
            known = self._spots.get(cell.text)
            if known is None:
                plain = plain_place(cell.text)
                place, words = split_kind_or_town(without_status(plain), self.find_town)
                known = self._spots[cell.text] = (place, words, status_inside(plain, only_marked=False))
            place, words, mentioned = known
            if words:
                kind = kind or kind_of(words)
                kind_words.append(words)
                row.read_as(cell, phrase("These words say what kind of event it is: {words}.", words=words))
            if mentioned is not None:
                status = status or mentioned
                row.note_status(cell, mentioned)
            if place:
                spots.append(place)
        return spots, kind, status, "; ".join(kind_words)


def _district(cell: Cell) -> str:
    """Return a district of the file's town with the word of its heading: "Bezirk Mitte"; a bare name may be a town."""
    text, heading = plain_place(cell.text), cell.column.heading.strip()
    return f"{heading} {text}" if heading.isalpha() and heading.casefold() not in text.casefold() else text


def _mode_of_flags(row: Row) -> AttendanceMode | None:
    """Return "online" if a column such as "online: yes" says so."""
    flags = (cell for cell in row.all("flag") if is_online_flag(cell.column.heading))
    return AttendanceMode.ONLINE if any(says_yes(cell.text) for cell in flags) else None
