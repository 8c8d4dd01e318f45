"""Split a place text into segments: "Stortinget, near Oslo" -> "Stortinget" and "Oslo" (marked as near)."""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import Final, NamedTuple

from rallymap.folding import fold_letters
from rallymap.places.label_words import split_at_labels
from rallymap.places.vocabulary import NEAR

MAX_TEXT: Final = 400
_MAX_SEGMENTS: Final = 8
_STRONG: Final = re.compile(
    r"[,;|\n\r\t،؛，、；：｜。､｡፣፤፥።၊။՝։།༎।॥（）「」『』【】〔〕《》()\[\]{}]+|(?:\s+[-–—·•:]+\s*)|--+|\s*[–—]\s+|: "
    r"|(?<=\w\w\w)\.\s+(?=\w+:\s)"  # "Start: Oslo. End: Bergen"
)
_DIGIT: Final = re.compile(r"\d")
_CALLE: Final = re.compile(r"(?<!\w)[Cc]/\s?(?!o\b)(?=\w)")  # "C/ Cartagena" is a street, "c/o" is not
# "Demo Köln 15 Uhr Neumarkt": a time of day separates the text before and after it.
_TIME: Final = re.compile(
    r"(?<![\w.,:/-])(?:[01]?\d|2[0-3])"
    r"(?:[:h][0-5]\d(?: ?(?:uhr|uur|hrs|h))?|(?:[.][0-5]\d)? ?(?:uhr|uur|hrs|h|[ap]m(?=\s*(?:[,;)@]|$))))(?![\w:])",
    re.IGNORECASE,
)
# "12.10.2024 Köln Heumarkt": so does a date.
_DATE: Final = re.compile(
    r"(?<![\w./-])(?:\d{4}-\d\d-\d\d|\d{1,2}\.\d{1,2}\.(?:\d{4}|\d\d(?!\d))?|\d{1,2}/\d{1,2}/\d{4})(?=[\s,;:]|$)"
)
#: "#FreeTibet Dharamsala": a tag has no spaces, so it ends a name.
HASHTAG: Final = re.compile(r"(?<!\w)[#＃](?=[^\W\d_])(\w+)")
_WEAK: Final = re.compile(r"[/+&]+")
_NEAR: Final = re.compile(
    r"(?<!\w)(?:" + "|".join(re.escape(word) for word in sorted(NEAR, key=lambda w: (-len(w), w))) + r")(?!\w)"
)
_NEAR_STARTS: Final = frozenset(word.split()[0] for word in NEAR)
_ARTICLES: Final = frozenset(("the", "der", "die", "das", "la", "le", "les", "l", "el", "al"))
# "60 km north of", "15 miles from", "20 km von": the unit, at most a direction, then the preposition before the town.
_DISTANCE: Final = re.compile(
    r"(?<!\w)(\d{1,4}(?:[ .,]\d+)?) ?(km|kms|kilometers?|kilometres?|kilometern?|kilometros|quilometros"
    r"|chilometri|км|километр\w*|mi|miles?|mil|کیلومتر\w*|کیلومتری|کم|קמ)(?: r[ea])?(?!\w)"
    r"(?: (?:(?:to the|na|au|al|ao|a|k|ke|к|на|до|u|till|til|in) )?\w+?"
    r"(?= (?:of|from|de|von|av|fra|fran|to|van|da|di|do|od|от|від|از|من) ))?"
    r"(?: (?:away )?(?:of|from|de|von|av|fra|fran|van|da|di|do|od|от|від|از|من|off))?(?!\w)"
)
# "距北京30公里", "서울에서 30km"
_CJK_DISTANCE: Final = re.compile(
    r"[距离離]*([\u3040-\u9fff\uac00-\ud7af]{2,8}?)[约約]?(?:から|에서)?[约約]?\s*(\d{1,4})\s*"
    r"(?:公里|千米|キロ(?:メートル)?|km|킬로(?:미터)?)(?:外|处|處|떨어진 곳|離れた所)?"
)
#: Before a distance: "ca. 15 km", "la 30 km de".
_ROUGHLY: Final = frozenset(
    "ca circa about approximately approx roughly around some etwa rund ungefahr env environ a la unos unas aprox cca"
    " asi ok okolo около примерно приблизно біля حوالی تقریبا نحو על כ περιπου στα yaklasik noin nagyjabol".split()
)
_TURKISH_CASE: Final = re.compile(r"(?<=\w\w\w)['’ʼ](?:[dt][ae](?:ki|n)?|n?[ıiuü]n|y?[aeıiuü]|nd[ae])$", re.IGNORECASE)
_MIN_POSTCODE: Final = 4
# British, Canadian and Dutch postcodes contain letters: "SW1A 1AA London", "Toronto M5V 2T6", "1012 AB Amsterdam".
_POSTCODE: Final = re.compile(
    r"(?<!\w)(?:(?<=london )(?:[enw]|[ew]c|[ns][we])\d{1,2}[a-z]?(?! \d[a-z]{2})|"
    r"[a-z]{1,2}\d[a-z\d]? \d[a-z]{2}|[a-z]\d[a-z] \d[a-z]\d|"
    r"(?<=ab |bc |mb |nb |nl |ns |nt |nu |on |pe |qc |sk |yt )[a-z]\d[a-z]|"
    r"\d{4} [a-z]{2}(?= (?:\w{4}|(?:den|de|het|s) \w|(?:ede|oss|urk|epe)(?!\w)))|"
    r"(?:[adfisbln]|ch|nl|dk|fi|lt|lv|ee|sk|cz|pl) \d{4,5})(?!\w)"
)
_NUMBER_BEFORE: Final = re.compile(r"^\d{3,6}(?=\D\D)")
_NUMBER_BEHIND: Final = re.compile(
    r"(?<=\D\D)(?:\d+(?:丁目|番地|番|号|號|巷|弄|段|樓|楼)?|[一二三四五六七八九十]+(?:丁目|巷|弄|段|號|号|樓|楼))+$"
)
# French and Italian attach the article to its word: "l'ambassade d'Iran", "all'ambasciata".
_ELISION: Final = re.compile(r"(?<!\w)((?:[ld]|[adn]ell|all|dall|sull)['’])(?=\w\w)", re.IGNORECASE)
_ELIDED: Final = re.compile(r"(?<!\w)((?:[ld]|[adn]ell|all|dall|sull)['’]) ", re.IGNORECASE)
# In Chinese, a mission's town precedes the word for it without a space: "中国驻多伦多总领事馆".
_SEATED: Final = "駐"
_SEATED_SIMPLIFIED: Final = "驻"
_CHINESE_MISSION: Final = re.compile(
    r"[駐驻]([\u4e00-\u9fff]{2,8}?)(?:[总總]?(?:領事館|领事馆)|大使館|大使馆|(?<!大)使館|(?<!大)使馆|辦事處|办事处)(?:前|外|門口|门口)?"
)
_BARE_VOWEL: Final = 2  # the apostrophe and its vowel: "Mek’i" at the end is a name
#: Marks a case ending of the preceding word; folded words never contain this sign.
CASE_ENDING: Final = "'"
_KM: Final = {"mi": 1.609, "mile": 1.609, "miles": 1.609, "mil": 10.0}  # a Scandinavian mil is 10 km
#: Minimum radius in metres of "near" a town: includes the next towns around a large one.
NEAR_RADIUS_M: Final = 15_000.0


class Segment(NamedTuple):
    """Part of the text between separators.

    Attributes
    ----------
    text
        Text as written, trimmed.
    words
        Folded words; abbreviations are not expanded.
    near
        Whether it names a place close to the intended one ("Villepinte near Paris").
    distance_km
        Distance from it in km, if the text gives one; otherwise 0.
    capitals
        For each word, whether it is capitalised; True in scripts without case.
    written
        For each word, the chunk of text between spaces that it came from; "" if the chunk belongs to the previous word.
    max_confidence
        Upper limit of the confidence in an answer: below 1 if the words may be the end of a longer name.
    """

    text: str
    words: tuple[str, ...]
    near: bool = False
    distance_km: float = 0.0
    capitals: tuple[bool, ...] = ()
    written: tuple[str, ...] = ()
    max_confidence: float = 1.0

    def part(self, start: int, end: int) -> Segment:
        """Return a sub-segment with the words from `start` to `end`, with their original text."""
        words, written = self.words[start:end], self.written[start:end]
        chunks = " ".join(filter(None, written))
        if "'" in chunks or "’" in chunks:
            chunks = _ELIDED.sub(r"\1", chunks)
        text = chunks.strip(" .:-–—") or " ".join(words)
        return Segment(text, words, self.near, self.distance_km, self.capitals[start:end], written, self.max_confidence)

    def rewrite(self, words: tuple[str, ...]) -> Segment:
        """Return the segment with the same text but other words."""
        return Segment(self.text, words, self.near, self.distance_km, (True,) * len(words), words, self.max_confidence)

    @property
    def is_capital(self) -> bool:
        """Whether every word is capitalised, or the whole text contains no capitals."""
        return all(self.capitals)


@functools.lru_cache(maxsize=8)  # several readers split the same text
def split_segments(text: str) -> tuple[Segment, ...]:
    """Split a text at commas, brackets, dashes and words such as "near"; at most eight segments, no empty ones."""
    has_capitals = any(map(str.isupper, text))
    segments: list[Segment] = []
    if _SEATED in text or _SEATED_SIMPLIFIED in text:
        text = _CHINESE_MISSION.sub(r"\g<0>，\1", text)
    if _DIGIT.search(text):
        text = _TIME.sub(", ", _DATE.sub(", ", text))
    if "#" in text or "＃" in text:
        text = HASHTAG.sub(r", \1, ", text)
    if ": " in text:
        text = split_at_labels(text)
    if "/" in text:
        text = _CALLE.sub("Calle ", text)
    for part in _STRONG.split(text):
        whole = _fold_segment(part, keep_case=has_capitals)
        if whole is None:
            continue
        pieces = _split_near(whole)
        segments.extend(pieces)
    return tuple(segments[:_MAX_SEGMENTS])


def split_weakly(segment: Segment) -> list[Segment]:
    """Split one segment further at slashes and similar; a list of one if there are none."""
    if not _WEAK.search(segment.text):
        return [segment]
    parts = [part for part in _WEAK.split(segment.text) if fold_letters(part)]
    if len(parts) < 2:
        return [segment]
    has_capitals = not segment.is_capital or any(character.isupper() for character in segment.text)
    found = (_fold_segment(part, keep_case=has_capitals) for part in parts)
    return [part._replace(near=segment.near, distance_km=segment.distance_km) for part in found if part]


def _fold_segment(part: str, *, keep_case: bool) -> Segment | None:
    if part.isascii() and part.replace(" ", "").isalpha():  # most segments
        plain = tuple(part.split())
        capitals_of_plain = tuple([not keep_case or not word.islower() for word in plain])
        return Segment(part.strip(), tuple(part.lower().split()), capitals=capitals_of_plain, written=plain)
    words: list[str] = []
    written: list[str] = []
    capitals: list[bool] = []
    chunks = (_ELISION.sub(r"\1 ", part) if "'" in part or "’" in part else part).split()
    for number, chunk in enumerate(chunks):
        folded = fold_letters(chunk).split()
        case = _find_turkish_case(chunk)
        if case and (
            case.end() - case.start() > _BARE_VOWEL or number < len(chunks) - 1
        ):  # Turkish adds the case ending after an apostrophe: "Berlin'de" means "in Berlin"
            folded = [*fold_letters(case.string[: case.start()]).split(), CASE_ENDING]
        words.extend(folded)
        written.extend([chunk, *[""] * (len(folded) - 1)][: len(folded)])
        is_lower = chunk.islower()  # False in scripts without case; "eMakhazeni" is a name
        capitals.extend([not keep_case or not is_lower] * len(folded))
    if words and words[-1] == CASE_ENDING:
        del words[-1], written[-1], capitals[-1]
    if not words:
        return None
    return Segment(part.strip(" .:-–—"), tuple(words), capitals=tuple(capitals), written=tuple(written))


def _find_turkish_case(chunk: str) -> re.Match[str] | None:
    if "'" not in chunk and "’" not in chunk and "ʼ" not in chunk:
        return None
    marked = unicodedata.normalize("NFD", chunk)
    return _TURKISH_CASE.search("".join(letter for letter in marked if not unicodedata.combining(letter)))


def _split_near(whole: Segment) -> list[Segment]:
    """Split at "near" and similar words; a segment without such a word is returned unchanged."""
    apart = None if whole.text.isascii() else _CJK_DISTANCE.fullmatch(whole.text)
    if apart:
        name = fold_letters(apart[1])
        return [Segment(apart[1], (name,), True, float(apart[2]), (True,), (apart[1],))]
    folded = " ".join(whole.words)
    if folded.isascii() and _NEAR_STARTS.isdisjoint(whole.words) and not _DIGIT.search(folded):
        return [whole]  # most texts; in other scripts a combining mark can end a word
    marks = [(match.start(), match.end(), 0.0) for match in _NEAR.finditer(folded)]
    away = _DISTANCE.search(folded)
    if away:
        unit = _KM.get(away[2], 1.0)
        distance = float(away[1].replace(",", ".").replace(" ", ".")) * unit
        marks = [mark for mark in marks if mark[0] > away.end() + 1 or mark[1] < away.start()]
        # "60 km north of": include the direction in the distance.
        end = away.end()
        following = _NEAR.match(folded, end + 1)
        marks.append((away.start(), following.end() if following else end, distance))
        marks.sort()
    if not marks:
        return [whole]
    pieces: list[Segment] = []
    first, near, distance_km = 0, False, 0.0
    for begin, end, distance in [*marks, (len(folded), len(folded), 0.0)]:
        last = folded[:begin].count(" ") + (begin == len(folded))
        if near and last - first > 1 and whole.words[first] in _ARTICLES:
            first += 1
        is_rough = bool(distance) and set(whole.words[first:last]) <= _ROUGHLY
        if last > first and not is_rough:
            pieces.append(whole.part(first, last)._replace(near=near, distance_km=distance_km))
        first, near, distance_km = folded[:end].count(" ") + 1, True, distance
    return pieces or [whole]


def drop_numbers(words: tuple[str, ...]) -> tuple[str, ...]:
    """Drop the postcode before a Chinese or Japanese address, and the house numbers after it.

    "〒100-0014 東京都千代田区永田町1-7-1", "100台北市中正區中山南路1號".
    """
    first = next((number for number, word in enumerate(words) if not word.isdigit()), len(words))
    named = [_NUMBER_BEHIND.sub("", word) for word in words[first:] if not word.isdigit()]
    if named:
        named[0] = _NUMBER_BEFORE.sub("", named[0])
    return tuple(filter(None, named)) if named else words


def drop_postcode(words: tuple[str, ...]) -> tuple[str, ...]:
    """Drop a postcode: "10117 Berlin", "London SW1A 1AA"."""
    rest = tuple(_POSTCODE.sub(" ", " ".join(words)).split())
    return tuple(word for word in rest if not (word.isdigit() and len(word) >= _MIN_POSTCODE))
