"""Regions that span several countries or are named after a people, and the countries that their towns can be in.

"Mahabad, Kurdistan" is in Iran, although only a neighbouring province has this name. An entry lists the present
countries of such towns by ISO code; it takes no position on whose region it is. Those with a known extent are in
`areas`.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from rallymap.folding import fold_letters
from rallymap.places.areas import areas_by_name

_TABLE: Final = """
IQ|کوردستانی عێراق
CN|East Turkestan|Eastern Turkestan|East Turkistan|Uyghuristan|Sherqiy Türkistan|Doğu Türkistan|Ostturkestan
 |Turkestan oriental|東突厥斯坦|东突厥斯坦|東トルキスタン|ウイグル|동투르키스탄|تركستان الشرقية|ترکستان شرقی
 |Inner Mongolia
CN|Tibet|تبت|التبت|Tíbet|Tybet|Тибет|西藏|チベット|티베트
CD CG|Congo|Kongo|Конго|کنگو|الكونغو|קונגו|Kongó
KR KP|Korea|Corea|Corée|Корея|کره|كوريا|קוריאה|Kore
IN PK|Jammu and Kashmir|Khalistan|Sindh
IN BD|West Bengal
ID|West Papua|Aceh|Moluccas|Maluku
ES FR|Euskadi|País Vasco
RU|Tatarstan|Dagestan
ET|Tigray|Oromia|Oromiya|Amhara
MM BD|Rohingya|Arakan|Rakhine
PS IL|Palestine|Gaza|Gaza Strip|Holy Land|فلسطين|פלסטין
GB|Great Britain|England|Scotland|Wales|Cornwall
NO SE DK|Scandinavia
UA PL ES|Galicia|Galizien
GR MK BG|Macedonia|Thrace
RO MD UA|Moldavia
AT IT|Tirol
FR|Occitania|Touraine|Artois
ES|Old Castile
IT|Friuli|Friaul|Trentino|Romagna|Maremma|Chianti
TR|Cilicia
RO|Oltenia|Muntenia|Banat|Maramureş
SE|Götaland|Dalsland
FI|Ostrobothnia|Österbotten|Savonia
NL|Brabant
GB|East Midlands|West Midlands region|Home Counties
US|Deep South|Pacific Northwest|Tri-State Area
CA|Prairies
IR AZ|Azerbaijan|Azarbaijan|آذربایجان
IR|Khuzestan|Ahwaz|Arabistan|خوزستان|Al-Ahwaz
"""


@cache
def _by_name() -> dict[str, tuple[str, ...]]:
    found = {key: area.countries for key, area in areas_by_name().items()}
    for line in _TABLE.strip().replace("\n |", "|").splitlines():
        codes, *names = line.split("|")
        for name in names:
            key = "".join(fold_letters(name).split())
            found[key] = tuple(dict.fromkeys((*found.get(key, ()), *codes.split())))
    return found


def countries_of_region(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the countries of a macro-region, by its folded words; () if it is none."""
    if words[:1] in (("the",), ("la",), ("el",)):
        words = words[1:]
    return _by_name().get("".join(words), ())
