"""Detect remarks that say that an event took place despite a ban, or that its ban was lifted."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from rallymap.events import EventStatus
from rallymap.intake.lexicon import fold, meanings, without_accents

NEGATIONS = frozenset(
    "not isn wasn nicht pas nincs non no não nao niet ikke inte icke ei ne nie "
    "не нет nem nu ej 未 没有 沒有 لم غیر غير לא".split()
)
_SAME_WORDS = (
    "anyway;nevertheless;nonetheless;went ahead;took place;still held;trotzdem;dennoch;fand statt;"
    "fand doch statt;hat stattgefunden;quand même;malgré tout;a eu lieu;de todos modos;de todas formas;aun así;"
    "se celebró;se realizó;igualmente;mesmo assim;realizou se;comunque;lo stesso;si è svolta;toch;ging door;ändå;"
    "genomfördes;likevel;ble holdt;alligevel;blev holdt;mimo to;odbyła się;odbył się;przesto;přesto;všetko;"
    "всё равно;все равно;"
    "состоялась;состоялся;все одно;відбулася;відбувся;با این حال;برگزار شد;رغم ذلك;ومع ذلك;أقيمت;yine de;"
    "gerçekleşti;仍然舉行;仍然举行;如期举行;如期舉行"
)
_ANYWAY = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, map(fold, _SAME_WORDS.split(';'))))})(?!\w)")
"""Words meaning that an event took place anyway."""
_TOOK_PLACE = re.compile(
    r"\bfand(?: (?!nicht)\w+){0,3} statt\b|\b(?:but|aber|mais|pero|men|maar) (?:held|durchgeführt|tenue|celebrado)\b"
)
IN_SPITE = frozenset(
    map(
        fold,
        "trotz despite spite malgré pesar apesar nonostante ondanks trots tross trods pomimo mimo несмотря вопреки "
        "попри всупереч رغم علیرغم rağmen 尽管 儘管 before vor avant antes до قبل if "
        "tras nach after après dopo após efter после після falls si если якщо اگر إذا".split(),
    )
)
"""Words before a status that does not apply to the event."""
_FUTURE = frozenset("be will to should soll sollte sera será sarà zal skal ska будет буде".split())
_BAN = (
    r"(?:ban|prohibition|verbot|verbotsverfügung|untersagung|untersagungsbescheid|interdiction|prohibici[oó]n|"
    r"proibi[cç][aã]o|divieto|verbod|zakaz|z[aá]kaz|f[oö]rbud(?:et)?|forbud(?:et)?|avslag(?:et)?|afslag(?:et)?|refusal|"
    r"refus|weigering|запрет|заборон[уа]|отказ|відмов[уа]|yasak|yasağı|yasaklama|ممنوعیت|المنع|قرار المنع|"
    r"betiltás|tilalom|kielto|απαγορευση)"
)
_LIFTED = (
    r"(?:overturned|lifted|quashed|struck down|suspended|blocked|reversed|withdrawn|dropped|rescinded|revoked|"
    r"overruled|annulled|aufgehoben|gekippt|ausgesetzt|zurückgenommen|kassiert|suspendue?|levée?|annulée?|cassée?|"
    r"retirée?|levantad[oa]|anulad[oa]|revocad[oa]|suspendid[oa]|revogad[oa]|suspens[oa]|annullato|revocato|sospeso|"
    r"ritirato|opgeheven|geschorst|vernietigd|ingetrokken|upphävt|upphävd|upphävdes|opphevet|omgjort|ophævet|omstødt|"
    r"uchylon[yoa]|uchylił|zniesion[yoa]|zrušen|zrušil|отмен[её]н|отменили|отменил|снят|сняли|снял|скасован[оауий]|"
    r"скасували|скасував|знято|kaldırıldı|iptal edildi|لغو شد|رفع|الغي|الغاؤه|feloldva|feloldották|kumottiin|άρθηκε|"
    r"αρθηκε|ακυρωθηκε)"
)
_LIFTS = (
    r"(?:overturn(?:ed|s)|lift(?:ed|s)|quash(?:ed|es)|suspend(?:ed|s)|block(?:ed|s)|revers(?:ed|es)|hob|hebt|kippte?|"
    r"lève|suspend|annule|casse|levant[aó]|anul[aó]|revoc[aó]|annulla|sospende|revoca|aufgehobenes|upphävde|upphäver|"
    r"opphevet|ophævede|uchylił|zrušil|отменил|снял|скасував)"
)
_GROUPS = (
    "manifestation manifestación demonstration demo kundgebung event veranstaltung marche marsz acto corteo".split()
)
_BAN_LIFTED = re.compile(
    rf"(?<!\w)(?:{_BAN}(?: (?!(?:{'|'.join(_GROUPS)})\b)\w+){{0,4}} {_LIFTED}|"
    rf"{_LIFTS}(?: (?:the|das|l|la|el|il|het|o|a|city|police)){{0,2}} {_BAN})(?!\w)"
)
"""A ban that a court or the city lifted: "Verbot vom VG aufgehoben", "court overturned the ban"."""
_PARTS = re.compile(r"[,;:()/|–—\n]| - ")
_THEN = frozenset(
    map(
        fold,
        "then later puis ensuite finalement finally eventually initially originally dann später schließlich zunächst "
        "zuerst initialement después luego finalmente inicialmente poi infine inizialmente daarna alsnog aanvankelijk "
        "sedan först senere siden først później następnie potem początkowo потом затем позже сначала изначально потім "
        "згодом спочатку sonra önce سپس بعد ابتدا potom nakonec".split(),
    )
)
_BANNING = re.compile(
    r"(?:verb(?:ot|od|ied)|kiel|unters|ban|prohib|proib|forb[iu]d|förb[uj]d|refus|denied|abgelehnt|unbewilligt|interdi|deneg|"
    r"viet|negat|respint|geweiger|avsla|avslå|afslag|afvist|zaka|odmow|zamít|запре|отказ|отклон|забор|відхил|відмов|"
    r"yasak|reddedil|izin|ممنوع|رد شد|منع|رفض|مرفوض|محظور|مجوز|禁|不批准|不許可|不허|反對|被禁|遭禁|불허|금지|indefer|"
    r"permit denied|"
    r"(?:nicht|not|non|no|não|niet|ej|icke|ikke|не|غير|لم)(?: \w+)? ?(?:genehm|bewill|gestatt|permit|approv|autor|toeg|"
    r"tillå|tilla|till|согл|разр|дозв|погодж|مرخص|الموافقة))"
)
"""Beginnings of words for a ban or a refusal; not of "cancelled" or "withdrawn"."""
_MAX_STATUS_WORDS = 6


@lru_cache(maxsize=4096)
def goes_ahead(text: str) -> bool:
    """Return whether a remark says that an event took place despite a ban, or that its ban was lifted.

    Examples: "untersagt, dennoch durchgeführt", "refusée, tenue malgré le refus", "zakaz uchylony przez sąd",
    "initially banned, then permitted".
    """
    folded = fold(text)
    if _took_place_anyway(folded) or _TOOK_PLACE.search(folded):
        return True
    if any(_BAN_LIFTED.search(fold(part)) for part in _PARTS.split(text)):
        return True
    found = _statuses_of(tuple(folded.split()))
    words = folded.split()
    for (first, start, end), (second, after, _) in pairwise(found):
        if first is EventStatus.CANCELLED and _is_ban(words, start, end):
            if second is EventStatus.HELD and _is_stated(words, after):
                return True
            if second is EventStatus.CONFIRMED and _is_stated(words, after) and not _THEN.isdisjoint(words):
                return True
        is_in_spite = not IN_SPITE.isdisjoint(words[max(start, after - 3) : after])
        if (first, second) == (EventStatus.HELD, EventStatus.CANCELLED) and is_in_spite and _is_stated(words, start):
            return True
    return False


def later_status(words: tuple[str, ...]) -> EventStatus | None:
    """Return the final status after a planned one in folded words: "approved, then cancelled"; otherwise None."""
    found = _statuses_of(words)
    if len(found) < 2 or found[0][0] not in (EventStatus.ANNOUNCED, EventStatus.CONFIRMED) or found[0][1]:
        return None
    last, start, _ = found[-1]
    before = words[max(0, start - 3) : start]
    is_said = NEGATIONS.isdisjoint(before) and IN_SPITE.isdisjoint(before) and not _took_place_anyway(" ".join(words))
    return last if last in (EventStatus.CANCELLED, EventStatus.POSTPONED) and is_said else None


def is_ban(text: str) -> bool:
    """Return whether a status cell says that authorities did not allow an event: "Avslag", "nicht genehmigt"."""
    words = fold(text).split()
    found = _statuses_of(tuple(words))
    return bool(found) and found[0][0] is EventStatus.CANCELLED and _is_ban(words, *found[0][1:])


def _is_ban(words: list[str], start: int, end: int) -> bool:
    return _BANNING.match(" ".join(words[start:end])) is not None


def _took_place_anyway(folded: str) -> bool:
    """Return whether a folded remark says that an event took place anyway; False for "не состоялся"."""
    words = folded.split()
    found = _statuses_of(tuple(words))
    for match in _ANYWAY.finditer(folded):
        at = len(folded[: match.start()].split())
        behind = folded[match.end() :].split()[:1]
        is_part = any(status is EventStatus.CANCELLED and start <= at < end for status, start, end in found)
        if not is_part and _is_stated(words, at) and NEGATIONS.isdisjoint(behind):  # "genomfördes inte"
            return True
    return False


def _is_stated(words: list[str], at: int) -> bool:
    """Return whether the status at a word is neither negated nor in the future: "not held", "to be held".

    A negation that belongs to another status is ignored: "не согласовано, состоялась".
    """
    others = {number for _, start, end in _statuses_of(tuple(words)) if end <= at for number in range(start, end)}
    before = {words[number] for number in range(max(0, at - 2), at) if number not in others}
    return NEGATIONS.isdisjoint(before) and _FUTURE.isdisjoint(before)


@lru_cache(maxsize=1024)
def _statuses_of(words: tuple[str, ...]) -> tuple[tuple[EventStatus, int, int], ...]:
    """Return the statuses in folded words, with start and end index, preferring longer names."""
    table = meanings("statuses")
    found: list[tuple[EventStatus, int, int]] = []
    at = 0
    while at < len(words):
        for length in range(min(_MAX_STATUS_WORDS, len(words) - at), 0, -1):
            name = " ".join(words[at : at + length])
            known = table.get(name) or table.get(without_accents(name))
            if known:
                found.append((EventStatus(known[0]), at, at + length))
                at += length
                break
        else:
            at += 1
    return tuple(found)
