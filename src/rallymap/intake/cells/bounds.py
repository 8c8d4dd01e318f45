"""Words next to a number of people that make it a lower or upper bound: "at least 50", "не более 50", "50人以上"."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from rallymap.intake.lexicon import fold


class Bound(StrEnum):
    """Type of bound of a number."""

    LEAST = "at least"
    MOST = "at most"


def _words(phrases: str) -> re.Pattern[str]:
    """Compile a pattern that finds any of the phrases (separated by semicolons) in a folded text."""
    found = "|".join(re.escape(fold(phrase)) for phrase in phrases.split(";"))
    return re.compile(rf"(?<!\S)(?:{found})(?!\S)")


_NOT_A_BOUND: Final = _words(
    "more or less;mehr oder weniger;plus ou moins;más o menos;mais ou menos;più o meno;min of meer;meer of minder;"
    "mer eller mindre;mniej więcej;более менее;больше менее;більш менш;plus minus"
)
_LEAST_WORDS: Final = (
    "at least;minimum;min;mind;mindestens;wenigstens;zumindest;au moins;al menos;por lo menos;mínimo;pelo menos;"
    "ao menos;no mínimo;almeno;minimo;minstens;ten minste;tenminste;ruim;minst;mindst;åtminstone;co najmniej;"
    "przynajmniej;как минимум;минимум;мінімум;щонайменше;принаймні;حداقل;دست کم;اقلا;على الأقل;لا يقل عن;"
    "ما لا يقل عن;en az;asgari;legalább;nejméně;alespoň;vähintään;τουλάχιστον;至少;最少;逾;minste;"
    "cel puțin;najmanj;najmenej;barem;bent jau;vismaz;vähemalt;לפחות;кем дегенде;upwards of;in excess of;minimálně;"
    "přinejmenším;minimum;τουλάχιστον;לכל הפחות;mínimamente;på det minste;herî kêm;"
    "kêmî;minimal;minimum de;minimal;най малко;найменше;принайменше;прынамсі;не менше;"
    "больш за;болей за;больш як;звыш;больше чем;более чем;не менш за"
)
_MOST_WORDS: Final = (
    "at most;up to;upto;maximum;maximal;max;maks;höchstens;bis;bis zu;jusqu;jusqu à;au plus;au maximum;hasta;"
    "como mucho;máximo;até;no máximo;fino;fino a;al massimo;massimo;tot;maximaal;hoogstens;högst;upp till;upp;"
    "opptil;opp til;inntil;højst;op til;do;maksymalnie;najwyżej;до;максимум;щонайбільше;حداکثر;تا;حتى;لا يزيد عن;"
    "ما لا يزيد عن;en fazla;en çok;legfeljebb;nejvýše;enintään;το πολύ;最多;不超过;不超過;høyst;"
    "cel mult;največ;najviac;najviše;ne daugiau;ne vairāk;kõige rohkem;לכל היותר;على الأكثر;كحد أقصى;herî zêde;"
    "самое большее;найбільше;най много;tops;až;až do;maximálně;nanejvýš;έως;ως;μέχρι;עד;korkeintaan;jopa;akár;heta;à "
    "concurrence de"
)
_ONLY_BEFORE: Final = frozenset(
    (
        "up to;upto;bis;bis zu;jusqu;jusqu à;hasta;até;fino;fino a;tot;upp till;upp;opptil;opp til;inntil;op til;do;"
        "до;تا;حتى;až;až do;έως;ως;μέχρι;עד;jopa;akár;heta"
    ).split(";")
)
"""Words that belong to a following number: "300 tot" and "300 bis" are not bounds."""
_LEAST: Final = _words(_LEAST_WORDS)
_MOST: Final = _words(_MOST_WORDS)
_BEHIND: Final = {
    bound: re.compile(
        r"(?:[^\W\d_]+ )?(?:"
        + "|".join(re.escape(fold(word)) for word in words.split(";") if word not in _ONLY_BEFORE)
        + r")(?!\S)(?!\s*\d)"
    )
    for bound, words in ((Bound.LEAST, _LEAST_WORDS), (Bound.MOST, _MOST_WORDS))
}
"""Words after a number that make it a bound, directly or after a word for people: "300 people at least"."""
_MORE: Final = frozenset(
    "more over above exceeding mehr über plus más mas mais più oltre meer boven mer fler over över över flere "
    "więcej ponad powyżej более больше свыше більше понад بیش بیشتر أكثر اکثر fazla több více přes yli πάνω "
    "peste preko više vyše viac več nad daugiau virš vairāk rohkem üle mbi περισσότεροι περισσότερα יותר מעל hơn "
    "lebih над zêdetir bêtir zêdetirî bêtirî "
    "повече".split()
)
_LESS: Final = frozenset(
    "less fewer under below weniger unter moins menos meno minder onder mindre färre færre mniej poniżej менее "
    "меньше менше کمتر أقل اقل az kevesebb méně "
    "sub manje ispod menej manj pod mažiau mazāk vähem פחות kurang под kêmtir alle vajaa kevesebb".split()
)
_NOT: Final = frozenset("no not nicht kaum pas ne non não nao niet inte ikke nie не nem ne ei لا".split())
_OR: Final = frozenset("or and oder und ou et o y e u of en eller och og lub i или и або та ve veya أو و یا".split())
_UNITS: Final = frozenset(10**power for power in range(1, 7))
_AFTER: Final = {
    Bound.LEAST: (
        "plus", "以上", "余人", "餘人", "多人", "üstü", "üzeri", "aşkin", "den fazla", "dan fazla", "ten fazla",
        "tan fazla", "nál több", "nél több", "zêdetir", "bêtir", "kesan zêdetir", "kesan bêtir",
    ),
    Bound.MOST: ("以下", "以内", "以內", "alti", "den az", "dan az", "ten az", "tan az", "nál kevesebb", "nél kevesebb",
                 "kêmtir", "kesan kêmtir"),
}  # fmt: skip
_PLUS_BEHIND: Final = re.compile(r"\s*\+(?!\s?[/-])")
_PLUS: Final = re.compile(r"\+(?: ?(?:de|di|than|als|dan))?")
_CJK_BEHIND: Final = {
    Bound.LEAST: re.compile(r"\s?[人名명]?\s?(?:多|余|餘|여|超|以上|이상|넘|초과)"),
    Bound.MOST: re.compile(r"\s?[人名명]?\s?(?:以下|以内|以內|未满|未滿|미만|이하)"),
}
"""Suffixes of a number in Chinese, Japanese and Korean: "300多人", "500명 이상"."""
_SOME: Final = _words(
    "einige;mehrere;ein paar;paar;several;a few;few;some;plusieurs;quelques;varios;varias;unos "
    "cuantos;algunos;algunas;"
    "vários;várias;alguns;algumas;alcune;alcuni;diverse;diversi;parecchie;enkele;een paar;meerdere;några;flera;noen;"
    "flere;et par;nogle;ett "
    "par;kilka;parę;několik;pár;несколько;пару;кілька;декілька;چند;عدة;بضع;birkaç;muutama;néhány"
)
_CJK: Final = {
    Bound.LEAST: ("超过", "超過", "至少", "逾"),
    Bound.MOST: ("不到", "少于", "少於", "未满", "最多", "不超"),
}


def bound_of(before: str, after: str) -> Bound | None:
    """Return the bound that the words around a number express, None if they express none.

    Parameters
    ----------
    before, after
        The text before and after the number.
    """
    words = fold(before)
    for bound, sign in _CJK_BEHIND.items():
        if sign.match(after):
            return bound
    if _NOT_A_BOUND.search(words):
        return None
    if before.strip().endswith((">", "≥")) or _PLUS.fullmatch(before.strip().casefold()) or _PLUS_BEHIND.match(after):
        return Bound.LEAST
    if before.strip().endswith(("<", "≤")):
        return Bound.MOST
    for bound in (Bound.MOST, Bound.LEAST):
        if any(sign in words for sign in _CJK[bound]):
            return bound
    found = _compared(words.split())
    for bound, phrases in ((Bound.LEAST, _LEAST), (Bound.MOST, _MOST)):
        if phrases.search(words):
            return bound
    return found or _bound_behind(fold(after))


def is_multiple(before: str, value: int) -> bool:
    """Return whether a round number is only the unit of "several": "einige 100", "несколько 1000"."""
    return value in _UNITS and _SOME.search(fold(before)) is not None


def is_comparison(word: str) -> bool:
    """Return whether a word means more or less, in lower case."""
    return word in _MORE or word in _LESS


def _compared(words: list[str]) -> Bound | None:
    """Return the bound of "more than" or "less than"; a negation reverses it."""
    for at in range(len(words) - 1, -1, -1):
        is_more = words[at] in _MORE
        if not is_more and words[at] not in _LESS:
            continue
        is_negated = not _NOT.isdisjoint(words[max(0, at - 2) : at])
        return Bound.LEAST if is_more != is_negated else Bound.MOST
    return None


def _bound_behind(text: str) -> Bound | None:
    if _NOT_A_BOUND.match(text):
        return None
    for bound, pattern in _BEHIND.items():
        if pattern.match(text):
            return bound
    words = text.split()
    if len(words) > 1 and words[0] in _OR and words[1] in _MORE | _LESS:
        return Bound.LEAST if words[1] in _MORE else Bound.MOST
    for bound, phrases in _AFTER.items():
        for phrase in phrases:
            if text == phrase or text.startswith(f"{phrase} ") or (not phrase.isascii() and phrase in text[:6]):
                return bound
    return None
