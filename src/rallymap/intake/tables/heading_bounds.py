"""Words that mark a heading as the start or end of something, or as the lower or higher of two numbers."""

from __future__ import annotations

from rallymap.intake.lexicon import fold, meanings

PAIR = 2
TIMES = frozenset({"date", "start", "end", "time", "start_time", "end_time"})
"""Fields of days and times."""
OF = frozenset({"of", "de", "du", "del", "der", "des", "di", "do", "van"})
"""Words between two others that add no meaning: "date of start"."""


def folded_words(words: str) -> frozenset[str]:
    """Return words as they appear in folded headings, in which "sayısı" is "sayisi"."""
    return frozenset(map(fold, words.split()))


ENDS = folded_words(
    "zak "
    "end ends ending finish ende ends fin término termino fim fine einde eind slut slutt slutar koniec zakończenia "
    "zakończenie окончания окончание завершения завершение завершення закінчення кінець конец پایان النهاية الانتهاء "
    "انتهاء bitiş bitis konec konce ukončení vége loppu päättyy 结束 結束 終了 종료"
)
_STARTS = folded_words(
    "rozp "
    "start starts begin beginn anfang début debut inicio início inizio aanvang rozpoczęcia rozpoczęcie początek "
    "начала "
    "начало початку початок شروع آغاز بدء البدء البداية başlangıç baslangic začátek začátku kezdete kezdés alku alkaa "
    "开始 開始 시작"
)
UNTIL = folded_words("bis until to till do до hasta até tot til till تا إلى الى")
SINCE = folded_words("von ab from od с від з van fra från از من desde")
"""Words that mark a bound only next to a single other word: "hora do ato" is not an end."""
_SINCE_DAY = folded_words("dal du ab depuis since z c з від ad")
_UNTIL_DAY = folded_words("al au a à t/m tom по by к ig asti έως ως μέχρι עד la até")
"""Further ones next to a word for a day."""
_CLOCKS = folded_words("godz hod uhrz kl klo hr hrs")


def bound_of_date(found: dict[str, float], folded: str) -> dict[str, float]:
    """Return the field for a heading of first or last days, with its score: "Date to", "Date/heure fin"."""
    words = set(folded.split()) - OF
    if len(words) < PAIR or "date" not in found:
        return {}
    others = words - _STARTS - ENDS
    if len(words) > PAIR and not all(TIMES.intersection(meanings("headings").get(word, ())) for word in others):
        return {}
    bound = bound_of_words(words, _STARTS, ENDS, SINCE | _SINCE_DAY, UNTIL | _UNTIL_DAY)
    return {"start" if bound == "low" else "end": 0.97} if bound else {}


def bound_of_time(found: dict[str, float], folded: str) -> dict[str, float]:
    """Return the field for a heading of start or end times, with its score: "Час завершення"."""
    words = set(folded.split())
    score = found.get("time", 0.7 if words & _CLOCKS else 0.0)
    if not score or len(words) < PAIR or "date" in found:
        return {}
    bound = bound_of_words(words, _STARTS, ENDS, SINCE, UNTIL)
    return {"start_time" if bound == "low" else "end_time": score} if bound else {}


def bound_of_words(
    words: set[str], low: frozenset[str], high: frozenset[str], since: frozenset[str], until: frozenset[str]
) -> str:
    """Return "low" or "high" if the words of a heading mark it as one of two bounds, otherwise ""."""
    is_low, is_high = bool(words & low), bool(words & high)
    if not is_low and not is_high and len(words) == PAIR:
        is_low, is_high = bool(words & since), bool(words & until)
    return "" if is_low == is_high else "low" if is_low else "high"
