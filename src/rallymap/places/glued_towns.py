"""Towns whose "and", "from" and "to" are attached to their names: "台北和高雄", "서울에서 부산까지"."""

from __future__ import annotations

import re
from typing import Final

from rallymap.places.normalize import fold_key
from rallymap.places.vocabulary import EVENT_WORDS

_GLUED: Final = re.compile(
    r"(?<=[\u3040-\u9fff])[和與与及跟と・](?=[\u3040-\u9fff])|(?<=[\uac00-\ud7af])(?:(?:과|와|하고)\s+|[·・ㆍ](?=[\uac00-\ud7af]))"
)
# "from A to B" attached to the names: "서울에서 부산까지", "从北京到上海", "Berlin'den Hamburg'a".
_GLUED_WAYS: Final = (
    r"(?P<start>[\uac00-\ud7af]{2,8})에서\s*(?P<end>[\uac00-\ud7af]{2,8})까지",
    r"(?P<start>[\u3040-\u9fff]{2,10}?)から(?P<end>[\u3040-\u9fff]{2,10}?)まで",
    r"[从從由自](?P<start>[\u4e00-\u9fff]{2,8}?)[到至往](?P<end>[\u4e00-\u9fff]{2,8})",
    r"[Jj]i (?P<start>\w{3,20}) (?:ber bi|heta|ta) (?P<end>\w{3,20})",
    r"(?P<start>\w{3,20})['’][dt][ae]n (?P<end>\w{3,20})['’]y?[ae]",
    r"מ(?P<start>[\u0590-\u05ff]+(?: [\u0590-\u05ff]+)?) ל(?P<end>[\u0590-\u05ff]+(?: [\u0590-\u05ff]+)?)",
)
# After several towns: words for "at the same time", and for the event.
_SIMULTANEOUS: Final = re.compile(
    r"(?<=[\u3040-\u9fff\uac00-\ud7af])\s*(?:等地|等|など|ほか|同步|同時|同时|一齊|一齐|[兩两三四多各]地|동시|등지|등)(?:에서|で)?"
    r"\s*(?:舉行|举行|舉辦|举办|進行|进行|開催|集會|集会|遊行|游行|示威|行動|行动|デモ|개최|집회|진행|시위)?$"
)
_LISTED: Final = re.compile(r"[、，,・·ㆍ和與与及跟と과와]")


_FIRST_HEBREW: Final = "\u0590"
_FIRST_UNSPACED: Final = "\u3040"  # the first of the letters that Chinese, Japanese and Korean use without spaces


def drop_simultaneous(text: str) -> str:
    """Remove words that say that an event takes place in several towns at the same time: "台北、高雄同步"."""
    if text.isascii() or max(text) < _FIRST_UNSPACED or not _LISTED.search(text):
        return text
    return _SIMULTANEOUS.sub("", text)


def glued_pairs(text: str) -> list[tuple[str, str]]:
    """Return the pairs of names on both sides of each attached "and"."""
    if not text or max(text) < _FIRST_UNSPACED:
        return []  # nearly every text; avoids the search
    return [(text[: joint.start()], text[joint.end() :]) for joint in _GLUED.finditer(text)]


def glued_ends(text: str) -> list[tuple[str, str]]:
    """Return the pairs of names that a text gives as start and end of a route."""
    has_apostrophe = "'" in text or "’" in text
    if not has_apostrophe and max(text, default="") < _FIRST_HEBREW and not text.lower().startswith("ji "):
        return []  # nearly every text; avoids the search
    chunks = text.split()
    while chunks and fold_key(chunks[-1]) in EVENT_WORDS:
        chunks.pop()  # "Ankara'dan İstanbul'a yürüyüş"
    # Compiled on first use, as it takes as long as loading a small module; `re` keeps compiled patterns.
    ways = (re.fullmatch(pattern, " ".join(chunks)) for pattern in _GLUED_WAYS)
    return [(way["start"], way["end"]) for way in ways if way]
