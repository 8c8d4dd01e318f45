"""Decide settings for all rows of a table: its date formats, and the user's values for all rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from rallymap.countries import read_country_code
from rallymap.errors import IntakeError
from rallymap.events import ReviewStatus
from rallymap.intake.cells.date_columns import decide_dates, names_year
from rallymap.intake.cells.date_stamps import DateRules, Order, ReadDate, ShortYear
from rallymap.intake.cells.dates import read_date
from rallymap.intake.cells.day_order import order_of_heading
from rallymap.intake.cells.half_days import clock_of
from rallymap.intake.coordinates import PointOrder
from rallymap.intake.fields import ZoneFinder
from rallymap.intake.lexicon import fold
from rallymap.intake.options import ImportOptions
from rallymap.intake.rows.builder import RowBuilder
from rallymap.intake.rows.flags import flags_are_countries
from rallymap.intake.rows.midnights import ends_at_midnight
from rallymap.intake.rows.neighbours import dates_around, dates_below_title
from rallymap.intake.rows.pair_order import order_of_pairs
from rallymap.intake.rows.points import columns_look_swapped
from rallymap.intake.rows.private_persons import names_private_persons
from rallymap.intake.rows.stamp_years import year_of_stamps
from rallymap.intake.rows.town_countries import country_of_places, order_of_records, remark_on_order
from rallymap.intake.rows.weekdays import weekday_columns
from rallymap.intake.rows.what import WhatReader
from rallymap.intake.rows.when import WhenReader
from rallymap.intake.rows.where import WhereReader
from rallymap.intake.rows.who import WhoReader
from rallymap.intake.rows.zones import is_heading_in_utc
from rallymap.intake.tables.columns import Column
from rallymap.intake.tables.heading_bounds import folded_words
from rallymap.intake.tables.layout import Table
from rallymap.intake.tables.own_export import is_own_export
from rallymap.intake.tables.state_codes import US_STATES
from rallymap.language import tr

_SOURCE = ("source_url", "source_title", "source_publisher")

_DAY_FIRST_SCRIPTS = tuple(
    (re.compile(f"[{first}-{last}]"), country)
    for first, last, country in (("Ͱ", "Ͽ", "GR"), ("Ѐ", "ӿ", "RU"), ("א", "ת", "IL"), ("\u0620", "\u06ff", "EG"))
)

_DAY_FIRST_WORDS = frozenset(
    "datum dato fecha data dată dátum tarih tarihi dîrok quand jour cuándo cuando wann quando quand wanneer når när "
    "kiedy dia roj kdy päivämäärä milloin mikor "
    "kdy kada când giorno dag dzień den tag termin día päivämäärä päivä ajankohta versammlungsdatum kuupäev datë "
    "".split()
)
"""Words for "date" in European languages other than English."""
_OTHER_WORDS = folded_words(
    "ort stadt uhrzeit thema teilnehmer veranstalter gemeinde bundesland versammlungsort ville commune lieu heure "
    "horaire "
    "organisateur ciudad municipio lugar provincia localidad convocante asistentes cidade município horário "
    "concentração luogo "
    "città comune presenze plaats gemeente tijd aantal tidpunkt stad plats deltagare kommun sted antall oppmøte "
    "arrangør miejsce "
    "miasto godzina uczestnicy město místo čas počet helyszín város időpont létszám kaupunki paikka paikkakunta "
    "osallistujat "
    "bajar cih katılım oraș localitate locul organizator ngày giờ điểm phố gia kota tempat peserta "
    "vreme vrijeme mesto mjesto povod "
    "kraj čas lloc ciutat qyteti vendi şehir saat yer konu pilsēta vieta laiks bæjarfélag staður mji mahali"
)
"""Words in other headings in these languages."""
_FRACTION = re.compile(r"0?[.,]\d{3,}|0?\.\d+|0?,[6-9]\d")
"""A fraction of a day, as in spreadsheets; "0,30" is half past midnight."""


def set_up_rows(
    table: Table,
    columns: tuple[Column, ...],
    options: ImportOptions,
    *,
    has_own_ids: bool,
    review: ReviewStatus,
    find_zone: ZoneFinder | None,
    today: date | None,
) -> tuple[RowBuilder, Order, str]:
    """Decide settings for all rows of a table, and return the builder of its events.

    Returns
    -------
    builder, order, remark
        Builder, the order of day and month in its dates (UNKNOWN if it matters and nothing decides it), and a remark
        if only the countries of the places decide it.

    Raises
    ------
    IntakeError
        If a value that the user gave for all rows is invalid.
    """
    town, country = _default_place(options)
    told_year = options.default("year")
    year = int(told_year) if told_year.isdecimal() else table.year
    epoch = table.facts.get("epoch")
    rules = DateRules(options.order, year, table.month, is_since_1904=epoch == "1904", has_date_cells=epoch is not None)
    missing = {
        column.position: marks
        for column in columns
        for heading, marks in options.missing.items()
        if heading.casefold() == column.heading.casefold()
    }
    is_own = is_own_export(table.header)
    dates, order = {}, Order.DAY_FIRST
    country = country or _only_country(table, columns)
    language = "NL" if any(not _OTHER_WORDS.isdisjoint(fold(c.heading).split()) for c in columns) else ""
    remark = ""
    for column in columns:
        if column.field in ("date", "start", "end"):
            values = [cells[column.position] for _, cells in table.rows if column.position < len(cells)]
            stated = rules.order if rules.order is not Order.UNKNOWN else order_of_heading(column.heading)
            own = replace(rules, order=stated, in_utc=is_heading_in_utc(column.heading))
            decided = decide_dates(values, own, country or _country_of_script(column.heading) or language)
            sent = 0 if decided.rules.year or any(map(names_year, values)) else year_of_stamps(table, columns)
            if sent:
                decided = replace(decided, rules=replace(decided.rules, year=sent, year_of_others=True))
            dates[column.position] = decided
            order = decided.rules.order if column.field != "end" else order
    if len(known := {decided.rules.order for decided in dates.values()} - {Order.UNKNOWN}) == 1:
        # "End: 10/1/2022" has the same format as "Start: 10/22/2022".
        for position, decided in dates.items():
            if decided.rules.order is Order.UNKNOWN:
                values = [cells[position] for _, cells in table.rows if position < len(cells)]
                dates[position] = decide_dates(values, replace(decided.rules, order=next(iter(known))), country)
    if all(decided.rules.order is Order.UNKNOWN for decided in dates.values()):
        of_records = order_of_records(table, columns) if dates else Order.UNKNOWN
        near = country_of_places(table, columns, find_zone) if dates and of_records is Order.UNKNOWN else ""
        for position, decided in dates.items():
            values = [cells[position] for _, cells in table.rows if position < len(cells)]
            if decided.rules.short_year is ShortYear.LAST and (near or of_records is not Order.UNKNOWN):
                dates[position] = decide_dates(values, replace(decided.rules, order=of_records), near)
                order = dates[position].rules.order
                remark = remark or (remark_on_order(table.header[position], order) if near else "")
    times = [column for column in columns if "time" in column.field]
    when = WhenReader(
        ends_at_midnight(table, [one for one in columns if one.position in dates], dates),
        _numbers_of_times(table, times),
        clock_of(_values(table, times)),
        _default_date(options),
        year,
        table.month,
        is_own,
        dates_below_title(table, columns) | dates_around(table, columns, dates),
        table.name,
    )
    builder = RowBuilder(
        table.name,
        table.header,
        columns,
        missing,
        when,
        WhereReader(
            town,
            country,
            options.points,
            are_doubted=options.points is PointOrder.FIND_OUT and columns_look_swapped(table, columns),
            pairs=order_of_pairs(table, columns, find_zone),
            has_flags=flags_are_countries(table, columns, find_zone),
        ),
        WhatReader(options, table.facts.get("title", ""), is_own=is_own, today=today),
        WhoReader(
            {name: text for name in _SOURCE if (text := options.default(name))},
            {"crowd_low", "crowd_high"} <= {column.field for column in columns},
            frozenset(
                column.position
                for column in columns
                if column.field == "organisers" and names_private_persons(_values(table, [column]))
            ),
        ),
        _zone_or_default(find_zone, options.default("zone")),
        review,
        today,
        order,
        weekday_columns(table, columns),
        next((column.position for column in columns if column.field == "id"), None) if has_own_ids else None,
        table.sections,
        is_own,
        table.dittos,
    )  # fmt: skip
    return builder, order, remark


def _only_country(table: Table, columns: tuple[Column, ...]) -> str:
    """Return "US" if every row is in the United States by its country or state, otherwise ""; used for date formats."""
    by_field = {column.field: column.position for column in columns if column.field in ("country", "region", "place")}

    def values(name: str) -> set[str]:
        at = by_field.get(name)
        if at is None:
            return set()
        return {cells[at].strip() for _, cells in table.rows[:2000] if at < len(cells)} - {""}

    countries = {read_country_code(text) for text in values("country")}
    if countries:
        return "US" if countries == {"US"} else ""
    regions = values("region")
    if regions:
        return "US" if regions <= US_STATES else ""
    ends = {text.rpartition(",")[2].strip() for text in values("place")}
    return "US" if ends and ends <= US_STATES | {"USA", "United States"} else ""


def _country_of_script(heading: str) -> str:
    """Return a country with day-first dates if a heading is in its script or language, otherwise ""."""
    if not _DAY_FIRST_WORDS.isdisjoint(fold(heading).split()):
        return "NL"
    return next((country for script, country in _DAY_FIRST_SCRIPTS if script.search(heading)), "")


def _zone_or_default(find_zone: ZoneFinder | None, default: str) -> ZoneFinder | None:
    if not default:
        return find_zone
    return lambda place, location: (find_zone(place, location) if find_zone else "") or default


def _default_place(options: ImportOptions) -> tuple[str, str]:
    """Return town and country for the whole file; "Berlin, Germany" gives both."""
    place, stated = options.default("place").strip(), options.default("country").strip()
    country = read_country_code(stated) or "" if stated else ""
    if stated and not country:
        raise IntakeError(
            1, "country", tr("“{stated}” is not a country; use two-letter codes such as NO.", stated=stated[:40])
        )
    head, comma, last = place.rpartition(",")
    if comma and (code := read_country_code(last)):
        return head.strip(), country or code
    return place, country


def _default_date(options: ImportOptions) -> ReadDate | None:
    stated = options.default("date")
    if not stated:
        return None
    read = read_date(stated, DateRules(options.order))
    if read.start is None:
        raise IntakeError(
            1,
            "date",
            tr(
                "“{stated}” cannot be read as a date. Write the date for all rows like 2020-02-01.",
                stated=stated[:40],
            ),
        )
    return read


def _values(table: Table, columns: Sequence[Column]) -> list[str]:
    """Return the values of columns in at most 2000 rows."""
    return [
        cells[column.position].strip()
        for _, cells in table.rows[:2000]
        for column in columns
        if column.position < len(cells)
    ]


def _numbers_of_times(table: Table, columns: Sequence[Column]) -> dict[int, str]:
    """Decide the meaning of plain numbers in the time columns, by column position."""
    texts = {column.position: _values(table, [column]) for column in columns}
    if any(_FRACTION.fullmatch(text) for values in texts.values() for text in values):
        return dict.fromkeys(texts, "fraction")  # "0,5" is noon if another column has "0,708"
    return {position: "hhmm" if _are_hours_and_minutes(values) else "" for position, values in texts.items()}


def _are_hours_and_minutes(texts: Sequence[str]) -> bool:
    numbers = [text for text in texts if text.isdecimal()]
    return sum(int(text) > 24 for text in numbers if len(text) <= 4) * 2 > len(numbers)
