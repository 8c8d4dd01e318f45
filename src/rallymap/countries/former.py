"""States that no longer exist, as older reports name them.

The years are those in which the state had this name. A single successor means that one state covers the whole territory
today. Codes of successors come from ISO 3166-3 and Unicode CLDR (territory aliases).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from rallymap.folding import fold_letters


@dataclass(frozen=True, slots=True)
class FormerState:
    """A former state; `successors` are the alpha-2 codes of the states on its territory today."""

    name: str
    first_year: int
    last_year: int
    successors: tuple[str, ...]

    @property
    def dated_name(self) -> str:
        """The name with its years: "East Germany (1949–1990)"."""
        return f"{self.name} ({self.first_year}–{self.last_year})"


_TABLE: Final = """
Soviet Union|1922|1991|RU UA BY MD EE LV LT GE AM AZ KZ KG TJ TM UZ|USSR|U.S.S.R.|SSSR|CCCP|СССР|Советский Союз
 |Sowjetunion|UdSSR|Union soviétique|URSS|Unión Soviética|União Soviética|Unione Sovietica|Sovjetunionen|Sovjetunionen
 |Neuvostoliitto|Związek Radziecki|ZSRR|Sovyetler Birliği|SSCB|Радянський Союз|СРСР|شوروی|اتحاد جماهیر شوروی
 |الاتحاد السوفيتي|ברית המועצות|苏联|蘇聯|ソ連|Union of Soviet Socialist Republics|Sovjet-Unie
Russian SFSR|1917|1991|RU|RSFSR|РСФСР|Russian Soviet Federative Socialist Republic
Ukrainian SSR|1919|1991|UA|Ukrainian Soviet Socialist Republic|Украинская ССР|УССР|Українська РСР|УРСР|Ukrainische SSR
Byelorussian SSR|1919|1991|BY|Belarusian SSR|Belorussian SSR|Белорусская ССР|БССР|Беларуская ССР|Belarussische SSR
Moldavian SSR|1940|1991|MD|Moldovan SSR|Молдавская ССР|RSS Moldovenească
Estonian SSR|1940|1991|EE|Эстонская ССР|Eesti NSV|Estnische SSR
Latvian SSR|1940|1990|LV|Латвийская ССР|Latvijas PSR|Lettische SSR
Lithuanian SSR|1940|1990|LT|Литовская ССР|Lietuvos TSR|Litauische SSR
Georgian SSR|1921|1991|GE|Грузинская ССР|საქართველოს სსრ|Georgische SSR
Armenian SSR|1920|1991|AM|Армянская ССР|Հայկական ԽՍՀ|Armenische SSR
Azerbaijan SSR|1920|1991|AZ|Azerbaijani SSR|Азербайджанская ССР|Azərbaycan SSR|Aserbaidschanische SSR
Kazakh SSR|1936|1991|KZ|Казахская ССР|Қазақ ССР|Kasachische SSR
Kirghiz SSR|1936|1991|KG|Kyrgyz SSR|Киргизская ССР|Кыргыз ССР|Kirgisische SSR
Tajik SSR|1929|1991|TJ|Таджикская ССР|Tadschikische SSR
Turkmen SSR|1925|1991|TM|Туркменская ССР|Turkmenische SSR
Uzbek SSR|1924|1991|UZ|Узбекская ССР|Ўзбекистон ССР|Usbekische SSR
East Germany|1949|1990|DE|GDR|G.D.R.|DDR|German Democratic Republic|Deutsche Demokratische Republik|Ostdeutschland
 |Allemagne de l'Est|RDA|Alemania Oriental|Alemanha Oriental|Germania Est|Östtyskland|Øst-Tyskland|Østtyskland
 |Oost-Duitsland|NRD|Восточная Германия|ГДР|آلمان شرقی|ألمانيا الشرقية|Doğu Almanya
West Germany|1949|1990|DE|FRG|Westdeutschland|Allemagne de l'Ouest|RFA|Alemania Occidental|Alemanha Ocidental
 |Germania Ovest|Västtyskland|Vest-Tyskland|Vesttyskland|West-Duitsland|Западная Германия|ФРГ|آلمان غربی
 |ألمانيا الغربية|Batı Almanya
Czechoslovakia|1918|1992|CZ SK|Czecho-Slovakia|CSSR|ČSSR|ČSFR|Československo|Tschechoslowakei|Tchécoslovaquie
 |Checoslovaquia|Cecoslovacchia|Tjeckoslovakien|Tsjekkoslovakia|Tjekkoslovakiet|Tsjechoslowakije|Czechosłowacja
 |Чехословакия|چکسلواکی|تشيكوسلوفاكيا|Çekoslovakya
Yugoslavia|1918|2003|RS ME HR SI BA MK XK|SFR Yugoslavia|SFRY|FR Yugoslavia|Jugoslavija|Jugoslawien|Yougoslavie
 |Jugoslavia|Iugoslávia|Jugoslavien|Joegoslavië|Jugosławia|Югославия|Југославија|یوگسلاوی|يوغوسلافيا|Yugoslavya
 |Socialist Federal Republic of Yugoslavia|Federal Republic of Yugoslavia
Serbia and Montenegro|2003|2006|RS ME|Serbia & Montenegro|Serbien und Montenegro|Serbie-et-Monténégro|SCG
Austria-Hungary|1867|1918|AT HU CZ SK SI HR BA|Austro-Hungarian Empire|Austro-Hungary|Österreich-Ungarn
Ottoman Empire|1299|1922|TR SY IQ LB IL PS JO|Osmanisches Reich|Osmanlı İmparatorluğu
Prussia|1525|1947|DE PL RU|Preussen|Preußen
Zaire|1971|1997|CD|Zaïre|Republic of Zaire
Belgian Congo|1908|1960|CD|Congo Belge
Upper Volta|1958|1984|BF|Haute-Volta|Obervolta
Dahomey|1958|1975|BJ
Rhodesia|1965|1979|ZW|Southern Rhodesia|Rhodesien|Rhodésie
Northern Rhodesia|1911|1964|ZM
Nyasaland|1907|1964|MW
Tanganyika|1961|1964|TZ
Gold Coast (British colony)|1867|1957|GH
Bechuanaland|1885|1966|BW
Basutoland|1884|1966|LS
South West Africa|1915|1990|NA|South-West Africa|Südwestafrika
Ceylon|1948|1972|LK
East Pakistan|1955|1971|BD
British India|1858|1947|IN PK BD|British Raj
Siam|1350|1939|TH
North Vietnam|1945|1976|VN|Nordvietnam
South Vietnam|1955|1975|VN|Südvietnam
North Yemen|1962|1990|YE|Yemen Arab Republic
South Yemen|1967|1990|YE|Democratic Yemen|People's Democratic Republic of Yemen
United Arab Republic|1958|1971|EG SY
British Honduras|1862|1973|BZ
Dutch East Indies|1800|1949|ID|Netherlands East Indies
Netherlands Antilles|1954|2010|CW SX BQ|Dutch Antilles
Manchukuo|1932|1945|CN
Mandatory Palestine|1920|1948|IL PS|British Mandate of Palestine
Panama Canal Zone|1903|1979|PA|Canal Zone
Sikkim (kingdom)|1642|1975|IN|Kingdom of Sikkim
"""


@cache
def _by_name() -> dict[str, FormerState]:
    found: dict[str, FormerState] = {}
    for line in _TABLE.strip().replace("\n |", "|").splitlines():
        name, first, last, successors, *others = line.split("|")
        state = FormerState(name, int(first), int(last), tuple(successors.split()))
        for each in (name, *others):
            found["".join(fold_letters(each).split())] = state
    return found


def former_state(text: str) -> FormerState | None:
    """Return the former state that a text names in any of the listed languages; None if it names none."""
    return _find(tuple(fold_letters(text[:100]).split()))


def successors_of(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the states of today on the territory of a former state, given by its folded words; () if it is none."""
    state = _find(words)
    return () if state is None else state.successors


def _find(words: tuple[str, ...]) -> FormerState | None:
    if words[:1] == ("the",):
        words = words[1:]
    if words[:1] == ("former",) and len(words) > 1:
        words = words[1:]
    return _by_name().get("".join(words))
