"""Recognise the error values of spreadsheet programs: "#REF!", "#WERT!", "Err:502"."""

from __future__ import annotations

import re

_NAMES = (
    "REF VALUE NAME NULL NUM SPILL CALC FIELD BLOCKED CONNECT BUSY ERROR GETTING_DATA PYTHON EXTERNAL "
    "BEZUG WERT ZAHL ÜBERLAUF KALK NV VALEUR NOM NUL NOMBRE PROPAGATION VALOR NOMBRE NULO NÚM NOME RIF VALORE NULLO "
    "VERW WAARDE NAAM LEEG GETAL REFERENS VÄRDEFEL NAMN SKÄRNING OGILTIGT VERDI NAVN REFERENCE VÆRDI "
    "ADR ARG NAZWA ZERO LICZBA ССЫЛКА ЗНАЧ ИМЯ ПУСТО ЧИСЛО ПОСИЛ ПОСИЛАННЯ BAŞV DEĞER AD BOŞ SAYI YOK "
    "ODKAZ HODNOTA NÁZEV ČÍSLO VIITTAUS ARVO NIMI TYHJÄ LUKU HIV ÉRTÉK NÉV NULLA SZÁM"
).split()
_ERROR = re.compile(
    rf"#[¡¿]?(?:{'|'.join(dict.fromkeys(_NAMES))}|(?:DIV|DIVISION|DEEL|DZIEL|ДЕЛ|SAYI|JAKO)/0)[!?¡]|Err:\d{{3}}|#NV|#[NН]/[DДB]",
    re.IGNORECASE,
)


def is_error_value(text: str) -> bool:
    """Return whether a cell is an error value, in any language of a spreadsheet program; "#N/A" only means missing."""
    return text[:1] in ("#", "E", "e") and _ERROR.fullmatch(text.strip()) is not None
