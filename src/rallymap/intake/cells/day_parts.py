"""Convert parts of the day to am and pm: "5 عصر" is 5 pm, "下午3時" 3 pm, "de 2 a 5 de la tarde" 2 to 5 pm."""

from __future__ import annotations

import re

_CJK_TIME = re.compile(
    r"(上午|下午|凌晨|清晨|傍晚|早上|晚上|晚|中午|午前|午後|夕方|夜|朝|오전|오후|저녁|밤|낮|아침|새벽)?\s?(\d{1,2})(?:[時点點时시](?!間)(?:\s?(\d{1,2})[分분]?)?)(半)?"
)
_CJK_HOUR = re.compile(r"([一二三四五六七八九十两兩]{1,3})(?=[時点點时分])")
_CJK_FIGURES = {"两": 2, "兩": 2} | {character: number for number, character in enumerate("一二三四五六七八九", 1)}
_SECONDS = re.compile(r"(?<=\d:\d\d):[0-5]\d(?:[.,]\d{1,9})?(?![\d:])")
_HALF_BEFORE = re.compile(
    r"(?<![^\W_])(?<!\d )(?:(?P<pm>ös|pm|p\.m\.)|öö|am|a\.m\.)\s?(?P<clock>\d{1,2}:\d\d)(?!\d|\s?[ap]\.?m)"
)
"""Marks that stand before their hours, as in Turkey and Hong Kong: "pm 6:00"."""
_HALF_IN_TURKISH = re.compile(r"(?<=\d:\d\d)\s?(?:(?P<pm>ös)|öö)(?![^\W_])")
_HALF_APART = re.compile(r"(?<=\d:\d\d) ([ap])\.?(?=\s*(?:$|-))")
_EVENING = re.compile(
    r"下午|傍晚|晚上|晚|午後|夕方|夜|오후|저녁|밤|"
    r"(?<=\d)\s?م(?!\w)|بعد الظهر|بعد از ظهر|بعدازظهر|عصرا?|(?<=\d)\s?ب\.?\s?ظ\.?(?!\w)|شب|مساء|مساءً|вечера|дня|вечора|"
    r"(?:de|por) la (?:tarde|noche)|da (?:tarde|noite)|"
    r"del pomeriggio|di sera|(?:du|de l['’]) ?(?:soir|après-midi)|nachmittags|abends|in the (?:afternoon|evening)|"
    r"'s (?:middags|avonds)|wieczorem|po południu|akşam|öğleden sonra|μ\.?\s?μ\.?(?!\w)|"
    r"délután|(?<![\w.])d\.\s?u\.|(?<![\w.])du\.(?=\s?\d)|"
    r"este(?!\w)|odpoledne|večer|iltapäivällä|illalla|το απόγευμα|το βράδυ|אחר הצהריים|"
    r"בערב|אחה[\"״']+צ|"
    r"på (?:eftermiddagen|kvällen)|om (?:ettermiddagen|kvelden|eftermiddagen|aftenen)|piştî nîvro|êvarê|вечером|"
    r"ввечері|пополудні|"
    r"(?<![^\W_])(?:seara|după-amiaz[aă]|uveče|navečer|naveče|popodne|poslijepodne|вечерта|следобед|увече|поподне|vakaro|vakare|"
    r"popiet|pēcpusdienā|vakarā|вечара|sore|malam|chiều|tối|شام|رات|সন্ধ্যা|বিকাল|বিকেল|রাত|शाम|रात|საღამოს|երեկոյան)(?![^\W_])|"
    r"(?:(?<=12)|(?<=12:00)|(?<=(?<!\d)[1-4]))\s?ظهر\w*|(?:낮|昼|دوپہر|दोपहर|দুপুর)(?=\s?(?:12|[1-4])(?!\d))"
)
_MORNING = re.compile(
    r"上午|凌晨|清晨|早上|午前|朝|오전|아침|새벽|(?<=\d)\s?ص(?!\w)|(?<=\d)\s?ق\.?\s?ظ\.?(?!\w)|قبل الظهر|صبح|صباحا|"
    r"صباحًا|утра|ранку|de la mañana|da manhã|del mattino|du matin|morgens|vormittags|"
    r"délelőtt|(?<![\w.])d\.\s?e\.|(?<![\w.])de\.(?=\s?\d)|reggel|dopoledne|ráno|aamulla|aamupäivällä|το πρωί|בבוקר|"
    r"på (?:förmiddagen|morgonen)|om (?:formiddagen|morgenen)|sibehê|"
    r"(?<![^\W_])(?:dimineața|dimineata|ujutro|prijepodne|prepodne|сутринта|ујутро|ryto|ryte|rītā|раніцы|pagi|sáng|সকাল|सुबह|"
    r"დილის|առավոտյան)(?![^\W_])|"
    r"in the morning|'s ochtends|rano|sabah|π\.?\s?μ\.?(?!\w)"
)
_NIGHT = re.compile(r"شب|رات|晚上|晚|夜|밤|malam|noche|noite|ночи|ночі|gece")
_BEFORE_ITS_HOUR = re.compile(
    r"上午|下午|凌晨|清晨|傍晚|早上|晚上|晚|午前|午後|夕方|夜|朝|오전|오후|저녁|밤|아침|새벽|낮|昼|شام|رات|صبح(?=\s?\d)|دوپہر|दोपहर|"
    r"शाम|रात|सुबह|সকাল|দুপুর|বিকাল|বিকেল|সন্ধ্যা|রাত"
)
_HOUR = re.compile(r"(?<!\d)(\d{1,2})(?:[:.](\d{2}))?(?!\d)(?:\s?(?:uhr|h|ч|часов)(?![^\W_]))?")
_HOURS_OF_HALF = 12
_MOST_HOURS = 2


def with_am_pm(folded: str) -> str:
    """Replace parts of the day in a folded text with one or two hours by am and pm after the hour."""
    folded = write_half(without_seconds(folded))
    folded = _CJK_HOUR.sub(lambda m: str(_figure(m[1])), _HALF_APART.sub(r" \1m", folded))
    folded = _CJK_TIME.sub(lambda m: f"{m[1] or ''}{m[2]}:{m[3] or ('30' if m[4] else '00')} ", folded)
    hours = list(_HOUR.finditer(folded))
    words = [
        (word, half) for pattern, half in ((_EVENING, "pm"), (_MORNING, "am")) for word in pattern.finditer(folded)
    ]
    if not words or not 1 <= len(hours) <= _MOST_HOURS:
        return folded
    halves: dict[int, str] = {}
    for word, half in sorted(words, key=lambda found: found[0].start()):
        halves[_hour_of(word, hours)] = half
    is_midnight = len(hours) == 1 and int(hours[0][1]) == _HOURS_OF_HALF and any(_NIGHT.search(w[0]) for w, _ in words)
    if is_midnight and not int(hours[0][2] or 0):
        return "midnight"
    parts, at = [], 0
    for start, end, text in sorted(_pieces(hours, halves) + [(*word.span(), " ") for word, _ in words]):
        parts += [folded[at:start], text]
        at = max(at, end)
    return " ".join("".join((*parts, folded[at:])).split())


def without_seconds(folded: str) -> str:
    """Drop the seconds of the times in a folded text, which an event does not need."""
    return _SECONDS.sub("", folded) if ":" in folded else folded


def write_half(folded: str) -> str:
    """Move "am" and "pm" behind the hours that they stand before."""
    folded = _HALF_IN_TURKISH.sub(lambda half: " pm" if half["pm"] else " am", folded)
    return _HALF_BEFORE.sub(lambda half: f"{half['clock']} {'p' if half['pm'] else 'a'}m", folded)


def _hour_of(word: re.Match[str], hours: list[re.Match[str]]) -> int:
    """Return the index of the hour that a word belongs to: in Chinese the next one, otherwise the previous one."""
    before = [number for number, hour in enumerate(hours) if hour.end() <= word.end()]
    after = [number for number, hour in enumerate(hours) if hour.start() >= word.start()]
    if _BEFORE_ITS_HOUR.fullmatch(word[0]):
        return after[0] if after else before[-1]
    return before[-1] if before else after[0]


def _pieces(hours: list[re.Match[str]], halves: dict[int, str]) -> list[tuple[int, int, str]]:
    pieces = []
    for number, hour in enumerate(hours):
        half = halves.get(number)
        if half and 1 <= int(hour[1]) <= _HOURS_OF_HALF:
            pieces.append((*hour.span(), f"{hour[1]}:{hour[2] or '00'} {half} "))
    return pieces


def _figure(characters: str) -> int:
    """Convert a number below 100 in Chinese characters: "十一" is 11."""
    tens, sign, ones = characters.rpartition("十")
    return (_CJK_FIGURES.get(tens, 1) * 10 if sign else 0) + _CJK_FIGURES.get(ones, 0)
