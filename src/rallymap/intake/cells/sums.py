"""Words that mark rows and columns of totals: "Total", "Summe 2022", "Разом"."""

from __future__ import annotations

from rallymap.intake.lexicon import fold

_SUMS = frozenset(
    fold(word)
    for word in (
        "grand subtotal gesamtergebnis zwischensumme teilergebnis "
        "summe gesamt insgesamt gesamtzahl total totals totalt sum totaal totale totales totaux toplam итого всего "
        "разом "
        "усього всього загалом razem suma ogółem łącznie celkem spolu összesen yhteensä sammanlagt samlet somma "
        "σύνολο "
        "ukupno σ جمع مجموع المجموع الإجمالي 合计 合計 总计 總計 小计 小計 합계 average mean median durchschnitt "
        "mittelwert "
        "moyenne promedio média media gjennomsnitt genomsnitt gemiddelde średnia среднее середнє ortalama میانگین "
        "المتوسط"
    ).split()
)
_LAST = frozenset("total totals totale totaal totalt gesamt ergebnis subtotal razem toplam toplamı итог итого".split())
"""Words that programs append to the name of a group: "Berlin Total", "Berlin Ergebnis"."""
_MOST_WORDS = 3


def is_sum(text: str) -> bool:
    """Return whether a short text marks its row or column as a total or mean."""
    if text.isdecimal():
        return False  # most first cells are numbers
    words = fold(text).split()
    if not 0 < len(words) <= _MOST_WORDS:
        return False
    # "Grand Total" is a total, but "Grand Est" a region.
    return words[0] in _SUMS if words[0] != "grand" else len(words) > 1 and words[1] in _SUMS


def group_of_total(text: str) -> str:
    """Return the group that a cell of a pivot table is the total of: "Berlin" for "Berlin Total"; or ""."""
    if not text[-1:].isalpha() or " " not in text:
        return ""  # most cells
    words = text.split()
    is_sum_of = 1 < len(words) <= 2 * _MOST_WORDS and fold(words[-1]) in _LAST
    return " ".join(words[:-1]) if is_sum_of else ""
