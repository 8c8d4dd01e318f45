"""Languages of the pages: the list, the choice for a reader, and the translations of every sentence.

Code contains English sentences, such as ``tr("Delete {title}?", title=title)``; a gettext catalogue for each other
language (``locale/<code>.po``) contains the translations. `tr` and similar functions translate into the language of the
current request or run, which `use_language` sets. A sentence without a translation is shown in English. A sentence that
is created in one place and shown in another, such as a note on an imported file, is a `phrase`: it is English when
stored, printed or compared, and `say` translates it for a reader. This room uses no events and no pages.
"""

from __future__ import annotations

from rallymap.language.calendar import month_names, say_date, say_span, say_time, script_dates, weekday_names
from rallymap.language.catalogue import add_wording, own_folder, script_messages, script_plurals, wording_version
from rallymap.language.collation import name_order
from rallymap.language.languages import ENGLISH, Language, choose_language, find_language, languages
from rallymap.language.phrases import Phrase, from_json_value, in_turn, joined, phrase, phrase_n, say, to_json_value
from rallymap.language.second_calendar import in_second_calendar, script_second_calendar
from rallymap.language.speech import (
    compact,
    current_language,
    decimal,
    digits,
    in_page_direction,
    isolated,
    list_in_words,
    listed,
    mark,
    mark_c,
    number,
    number_separators,
    percent,
    sentences,
    separator,
    set_language,
    set_language_source,
    tr,
    trc,
    trn,
    unisolated,
    use_language,
)
from rallymap.language.tags import (
    UNKNOWN_TAG,
    best_tag,
    clean_tag,
    is_known_language,
    is_same_language,
    language_choices,
    language_name,
    language_tags_by_name,
)

__all__ = [
    "ENGLISH",
    "UNKNOWN_TAG",
    "Language",
    "Phrase",
    "add_wording",
    "best_tag",
    "choose_language",
    "clean_tag",
    "compact",
    "current_language",
    "decimal",
    "digits",
    "find_language",
    "from_json_value",
    "in_page_direction",
    "in_second_calendar",
    "in_turn",
    "is_known_language",
    "is_same_language",
    "isolated",
    "joined",
    "language_choices",
    "language_name",
    "language_tags_by_name",
    "languages",
    "list_in_words",
    "listed",
    "mark",
    "mark_c",
    "month_names",
    "name_order",
    "number",
    "number_separators",
    "own_folder",
    "percent",
    "phrase",
    "phrase_n",
    "say",
    "say_date",
    "say_span",
    "say_time",
    "script_dates",
    "script_messages",
    "script_plurals",
    "script_second_calendar",
    "sentences",
    "separator",
    "set_language",
    "set_language_source",
    "to_json_value",
    "tr",
    "trc",
    "trn",
    "unisolated",
    "use_language",
    "weekday_names",
    "wording_version",
]
