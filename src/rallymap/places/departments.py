"""Read numbers of French departments, and postcodes that start with them: "Saint-Denis (93)", "93200 Saint-Denis".

Source: the Code officiel géographique of INSEE; the numbers follow the names' old alphabetical order.
"""

from __future__ import annotations

import functools
import re
from typing import Final

from rallymap.places.codes import ADMIN1, ADMIN2, CITY, EXONYM
from rallymap.places.gazetteer import Gazetteer, Posting
from rallymap.places.normalize import fold_key, join_key
from rallymap.places.parse import Segment
from rallymap.places.part import Part
from rallymap.places.readings import EXACT, Reading

_NAMES: Final = """
Ain Aisne Allier Alpes-de-Haute-Provence Hautes-Alpes Alpes-Maritimes Ardèche Ardennes Ariège Aube Aude Aveyron
Bouches-du-Rhône Calvados Cantal Charente Charente-Maritime Cher Corrèze - Côte-d'Or Côtes-d'Armor Creuse Dordogne
Doubs Drôme Eure Eure-et-Loir Finistère Gard Haute-Garonne Gers Gironde Hérault Ille-et-Vilaine Indre Indre-et-Loire
Isère Jura Landes Loir-et-Cher Loire Haute-Loire Loire-Atlantique Loiret Lot Lot-et-Garonne Lozère Maine-et-Loire
Manche Marne Haute-Marne Mayenne Meurthe-et-Moselle Meuse Morbihan Moselle Nièvre Nord Oise Orne Pas-de-Calais
Puy-de-Dôme Pyrénées-Atlantiques Hautes-Pyrénées Pyrénées-Orientales Bas-Rhin Haut-Rhin Rhône Haute-Saône
Saône-et-Loire Sarthe Savoie Haute-Savoie Paris Seine-Maritime Seine-et-Marne Yvelines Deux-Sèvres Somme Tarn
Tarn-et-Garonne Var Vaucluse Vendée Vienne Haute-Vienne Vosges Yonne Territoire-de-Belfort Essonne Hauts-de-Seine
Seine-Saint-Denis Val-de-Marne Val-d'Oise
"""
_CORSICA: Final = {"20": "Corse-du-Sud", "2a": "Corse-du-Sud", "2b": "Haute-Corse"}
#: Overseas departments with a separate country code.
_OVERSEAS: Final = {"971": "GP", "972": "MQ", "973": "GF", "974": "RE", "975": "PM", "976": "YT"}
_CODE: Final = re.compile(r"(?P<overseas>97[1-6])(?:\d\d)?|(?P<number>\d\d|2[ab])(?:\d{3})?")

_POSTCODE_DIGITS: Final = 5
_NOWHERE: Final = (None, "")


@functools.lru_cache(maxsize=4)
def _divisions(gazetteer: Gazetteer) -> dict[str, int]:
    """Return the gazetteer row of each department by number."""
    names = {f"{number:02}": name for number, name in enumerate(_NAMES.split(), 1)} | _CORSICA
    found: dict[str, int] = {}
    for number, name in names.items():
        for posting in gazetteer.find(fold_key(name)):  # strongest claim to the name first
            if posting.kind == ADMIN2 and gazetteer.country(posting.place) == "FR":
                found.setdefault(number, posting.place)
    # GeoNames has no departments in Alsace, since it has one council for both.
    alsace = gazetteer.admin1_of_code("FR.44")
    return found | {"67": alsace, "68": alsace}


def split_department(gazetteer: Gazetteer, segment: Segment) -> list[Segment] | None:
    """Split "Saint-Denis 93" and "93200 Saint-Denis" into town and number; None if the department has no such town."""
    words, last = segment.words, len(segment.words) - 1
    for at, start, end in ((last, 0, last), (0, 1, last + 1)):
        is_number = words[at][:1].isdigit() and (at or len(words[at]) == _POSTCODE_DIGITS)
        if last and is_number and find_department(gazetteer, words[start:end], words[at]) != _NOWHERE:
            return [segment.part(start, end).rewrite(words[start:end]), segment.part(at, at + 1)]
    return None


def read_department(gazetteer: Gazetteer, town: Part, part: Part) -> None:
    """Read "(93)" after "Saint-Denis" as the department with this number."""
    if len(part.segment.words) != 1:
        return
    department, country = find_department(gazetteer, town.segment.words, part.segment.words[0])
    if country:
        part.countries, part.readings = (country,), []
    elif department is not None and gazetteer.kind(department) == ADMIN1:
        part.regions, part.readings = [department], []
    elif department is not None:
        part.districts = [department]
        part.readings = [Reading((Posting(department, EXONYM, ADMIN2),), EXACT)]


def find_department(gazetteer: Gazetteer, town: tuple[str, ...], code: str) -> tuple[int | None, str]:
    """Find the department with this number or postcode if it contains a town with the name.

    Returns
    -------
    department
        Its row; None if there is no such town, or if the gazetteer treats the department as a country.
    country
        Alpha-2 code of this country, or "".
    """
    match = _CODE.fullmatch(code)
    if match is None:
        return _NOWHERE
    overseas = _OVERSEAS.get(match["overseas"] or "", "")
    department = _divisions(gazetteer).get(match["number"] or "")
    for posting in gazetteer.find(join_key(town)):
        if posting.kind != CITY:
            continue
        if overseas and gazetteer.country(posting.place) == overseas:
            return None, overseas
        if department == (gazetteer.admin2(posting.place) or gazetteer.admin1(posting.place)):
            return department, ""
    return _NOWHERE
