"""Detect the kind of event in a title: "Mahnwache für den Frieden", "Klimaatmars", "燭光悼念"."""

from __future__ import annotations

import re
from functools import lru_cache

from rallymap.events import Kind
from rallymap.intake.cells.kinds import kind_of_words
from rallymap.intake.cells.words import with_equal_digits
from rallymap.intake.lexicon import fold, meanings, without_accents

_PARTS = re.compile(r"[()\[\]:;!?|•→/,\"„“”«»\n]+|\s[-–—]\s")
_MAX_WORDS = 4
_LEAST_COMPOUND = 2
"""Minimum number of letters before the ending of a compound."""
_TOPICS = frozenset(
    folded
    for word in (
        "occupation;occupation de;besetzung;bezetting;ocupación;ocupação;ocupacao;occupazione;okupacja;okupace;"
        "κατάληψη;占领;佔領;"
        "blockade;blockade aktion;blocage;bloqueo;bloqueio;blocco;blokkade;blockad;blokade;blokada;blokáda;barrage;"
        "αποκλεισμός;strike;streik;warnstreik;grève;huelga;huelga general;greve;greve geral;sciopero;sciopero "
        "generale;staking;"
        "strejk;strejke;strajk;забастовка;страйк;اعتصاب;اعتصاب عمومی;إضراب;إضراب عام;grev;genel grev;罢工;罷工;stávka;"
        "απεργία;"
        "στάση εργασίας;lakko;sztrájk;שביתה;camp;campement;zug;tog;tåg;walk;talk;panel;forum;debate;debat;débat;music;"
        "stall;booth;"
        "exhibit;fest;fête;festa;bal;theater;theatre;théâtre;teatro;mostra;past;art action;wake;vaka;nöbet;ato;acto;"
        "mobil;beweglich;sfv;stage;prayer;memorial;movilización;occupy;assembly;"
        "assemblea;meeting;vita;menet;colonna;колонна;колона;колонa;konferans;concert;konzert;konsert;koncert;"
        "festival;лекция;happening;хід;збор;전시;展示;velada;skup;събиране;şîn;peringatan;predstava;divadlo;toneel;hlídka;"
        "őrség;παρέμβαση;šetnja;tribina;rûniştin;כינוס;канцэрт;konsêr;コンサート;콘서트;"
        "คอนเสิร์ต;дискусия;дыскусія;dyskusja;diskuse;diskusi;keskustelu;beszélgetés;dezbatere;gotûbêj;דיון;"
        "лекцыя;prelegere;luento;predavanje;okupljanje"
    ).split(";")
    for folded in (fold(word), without_accents(fold(word)))
)
"""Words for a kind that in titles mean a cause or something else: "End the occupation", "Streik im Nahverkehr"."""
_MONTHS = frozenset({"march", "mars", "marca"})
_ENDINGS = (
    ("marsch", Kind.MARCH), ("mars", Kind.MARCH), ("marsj", Kind.MARCH), ("marssi", Kind.MARCH), ("march", Kind.MARCH),
    ("aufzug", Kind.MARCH), ("fackelzug", Kind.MARCH), ("trauerzug", Kind.MARCH), ("umzug", Kind.MARCH),
    ("fackeltåg", Kind.MARCH), ("fakkeltog", Kind.MARCH), ("optog", Kind.MARCH), ("optocht", Kind.MARCH),
    ("kulkue", Kind.MARCH), ("korso", Kind.MARCH), ("menet", Kind.MARCH),
    ("mahnwache", Kind.VIGIL), ("wake", Kind.VIGIL),
    ("ljusvaka", Kind.VIGIL), ("menschenkette", Kind.PICKET),
)  # fmt: skip
"""In Germanic languages, Finnish and Hungarian the last part of a compound is its meaning."""
_NOT_BEFORE = frozenset(
    "the this that to before after against no stop end of der die das dem den des am im zum zur vor nach gegen le la "
    "les de du "
    "des ce cette contre après avant el los las del al contra tras ante o os as da do na no após il lo gli i della "
    "dello dopo "
    "prima contro het na voor tegen door den det mot etter før efter för against po przed przeciw против после до "
    "проти після "
    "ضد بعد قبل علیه karşı sonra önce proti po před κατά μετά πριν vastaan jälkeen ellen után נגד אחרי לפני".split()
)
"""Words after which a kind is the topic of the event, or an earlier event."""
_ARTICLES = frozenset("the der die das le la les el los las il lo gli i o a os as het de den det".split())
"""Articles that begin a title before its kind: "La marcha más grande"."""
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


def kind_in_title(title: str) -> Kind | None:
    """Return the kind of event in a title, None if there is no certain one.

    The first part of a title with a kind decides; within a part its first words, then others that are not a cause.
    """
    return _kind_in_title(with_equal_digits(title))


@lru_cache(maxsize=8192)
def _kind_in_title(title: str) -> Kind | None:
    for part in _PARTS.split(title):
        if (found := _in_part(part)) is not None:
            return found
    return None


def _in_part(part: str) -> Kind | None:
    words = fold(part).split()
    if not words:
        return None
    if _HANGUL.search(words[-1]):
        return _last_kind(words)
    first = _run(words, 0)
    if first:
        # "Protest march": the last word gives the kind.
        following = _run(words, first)
        if following and first + following == len(words):
            return _kind(words[first : first + following])
        return _kind(words[:first])
    if _CJK.search(words[-1]):
        return next((found for cut in range(len(words[-1]) - 1) if (found := _kind([words[-1][cut:]]))), None)
    for at in range(1, len(words)):
        length = _run(words, at)
        if length and (words[at - 1] not in _NOT_BEFORE or (at == 1 and words[0] in _ARTICLES)):
            return _kind(words[at : at + length])
    for word in words:
        for ending, kind in _ENDINGS:
            if word.endswith(ending) and len(word) >= len(ending) + _LEAST_COMPOUND:
                return kind
    return None


def _last_kind(words: list[str]) -> Kind | None:
    """Return the kind of the last words of Korean that name one, written as one word or apart."""
    for end in range(len(words), 0, -1):
        for some in (words[max(0, end - length) : end] for length in range(_MAX_WORDS, 0, -1)):
            if (found := _kind(some) or _kind(["".join(some)])) is not None:
                return found
    return None


def _run(words: list[str], at: int) -> int:
    """Return the number of words of the longest kind name at a position, 0 if there is none."""
    for length in range(min(_MAX_WORDS, len(words) - at), 0, -1):
        if _kind(words[at : at + length]) is not None:
            nearby = (*words[at - 1 : at], *words[at + length : at + length + 1])
            is_month = words[at] in _MONTHS and any(word[0].isdecimal() for word in nearby)
            return 0 if is_month else length
    return 0


def _kind(words: list[str]) -> Kind | None:
    text = " ".join(words)
    return None if text in _TOPICS or text not in meanings("kinds") else kind_of_words(text)
