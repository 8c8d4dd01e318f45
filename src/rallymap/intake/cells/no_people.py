"""Numbers in columns of people that count something else: sums of money, shares, yes and no, products."""

from __future__ import annotations

import re

from rallymap.language import phrase

NO_NUMBER = phrase("This is not a number of people.")
_TIMES = re.compile(r"\d\s?[x×*✕]\s?(?:(?:ca|circa|c|etwa|about|around)\.?|~)?\s?\d|\d\s?[x×✕](?![^\W_])")
"""Multiplications: "2x100" can mean two gatherings of a hundred people."""
_YES_OR_NO = re.compile(r"true|false|yes|no|\d{1,2}:\d{2}(?::\d{2})?")
_SIGNS = "€$£¥₴₽₺₹₪₩฿₫₸₾₼¢¤﷼"
_CODES = (
    "EUR|USD|GBP|CHF|NOK|SEK|DKK|ISK|PLN|CZK|HUF|RON|BGN|UAH|BYN|RUB|TRY|ILS|IRR|INR|PKR|JPY|CNY|KRW|HKD|TWD|CAD|AUD|"
    "NZD|BRL|MXN|ZAR|ARS|CLP|THB|VND|IDR|GEL|AMD|KZT|RSD|HRK"
)
_WORDS = (
    r"euros?|eur|dollars?|pounds?(?: sterling)?|kroner|kronor|kr\.?|francs?|franken|zł|złotych|kč|forint|ft|lei|"
    r"rubles?|руб\w*|грн\.?|гривен\w*|евро|євро|долл\w*|lira(?:sı)?|tl|rupees?|yen|yuan|元|円|원|یورو|يورو|دلار|دولار|"
    r"تومان|ریال|ريال"
)
_MONEY_BEHIND = re.compile(rf"\s?(?:[{_SIGNS}]|(?:{_CODES}|(?i:{_WORDS}))(?![^\W\d_]|-[^\W\d_]))")
"""Codes in capitals only: "TRY" is money, "try" is a word; "francs-maçons" are people."""
_MONEY_BEFORE = re.compile(rf"(?:[{_SIGNS}%٪]|(?<![^\W\d_])(?:{_CODES}))\s?$")
_SHARE_BEHIND = re.compile(
    r"\s?(?:[%٪‰]|(?:per\s?cent|percent|prozent|pour ?cent|por ciento|por cento|per cento|procent\w*|prosent|"
    r"процент\w*|відсот\w*|درصد|yüzde)(?![^\W\d_]))",
    re.IGNORECASE,
)


def why_no_people(folded: str) -> str:
    """Return why a folded cell cannot be a number of people, "" if it can."""
    if _YES_OR_NO.fullmatch(folded.casefold()):
        return NO_NUMBER
    return phrase("This multiplies two numbers.") if _TIMES.search(folded.casefold()) else ""


def is_amount(text: str, figure: re.Match[str]) -> bool:
    """Return whether a number in a text is a sum of money or a share: "€1,500", "75 %"."""
    behind, before = text[figure.end() :], text[: figure.start()]
    return any((_MONEY_BEHIND.match(behind), _SHARE_BEHIND.match(behind), _MONEY_BEFORE.search(before)))
