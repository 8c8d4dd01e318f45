"""Adjectives and genitives of town names in institutions: "Казанский университет", "Uniwersytet Gdański".

Like the rules in `inflection`, these only produce candidates; the gazetteer decides which of them are cities.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from rallymap.folding import fold_letters
from rallymap.places.vocabulary import LOCATIVE

_MIN_BASE: Final = 4
# Endings of adjectives. What remains is a stem, to which an ending of town names is added. Letters are folded: й is и,
# ї is і.
_SLAVIC_ENDINGS: Final = sorted(
    fold_letters(
        "ский ская ское ские ского ской скому ским ском скую ски ските ския ският ската ско ския"
        " ський ська ське ського ської ському ським ській ською ську скі скага скай"
        " ski ska skie skiego skiej skiemu skim ske skeho sky skym skych"
    ).split(),
    key=lambda ending: -len(ending),
)
# Stems of regions and rivers, which would match towns elsewhere: Ural'sk is in Kazakhstan.
_REGIONS: Final = frozenset(("ураль", "урал", "крым", "крим", "алтаи"))
# Stations and cathedrals are named after other towns: the Казанский вокзал is in Moscow.
_CALLED_AFTER_OTHERS: Final = ("вокзал", "собор", "dworzec", "dworca", "dworcem", "nadrazi", "katedr")
# Towns named after a person, whose genitive next to an institution means the person: "музей Пушкина", "театр Кирова".
_PERSONS: Final = frozenset(
    fold_letters(
        "Пушкин Чехов Киров Королёв Жуковский Чайковский Энгельс Горький Дзержинский Хмельницкий Хмельницький Шевченко"
        " Мичурин Гагарин Ломоносов Лермонтов Маркс Фрунзе Димитров Калинин Свердлов Куйбышев Ворошилов Котовский"
        " Суворов Фурманов Чапаев Чкалов Франко Маяковский Луначарский Невский Щорс Тельман Некрасов Тургенев"
    ).split()
)
# Beginnings of words for offices that belong to a town.
_OFFICES: Final = ("администрац", "адміністрац", "мэри", "мері", "гор", "міськ", "суд", "прокуратур", "вокзал")
_PERSON_GENITIVES: Final = (("ого", "ии"), ("а", ""), ("", ""))
_TOWN_ENDINGS: Final = ("", "ь", "а", "я", "о", "и", "ы", "ск", "са", "си", "a", "o", "e", "sk", "y")
# Stem endings that the adjective changes, and those of the town name: Софийски, Запорізький, Вінницький, Łódzki,
# Pražský.
_ALTERED: Final = (
    ("ии", "ия"), ("дніпров", "дніпро"), ("москов", "москва"), ("нижегород", "нижнииновгород"), ("варнен", "варна"),
    ("рівнен", "рівне"), ("гроднен", "гродно"), ("гродзен", "гродна"), ("praz", "praha"),
    ("brnen", "brno"), ("lubel", "lublin"),
)  # fmt: skip
# Likewise for adjectives with another consonant than "s".
_OTHER_ENDINGS: Final = sorted({ending[1:].removeprefix("ь") for ending in _SLAVIC_ENDINGS}, key=lambda e: -len(e))
_OTHER_STEMS: Final = (
    ("ць", "цьк ця ці"), ("сц", "ст"), ("ц", "цк ца"), ("різь", "ріжжя"), ("ж", "ж жье"), ("dz", "dz"),
    ("lec", "lce"), ("ic", "ice"), ("alostoc", "alystok"), ("c", "ck c"),
)  # fmt: skip
# Beginnings of institution words, with pairs of endings: genitive or adjective, and town name.
_GENITIVES: Final = (
    (
        "universitetas universiteto rotus savivaldyb arkikatedr katedr teism ligonin stot baznyc pilis pilies teatras",
        (
            ("iaus", "ius"),
            ("io", "is"),
            ("io", "ys"),
            ("o", "as"),
            ("os", "a"),
            ("es", "e"),
            ("iu", "iai"),
            ("u", "ai"),
        ),
    ),
    (
        "yliopisto ammattikorkeakoulu kaupungintalo rautatieasema tuomiokirkko raatihuone oikeustalo sairaala vankila",
        (
            ("run", "rku"),
            ("hden", "hti"),
            ("nnan", "nta"),
            ("gin", "ki"),
            ("joen", "joki"),
            ("men", "mi"),
            ("in", "i"),
            ("n", ""),
        ),
    ),
    ("ulikool raekoda raekoja linnavalits linnavolikog", (("a", ""), ("u", ""), ("i", ""), ("", ""))),
    ("dome pilsetas universitat tiesa stacij slimnic pils teatris", (("s", ""), ("a", "s"), ("u", "i"), ("u", "is"))),
    ("egyetem tudomanyegyetem foiskola varoshaza palyaudvar torvenyszek birosag korhaz", (("i", ""),)),
    ("უნივერსიტეტ მერია სასამართლო საკრებულო საავადმყოფო", (("ის", "ი"),)),
    ("համալսարան քաղաքապետարան դատարան հիվանդանոց", (("ի", ""), ("ու", "ի"))),
)


def is_called_after_person(words: Sequence[str]) -> bool:
    """Return whether an institution's last word is a person after whom a town is named, too.

    The town's own administration is not called after a person: "мэрия Чехова" is in Chekhov.
    """
    if len(words) < 2 or words[-1].isascii() or words[-2] in LOCATIVE:
        return False
    if any(word.startswith(_OFFICES) for word in words[:-1]):
        return False
    last = words[-1]
    return any(
        last.endswith(ending) and last[: len(last) - len(ending)] + base in _PERSONS
        for ending, base in _PERSON_GENITIVES
    )


def institution_bases(word: str, others: Collection[str]) -> Iterator[str]:
    """Yield the folded town names that a folded word may be an adjective or genitive of.

    `others` are the other words of the institution; they indicate the language.
    """
    if any(other.startswith(_CALLED_AFTER_OTHERS) for other in others):
        return
    for ending in _SLAVIC_ENDINGS:
        if word.endswith(ending):
            yield from _long_enough(_slavic_bases(word[: -len(ending)]))
            return
    for ending in _OTHER_ENDINGS:
        if word.endswith(ending):
            stem = word[: -len(ending)]
            for altered, bases in _OTHER_STEMS:
                if stem.endswith(altered):
                    yield from _long_enough(stem.removesuffix(altered) + base for base in bases.split())
                    break
            break
    for heads, endings in _GENITIVES:
        if any(other.startswith(tuple(heads.split())) for other in others):
            for ending, base in endings:
                if word.endswith(ending):
                    yield from _long_enough([word[: -len(ending)] + base])


def _slavic_bases(stem: str) -> Iterator[str]:
    if stem in _REGIONS:
        return
    for altered, base in _ALTERED:
        if stem.endswith(altered):
            yield stem.removesuffix(altered) + base
    for ending in _TOWN_ENDINGS:
        yield stem + ending


def _long_enough(names: Iterable[str]) -> Iterator[str]:
    return (name for name in names if len(name) >= _MIN_BASE)
