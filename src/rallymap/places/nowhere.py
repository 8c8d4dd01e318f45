"""Place texts that name no place: "online", "(national)", "Europe"."""

from __future__ import annotations

from typing import Final

from rallymap.countries import read_country_code
from rallymap.folding import fold_letters
from rallymap.language import mark
from rallymap.places.calendar_words import CALENDAR_WORDS, is_date
from rallymap.places.inflection import base_forms, base_words
from rallymap.places.vocabulary import LOCATIVE
from rallymap.places.world_parts import WORLD_PARTS


def _words(text: str) -> frozenset[str]:
    return frozenset(fold_letters(text).split())


_ONLINE: Final = frozenset(
    {
        "online", "virtual", "virtually", "internet", "web", "zoom", "webinar", "livestream", "live stream",
        "hybrid",
        "digital", "på nätet", "pa natet", "digitalt", "en ligne", "en linea", "آنلاین", "مجازی", "اینترنت",
        "انلاین",
        "онлайн", "در فضای مجازی", "عبر الانترنت", "عبر زوم", "בזום", "אונליין", "ئۆنلاین", "یونلاین",
        "serhel", "cevrimici",
        "線上", "线上", "網上", "网上", "網絡", "网络", "オンライン", "온라인", "ออนไลน์", "truc tuyen",
        "daring", "διαδικτυακα",
        "առցանց", "ონლაინ", "ऑनलाइन", "அணையத்தில்", "অনলাইন", "verkossa", "en visioconference", "em linha",
    }
)  # fmt: skip
_EVERYWHERE: Final = frozenset(
    {
        "national", "nationwide", "statewide", "countrywide", "worldwide", "global", "globally",
        "international",
        "various", "various cities", "various locations", "several cities", "multiple", "multiple cities",
        "multiple locations", "everywhere", "all over the world", "world", "around the world", "bundesweit",
        "landesweit", "world wide", "سراسری", "سراسر جهان", "شهرهای مختلف",
        "abroad", "overseas", "in exile", "im ausland", "im exil", "a l etranger", "en exil",
        "en el extranjero", "en exilio",
        "all estero", "no exterior", "no estrangeiro", "utomlands", "i utlandet", "ulkomailla", "za granica",
        "za granicą",
        "за границей", "за кордоном", "חול", "yurt disinda", "yurtdisi", "خارج از کشور", "خارج کشور", "در تبعید",
        "فی الخارج",
        "فی المهجر", "בחול", "海外", "해외", "weltweit", "dans le monde entier", "en todo el mundo",
        "in tutto il mondo",
        "по всему миру", "по всьому світу", "فی جمیع انحاء العالم", "全球", "全球各地", "各地", "全国",
        "全國", "全国各地", "전국",
    }
)  # fmt: skip
_UNKNOWN: Final = frozenset(
    {
        "unknown", "not known", "tba", "tbd", "tbc", "n a", "na", "none", "null", "nil", "to be announced",
        "unspecified",
        "not specified", "location", "place", "venue", "address", "okand", "ukjent", "inconnu", "unbekannt",
        "نامعلوم",
        "نامشخص",
    }
)  # fmt: skip
_NO_TOWN: Final = frozenset(
    {
        "home", "at home", "from home", "zu hause", "zuhause", "daheim", "a la maison", "chez nous", "chez moi",
        "en casa", "em casa", "a casa",
        "thuis", "hemma", "hjemme", "kotona", "w domu", "дома", "вдома", "در خانه", "evde", "駅前", "站前",
        "市役所前", "시청 앞",
        "city centre", "city center", "town centre", "town center", "downtown", "centre", "center", "zentrum",
        "stadtzentrum", "stadtmitte", "innenstadt", "centre ville", "centro", "centrum", "sentrum",
        "keskusta", "центр",
        "centrum miasta", "centrum mesta", "مرکز شهر", "وسط المدينة", "şehir merkezi", "市中心",
    }
)  # fmt: skip
_TOO_LARGE: Final = frozenset(
    {
        "europe", "asia", "africa", "north america", "south america", "latin america", "oceania",
        "antarctica", "eu",
        "european union", "the midwest", "midwest", "west coast", "east coast",
        "pacific northwest",
        "maghreb", "levant", "benelux", "nordic countries", "the nordics", "the baltics", "baltic states",
        "caucasus",
        "the caucasus", "south caucasus", "north caucasus", "caribbean", "the caribbean", "sahel", "the sahel",
        "sub saharan africa", "southeast asia", "south east asia", "south asia", "central america",
        "west africa",
        "east africa", "southern africa", "north africa", "horn of africa", "southern europe",
        "northern europe",
        "british isles", "gulf states", "the gulf", "persian gulf", "the andes", "the alps",
        "lateinamerika", "afrika", "asien", "europe de l est", "amerique latine", "america latina",
        "java", "sumatra", "borneo", "sulawesi", "mindanao", "luzon", "visayas", "honshu", "kyushu", "jutland",
        "hispaniola", "new guinea", "north island", "south island", "jylland",
        "middle east", "the middle east", "scandinavia", "balkans", "the balkans", "western europe",
        "eastern europe", "central asia", "east asia", "diaspora", "europa", "اروپا", "اسیا", "خاورمیانه",
        "افریقا",
    }
)  # fmt: skip
_TWO_COUNTRIES: Final = frozenset(
    {
        "congo", "the congo", "kongo", "корея", "конго", "korea", "corea", "coree", "کره", "کوریا",
        "کنگو", "الکونغو", "קוריאה", "קונגו", "朝鲜半岛", "한반도",
    }
)  # fmt: skip
#: Reason for a text that names several places.
SEVERAL_PLACES: Final = mark("This says that it took place in several places; give each of them its own event.")
_NOT_KNOWN: Final = mark("This says that the place is not known.")
#: Reason for a text that names something without saying in which town.
NO_TOWN_NAMED: Final = mark("This names no town; add the town.")
_REASONS: Final = (
    (_TWO_COUNTRIES, mark("Two countries have this name; say which of them, or give the town.")),
    (_ONLINE, mark("This says that it took place online; there is no place to put on the map.")),
    (_EVERYWHERE, SEVERAL_PLACES),
    (_UNKNOWN, _NOT_KNOWN),
    (_NO_TOWN, NO_TOWN_NAMED),
    (
        _TOO_LARGE | WORLD_PARTS,
        mark("This is a part of the world, too large to be put on the map; give a country or a town."),
    ),
)
_REASON_OF: Final = {text: reason for texts, reason in reversed(_REASONS) for text in texts}
_MAX_LETTERS: Final = 60
# A text of only these words leaves the place open: "location to be announced", "Ort folgt".
_LATER: Final = _words(
    """
    tba tbc tbd announced confirmed decided determined specified later soon follow follows disclosed
    published pending
    noch bekannt bekanntgegeben bekanntgeben folgt spater offen communique communiquer ulterieurement
    confirmer preciser
    determiner annoncer confirmar determinar anunciar definir definire confermare comunicare volgt bepalen later
    meddelas senare kommer annonseres senere folger bekreftes oplyses ilmoitetaan myohemmin podane podamy
    wkrotce ogloszone
    upresneno oznameno pozdeji kesobb anuntat уточняется уточняются объявлено позже позднее сообщим сообщат
    повідомимо згодом пізніше aciklanacak duyurulacak belirlenecek متعاقبا اعلام نامشخص بعدا لاحقا یعلن تحدید
    محدد
    יפורסם בהמשך تری دواتر رادهگهیهنریت 待定 未定 另行通知 미정 추후 menyusul ανακοινωθει կհայտարարվի დაზუსტდება
    """
)
_OPEN: Final = _words(
    """
    the a to be will is are yet not exact details place location venue address meeting point soon shared with
    on per
    der die das ort wird genauer treffpunkt le la lieu sera exact el lugar por luogo da sara o local
    de locatie nog plats platsen exakt sted stedet paikka miejsce zostanie misto bude helyszin loc
    место места сбора будет мы місце буде yer yeri yakinda مکان محل می شود خواهد شد سیتم المکان غیر
    המיקום שوێنهکهی 地點 地点 場所 장소 lokasi θα վայրը ადგილი vom von
    """
)
_LEFT_OPEN: Final = _LATER | _OPEN
_SLAVIC_IN: Final = _words("в во у w we v ve u")
_IN_MONTHS: Final = _words("мае marcu kwietniu czerwcu wrześniu pazdzierniku")
_COMPASS: Final = _words("north south east west nord sud ost est ouest norte sur noord zuid oost nor syd oest vast")
_OUTSIDE: Final = tuple(f"{words} " for words in (
    "outside", "outside of", "ausserhalb von", "ausserhalb", "hors de", "hors d", "fuera de", "fuori da",
    "fuori dall",
    "fora de", "buiten", "utanfor", "utenfor", "uden for", "вне", "за пределами", "за межами", "خارج از",
    "خارج",
))  # fmt: skip


def explain_nowhere(text: str, country: str) -> str:
    """Return the translatable reason why a text does not name a single place; "" for other texts.

    `country` is the given country or "": with one, "March" can be the town in England.
    """
    if len(text) > _MAX_LETTERS:
        return ""
    folded = " ".join(fold_letters(text).split())
    if folded in _REASON_OF:
        return _REASON_OF[folded]
    words = folded.split()
    if len(words) > 1 and words[0] in LOCATIVE:
        for form in base_forms(tuple(words[1:])):
            if " ".join(form) in WORLD_PARTS:
                return _REASON_OF[" ".join(form)]  # "на Кавказе"
    if not _LATER.isdisjoint(words) and _LEFT_OPEN.issuperset(words):
        return _NOT_KNOWN
    if not country and len(words) == 2 and words[0] in _SLAVIC_IN and text.split()[-1].islower() and (
        words[1] in _IN_MONTHS or not CALENDAR_WORDS.isdisjoint((words[1], *base_words(words[1])))
    ):  # fmt: skip
        return NO_TOWN_NAMED  # "w maju", "в марте"; towns have a capital letter
    if not country and len(words) > 1 and _COMPASS.issuperset(words):
        return NO_TOWN_NAMED
    if not country and not CALENDAR_WORDS.isdisjoint(words) and is_date(folded):
        return NO_TOWN_NAMED
    if folded.startswith(_OUTSIDE) and any(
        folded.startswith(outside) and read_country_code(folded.removeprefix(outside)) for outside in _OUTSIDE
    ):
        return SEVERAL_PLACES  # "outside Iran"
    return ""
