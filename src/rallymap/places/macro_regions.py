"""Regions that span several countries or are named after a people, and the countries that their towns can be in.

"Mahabad, Kurdistan" is in Iran, although only a neighbouring province has this name. An entry lists the present
countries of such towns by ISO code; it takes no position on whose region it is.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from rallymap.folding import fold_letters

_TABLE: Final = """
IR IQ TR SY|Kurdistan|Kurdistán|Kordestan|کردستان|كردستان|کوردستان|Курдистан|Kürdistan|קורדיסטן
 |クルディスタン|库尔德斯坦|庫德斯坦|庫爾德斯坦|쿠르디스탄
IQ|Iraqi Kurdistan|Kurdistan Region|KRI|KRG|South Kurdistan|Bashur|Başur|Southern Kurdistan
 |کردستان عراق|كردستان العراق|کوردستانی عێراق
IR|Iranian Kurdistan|East Kurdistan|Rojhelat|Rojhilat|کردستان ایران|Eastern Kurdistan
SY|Rojava|West Kurdistan|Western Kurdistan|روژاوا|رۆژاوا|Syrian Kurdistan|North and East Syria|Northeast Syria
TR|Turkish Kurdistan|North Kurdistan|Northern Kurdistan|Bakur
CN|East Turkestan|Eastern Turkestan|East Turkistan|Uyghuristan|Sherqiy Türkistan|Doğu Türkistan|Ostturkestan
 |Turkestan oriental|東突厥斯坦|东突厥斯坦|東トルキスタン|ウイグル|동투르키스탄
 |تركستان الشرقية|ترکستان شرقی|Southern Mongolia|Inner Mongolia
CN|Tibet|تبت|التبت|Tíbet|Tybet|Тибет|西藏|チベット|티베트
UA RU|Crimea|Krim|Crimée|Crimea Peninsula|Крым|Крим|Krym|Qırım|克里米亞|克里米亚|クリミア|크림반도
 |Donbas|Donbass|Донбас|Донбасс
PK IR AF|Balochistan|Baluchistan|Belutschistan|بلوچستان|Baloutchistan
CD CG|Congo|Kongo|Конго|کنگو|الكونغو|קונגו|Kongó
KR KP|Korea|Corea|Corée|Корея|کره|كوريا|קוריאה|Kore
IN PK|Kashmir|Punjab|Panjab|Cachemire|Kaschmir|کشمیر|克什米爾|克什米尔|喀什米爾|カシミール|카슈미르
 |Azad Kashmir|Jammu and Kashmir|Khalistan|Sindh|Bengal
IN BD|Bengal|West Bengal
SY IL|Golan|Golan Heights|الجولان|רמת הגולן
ID|West Papua|Aceh|Moluccas|Maluku
ES FR|Basque Country|Euskadi|Euskal Herria|País Vasco|Pays Basque|Baskenland|Catalonia|Catalunya|Cataluña|Catalogne
AZ AM|Artsakh|Nagorno-Karabakh|Nagorny Karabakh|Karabakh|Karabagh|Արցախ
RU|Chechnya|Tatarstan|Dagestan|Siberia|Chechenia|Tschetschenien|Чечня
ET|Tigray|Oromia|Oromiya|Ogaden|Amhara
SD|Darfur
NG|Biafra
CM|Ambazonia|Southern Cameroons
MA|Rif
MM BD|Rohingya|Arakan|Rakhine
PS IL|Palestine|West Bank|Gaza|Gaza Strip|Holy Land|فلسطين|פלסטין
GB|Great Britain|England|Scotland|Wales|Ulster|Cornwall
GB IE|Ulster
FI SE NO RU|Lapland|Sápmi|Lappland
NO SE DK|Scandinavia
DE PL|Pomerania|Silesia
PL CZ DE|Silesia|Schlesien|Śląsk
UA PL ES|Galicia|Galizien
GR MK BG|Macedonia|Thrace
RO|Transylvania|Siebenbürgen|Ardeal|Erdély
RO MD UA|Moldavia|Bessarabia|Bukovina
AT IT|Tyrol|Tirol|South Tyrol|Südtirol
CZ|Bohemia|Böhmen|Bohême|Čechy|Sudetenland|Sudety|Moravia|Mähren|Moravie|Morawy
HR|Dalmatia|Dalmacija|Dalmatien|Slavonia|Slavonija
FR|Provence|Alsace|Elsass|Lorraine|Lothringen|Picardie|Picardy|Savoie|Savoy|Occitania|Aquitaine|Auvergne|Champagne
 |Burgundy|Bourgogne|Burgund|Borgoña|Borgogna|Languedoc|Roussillon|Limousin|Poitou|Gascony|Gascogne|Touraine
 |Alsazia|Alsacia|Provenza|Franche-Comté|Rhône-Alpes|Dauphiné|Artois|Béarn|Périgord
ES|Navarre|Navarra|Nafarroa|Castile|Kastilien|Castille|Castiglia|Old Castile
FR|French Riviera|Côte d'Azur
IT|Friuli|Friaul|Trentino|Alto Adige|Romagna|Maremma|Chianti
IE|Leinster|Connacht
TR|Anatolia|Anatolien|Anatolie|Anadolu|Cappadocia|Kappadokien|Cappadoce|Kapadokya|Cilicia
RO|Wallachia|Walachei|Valachie|Oltenia|Muntenia|Dobruja|Banat|Maramureş
SE|Norrland|Götaland|Svealand|Småland|Dalsland
FI|Ostrobothnia|Österbotten|Savonia
DE|Ruhrgebiet|Ruhr area|Ruhr|Rheinland|Rhineland|Franken|Franconia|Schwaben|Swabia|Ostfriesland|Lausitz|Lusatia
NL|Randstad|Brabant
GB|Midlands|East Midlands|West Midlands region|Yorkshire|East Anglia|Home Counties|West Country
US|Bay Area|San Francisco Bay Area|Silicon Valley|Inland Empire|Central Valley|East Bay|Greater Los Angeles
 |Upstate New York|Southern California|SoCal|Northern California|NorCal|Deep South|Pacific Northwest|Tri-State Area
CA|Maritimes|Prairies
GE|South Ossetia|Südossetien|Ossétie du Sud|Южная Осетия
SO|Somaliland|Puntland|Jubaland
DZ|Kabylie|Kabylia|Kabylei|القبائل
NC|Kanaky
LK|Tamil Eelam|Eelam
EG|Sinai|Sinai Peninsula|سيناء|Upper Egypt
SA|Hejaz|Hijaz|الحجاز
CL AR|Patagonia|Mapuche territory|Wallmapu
IR AZ|Azerbaijan|Azarbaijan|آذربایجان
IR|Khuzestan|Ahwaz|Arabistan|خوزستان|Al-Ahwaz
"""


@cache
def _by_name() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
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
