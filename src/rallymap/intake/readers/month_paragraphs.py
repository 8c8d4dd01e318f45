"""Paragraphs above a table that give its month: "Agenda, novembre 2022"."""

from __future__ import annotations

import re

from rallymap.intake.lexicon import fold, meanings

_MONTH_OF_YEAR = re.compile(r"(\D{0,60}?)[^\W\d_]{3,}\.?\s(?:de |del )?(?:19|20)\d{2}\D{0,20}")
_LISTS = frozenset(
    map(
        fold,
        "agenda calendar kalender calendrier calendario calendário overview übersicht programme program programm "
        "programma programa termine termin events event veranstaltungen versammlungen demos rallies protests marches "
        "vigils kundgebungen mahnwachen demonstrationen manifestations manifs rassemblements actions évènements "
        "événements eventos actos actividades manifestaciones protestas marchas concentraciones atos manifestações "
        "eventi manifestazioni presidi cortei evenementen acties demonstraties evenemang demonstrationer arrangementer "
        "demonstrasjoner wydarzenia wydarzeń protesty kalendarz календарь календар события событий акции акций митинги "
        "події подій мітинги акції etkinlikler etkinlik takvimi eylemler akce kalendář программа "
        "برنامه تقویم تجمعات رویدادها فعاليات أحداث مظاهرات 日程 活動 活动 イベント 일정".split(),
    )
)
"""Words for lists of events."""


def names_month(text: str) -> bool:
    """Return whether a paragraph is only a month, or names a list of events and its month.

    "Posted by Anna, June 2024" and "The war began in February 2022" say nothing of the table below.
    """
    match = _MONTH_OF_YEAR.fullmatch(text)
    if match is None:
        return False
    before = fold(match[1]).split()
    kinds = meanings("kinds")
    return not before or any(word in _LISTS or word in kinds for word in before)
