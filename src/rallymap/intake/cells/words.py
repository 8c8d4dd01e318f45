"""Parse event statuses from words in many languages, also within places and titles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rallymap.events import EventStatus
from rallymap.intake.cells.lifted_bans import IN_SPITE, NEGATIONS, goes_ahead, later_status
from rallymap.intake.cells.month_names import month_of, weekdays_of
from rallymap.intake.cells.verbs_of_remarks import MODALS, verbs_at_end, without_adverbs
from rallymap.intake.lexicon import fold, meanings, without_accents

_BRACKET = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_TAIL = re.compile(r"(?:\s[–-]|[.,:|!]|(?<!\*)(?=\*\*))[\s*_]*([^–\-.,:!|*]{3,48})[\s!.*_]*$")
_CAPITALS = re.compile(r"\W*([^\W\d_a-zß-ÿа-я]{5,20})(?=\W)")
_AUXILIARIES = frozenset(
    "is was has been it event the rally protest demo wurde wird ist war a été est fue ha sido foi è stato stata werd "
    "is geworden blev ble został została była было была был мероприятие акция veranstaltung kundgebung demonstration "
    "versammlung mahnwache event march vigil action manifestation rassemblement événement marche concentración "
    "manifestación "
    "marcha evento acto ato manifestazione presidio corteo betoging demonstratie actie demonstrationen "
    "demonstrasjonen "
    "demonstrationen zgromadzenie wydarzenie митинг шествие пикет захід акція мітинг хода пікет eylem etkinlik miting "
    "yürüyüş demonstrace akce l le la el il lo een het de den die der das".split()
)
_BESIDE_NEGATION = frozenset("n a t ha been being have has had haben werden wordt bliver blir bli ni será".split())
# Languages that negate the verb itself.
_NOT_CALLED_OFF = frozenset(
    map(
        fold,
        "iptal edilmedi;iptal değil;iptal edilmemiştir;ertelenmedi;yasaklanmadı;betal nebû;nehat betalkirin;"
        "لغو نشد;لغو نشده;لغو نشده است;به تعویق نیفتاد;لم تلغ;لم يلغ;لم تؤجل;لم يتم الإلغاء;غير ملغاة;غير ملغى;"
        "未取消;沒有取消;没有取消;并未取消;並未取消;"
        "as planned;goes ahead;going ahead;wie geplant;planmäßig;findet statt;maintenu;maintenue;se "
        "mantiene;mantenido;"
        "mantenida;mantido;mantida;gaat door;blir av;odbywa się;по плану;за планом;طبق برنامه;"
        "planlandığı gibi;"
        "中止ではない;中止していません;취소되지 않음;취소되지 않았습니다".split(";"),
    )
)
_MOVED = re.compile(
    r"(?:verlegt|verplaatst|moved|relocated|transferred|déplacée?|transférée?|flyttade?|flyttad|flyttat|flyttet|"
    r"trasladad[oa]|reubicad[oa]|transferid[oa]|spostat[oa]|przeniesion[eyao]|přesunut[oay]|перенес[её]н[оаы]?|"
    r"перемещ[её]н[оаы]?)"
    r" (?P<rest>.+)"
)
"""Moved to another place or another day."""
_NEW_DAY = re.compile(
    r"\d|\b(?:mo|tu|we|th|fr|sa|su|di|mi|do|so)\w*(?:day|tag|woch)\b|"
    r"\b(?:week|year|month|date|day|later|next|woche|jahr|monat|später|termin|datum|semaine|mois|date|jour|semana|mes|"
    r"fecha|"
    r"año|settimana|mese|data|week|maand|jaar|vecka|uke|uge|år|måned|månad|tydzień|miesiąc|termin|týden|týdne|měsíc|"
    r"недел\w+|тижден\w*|тижн\w+|месяц\w*|місяц\w*|дат[ауы]|день|morgen|tomorrow|demain|mañana|domani|imorgon|i morgen|"
    r"amanhã|завтра|jutro|zítra|indefinitely|unbestimmte|unbestimmt|later|latere)\b"
)
_REGRETS = frozenset(
    "leider bedauerlicherweise unfortunately sadly sorry malheureusement hélas desgraciadamente lamentablemente "
    "infelizmente purtroppo helaas jammer tyvärr desværre dessverre valitettavasti niestety bohužel bohužiaľ sajnos "
    "nažalost сожалению жаль متأسفانه متاسفانه للأسف للاسف maalesef mixabin".split()
)
_LEAD = re.compile(r"^\s*([^:–\-!]{3,24})\s*[:–\-!]\s+")
_SHORT = 2
"""Maximum length of words such as "to" and "do", which can be abbreviations of weekdays."""
_CAUSES = frozenset(
    "von vom durch wegen aufgrund infolge by due because for par pour por a per da dal door wegens vanwege av på grund "
    "przez z ze из через у за в по на به توسط از بسبب من قبل yüzünden".split()
)
_ALSO_IN = frozenset("за в на av på por by par z".split())
"""Words for a cause that also begin other phrases: "banned by law" may be the topic of a rally."""
_CAUSE_PAIRS = frozenset(
    ("en raison", "à cause", "a causa", "en razón", "em razão", "na skutek", "z powodu", "за рішенням")
)
_CHINESE_CAUSE = re.compile(r"(?:活动|活動|集会|集會|游行|遊行)?(?:因|由于|由於|被|遭|受).{1,12}?(取消|延期|中止|禁止)")
_CHINESE_LEAD = re.compile(
    r"(?:活动|活動|集会|集會|游行|遊行)?(?:已|现|現|最終|最终|臨時|临时)?(改期|延期|推迟|推遲|延后|延後|取消|中止|叫停)(?!.*(?:没有|沒有|未))\S{0,20}"
)
"""Beginnings of Chinese remarks: "改期至6月4日"."""
_CODE = re.compile(r"^\s*(?:\[\d{1,2}\]|\(\d{1,2}\)|\d{1,2}\s?[.:=)–-])\s*(?=[^\W\d_])")
"""Code before a label in exports of statistics programs: "[2] cancelled"."""
_ONES = bytes.maketrans(b"023456789", b"1" * 9)
_MAX_STATUS_WORDS = 6  # "n'a pas eu lieu"


def with_equal_digits(text: str) -> str:
    """Return a text with 1 for each digit, as the key of a cache: which number it is does not change a status."""
    return text.encode("utf-8", "surrogatepass").translate(_ONES).decode("utf-8", "surrogatepass")


@lru_cache(maxsize=4096)
def status_of(text: str) -> EventStatus | None:
    """Return the status if the whole cell or its first words name one, otherwise None."""
    text = _CODE.sub("", text)
    if (exact := _exact_status(fold(text))) is not None:
        return exact
    if is_as_planned(text):
        return None
    words = [word for word in fold(text).split() if word not in _REGRETS]
    if _is_moved_elsewhere(words):
        return None
    if (later := later_status(tuple(words))) is not None:
        return later
    for length in range(min(_MAX_STATUS_WORDS, len(words)), 0, -1):
        found = meaning_of("statuses", " ".join(words[:length]))
        if found is not None:
            return EventStatus(found)
    return None


def status_at_end(text: str) -> EventStatus | None:
    """Return the status that the last words of a status cell name: "vom Gericht verboten"; None if there is none."""
    folded = fold(text)
    if len(folded.split()) > _MAX_STATUS_WORDS or is_as_planned(text):
        return None
    if not IN_SPITE.isdisjoint(folded.split()):
        return None  # "trotz Verbot"
    return status_inside(text, only_marked=False)


def status_with_cause(text: str) -> EventStatus | None:
    """Return the status at the start of a remark that otherwise contains only a cause or another day.

    Examples: "CANCELLED due to weather" and "postponed to 10 May"; but not "Ban on fracking".
    """
    words = fold(text).split()
    if len(words) > _MAX_STATUS_WORDS * 2:
        return None
    for length in range(min(_MAX_STATUS_WORDS, len(words) - 1), 0, -1):
        found = _exact_status(" ".join(words[:length]))
        if found in NOT_AS_PLANNED:
            is_postponed = found is EventStatus.POSTPONED and _NEW_DAY.search(" ".join(words[length:]))
            is_cause = words[length] in _CAUSES - _ALSO_IN or " ".join(words[length : length + 2]) in _CAUSE_PAIRS
            is_said = (is_cause or is_postponed) and not is_as_planned(text)
            return found if is_said and not _is_moved_elsewhere(words) else None
    return None


def is_as_planned(text: str) -> bool:
    """Return whether a cell says that an event was not cancelled or postponed, or took place anyway.

    Examples: "nicht abgesagt", "non annulé", "banned, but held anyway".
    """
    folded = fold(text)
    if _exact_status(folded) is not None:
        return False  # "nicht genehmigt"
    if folded in _NOT_CALLED_OFF or goes_ahead(text):
        return True
    words = [word for word in folded.split() if word not in _AUXILIARIES and word not in _BESIDE_NEGATION]
    rest = words[1:]
    return len(words) > 1 and words[0] in NEGATIONS and _exact_status(" ".join(rest)) in NOT_AS_PLANNED


def status_inside(text: str, *, only_marked: bool) -> EventStatus | None:
    """Return the status in addition to other text: in brackets, before a colon, or as the last words.

    Parameters
    ----------
    text
        A place, an organiser, a title ...
    only_marked
        True for titles, whose last words can be part of a sentence: only brackets, a leading word, and text after a
        final dash or comma count.
    """
    return _status_inside(with_equal_digits(text), only_marked)


@lru_cache(maxsize=8192)
def _status_inside(text: str, only_marked: bool) -> EventStatus | None:
    found = _status_marked(" ".join(text.split()), only_marked=only_marked)
    return None if found is None or goes_ahead(text) else found


def _status_marked(text: str, *, only_marked: bool) -> EventStatus | None:
    if chinese := _CHINESE_CAUSE.fullmatch(text.strip()):
        return _exact_status(chinese[1])
    for match in _BRACKET.finditer(text):
        status = status_of(match[1])
        if status in NOT_AS_PLANNED:
            return status
    lead = _LEAD.match(text)
    if lead and (status := _exact_status(lead[1])) in NOT_AS_PLANNED:
        return status
    tail = _TAIL.search(text)
    if tail and (status := _exact_status(_without_cause(tail[1]))) in NOT_AS_PLANNED:
        return status  # "March - cancelled by organiser"
    capitals = _CAPITALS.match(text)
    if capitals and not text.isupper() and (status := _exact_status(capitals[1])) in NOT_AS_PLANNED:
        return status
    if not only_marked:
        words = fold(text).split()
        for length in (1, 2, 3):
            if len(words) >= length and (status := _exact_status(" ".join(words[-length:]))) in NOT_AS_PLANNED:
                is_negated = not NEGATIONS.isdisjoint(words[-length - 2 : -length])
                return None if is_negated else status
    return None


def _without_cause(text: str) -> str:
    """Return the words before a cause: "cancelled" of "cancelled due to rain"."""
    words = text.split()
    if any(map(str.isdecimal, text)):
        return text  # "moved to 15 May"
    return " ".join(
        words[: next((at for at, word in enumerate(words) if at and word.casefold() in _CAUSES - {"for"}), None)]
    )


def status_of_remark(text: str) -> EventStatus | None:
    """Return the status if a remark says that an event was cancelled or postponed: "was cancelled by the police"."""
    return _status_of_remark(with_equal_digits(text))


@lru_cache(maxsize=8192)
def _status_of_remark(text: str) -> EventStatus | None:
    found = _status_said(text)
    return None if found is None or is_as_planned(text) else found


def _status_said(text: str) -> EventStatus | None:
    words = without_adverbs(text)
    for verb in verbs_at_end(words):
        if (found := _exact_status(verb)) in NOT_AS_PLANNED:
            return found
    said = words
    while words and (words[0] in _AUXILIARIES or words[0] in MODALS):
        words = words[1:]
    if _is_moved_elsewhere(words):
        return None
    if not words or len(words) > 12:
        return None
    for some in (words, said):  # "se" is an auxiliary word in "se tuvo que cancelar", and not in "se suspendió"
        for length in range(min(_MAX_STATUS_WORDS, len(some)), 0, -1):
            found = _exact_status(" ".join(some[:length]))
            if found in NOT_AS_PLANNED:
                return found
    return _status_behind_cause(words, text) or _status_marked(" ".join(text.split()), only_marked=True)


def _status_behind_cause(words: Sequence[str], text: str) -> EventStatus | None:
    """Return the status at the end of a short remark that begins with a cause: "wegen Regen abgesagt"."""
    if chinese := _CHINESE_CAUSE.fullmatch(text.strip()) or _CHINESE_LEAD.fullmatch(text.strip()):
        return _exact_status(chinese[1])
    if len(words) > _MAX_STATUS_WORDS or words[0] not in _CAUSES or not NEGATIONS.isdisjoint(words):
        return None
    ends = (_exact_status(" ".join(words[at:])) for at in range(2, len(words)))
    return next((found for found in ends if found in NOT_AS_PLANNED), None)


def _is_moved_elsewhere(words: Sequence[str]) -> bool:
    """Return whether folded words give another place, but no other day: "moved to Graz", "verplaatst van Spui"."""
    moved = _MOVED.match(" ".join(words))
    if moved is None or _NEW_DAY.search(moved["rest"]):
        return False
    rest = moved["rest"].split()
    return not any(month_of(word) or weekdays_of(word) for word in rest if len(word) > _SHORT) and not any(
        meaning_of("statuses", word) == EventStatus.MOVED_ONLINE for word in rest
    )


def without_status(text: str) -> str:
    """Remove the words for a status from a place: "Marktplatz (abgesagt)" is Marktplatz."""

    def drop(match: re.Match[str]) -> str:
        return " " if status_of(match[1]) in NOT_AS_PLANNED else match[0]

    text = " ".join(_BRACKET.sub(drop, text).split())
    first, colon, rest = text.partition(":")
    if colon and rest.strip() and _exact_status(first) in NOT_AS_PLANNED:
        text = rest.strip()  # "ABGESAGT: Marktplatz"
    words = text.split()
    if len(words) > 1 and _exact_status(words[-1]) in NOT_AS_PLANNED and fold(words[-2]) not in NEGATIONS:
        text = " ".join(words[:-1])
    return text.strip(" ,;-/")


NOT_AS_PLANNED = frozenset({EventStatus.CANCELLED, EventStatus.POSTPONED})
"""Statuses of events that did not take place on their day."""


def _exact_status(text: str) -> EventStatus | None:
    found = meaning_of("statuses", text)
    return EventStatus(found) if found is not None else None


@lru_cache(maxsize=16_384)
def meaning_of(name: str, text: str) -> str | None:
    """Return the first meaning of a whole text in a lexicon list, None if there is none."""
    folded = " ".join(word for word in fold(text).split() if word not in _REGRETS)
    table = meanings(name)
    found = table.get(folded) or table.get(without_accents(folded))
    return found[0] if found else None
