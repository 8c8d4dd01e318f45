"""Read JSON, JSON Lines and GeoJSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import orjson

from rallymap.intake.limits import MAX_TABLES, refuse
from rallymap.intake.readers.charset import decode
from rallymap.intake.readers.chats import refuse_chat_records
from rallymap.intake.readers.geometry import columns_of
from rallymap.intake.readers.json_shapes import load_json, plain_records, records_by_key
from rallymap.intake.readers.raw_table import Opened, RawTable
from rallymap.intake.readers.records import table_of, text_of
from rallymap.language import phrase, phrase_n

_MAX_DEPTH = 6


def read_json(content: bytes) -> Opened:
    """Read JSON: a list of records, GeoJSON, lists inside objects, columns as lists, or one record per line.

    Raises
    ------
    IntakeError
        If it is not valid JSON, or contains no records.
    """
    text, remark = decode(content)
    text = text.replace("\x1e", "")  # precedes each record of a JSON text sequence (RFC 8142)
    remarks: tuple[str, ...] = (remark,) if remark else ()
    records, lost = _json_lines(text)
    if records:
        if lost:
            remarks += (
                phrase_n(
                    "{n} line is not JSON and was left out: {lines}.",
                    "{n} lines are not JSON and were left out: {lines}.",
                    len(lost),
                    lines=", ".join(map(str, lost[:10])),
                ),
            )
        if any(record.get("type") == "Feature" for record in records):
            return Opened("GeoJSON", (_features("", records),), remarks)
        refuse_chat_records(records)
        return Opened("JSON Lines", (table_of("", plain_records(records)),), remarks)
    try:
        data = load_json(text)
    except ValueError as err:
        refuse(phrase("This file begins like JSON but is damaged; export it again."), value=str(err))
    if isinstance(data, Mapping) and data.get("type") == "Topology":
        refuse(phrase("This is TopoJSON; export the map as GeoJSON."))
    tables = tuple(find_tables(data))
    if isinstance(data, Mapping) and data.get("type") in ("FeatureCollection", "Feature"):
        if not tables:
            refuse(phrase("This map holds no points."))
        return Opened("GeoJSON", tables, remarks)
    if not tables:
        refuse(phrase("This JSON file holds no list of records."))
    return Opened("JSON", tables, remarks)


def _json_lines(text: str) -> tuple[list[dict[str, Any]], list[int]]:
    """Return the records of JSON Lines and the numbers of invalid lines; nothing if it is another format."""
    if "\n" not in text.strip():
        return [], []  # one line is parsed as a whole document, and not twice
    records: list[dict[str, Any]] = []
    lost: list[int] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            record = orjson.loads(line)
        except orjson.JSONDecodeError:
            record = None
        if isinstance(record, dict):
            records.append(record)
        else:
            lost.append(number)
        if len(lost) > len(records) // 10 + 1 or (lost and not records):
            return [], []
    return (records, lost) if len(records) > 1 else ([], [])


def find_tables(data: Any, name: str = "", depth: int = 0) -> Iterator[RawTable]:
    """Yield the lists of records in a document, each named by its path.

    The document's own texts (``title``, ``name``) are facts about its tables.
    """
    if depth > _MAX_DEPTH:
        return
    if isinstance(data, list):
        if any(isinstance(item, Mapping) for item in data):
            if any(isinstance(item, Mapping) and item.get("type") == "Feature" for item in data):
                yield _features(name, data)
            elif any(isinstance(item, Mapping) and item.get("type") == "FeatureCollection" for item in data):
                yield _features(name, [one for layer in data for one in _of_layer(layer)])
            else:
                refuse_chat_records(data)
                yield table_of(name, plain_records(data))
        elif data and all(isinstance(item, list) for item in data):
            rows = [(number, tuple(map(text_of, item))) for number, item in enumerate(data, 1)]
            yield RawTable(name, [row for row in rows if any(row[1])])
    elif isinstance(data, Mapping):
        if data.get("type") == "FeatureCollection" and isinstance(data.get("features"), list):
            yield _features(name, data["features"])
            return
        if data.get("type") == "Feature":
            yield _features(name, [data])
            return
        heads, body = data.get("columns"), data.get("data")
        if isinstance(heads, list) and isinstance(body, list) and all(isinstance(item, list) for item in body):
            yield table_of(name, [dict(zip(map(str, heads), item, strict=False)) for item in body])
            return
        if (keyed := records_by_key(data)) is not None:
            yield table_of(name, plain_records(keyed))
            return
        if _is_columns(data):
            columns = [list(value.values()) if isinstance(value, Mapping) else value for value in data.values()]
            records = [dict(zip(data, values, strict=True)) for values in zip(*columns, strict=True)]
            yield table_of(name, records)
            return
        facts = {
            str(key).casefold(): text_of(value)
            for key, value in data.items()
            if isinstance(value, str) and str(key).casefold() in ("title", "name")
        }
        found = 0
        for key, value in data.items():
            if key == "@context":
                continue  # JSON-LD: defines terms
            for table in find_tables(value, f"{name}.{key}" if name else str(key), depth + 1):
                found += 1
                if found > MAX_TABLES:
                    return
                yield RawTable(table.name, table.rows, table.header, {**facts, **table.facts})
        if not found and depth == 0 and data:
            yield table_of(name, plain_records([data]))


def _of_layer(layer: Any) -> Iterator[Any]:
    """Yield the features of one map layer, each with the name of the layer."""
    if not isinstance(layer, Mapping) or not isinstance(layer.get("features"), list):
        return
    name = _layer_name(layer)
    for feature in layer["features"]:
        if name and isinstance(feature, Mapping) and isinstance(feature.get("properties"), Mapping):
            yield {**feature, "properties": {"layer": name, **feature["properties"]}}
        else:
            yield feature


def _layer_name(layer: Mapping[str, Any]) -> str:
    """Return the name of a map layer, "" if it has none."""
    options = layer.get("_umap_options")
    stated = options.get("name") if isinstance(options, Mapping) else layer.get("name")
    return str(stated)[:100] if stated else ""


def _is_columns(data: Mapping[str, Any]) -> bool:
    """Return whether an object contains columns of equal length, as lists or as objects by row number."""
    values = list(data.values())
    if len(values) < 2:
        return False
    if all(isinstance(value, list) for value in values):
        lengths = {len(value) for value in values}
        return len(lengths) == 1 and lengths != {0} and not any(isinstance(x, (list, dict)) for v in values for x in v)
    if all(isinstance(value, Mapping) for value in values):
        keys = {tuple(value) for value in values}
        return len(keys) == 1 and all(str(key).isdecimal() for key in next(iter(keys))) and keys != {()}
    return False


def _features(name: str, features: Sequence[Any]) -> RawTable:
    records: list[Any] = []
    for feature in features:
        if not isinstance(feature, Mapping):
            records.append(None)
            continue
        properties = feature.get("properties")
        record = dict(properties) if isinstance(properties, Mapping) else {}
        if feature.get("id") is not None and "id" not in record:
            record["id"] = feature["id"]
        records.append(record | columns_of(feature.get("geometry")))
    return table_of(name, records)
