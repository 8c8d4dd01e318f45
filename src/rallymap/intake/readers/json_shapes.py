"""Normalise JSON from different programs to lists of plain records.

APIs wrap records (``_source``, ``fields``, ``node``), values (``{"type": "literal", "value": ...}``) and lists (an
object with one key per record); recurring events contain a list of days.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import orjson

from rallymap.intake.limits import refuse
from rallymap.intake.readers.json_groups import ungrouped
from rallymap.intake.readers.json_programs import (
    days_of_range,
    described_value,
    own_record,
    with_town,
    without_posts,
    without_structure,
)
from rallymap.language import phrase

_WRAPPERS = ("_source", "fields", "attributes", "node", "record", "resource")
_DAYS = frozenset({"occurrences", "dates", "sessions", "showings", "instances", "performances", "timings", "schedule"})
_OF_A_PAGE = frozenset({"rendered", "raw", "protected", "block_version"})
"""Keys with which WordPress wraps a title."""
_OF_A_VALUE = frozenset({"type", "value", "datatype", "xml:lang", "lang", "@value", "@type", "@language"})
_SAID = frozenset({"name", "title", "headline", "description", "about", "summary"})
"""Keys of texts that JSON-LD can give in several languages."""
_AS_A_POINT_M = 250
_MAX_DEPTH = 12
_MAX_DAYS = 1_000
"""Maximum number of days of one record: each repeats all its other values."""
_SCRIPT = re.compile(r"\A\s*(?:(?:var|let|const|window\.)\s*)?[\w.$]+\s*=\s*(?=[\[{])|\A\s*[\w.$]+\s*\(\s*(?=[\[{])")
_LARGE = 8 * 1024 * 1024
"""From this number of characters on, the standard library is used, which needs a third less memory."""
_SCRIPT_END = re.compile(r"[;)\s]+\Z")
_COMMENT = re.compile(r"\A(?:\s*(?://[^\n]*\n|/\*.*?\*/))+", re.DOTALL)
_COMMA_BEFORE_END = re.compile(r",(\s*[\]}])")


def load_json(text: str) -> Any:
    """Parse a JSON text, also with NaN, a leading comment, trailing commas, or as a script.

    Several consecutive values become a list.

    Raises
    ------
    ValueError
        If it is none of these, or nested too deeply.
    """
    if len(text) < _LARGE:
        with contextlib.suppress(orjson.JSONDecodeError):
            return orjson.loads(text)
    try:
        try:
            return json.loads(text)  # the standard library also accepts NaN, which pandas writes
        except json.JSONDecodeError:
            plain = _SCRIPT_END.sub("", _SCRIPT.sub("", _COMMENT.sub("", text)))
            plain = _COMMA_BEFORE_END.sub(r"\1", plain)
            return _several_values(plain)
    except RecursionError as err:
        raise ValueError("nested too deeply") from err


def looks_like_script(start: bytes) -> bool:
    """Return whether a file begins with a comment or an assignment before its JSON."""
    text = start.decode("utf-8", "replace")
    rest = _SCRIPT.sub("", _COMMENT.sub("", text))
    return rest != text and rest.lstrip()[:1] in ("[", "{")


def _several_values(text: str) -> Any:
    decoder = json.JSONDecoder()
    found: list[Any] = []
    at = 0
    while at < len(text):
        value, end = decoder.raw_decode(text, at)
        found.append(value)
        at = end
        while at < len(text) and text[at] in " \t\r\n,":
            at += 1
    if not found:
        raise ValueError("empty")
    return found[0] if len(found) == 1 else found


def plain_value(value: Any, depth: int = 0) -> Any:
    """Remove objects that only wrap a value with its type."""
    if depth > _MAX_DEPTH:
        return value
    if isinstance(value, Mapping):
        if (described := described_value(value)) is not None:
            return plain_value(described[0], depth + 1)
        keys = value.keys()
        for name in ("value", "@value"):
            if name in keys and len(keys) > 1 and keys <= _OF_A_VALUE and not isinstance(value[name], (list, Mapping)):
                return value[name]
        if isinstance(value.get("rendered"), str) and keys <= _OF_A_PAGE:
            return value["rendered"]
        if keys == {"type", "coordinates"} and value["type"] == "Point" and _are_two_numbers(value["coordinates"]):
            return {"lat": value["coordinates"][1], "lon": value["coordinates"][0]}  # in GeoJSON order
        if str(value.get("@type", "")).rpartition("/")[2] == "GeoCircle" and (circle := _circle(value)) is not None:
            return circle
        if len(keys) == 1 and str(next(iter(keys))).startswith("$"):
            return plain_value(next(iter(value.values())), depth + 1)
        value = without_structure(value) if depth else value
        return _with_languages(value) | {
            key: plain_value(_first_text(inner) if str(key).casefold() in _SAID else with_town(key, inner), depth + 1)
            for key, inner in value.items()
        }
    if isinstance(value, list):
        return [plain_value(inner, depth + 1) for inner in value]
    return value


def _circle(value: Mapping[str, Any]) -> Any:
    """Convert a schema.org circle to its centre if it is small enough, otherwise to words.

    The centre of a circle around a town is not the place of an event in it. None if the value is not in schema.org's
    format.
    """
    middle, radius = value.get("geoMidpoint"), value.get("geoRadius")
    if not isinstance(middle, Mapping):
        return None
    lat, lon = middle.get("latitude"), middle.get("longitude")
    try:
        is_small = float(str(radius)) <= _AS_A_POINT_M
    except ValueError:
        is_small = False
    return {"latitude": lat, "longitude": lon} if is_small else f"{radius} m around {lat} {lon}"


def _are_two_numbers(value: Any) -> bool:
    is_pair = isinstance(value, list) and len(value) > 1
    return is_pair and all(isinstance(one, (int, float)) and not isinstance(one, bool) for one in value[:2])


def _with_languages(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return title and summary of a record in each of its languages, as ``name:fa``."""
    return {
        f"{key}:{one['@language']}": one["@value"]
        for key, value in record.items()
        if str(key).casefold() in _SAID
        for one in (value if isinstance(value, list) else [value])
        if _has_language(one)
    }


def _first_text(value: Any) -> Any:
    """Return the first of several texts in different languages; other values unchanged."""
    return value[0] if isinstance(value, list) and any(map(_has_language, value)) else value


def _has_language(value: Any) -> bool:
    """Return whether a JSON-LD value is a text with its language."""
    return isinstance(value, Mapping) and all(isinstance(value.get(name), str) for name in ("@value", "@language"))


def plain_records(records: Sequence[Any]) -> list[Any]:
    """Return unwrapped records, one per day; of a JSON-LD graph with events, only the events."""
    for record in records:
        _check_days(record)
    if any(_is_event(record) for record in records):
        records = [record for record in records if _is_event(record)]
    records = without_posts([own_record(record) for record in records])
    plain = ungrouped([_unwrapped(plain_value(record)) for record in records], _DAYS)
    return [one for record in plain for one in _each_day(record)]


def _is_event(record: Any) -> bool:
    """Return whether a record's JSON-LD type is an event."""
    kind = record.get("@type") if isinstance(record, Mapping) else None
    return any(str(one).endswith("Event") for one in (kind if isinstance(kind, list) else [kind]))


def _unwrapped(record: Any) -> Any:
    if not isinstance(record, Mapping):
        return record
    for name in _WRAPPERS:
        inner = record.get(name)
        if isinstance(inner, Mapping):
            outer = {key: value for key, value in record.items() if key != name}
            return {**inner, **{key: value for key, value in outer.items() if key not in inner}}
    return record


def _check_days(record: Any) -> None:
    """Refuse a record with too many days before it is copied for each of them."""
    for key, value in record.items() if isinstance(record, Mapping) else ():
        if not isinstance(value, list) or len(value) <= _MAX_DAYS:
            continue
        if str(key).casefold() in _DAYS or days_of_range(value[:1]) is not None:
            refuse(phrase("An event of this file has more than {max_days} dates; please split it.", max_days=_MAX_DAYS))


def _each_day(record: Any) -> Iterator[Any]:
    days = None
    if isinstance(record, Mapping):
        days = next(
            ((key, found) for key, value in record.items() if (found := days_of_range(value)) is not None), None
        ) or next(
            (
                (key, value)
                for key, value in record.items()
                if str(key).casefold() in _DAYS
                and isinstance(value, list)
                and value
                and all(isinstance(day, Mapping) for day in value)
            ),
            None,
        )
    if days is None:
        yield record
        return
    name, items = days
    rest = {key: value for key, value in record.items() if key != name}
    for item in items:
        yield {**rest, **item}


def records_by_key(data: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    """Return the records of an object with one key per record, None if it is something else."""
    values = list(data.values())
    if len(values) < 2 or not all(isinstance(value, Mapping) and value for value in values):
        return None
    shared = set.intersection(*(set(value) for value in values))
    widest = max(len(value) for value in values)
    if len(shared) < 2 or len(shared) * 2 < widest:
        return None
    if any(isinstance(data[key].get("type"), str) and "features" in data[key] for key in data):
        return None
    return [{"key": key, **value} for key, value in data.items()]
