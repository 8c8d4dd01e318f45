"""Crowd estimates with their sources: "organisers said 5,000, police 1,200" contains two estimates."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from rallymap.intake.cells.crowds import FIGURE, ReadCrowd, read_crowd
from rallymap.intake.cells.folding import fold_cell
from rallymap.intake.lexicon import fold

_BEHIND = r"(?![^\W\d_稱称表估指說说統统])"
_SIDES = (
    (
        "police",
        re.compile(
            r"(?<![^\W_])(?:police|polizei\w*|polic[ií]a|polícia|polizia|politie|politi(?:et|ets)?|polis(?:en|ens|e|i|in)?|"
            r"poliisi\w*|pol\.(?=[\s):]|$)|policj\w+|policie|полици\w+|поліці\w+|پلیس|(?:ال)?شرطة|警方|警察|경찰|polîs\w*|"
            r"pnp|psni|gnr|psp|mossos|ertzaintza|"
            r"gard(?:a|aí|ai)|carabinieri|carabineros|guardia (?:civil|urbana)|gendarmerie|jandarm\w*|nypd|lapd|spvm)"
            + _BEHIND
        ),
    ),
    (
        "organisers",
        re.compile(
            r"(?<![^\W_])(?:organi[sz]ers?|organisateurs?|organisatrices?|organizador\w*|convocantes|organizzator[ei]|"
            r"organi[sz]ati(?:e|on)|organizaci[óo]n|organização|organizzazione|orga|promotor[ei]s?|"
            r"veranstalt(?:er\w*|end\w+)|organisator\w*|organizator\w*|arrangør\w*|arrangör\w*|düzenley(?:en|ici)\w*|"
            r"(?:veranst|organis|vst|orgs?)\.(?=[\s):]|$)|org\.(?=\s|\)|$)|(?<=\()orgs?(?=\))|"
            r"организатор\w*|організатор\w*|برگزار\s?کنند(?:ه|گان)|(?:ال)?منظم(?:ون|ين|ین)|主[辦办]方?|大[會会]|주최\s?측?)"
            + _BEHIND
        ),
    ),
)
_OTHERS = re.compile(
    r"(?<![^\W_])(?:préfecture(?: de police)?|(?:sub)?delegación del gobierno|questura|мвд|authorities|behörden|"
    r"syndicats?|intersyndicale|sindicatos|sindacati|gewerkschaft(?:en)?|vakbonden|cgt|ccoo|ugt|cgil|emniyet|valilik|"
    r"city council|ayuntamiento|mairie|local media|reuters|afp)" + _BEHIND
)
"""Others who count crowds; their names are kept as written."""
_ATTRIBUTED = re.compile(
    r"(?:laut|lt\.?|gem(?:äß|\.)|selon|d'après|según|segundo|secondo|volgens|enligt|ifølge|according to|per|wg\.?|"
    r"według|podle|dle|по данным|за даними|به گفته|بحسب|وفق)\s+([^\W\d_][^()]{1,40})\)?$",
    re.IGNORECASE,
)
"""Words that attribute the preceding number to somebody."""
_BETWEEN = re.compile(
    r"\s*(?:[;؛|/\n，、،]|,(?!\d))\s*(?:(?:and|but|while|und|aber|et|mais|y|pero|och|men|og|а|але|و)\s+)?"
    r"|\s+(?:and|but|while|whereas|und|aber|während|et|mais|y|e|pero|mientras(?: que)?|och|men|og|"
    r"en|ma|mentre|и|а|та|і|але|"
    r"ve|و|ama)\s+"
)
_WORDS = frozenset(
    fold(word)
    for word in (
        "said say says saying claimed claim claims estimate estimates estimated counted count counts put it "
        "spoke speak of "
        "the by to per according with at a about around some roughly nearly almost more than over least up "
        "gave reported "
        "number turnout "
        "lt gem sec seg wg acc podle dle szerint według laut "
        "nach angaben der des die den dem von sprach sprachen spricht sprechen zählte zählten schätzte "
        "schätzten schätzt "
        "schätzen zufolge gemäß rund etwa ca circa gut knapp über mehr als bis zu mindestens menschen "
        "selon la le les l d après de du environ quelque près plus au moins "
        "según los las el lo unas unos alrededor más cerca casi "
        "secondo circa oltre più di gli i "
        "segundo a o os as cerca mais volgens ongeveer ruim meer dan het "
        "enligt cirka omkring ungefär runt uppskattar uppskattade räknade räknar mer än över drygt "
        "ifølge anslo anslår anslår talte teller rundt over mer enn omkring cirka meldte melder "
        "calculó calcula cifró cifra cifran cifraron кажуть каже говорят о об про что що на по данным "
        "оценке оценкам информации словам за даними оцінкою оцінками "
        "інформацією словами близько около примерно "
        "приблизно более больше более чем свыше понад більше ніж не менее сообщила сообщили насчитала "
        "насчитали заявила "
        "заявили говорит говорят повідомила повідомили нарахувала заявляють "
        "göre yaklaşık civarında civarı fazla açıkladı saydı "
        "به گفته طبق گزارش آمار اعلام از حدود بیش تعداد کرد کردند می‌گوید می‌گویند "
        "قال قالت بحسب وفق حسب قدرت قدر حوالي نحو أكثر من عدد تقديرات "
        "稱 称 表示 估計 估计 指 說 说 統計 统计 約 约 逾 有 超過 超过 名 "
        "people persons person participants protesters demonstrators personen teilnehmer teilnehmende "
        "personnes manifestants "
        "personas asistentes participantes persone partecipanti pessoas mensen deltagare deltakere deltagere personer "
        "osób человек людей осіб участников учасників kişi نفر شخص شخصا متظاهر 人 명 여명 추산 측"
    ).split()
)
_SECOND = re.compile(r"([^()]+)\(([^()]+)\)")
"""A number, and in brackets another number with its source: "600 (police: 350)"."""
_CJK = re.compile(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])")
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class AttributedCrowd:
    """An estimate and who gives it: "police", "organisers", or another name as written."""

    by: str
    crowd: ReadCrowd


def read_attributed_crowds(text: str) -> tuple[AttributedCrowd, ...]:
    """Return the estimates of a cell if each of them names who gives it; otherwise ().

    Each part needs one giver and one number, and no word that could change its meaning: "200 police officers" and
    "police arrested 12" are not estimates by the police.
    """
    return _read_short(" ".join(text.split())) if len(text) <= _LONGEST else ()


@lru_cache(maxsize=8192)
def _read_short(text: str) -> tuple[AttributedCrowd, ...]:
    if (second := _SECOND.fullmatch(text)) is not None and not _givers(fold_cell(second[1]).casefold()):
        first, side = read_crowd(second[1]), _read_part(second[2])
        if side is not None and first.low is not None and first.high is not None and not first.remark:
            return AttributedCrowd("", replace(first, words=second[1].strip())), side
    parts = _BETWEEN.split(text)
    read = [_read_part(part) for part in parts]
    if any(read):
        read = [side or _read_attributed(part) for side, part in zip(read, parts, strict=True)]
    found = [side for side in read if side is not None]
    if len(found) < len(parts):
        return ()
    return tuple(found) if len({side.by for side in found}) == len(found) else ()


def _read_part(part: str) -> AttributedCrowd | None:
    folded = fold_cell(part).casefold()
    givers = _givers(folded)
    figures = list(FIGURE.finditer(folded))
    if len(givers) != 1 or not 0 < len(figures) < 3:
        return None
    by, giver = givers[0]
    if giver.start() >= figures[-1].end() and not folded[figures[-1].end() : giver.start()].strip():
        return None  # "200 police"
    rest = folded
    for start, end in sorted((match.span() for match in (giver, *figures)), reverse=True):
        rest = f"{rest[:start]} {rest[end:]}"
    if not set(_CJK.sub(" ", fold(rest)).split()) <= _WORDS:
        return None
    without_giver = f"{folded[: giver.start()]} {folded[giver.end() :]}"
    crowd = replace(read_crowd(re.sub(r"[()\[\]]", " ", without_giver)), words=part.strip())
    return AttributedCrowd(by, crowd) if not crowd.remark and (crowd.low, crowd.high) != (None, None) else None


def _read_attributed(part: str) -> AttributedCrowd | None:
    """Return an estimate by someone who is named only after a preposition: "250.000 lt. Campact"."""
    plain = fold_cell(part)
    named = _ATTRIBUTED.search(plain)
    if named is None or any(map(str.isdecimal, named[1])):
        return None
    crowd = replace(read_crowd(plain[: named.start()].strip(" (")), words=part.strip())
    is_number = not crowd.remark and (crowd.low, crowd.high) != (None, None)
    return AttributedCrowd(named[1].strip(" )."), crowd) if is_number else None


def _givers(folded: str) -> list[tuple[str, re.Match[str]]]:
    """Return who is named in a text, and where; "police" in "préfecture de police" does not count separately."""
    others = list(_OTHERS.finditer(folded))
    sides = [(by, match) for by, pattern in _SIDES for match in pattern.finditer(folded)]
    spans = [match.span() for match in others]
    return [(match[0], match) for match in others] + [
        (by, match) for by, match in sides if not any(start <= match.start() < end for start, end in spans)
    ]
