"""Route of a march: from columns for its start and end, or in words, "Corteo da Piazza Roma a Piazza Milano"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rallymap.events import MAX_NAME, MAX_WAYPOINTS, Kind
from rallymap.intake.cells.kind_in_title import kind_in_title
from rallymap.intake.cells.month_names import month_of
from rallymap.intake.cells.words import status_of, with_equal_digits
from rallymap.intake.lexicon import fold, meanings
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
_LEADING = (
    r"place|rue|avenue|av|boulevard|bd|gare|pont|mairie|hôtel|préfecture|esplanade|parvis|quai|cours|porte|parc|jardin|"
    r"ambassade|consulat|université|piazza|piazzale|via|viale|corso|largo|stazione|ponte|porta|parco|ambasciata|"
    r"università|plaza|plazuela|calle|paseo|avenida|puerta|glorieta|parque|estación|ayuntamiento|embajada|universidad|"
    r"praça|rua|estação|embaixada|câmara|universidade|میدان|خیابان|دانشگاه|پارک|ساحة|شارع|دوار|جامعة|حديقة"
)
"""Words for squares, streets and institutions that stand before a name: "Place Bellecour"."""
_TRAILING = (
    r"square|park|street|road|avenue|boulevard|hall|station|embassy|consulate|gate|bridge|cathedral|church|mosque|"
    r"parliament|campus|gardens?|monument|memorial|university"
)
"""Those that stand behind a name: "Hyde Park"."""
_EITHER = (
    r"\w*(?:plat[zs](?:en)?|plass(?:en)?|plads(?:en)?|stra(?:ß|ss)e|markt|bahnhof|rathaus|brücke|kirche|allee|ufer|damm|"
    r"botschaft|konsulat|universität|hochschule|plein|straat|gracht|torg(?:et)?|gata(?:n)?|gaten|torv(?:et)?|gade)|"
    r"tor|placu?|ulic[aeyiu]|ul|rynek|rynku|alej[aeiu]|park(?:u|iem)|mostu|mosta|dworc\w+|nádraží|náměstí|"
    r"площад[ьиі]|площ[аіу]|проспект[ау]?|улиц[аеыу]|вулиц[аіюя]|парк[ау]?|сквер[ау]?|майдану?|плошч[аыу]|вокзал[ау]?|"
    r"университет[ау]?|університет[ау]?"
)
"""Those that can be the first or the last word of a name or of its end: "Rathaus Schöneberg", "Heumarkt"."""
_FIRST, _LAST = (re.compile(rf"(?:{words}|{_EITHER})[.']?", re.IGNORECASE) for words in (_LEADING, _TRAILING))
_BEHIND_HEAD = re.compile(
    r"\s(?:(?:of|de|du|des|della?|dello|dei|di|d[ao]s?|der|van)\s|(?:de l|dell|d)['’])", re.IGNORECASE
)
"""What follows says which place: "place de la République", or who comes: "étudiants de l'université"."""
_AND = re.compile(r"\s(?:und|and|et|en|y|e|i|och|og|и|і|та|و)\s", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:(?:the|la|el|le|les|il|lo|de|het|der|die|das|dem|den)\s+|l['’])", re.IGNORECASE)
_NO_PLACES = frozenset(
    map(
        fold,
        "tba tbd ende schluss einde koniec konec fine final конец конца кінець кінця "
        "dawn morning noon midday lunch afternoon dusk evening night midnight sunrise sunset monday tuesday "
        "wednesday thursday friday saturday sunday further notice announced confirmed today tomorrow früh morgen "
        "morgens vormittag mittag mittags nachmittag abend abends nacht mitternacht montag dienstag mittwoch "
        "donnerstag freitag samstag sonnabend sonntag weiteres widerruf heute aube matin matinée midi après-midi "
        "soir soirée nuit minuit lundi mardi mercredi jeudi vendredi samedi dimanche mañana mediodía tarde noche "
        "medianoche lunes martes miércoles jueves viernes sábado domingo aviso mattina mattino mezzogiorno "
        "pomeriggio sera notte mezzanotte lunedì martedì mercoledì giovedì venerdì sabato domenica definire "
        "manhã meio-dia noite meia-noite segunda terça quarta quinta sexta definir ochtend middag avond "
        "middernacht maandag dinsdag woensdag donderdag vrijdag zaterdag zondag nader morgon förmiddag "
        "eftermiddag kväll natt midnatt måndag tisdag onsdag torsdag fredag lördag söndag vidare formiddag "
        "ettermiddag kveld aften mandag tirsdag lørdag søndag rano rana południe południa wieczór wieczora "
        "północ północy odwołania poniedziałek poniedziałku wtorek wtorku środa środy czwartek czwartku piątek "
        "piątku sobota soboty niedziela niedzieli rána poledne poledního večera večer půlnoc půlnoci odvolání "
        "pondělí úterý středa čtvrtek pátek neděle утро утра полдень полудня вечер вечера ночь ночи полночь "
        "полуночи понедельника вторника среды четверга пятницы субботы воскресенья ранок ранку вечір вечора ніч "
        "ночі півночі понеділка вівторка середи пʼятниці صبح ظهر عصر غروب شب شنبه یکشنبه دوشنبه سه‌شنبه چهارشنبه "
        "پنجشنبه جمعه الصباح صباحا الظهر العصر المساء مساء الليل الفجر الأحد الاثنين الثلاثاء الأربعاء الخميس "
        "الجمعة السبت sibehê nîvro êvarê şevê".split(),
    )
)
"""Words for times of day and weekdays, and for what is not yet known, which are no ends of a way."""
_YEARLY = frozenset(
    map(
        fold,
        "year years christmas easter ramadan jahr jahres jahre neujahr silvester weihnachten ostern pfingsten advent "
        "année années noël pâques pentecôte toussaint año años navidad anno anni natale pasqua capodanno ano anos "
        "páscoa jaar kerst kerstmis pasen pinksteren nieuwjaar året påsk påske pingst pinse nyår nyttår nytår rok roku "
        "wielkanoc wielkanocy świąt léta vánoc vánoce velikonoc velikonoce год года году лет рождество рождества "
        "пасха пасхи рік року років різдво різдва паска паски سال نوروز سنة عام رمضان".split(),
    )
)
"""Words for years and yearly feasts."""
_HOURS = re.compile(r"\d{1,2}(?:[:.h]\d{2})?\s?(?:[ap]\.?m|uhr|h|uur)?\.?(?:\s|$)", re.IGNORECASE)
_WAY = re.compile(
    r"rout|rut[ae]|strecke|weg|verlauf|parcours|itin|recorrido|percors|percurso|traj|tra[gs]|reitti|útvonal|διαδρ|"
    r"маршрут|rê|مسیر|مسار|güzerg|מסלול|路|コース|ルート|경로|väg|gate",
    re.IGNORECASE,
)
"""Headings of columns with the streets of a march."""
_MOST_WORDS = 6
_LEAST_OF_MONTH = 4
"""Minimum length of a month: "Mar" and "Set" are parts of names."""


def is_only_end(cell: Cell | None, text: str) -> bool:
    """Return whether a cell names only where a march ends, as under "Destination", and not its way."""
    return cell is not None and len(split_route(text)) == 1 and not _WAY.search(cell.column.heading)


def write_route(row: Row, start: str, end: str, *, trusts_points: bool) -> None:
    """Write the route given by its start and end columns, as text such as "A – B – C", or as trusted points."""
    points = [*([start] if start else []), *split_route(end)]
    points = [point for at, point in enumerate(points) if at == 0 or point.casefold() != points[at - 1].casefold()]
    if trusts_points or not any(is_point(point) for point in points):
        _write_points(row, points)


def write_route_in_words(row: Row) -> None:
    """Write the route that a place or a title states in words, unless columns give it.

    The text must call the event a march, or be the place of the event and one of its two ends a square, a street or
    the like. In a title its start must be one: "Marsch von Frauen zum Rathausplatz" does not begin at the women. The
    start is then the place of an event without another one.
    """
    if row.first("route_start", "route_end"):
        return
    for cell in (*row.all("place"), *row.all("venue")):
        if (way := route_in_words(cell.text)) is not None and _is_way_of_march(*way):
            _write(row, cell, way[1:])
            if row.first("kind") is None:
                row.texts.setdefault("kind", Kind.MARCH.value)
            return
    titled = row.first("title")
    way = route_in_words(titled.text) if titled is not None else None
    if titled is None or way is None or kind_in_title(titled.text) is not Kind.MARCH or not _is_spot(way[1]):
        return
    _write(row, titled, way[1:])
    if not row.texts.get("venue") and row.texts.get("place_text"):
        row.texts["venue"] = way[1]


def _is_way_of_march(head: str, start: str, end: str) -> bool:
    """Return whether a place is the way of a march: "Corteo da Roma a Ostia", "from Hyde Park to Soho"."""
    return kind_in_title(head) is Kind.MARCH if head else _is_spot(start) or _is_spot(end)


def route_in_words(text: str) -> tuple[str, str, str] | None:
    """Return the words before a way, its start and its end: "Corteo", "Piazza Roma", "Piazza Milano"; or None.

    Both ends are names, or begin with a word for a square or the like.
    """
    plain = " ".join(text.split())
    for pattern in _PATTERNS if _may_be_way(with_equal_digits(plain)) else ():
        match = pattern.fullmatch(plain)
        if match is None or any(map(_HOURS.match, (match["start"], match["end"]))):
            continue  # "from 10am to 12pm"
        start, end = match["start"].strip(), match["end"].strip()
        if max(len(start.split()), len(end.split())) <= _MOST_WORDS and _is_name(start) and _is_name(end):
            return match["head"].strip(), start, end
    return None


@lru_cache(maxsize=8192)
def _may_be_way(text: str) -> bool:
    """Return whether a text has the words of a way; its figures do not matter, so titles with numbers share one key."""
    return any(pattern.fullmatch(text) for pattern in _PATTERNS)


def _is_name(text: str) -> bool:
    """Return whether a text can name the end of a way, and not a time or what happened to the event."""
    if not _NO_PLACES.isdisjoint(fold(text).split()) or status_of(text.rpartition(" ")[2]) is not None:
        return False  # "Montag", "Neumarkt verlegt"
    return _is_spot(text) or not (text[0].islower() or _names_season(text))


def _names_season(text: str) -> bool:
    """Return whether a text names a part of the year: "Nového roku", "le 3 mars", "Ostern"."""
    words = fold(text).split()
    seasons = meanings("seasons")
    return any(
        word in _YEARLY or (len(word) >= _LEAST_OF_MONTH and (word in seasons or month_of(word) is not None))
        for word in words
    )


def _is_spot(text: str) -> bool:
    """Return whether a text is headed by a word for a square, a street or an institution."""
    if _AND.search(text):
        return False  # "Kirche und Gewerkschaft"
    words = _BEHIND_HEAD.split(_ARTICLE.sub("", text, count=1), maxsplit=1)[0].split()
    return bool(words) and (_FIRST.fullmatch(words[0]) is not None or _LAST.fullmatch(words[-1]) is not None)


def _write(row: Row, cell: Cell, points: Sequence[str]) -> None:
    if _write_points(row, points):
        words = " – ".join(points)
        row.read_as(cell, phrase("The route was read from this text: {words}.", words=words))


def _write_points(row: Row, points: Sequence[str]) -> bool:
    if not 2 <= len(points) <= MAX_WAYPOINTS or any(len(point) > MAX_NAME for point in points):
        return False
    row.texts |= {field_of_point(number): point for number, point in enumerate(points, 1)}
    return True
