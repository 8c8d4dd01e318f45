"""Parse numbers of people as sources write them: numbers, ranges, and wordings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rallymap.events import MAX_PEOPLE
from rallymap.intake.cells.bounds import Bound, bound_of, is_multiple
from rallymap.intake.cells.folding import fold_cell
from rallymap.intake.cells.month_names import month_of
from rallymap.intake.cells.no_people import NO_NUMBER, is_amount, why_no_people
from rallymap.intake.cells.number_words import with_figures
from rallymap.intake.lexicon import fold
from rallymap.language import phrase

FIGURE = re.compile(
    r"(?<!\d)(?<!\d[.,])(?<![a-z]{3})(\d{1,3}(?:[.,'\s]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d+)?)(?:\s?(e\+?\d{1,2}))?"
    r"(?:\s?(k|tsd\.?|tausend|thousand|mille?|mil|mila|duizend|tusen|tys\.?|тыс\.?|тысяч\w{0,2}|тис\.?|тисяч\w{0,2}|"
    r"tysi[ąęa]c\w{0,2}|tūkst\.?|mii|hiljad[aeu]|хиљад[аеу]|tuhat|hezar|hazar|lakhs?|אלף|אלפים|ათასი|հազար|tūkstan\w*|"
    r"tūksto\w*|milers|þúsund|мың|พัน|"
    r"หมื่น|แสน|हज़ार|हजार|ہزار|tis\.?|هزار|ألف|آلاف|bin|tis[íi]c[eí]?|tisuć[ae]|tusind|ezer|tuhatta|ribu|nghìn|ngàn|"
    r"хиляди|χιλιάδες|千|천|百|[万萬만]|mio\.?|mln\.?|million(?:en|s|er)?|mill[óo]n(?:es)?|milh[ãa]o|milh[õo]es|"
    r"mili[oó]n\w*|miljoen|miljon(?:er)?|milyon|millió|млн\.?|миллион\w*|мільйон\w*|میلیون|ملیون|مليون|εκατ\w*|m)"
    r"(?![^\W\d_人名명餘余多여]))?",
    re.IGNORECASE,
)
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_FRACTION = re.compile(r"(?<![\d.,])(\d{0,3})\s?([½¼¾])\s?")
_LAKHS = re.compile(r"(?<![\d.,])\d{1,2}(?:,\d{2})+,\d{3}(?![\d.,])")
"""Indian digit grouping: "1,00,000"."""
_MYRIADS = re.compile(r"(?<![\d.,])(\d{1,4})\s?[万萬만]\s?(\d{1,4})(?:\s?([千천])|(?![\d.,]))")
_THOUSANDS = re.compile(r"(?<=\d)[.,'\s](?=\d{3}(?!\d))")
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_FACTORS = {
    "млн": 1_000_000, "миллион": 1_000_000, "мільйон": 1_000_000, "میلیون": 1_000_000, "ملیون": 1_000_000,
    "مليون": 1_000_000, "εκατ": 1_000_000, "万": 10_000, "萬": 10_000, "만": 10_000, "百": 100, "หมื่น": 10_000,
    "แสน": 100_000, "lakh": 100_000, "mio": 1_000_000, "m": 1_000_000,
}  # fmt: skip
_VEHICLES = re.compile(
    r"(?<![^\W\d_])(?:fahrzeuge?n?|fzge?|fz|schlepper|kfz|pkw|lkw|autos?|traktoren|trecker|motorräder|vehicles?|cars?|"
    r"tractors?|trucks?|motorcycles?|voitures?|véhicules?|tracteurs?|vehículos|coches|tractores|veículos|carros|auto|macchine|trattori|"
    r"voertuigen|trekkers|bilar|biler|samochod\w*|машин\w*|автомобил\w*|автомобіл\w*|авто|автівок|автівк\w*|"
    r"трактор\w*|خودرو|سيارة|araç)(?![^\W\d_])",
    re.IGNORECASE,
)
_OF_MANY = re.compile(
    r"\s?(?:hundreds?|dozens?|dutzend|hundert|centaines?|dizaines?|docenas?|cientos|dúzias?|centenas?)"
)
_PEOPLE = re.compile(
    r"\s?(?:personen|person|pers\.?(?![^\W_])|people|persons|teilnehm\w*|tn|participants?|participantes|persone|personas|personnes|"
    r"pessoas|manifestants?|demonstrators|protesters|marchers|mensen|deltagare|deltakere|osób|человек|людей|"
    r"نفر|شخص|kişi|人)",
    re.IGNORECASE,
)
_NO_CROWD = re.compile(
    r"\s?(?:people |persons |personen |personnes |personas |человек |людей |نفر |شخص |人)?"
    r"(?:were |was |wurden |ont été |fueron )?"
    r"(?:"
    r"arrest\w*|detain\w*|detention\w*|injur\w*|wounded|hurt|kill\w*|dead|deaths|(?:riot )?police(?:men|"
    r" officers?)?|officers|"
    r"mps|speakers|groups|organi[sz]ations|festnahm\w*|festgenommen\w*|verletzt\w*|tote\w*|polizist\w*|"
    r"polizeibeamt\w*|beamt\w+|"
    r"arrestation\w*|arrêté\w*|interpell\w*|bless[ée]\w*|morts|policiers|detenid\w*|herid\w*|muert\w*|"
    r"policías|arrestat\w*|"
    r"ferit\w*|agenti|gewond\w*|gripna|gripits|skadade|poliser|arresterte?|pågrepet|skadd\w*|politifolk|"
    r"задержа\w+|ранен\w*|"
    r"погиб\w*|пострадавш\w*|полицейск\w+|затрима\w+|поранен\w*|загибл\w*|поліцейськ\w+|بازداشت\w*|زخمی|کشته|مجروح|"
    r"معتقل\w*|جريح\w*|قتيل\w*|قتلى|شرطي\w*|gözaltı\w*|yaralı\w*|tutukla\w+|ölü|polis(?![^\W_])|被捕|受傷|受伤|死亡)"
)
"""Words after a number of people who are not the crowd: "12 arrested", "300 police officers"."""
_EXPECTED = re.compile(
    r"(?<![^\W_])(?:expect(?:ed|s|ing)?|anticipated|planned|registered|erwartet\w*|angemeldet\w*|geplant\w*|"
    r"attendue?s?|"
    r"prévue?s?|esperad[oa]s?|previst[oa]s?|se esperan?|attes[ie]|previst[ie]|verwacht\w*|förvänta\w*|vänta(?:de)?s|"
    r"forvente\w*|"
    r"ventes|ventet|oczekiwan\w*|spodziewan\w*|ожида\w+|заявлен\w*|очіку\w+|انتظار|پیش.?بینی|متوقع\w*|يتوقع|"
    r"beklen\w+|hêvîkirin)(?![^\W_])|預計|预计|預期|预期|予定",
    re.IGNORECASE,
)
_DID_NOT = re.compile(
    r"(?<![^\W_])(?:than|as expected|unexpected\w*|als|wie erwartet|que prévu|comme prévu|"
    r"que lo esperado|como se esperaba|"
    r"enn|än|som (?:ventet|väntat|forventet)|чем|как ожида\w+|ніж|як очіку\w+|beklenenden)(?![^\W_])",
    re.IGNORECASE,
)
"""Words for a comparison with what was expected: "500, more than expected"."""
_FOOTNOTE = re.compile(r"\[[\w\s]{1,4}\](?=.*\d|$)")
_WORD_BEHIND = re.compile(r"\s?(?:[^\W\d_]{3,}|[^\x00-\x7f\W][^\s\d]{2,}|t(?!\w))", re.IGNORECASE)
_MOST_OF_UNKNOWN = 20
_SMALL = 10
_DAY_OF_MONTH = re.compile(r"\d{1,4}[\s.\-/]*([^\W\d_]{3,9})\.?(?:[\s\-/]+\d{2,4})?|([^\W\d_]{3,9})[\s.\-/]+\d{1,4}")
""""10-20" after conversion by spreadsheets: "20. Okt", "Oct-20"."""
_ONLY_NINES = re.compile(r"9{4,}(?:[.,]0+)?")
"""Missing-value codes in research data sets."""
_BRACKETS = re.compile(r"\((?:[^()]|\([^()]*\))*\)")
_BETWEEN = re.compile(
    r"(?:between|zwischen|entre|tra|fra|tussen|mellan|mellom|mellem|między|"
    r"между|між|بین|بين|arasında)\s*$",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*(?:and|und|et|y|e|en|och|og|i|и|і|و)\s*")
_RANGE = re.compile(
    r"\s*(?:-|bis(?: zu)?|až|to|à|a|al|hasta|até|tot|til|do|до|تا|إلى|الى|الی|الي|עד|/|\.\.+|~|and|und)\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ReadCrowd:
    """Crowd size parsed from a cell.

    Attributes
    ----------
    low, high
        Numbers of people; one is None for "at least" or "at most"; both are equal for a single number.
    words
        The cell, if it contains more than a number or a range.
    remark
        What was ignored, or "".
    """

    low: int | None = None
    high: int | None = None
    words: str = ""
    remark: str = ""


def read_crowd(text: str) -> ReadCrowd:
    """Parse a cell that is not empty."""
    written = " ".join(text.split())
    folded = _FOOTNOTE.sub("", fold_cell(_FRACTION.sub(_as_decimal, text))).strip(" .;")
    folded = _ADDRESS.sub(" ", folded).strip()
    folded = with_figures(folded)
    folded = _LAKHS.sub(lambda match: match[0].replace(",", ""), folded)
    folded = _MYRIADS.sub(_in_figures, folded)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2})?|\d{1,2}[:.]\d{2}\s?-\s?\d{1,2}[:.]\d{2}", folded):
        return ReadCrowd(remark=phrase("This is a date or a time, not a number of people."))
    if (match := _DAY_OF_MONTH.fullmatch(folded.casefold())) is not None and month_of(match[1] or match[2]):
        return ReadCrowd(words=written[:200], remark=phrase("This is a date or a time, not a number of people."))
    if _ONLY_NINES.fullmatch(folded):
        return ReadCrowd(words=written[:200], remark=NO_NUMBER)
    if re.fullmatch(r"-\d+(?:[.,]\d+)?", folded):
        return ReadCrowd(remark=phrase("This is below zero, not a number of people."))
    if re.fullmatch(r"\d[\d,.]*0s(?: of .*)?", folded.casefold()):
        return ReadCrowd(words=written[:200])  # "100s" means hundreds
    if reason := why_no_people(folded):
        return ReadCrowd(words="" if reason == NO_NUMBER else written[:200], remark=reason)
    outside = _BRACKETS.sub(" ", folded)
    figures = list(FIGURE.finditer(outside))
    in_brackets = False
    if not figures:
        figures, in_brackets = list(FIGURE.finditer(folded)), True
        outside = folded
    amounts = [match for match in figures if is_amount(outside, match)]
    if len(amounts) == len(figures):
        return ReadCrowd(words="" if figures else written[:200], remark=NO_NUMBER if figures else "")
    figures = [match for match in figures if match not in amounts]
    if in_brackets and bound_of(folded[: figures[0].start()], "") is Bound.LEAST:
        return ReadCrowd(words=written[:200])
    figures = [match for match in figures if not _NO_CROWD.match(outside[match.end() :].casefold())]
    if not figures:
        return ReadCrowd(words=written[:200])
    vehicle = _VEHICLES.search(outside)
    people = next((match for match in figures if _PEOPLE.match(outside[match.end() :])), None)
    if vehicle and people is not None:
        figures, vehicle = [people], None
    only_vehicles = all(_VEHICLES.match(outside[match.end() :].lstrip()) for match in figures)
    if vehicle and not only_vehicles and len(figures) > 1 and figures[0].end() < figures[-1].start():
        between = outside[figures[0].end() : figures[-1].start()]
        if not _RANGE.fullmatch(between):
            figures = figures[:1]  # "250 in 90 cars": the first number is that of people
            vehicle = None
    if vehicle or in_brackets:
        return ReadCrowd(words=written[:200], remark=phrase("This counts vehicles, not people.") if vehicle else "")
    if _OF_MANY.match(outside[figures[-1].end() :]):
        return ReadCrowd(words=written[:200])
    values = [_value(match) for match in figures]
    if len(figures) == 1 and (values[0] or 0) < _MOST_OF_UNKNOWN and not figures[0][3]:
        behind = outside[figures[0].end() :]
        if _WORD_BEHIND.match(behind) and not _PEOPLE.match(behind):
            return ReadCrowd(words=written[:200], remark=phrase("The word after the number is not known."))
    if any(value is None or value > MAX_PEOPLE for value in values):
        return ReadCrowd(words=written[:200])
    return _interval(written, outside, figures, [value for value in values if value is not None])


def _in_figures(match: re.Match[str]) -> str:
    """Convert "14만 9천" and "3万5000" to digits."""
    return str(int(match[1]) * _FACTORS["万"] + int(match[2]) * (1000 if match[3] else 1))


@lru_cache(maxsize=8192)
def is_expectation(text: str) -> bool:
    """Return whether a cell gives an expected number of people, which is not a turnout; brackets are ignored.

    Exception: a single word for it in brackets: "200 (erwartet)".
    """
    text = _BRACKETS.sub(lambda match: match[0][1:-1] if _EXPECTED.fullmatch(match[0][1:-1].strip()) else " ", text)
    return _EXPECTED.search(text) is not None and _DID_NOT.search(text) is None


def _as_decimal(match: re.Match[str]) -> str:
    """Convert "1½" to "1.5"."""
    return f"{int(match[1] or 0) + _FRACTIONS[match[2]]:g} "


def _interval(written: str, outside: str, figures: list[re.Match[str]], values: list[int]) -> ReadCrowd:
    first = values[0]
    if len(values) > 1:
        between = outside[figures[0].end() : figures[1].start()]
        if _BETWEEN.search(outside[: figures[0].start()]) and _AND.fullmatch(between) and len(values) == 2:
            between = " - "
        if _RANGE.fullmatch(re.sub(r"[^\w/.~-]+", " ", between).strip(" .") or " ") and len(values) == 2:
            low, high = first, values[1]
            if "-" in between and re.search(r"[.,]000$", figures[1][1]) and low * 1000 <= high and low < 1000:
                low *= 1000  # "12-24,000": the thousands apply to both
            tens = 10 ** (len(str(high)) - 1)
            is_short = "/" not in between and not figures[1][3]
            if is_short and low < 10 and high >= 100 and high % 100 == 0 and low * tens < high:
                return ReadCrowd(low * tens, high, written[:200])  # "2-300" means 200 to 300
            if between.strip() == "/" and not figures[1][3] and low < _SMALL and high >= 1000 and high % 1000 == 0:
                return _either(written, f"{low}-{high}", f"{low * tens}-{high}")
            if between.strip() == "/" and figures[1][3] and not figures[0][3] and low < _SMALL:
                return ReadCrowd(words=written[:200])  # "1/2 million"
            if figures[1][3] and not figures[0][3] and low < high:
                factor = _factor(figures[1][3])
                with_unit = round(_number(figures[0]) * factor)  # "10-15 thousand", "1.5–2 million"
                low = with_unit if with_unit <= high else low
            if low > high:
                return ReadCrowd(words=written[:200], remark=phrase("The first number is above the second."))
            plain = _is_plain(outside, written, figures)
            return ReadCrowd(low, high, "" if plain else written[:200])
        bounds = (bound_of(outside[: figures[0].start()], ""), bound_of(between, ""))
        if bounds == (Bound.LEAST, Bound.MOST) and len(values) == 2 and first <= values[1]:
            return ReadCrowd(first, values[1], written[:200])  # "min 300, max 500"
        people = [at for at, match in enumerate(figures) if _PEOPLE.match(outside[match.end() :])]
        if is_expectation(outside):
            return _either(written, figures[0][0], figures[1][0])
        first = values[people[0]] if len(people) == 1 else first
        if people and people[0] > 0:
            return ReadCrowd(first, first, written[:200])
        return ReadCrowd(first, first, written[:200], remark=phrase("There are several numbers. The first is kept."))
    before, behind = outside[: figures[0].start()], outside[figures[0].end() :]
    if is_multiple(before, first):
        return ReadCrowd(words=written[:200])
    bound = bound_of(before, behind) or bound_of(before, _PEOPLE.sub(" ", behind, count=1))
    kept = "" if _is_plain(outside, written, figures) else written[:200]
    if bound is Bound.LEAST:
        return ReadCrowd(first, None, written[:200])
    if bound is Bound.MOST:
        return ReadCrowd(None, first, written[:200])
    if (number := _number(figures[0])) % 1 and not (figures[0][2] or figures[0][3]):
        return ReadCrowd(int(number), int(number) + 1, written[:200])  # an average: "10.5"
    return ReadCrowd(first, first, kept)


def _either(written: str, first: str, second: str) -> ReadCrowd:
    return ReadCrowd(
        words=written[:200], remark=phrase("This may mean {first} or {second}.", first=first, second=second)
    )


def _is_plain(outside: str, written: str, figures: list[re.Match[str]]) -> bool:
    rest = outside
    for match in reversed(figures):
        rest = rest[: match.start()] + rest[match.end() :]
    words = fold(rest).split()
    allowed = {"p", "pers", "personen", "people", "persons", "tn", "teilnehmer", "teilnehmende", "bis", "to", "a"}
    return set(words) <= allowed and not re.search(r"[/<>+~≈±?]", rest) and not _BRACKETS.search(written)


def _value(match: re.Match[str]) -> int | None:
    try:
        number = _number(match) * (10 ** int(match[2][1:]) if match[2] else 1)
        return round(number * _factor(match[3] or ""))
    except (ValueError, OverflowError):
        return None


def _number(match: re.Match[str]) -> float:
    """Parse the digits without a unit; a period before one or two final digits is a decimal point."""
    grouped = _THOUSANDS.sub("", match[1])
    grouped = re.sub(r"[.,](\d{1,2})$", r".\1", grouped) if re.search(r"[.,]\d{1,2}$", grouped) else grouped
    return float(grouped.replace(",", "."))


def _factor(unit: str) -> int:
    unit = unit.casefold().rstrip(".")
    if not unit:
        return 1
    if unit in ("mil", "mille", "mila", "mii", "milers"):
        return 1000
    return next((value for name, value in _FACTORS.items() if unit.startswith(name)), 1000)
