"""Names of months and weekdays in the languages of Unicode CLDR, from Babel."""

from __future__ import annotations

from functools import cache
from unicodedata import normalize

from rallymap.intake.lexicon import read_list, without_accents
from rallymap.language.cldr import cldr_locale

LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl", "sv", "nb", "da", "pl", "ru", "uk", "fa", "ar", "tr", "zh", "ku")
SHORT_WEEKDAYS = (
    "ma ti ke to pe la su", "po út st čt pá so ne", "po ut st št pi so ne", "h k sze cs p szo v",
    "pn wt śr cz pt so nd", "pr an tr kt pn št sk", "p o t c pk s sv", "e t k n r l p", "pon wt śr czw pt sob nd",
    "segunda terça quarta quinta sexta sábado domingo", "שני שלישי רביעי חמישי שישי שבת ראשון",
)  # fmt: skip
"""From Monday, in Finnish, Czech, Slovak, Hungarian, Polish, Lithuanian, Latvian, Estonian, Polish, Portuguese, Hebrew.

They are other words elsewhere, so :func:`weekdays_of` does not know them.
"""
_LONG_WORD = 5
_ALSO = {
    "kovo": 3, "liepos": 7, "spalio": 10, "sausio": 1, "vasario": 2,
    "sept": 9, "juli": 7, "juni": 6, "marz": 3, "maerz": 3, "jänner": 1, "janner": 1, "feber": 2, "gen": 1, "ene": 1,
    "set": 9, "ian": 1, "iun": 6, "iul": 7, "sij": 1, "velj": 2, "ožu": 3, "svi": 5, "ruj": 9, "stu": 11, "stycz": 1,
    "janv": 1, "avr": 4, "juil": 7, "fevr": 2, "aout": 8, "dic": 12, "mrz": 3, "mrt": 3,
    "كانون الثاني": 1, "شباط": 2, "آذار": 3, "نيسان": 4, "أيار": 5, "حزيران": 6, "تموز": 7, "آب": 8, "أيلول": 9,
    "تشرين الأول": 10, "تشرين الثاني": 11, "كانون الأول": 12,
    "ژانویه": 1, "فوریه": 2, "مارس": 3, "آوریل": 4, "آپریل": 4, "مه": 5, "می": 5, "ژوئن": 6, "جون": 6, "ژوئیه": 7,
    "جولای": 7, "اوت": 8, "آگوست": 8, "سپتامبر": 9, "اکتبر": 10, "نوامبر": 11, "دسامبر": 12,
}  # fmt: skip
_WITHOUT_HAMZA = str.maketrans("أإآ", "ااا")
_PERSIAN_LETTERS = str.maketrans("يىك", "ییک")
MEANING_TWO = {"listopad": 10, "listopada": 10, "lis": 10, "lip": 6}
"""Polish month names with another meaning in Croatian, and that meaning: tables are read as Polish, forms ask."""
SOLAR_HIJRI = 100
"""Added to the number of an Iranian month."""
ISLAMIC = 200
"""Added to the number of an Islamic month."""
_SOLAR = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند".split()
_SOLAR_LATIN = "farvardin ordibehesht khordad tir mordad shahrivar mehr aban azar dey bahman esfand".split()
_SOLAR_AFGHAN = "حمل ثور جوزا سرطان اسد سنبله میزان عقرب قوس جدی دلو حوت".split()
_ISLAMIC = (
    "محرم", "صفر", "ربيع الأول", "ربيع الثاني", "جمادى الأولى", "جمادى الآخرة", "رجب", "شعبان", "رمضان", "شوال",
    "ذو القعدة", "ذو الحجة",
)  # fmt: skip
_ISLAMIC_ALSO = {
    "المحرم": 1, "ربيع الآخر": 4, "جمادى الثانية": 6, "جمادى الثاني": 6, "جمادى الأول": 5, "ذي القعدة": 11,
    "ذي الحجة": 12, "ربیع الثانی": 4, "ربیع الاول": 3, "جمادی الاول": 5, "جمادی الثانی": 6, "ذی القعده": 11,
    "ذی الحجه": 12,
}  # fmt: skip
_ISLAMIC_LATIN = "muharram safar rabi1 rabi2 jumada1 jumada2 rajab shaban ramadan shawwal dhulqada dhulhijja".split()


def month_of(word: str, *, in_all_languages: bool = True) -> int | None:
    """Return the number of a month by its name (lower case, without period), or None.

    1 to 12; Iranian months from 101, Islamic months from 201. Other languages of CLDR are used only if requested and if
    no main language has the word.
    """
    found = _months().get(word)
    return _other_months().get(word) if found is None and in_all_languages else found


def weekdays_of(word: str) -> frozenset[int]:
    """Return the numbers of the weekdays (Monday is 0) that a word means in some 30 languages; empty if none.

    "Ma" is Monday in Dutch and Tuesday in French.
    """
    return _weekdays().get(word, frozenset())


@cache
def names_of_several_words() -> dict[str, int]:
    """Return the names of months that contain a space."""
    return {name: number for name, number in _months().items() if " " in name}


@cache
def _other_months() -> dict[str, int]:
    """Return names in further languages, with at least five letters, or three in other scripts than Latin.

    Loading all languages with Babel takes half a second and 115 MB, so ``tools/build_calendar_names.py`` writes them to
    a list.
    """
    return {normalize("NFC", name): int(number) for number, names in read_list("months") for name in names}


@cache
def _months() -> dict[str, int]:
    found: dict[str, int] = {}
    for language in LANGUAGES:
        months = cldr_locale(language).months
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in months[context][width].items():
                    word = normalize("NFC", name.casefold()).strip(". ")
                    if not word.isdecimal() and not any(char.isdecimal() for char in word):
                        found.setdefault(word, number)
    for word, number in _ALSO.items():
        found.setdefault(word, number)
    # Kurdish inflects month names: "sibat", "sibata 2020an", "2ê sibatê".
    for number, name in cldr_locale("ku").months["stand-alone"]["wide"].items():
        for ending in ("ê", "a", "an"):
            found.setdefault(name.casefold() + ending, number)
    for offset, names in ((SOLAR_HIJRI, (_SOLAR, _SOLAR_LATIN, _SOLAR_AFGHAN)), (ISLAMIC, (_ISLAMIC, _ISLAMIC_LATIN))):
        for months_of in names:
            for number, name in enumerate(months_of, 1):
                found.setdefault(name, offset + number)
    for name, number in _ISLAMIC_ALSO.items():
        found.setdefault(name, ISLAMIC + number)
    for word, number in tuple(found.items()):
        for variant in _variants(word):
            found.setdefault(variant, number)
    return found


def _variants(word: str) -> set[str]:
    """Return spelling variants of a name: without accents; in Arabic script without hamza, with Persian yeh and kaf.

    The "I" of a Turkish name in capitals was lowered to "i", as in "KASIM".
    """
    if word.isascii():
        return set()
    plain = word.translate(_WITHOUT_HAMZA)
    dotted = word.replace("ı", "i")
    latin = {dotted, without_accents(dotted)} if len(word) >= _LONG_WORD else set()
    return latin | {plain, word.translate(_PERSIAN_LETTERS), plain.translate(_PERSIAN_LETTERS)}


@cache
def _weekdays() -> dict[str, frozenset[int]]:
    found: dict[str, frozenset[int]] = {}
    for language in LANGUAGES:
        days = cldr_locale(language).days
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated", "short"):
                for number, name in days[context][width].items():
                    word = name.casefold().strip(". ")
                    if len(word) > 1:
                        found[word] = found.get(word, frozenset()) | {number}
    for day, names in read_list("weekdays"):  # of further languages, see tools/build_calendar_names.py
        for name in names:
            found.setdefault(name, frozenset({int(day)}))
    for word, numbers in tuple(found.items()):
        for variant in _variants(word):
            found.setdefault(variant, numbers)
    for word, numbers in tuple(found.items()):
        # In German, Danish and others, "donnerstags" means every Thursday.
        if len(word) > 5:
            found.setdefault(word + "s", numbers)
    return found | {word: frozenset({n}) for word, n in (("tues", 1), ("thur", 3), ("thurs", 3), ("weds", 2))}
