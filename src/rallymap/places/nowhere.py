"""Texts that stand where a place should, and name none: "online", "(national)", "Europe"."""

from __future__ import annotations

from typing import Final

from rallymap.folding import fold_letters
from rallymap.language import mark

_ONLINE: Final = frozenset(
    {
        "online", "virtual", "virtually", "internet", "web", "zoom", "webinar", "livestream", "live stream", "hybrid",
        "digital", "på nätet", "pa natet", "digitalt", "en ligne", "en linea", "آنلاین", "مجازی", "اینترنت", "انلاین",
    }
)  # fmt: skip
_EVERYWHERE: Final = frozenset(
    {
        "national", "nationwide", "statewide", "countrywide", "worldwide", "global", "globally", "international",
        "various", "various cities", "various locations", "several cities", "multiple", "multiple cities",
        "multiple locations", "everywhere", "all over the world", "world", "around the world", "bundesweit",
        "landesweit", "world wide", "سراسری", "سراسر جهان", "شهرهای مختلف",
    }
)  # fmt: skip
_UNKNOWN: Final = frozenset(
    {
        "unknown", "not known", "tba", "tbd", "tbc", "n a", "na", "none", "null", "nil", "to be announced",
        "unspecified",
        "not specified", "location", "place", "venue", "address", "okand", "ukjent", "inconnu", "unbekannt", "نامعلوم",
        "نامشخص",
    }
)  # fmt: skip
_NO_TOWN: Final = frozenset(
    {
        "home", "at home", "from home", "zu hause", "zuhause", "daheim", "a la maison", "chez nous", "chez moi",
        "en casa", "em casa", "a casa",
        "thuis", "hemma", "hjemme", "kotona", "w domu", "дома", "вдома", "در خانه", "evde",
        "city centre", "city center", "town centre", "town center", "downtown", "centre", "center", "zentrum",
        "stadtzentrum", "stadtmitte", "innenstadt", "centre ville", "centro", "centrum", "sentrum", "keskusta", "центр",
        "centrum miasta", "centrum mesta", "مرکز شهر", "وسط المدينة", "şehir merkezi", "市中心",
    }
)  # fmt: skip
_TOO_LARGE: Final = frozenset(
    {
        "europe", "asia", "africa", "north america", "south america", "latin america", "oceania", "antarctica", "eu",
        "european union", "new england", "the midwest", "midwest", "west coast", "east coast", "pacific northwest",
        "maghreb", "levant", "benelux", "nordic countries", "the nordics", "the baltics", "baltic states", "caucasus",
        "the caucasus", "south caucasus", "north caucasus", "caribbean", "the caribbean", "sahel", "the sahel",
        "sub saharan africa", "southeast asia", "south east asia", "south asia", "central america", "west africa",
        "east africa", "southern africa", "north africa", "horn of africa", "southern europe", "northern europe",
        "british isles", "gulf states", "the gulf", "persian gulf", "the andes", "the alps",
        "lateinamerika", "afrika", "asien", "europe de l est", "amerique latine", "america latina",
        "middle east", "the middle east", "scandinavia", "balkans", "the balkans", "western europe",
        "eastern europe", "central asia", "east asia", "diaspora", "europa", "اروپا", "اسیا", "خاورمیانه", "افریقا",
    }
)  # fmt: skip
_TWO_COUNTRIES: Final = frozenset(
    {
        "congo", "the congo", "kongo", "корея", "конго", "korea", "corea", "coree", "کره", "کوریا",
        "کنگو", "الکونغو", "קוריאה", "קונגו", "朝鲜半岛", "한반도",
    }
)  # fmt: skip
_REASONS: Final = (
    (_TWO_COUNTRIES, mark("Two countries have this name; say which of them, or give the town.")),
    (_ONLINE, mark("This says that it took place online; there is no place to put on the map.")),
    (_EVERYWHERE, mark("This says that it took place in several places; give each of them its own event.")),
    (_UNKNOWN, mark("This says that the place is not known.")),
    (_NO_TOWN, mark("This names no town; add the town.")),
    (_TOO_LARGE, mark("This is a part of the world, too large to be put on the map; give a country or a town.")),
)
_MAX_LETTERS: Final = 60


def explain_nowhere(text: str) -> str:
    """Return the marked sentence that says why a text that names no one place has none; "" for any other text."""
    if len(text) > _MAX_LETTERS:
        return ""
    folded = " ".join(fold_letters(text).split())
    return next((reason for words, reason in _REASONS if folded in words), "")
