"""Route of a march: from columns for its start and end, or in words, "Corteo da Piazza Roma a Piazza Milano"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rallymap.events import MAX_NAME, MAX_WAYPOINTS, Kind
from rallymap.intake.cells.kind_in_title import kind_in_title
from rallymap.intake.routes import field_of_point, is_point, split_route
from rallymap.intake.rows.row import Cell, Row
from rallymap.language import phrase

_WAYS = (
    ("from|starting (?:at|from)", "to|until|towards"),
    ("vom|von der|von|ab der|ab dem|ab", "bis zum|bis zur|bis|zum|zur|nach"),
    ("du|des|de la|de l['’]|depuis l[ea]|depuis l['’]|depuis|de",
     "à la|à l['’]|aux?|à|jusqu['’](?:à la|à|aux?)|vers l[ea]|vers l['’]"),
    ("desde (?:el|la)|desde|del|de la|de", "hasta (?:el|la)|hasta|al?|a la"),
    ("dal|dalla|dall['’]|dallo|dai|da", "fino (?:al?|alla|all['’])|al|alla|all['’]|allo|ai|a|verso"),
    ("desde|da|do", "até (?:à|ao|a)|até|ao?|à"),
    ("vanaf|van (?:de|het)|van", "naar (?:de|het)|naar|tot"),
    ("från|fra|frå", "till?"),
    ("spod|sprzed|od|ze?", "pod|przed|na|do"),
    ("od|ze?", "před|na|do|ke?"),
    ("от|со?|из|від|з|із|зі|ад", "до|ко?|на|под|під|да"),
    ("از", "تا|به(?: سمت)?"),
    ("من", "إلى|الى|حتى|نحو"),
    ("ji", "heta|ber bi"),
)  # fmt: skip
"""Words before the start and the end of a way, by language."""
_PART = r"[^\n,;:()→]{2,60}?"
_PATTERNS = tuple(
    re.compile(
        rf"(?P<head>.*?(?:^|\s))(?:{one})(?:\s+|(?<=['’]))(?P<start>{_PART})\s+(?:{two})(?:\s+|(?<=['’]))(?P<end>{_PART})"
        r"\s*(?:[,;:(].*)?",
        re.IGNORECASE | re.DOTALL,
    )
    for one, two in _WAYS
)
_SQUARES = re.compile(
    r"square|park\b|street|\broad|\bhall\b|station|embassy|consulate|\bgate\b|bridge|cathedral|church|parliament|campus|"
    r"plat[zs]|\bplass|plads|stra(?:ß|ss)e|\btor\b|markt|bahnhof|rathaus|brücke|kirche|allee\b|"
    r"\bplace\b|\brue\b|\bavenue|gare\b|\bpont\b|mairie|préfecture|bastille|république|"
    r"piazza|\bvia\b|viale|\bcorso\b|\blargo\b|stazione|ponte\b|\bporta\b|plaza|calle\b|paseo|avenida|puerta|glorieta|"
    r"praça|\brua\b|plein\b|straat|torg|gata\b|torv|\bplacu?\b|ulic|rynek|\balej|náměstí|\bmost|nádraží|"
    r"площад|проспект|улиц|вулиц|парк|площ[аі]|майдан|плошч|میدان|خیابان|ساحة|شارع|دوار",
    re.IGNORECASE,
)
_HOURS = re.compile(r"\d{1,2}(?:[:.h]\d{2})?\s?(?:[ap]\.?m|uhr|h|uur)?\.?(?:\s|$)", re.IGNORECASE)
_WAY = re.compile(
    r"rout|rut[ae]|strecke|weg|verlauf|parcours|itin|recorrido|percors|percurso|traj|tra[gs]|reitti|útvonal|διαδρ|"
    r"маршрут|rê|مسیر|مسار|güzerg|מסלול|路|コース|ルート|경로|väg|gate",
    re.IGNORECASE,
)
"""Headings of columns with the streets of a march."""
_MOST_WORDS = 6


def is_only_end(cell: Cell | None, text: str) -> bool:
    """Return whether a cell names only where a march ends, as under "Destination", and not its way."""
    return cell is not None and len(split_route(text)) == 1 and not _WAY.search(cell.column.heading)


def write_route(row: Row, start: str, end: str, *, trusts_points: bool) -> None:
    """Write the route given by its start and end columns, as text such as "A – B – C", or as trusted points."""
    points = [*([start] if start else []), *split_route(end)]
    points = [point for at, point in enumerate(points) if at == 0 or point.casefold() != points[at - 1].casefold()]
    if trusts_points or not any(is_point(point) for point in points):
        _write(row, points)


def write_route_in_words(row: Row) -> None:
    """Write the route that a place or a title states in words, unless columns give it.

    The title must call the event a march, and one of its two places a square, a street or the like: "Marsch vom Reden
    zum Handeln" is no route. The start is then the place of an event without another one.
    """
    if row.first("route_start", "route_end"):
        return
    for cell in (*row.all("place"), *row.all("venue")):
        if (way := route_in_words(cell.text)) is not None and (not way[0] or kind_in_title(way[0]) is Kind.MARCH):
            _write(row, way[1:])
            if row.first("kind") is None:
                row.texts.setdefault("kind", Kind.MARCH.value)
            return
    titled = row.first("title")
    way = route_in_words(titled.text) if titled is not None else None
    if titled is None or way is None or kind_in_title(titled.text) is not Kind.MARCH:
        return
    start, end = way[1:]
    if not (_SQUARES.search(start) or _SQUARES.search(end)) or not all(map(_is_name, (start, end))):
        return
    _write(row, (start, end))
    if not row.texts.get("venue") and row.texts.get("place_text"):
        row.texts["venue"] = start
    row.read_as(titled, phrase("The route was read from this text: {words}.", words=f"{start} – {end}"))


def route_in_words(text: str) -> tuple[str, str, str] | None:
    """Return the words before a way, its start and its end: "Corteo", "Piazza Roma", "Piazza Milano"; or None."""
    plain = " ".join(text.split())
    for pattern in _PATTERNS:
        match = pattern.fullmatch(plain)
        if match is None or any(map(_HOURS.match, (match["start"], match["end"]))):
            continue  # "from 10am to 12pm"
        if max(len(match[name].split()) for name in ("start", "end")) <= _MOST_WORDS:
            return match["head"].strip(), match["start"].strip(), match["end"].strip()
    return None


def _is_name(text: str) -> bool:
    return not text[0].islower() or _SQUARES.match(text) is not None


def _write(row: Row, points: Sequence[str]) -> None:
    if 2 <= len(points) <= MAX_WAYPOINTS and all(len(point) <= MAX_NAME for point in points):
        row.texts |= {field_of_point(number): point for number, point in enumerate(points, 1)}
