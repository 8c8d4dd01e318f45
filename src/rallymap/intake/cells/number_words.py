"""Convert numbers of people in words to digits: "more than a thousand", "dos mil", "zweihundert", "полмиллиона"."""

from __future__ import annotations

import re
from functools import cache

from rallymap.intake.cells import chinese_numbers
from rallymap.intake.cells.bounds import bound_of, is_comparison
from rallymap.intake.lexicon import read_list

_LARGE = (100, 1000, 1_000_000)
_RANGE = frozenset("to bis à a y e et and und en och og do и і y to til tot ve و تا إلى".split())
_SMALLEST = 10
_PLURAL = "ها"
"""Persian ending, if it is written as a word."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def with_figures(text: str) -> str:
    """Convert the numbers in a folded text to digits.

    A text that contains digits is returned with its Chinese numbers converted. A number after an unknown word stays in
    words: "several thousand", "two to three hundred".
    """
    text = chinese_numbers.with_figures(text)
    if any(char.isdecimal() for char in text):
        return text
    words = list(_WORD.finditer(text))
    parts, at, number = [], 0, 0
    converted = -1  # index of the word after the previous number
    while number < len(words):
        last = _end_of_run(text, words, number)
        value = _value([word[0].casefold() for word in words[number:last]])
        if not _may_stand(text, words, number, last, converted):
            number += 1
            continue
        parts += [text[at : words[number].start()], str(value), _suffix(words[last - 1][0].casefold())]
        at, number, converted = words[last - 1].end(), last, last
    return "".join((*parts, text[at:]))


def _end_of_run(text: str, words: list[re.Match[str]], first: int) -> int:
    """Return the index after the last word of a number that begins at a word."""
    last = first
    while last < len(words) and words[last][0].casefold() in _values():
        if last > first and text[words[last - 1].end() : words[last].start()].strip("- "):
            break
        last += 1
    return last


def _value(run: list[str]) -> int | None:
    """Return the number that a run of words means, None if it is not one or below ten."""
    total, current, is_half = 0.0, 0.0, False
    for word in run:
        value = _values()[word]
        if word in _words_of("half"):
            is_half = True
        elif value in _LARGE:
            if not current and not is_half and (value == 1_000_000 or word in _plurals()):
                return None  # "Million Mask March", "тысячи"
            factor = 0.5 if is_half else current or 1
            current, total = (factor * value, total) if value == 100 else (0, total + factor * value)
            is_half = False
        elif current and value >= current:
            return None  # "one two"
        else:
            current += value
    number = total + current
    return int(number) if number >= _SMALLEST and not is_half and number == int(number) else None


def _may_stand(text: str, words: list[re.Match[str]], first: int, last: int, converted: int) -> bool:
    """Return whether the words before a number leave no doubt that it is one."""
    before = text[: words[first].start()]
    behind = [word[0] for word in words[last:]]
    run = [word[0].casefold() for word in words[first:last]]
    value = _value(run)
    if value is None or behind[:1] == [_PLURAL] or (value < _LARGE[0] and len(behind) > 1):
        return False  # "tens of thousands" in Persian
    if value in _LARGE and not _words_of(f"about {value}").isdisjoint(run):
        return bound_of(before, "") is not None
    if not first:
        return True
    previous = words[first - 1][0].casefold()
    if previous in _RANGE and first > 1 and words[first - 2][0].casefold() in _values():
        return converted == first - 1  # not "zwei bis drei hundert"
    if previous in _values():
        return False
    if previous in _words_of("link"):
        previous = words[first - 2][0].casefold() if first > 1 else ""
    return previous in _words_of("before") or is_comparison(previous) or bound_of(before, "") is not None


def _suffix(word: str) -> str:
    """Return the ending that makes a Turkish number a bound: "binden fazla" is "1000 den fazla"."""
    return f" {word[-3:]}" if word in ("binden", "yüzden") else ""


@cache
def _words_of(meaning: str) -> frozenset[str]:
    """Return words of the list with a meaning that is not a number.

    "about 100" and "about 1000": a number only after a word for more or less, as in "plus d'une centaine"; "many 1000"
    and "many 1000000": plurals, a number only after another number; "half"; "before": words such as "around"; "link":
    words between a comparison and its number, such as "than".
    """
    return frozenset(word for name, words in read_list("number_words") if name == meaning for word in words)


def _plurals() -> frozenset[str]:
    return _words_of("many 1000") | _words_of("many 1000000")


@cache
def _values() -> dict[str, int]:
    """Return the value of each word; also of compounds such as "zweihundert" and "duemila"."""
    plain = {int(name): words for name, words in read_list("number_words") if name.isdecimal()}
    values = {word: value for value, words in plain.items() for word in words}
    rough = {word: value for value in _LARGE for word in _words_of(f"about {value}") | _words_of(f"many {value}")}
    units = {word: value for value in _LARGE for word in plain[value]} | rough
    found = {
        left + right: value * unit
        for left, value in values.items()
        if value < _LARGE[0]
        for right, unit in units.items()
    }
    return found | values | rough | dict.fromkeys(_words_of("half"), 0) | {"binden": 1000, "yüzden": 100}
