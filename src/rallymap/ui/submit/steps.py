"""The steps of the Add-an-event form that need no map: what, when, who, sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import streamlit as st
from markupsafe import Markup

from rallymap.dates import PRECISION_LABELS, SINGLE_DAY, DatePrecision, EventDate
from rallymap.events import MAX_NAME, MAX_QUOTE, MAX_TEXT, MAX_TITLE, AttendanceMode, ClaimKind, EventStatus, Kind
from rallymap.intake.cells.seasons import season_in_words
from rallymap.intake.written_dates import MAX_WRITTEN
from rallymap.language import UNKNOWN_TAG, current_language, digits, language_choices, language_name, mark, tr, trc
from rallymap.ui.paragraphs import paragraph
from rallymap.ui.submit.fields import choice_field, fields, names_field, show_error, text_field
from rallymap.ui.submit.form_state import form
from rallymap.ui.submit.repeat_fields import render_repeat
from rallymap.ui.submit.status_by_date import follow_date, render_followed, typed_date
from rallymap.weblinks import MAX_URL, with_scheme
from rallymap.wording import CLAIM_LABELS, KIND_LABELS, STATUS_LABELS, date_in_words, date_with_weekday
from rallymap.workflows.form_events import MAX_CONTACT

MOST_OF_A_KIND = 6
_MOST_LANGUAGES = 12
FIRST_PRECISION = next(iter(PRECISION_LABELS))
_START = {
    DatePrecision.DAY: mark("Day"),
    DatePrecision.MINUTE: mark("Day"),
    DatePrecision.WEEKEND: mark("Any day of that weekend"),
    DatePrecision.WEEK: mark("Any day of that week"),
    DatePrecision.MONTH: mark("Month"),
    DatePrecision.YEAR: mark("Year"),
}
_END = {
    DatePrecision.MONTH: mark("Last month, if it lasts longer"),
    DatePrecision.YEAR: mark("Last year, if it lasts longer"),
}
# Translators: an example of what may be typed; months are read in your language too.
_DAY_EXAMPLE = mark("1 February 2020 or 2020-02-01")
_LAST_DAY = mark("Last day, if it lasts longer")
EXPECTED_WORDS = {"yes": mark("how many were expected before the event"), "no": mark("how many came")}
STATUSES = (
    EventStatus.HELD,
    EventStatus.ANNOUNCED,
    EventStatus.CONFIRMED,
    EventStatus.CANCELLED,
    EventStatus.POSTPONED,
    EventStatus.MOVED_ONLINE,
)
_STATUS_WORDS = {
    EventStatus.HELD: mark("It already took place"),
    EventStatus.ANNOUNCED: mark("It is announced"),
    EventStatus.CONFIRMED: mark("It is announced and confirmed"),
}


def render_what(*, is_new: bool) -> None:
    """Render title, kind, status and summary, their language, and their translations."""
    text_field("title", tr("Title"), max_length=MAX_TITLE, placeholder=tr("Rally for political prisoners, Oslo"))
    left, right = st.columns(2)
    with left:
        choice_field("kind", tr("Kind"), list(Kind), lambda value: tr(KIND_LABELS[Kind(value)]))
    with right:
        choice_field(
            "status",
            tr("When is it?"),
            STATUSES,
            lambda value: tr(_STATUS_WORDS.get(EventStatus(value), STATUS_LABELS[EventStatus(value)])),
        )
    text_field(
        "about",
        tr("What is it about?"),
        max_length=MAX_TEXT,
        tall=True,
        help_text=tr("Plain, neutral words. Slogans and claims have their own place, with who said them."),
    )
    # For a new event, the page's language is a visible default; an existing event keeps its language.
    offered = (current_language().code, UNKNOWN_TAG) if is_new else (UNKNOWN_TAG,)
    with st.columns(2)[0]:
        choice_field(
            "language",
            tr("Language of title and summary"),
            list(dict.fromkeys((*offered, *language_choices()))),
            lambda tag: trc("language", "not known") if tag == UNKNOWN_TAG else language_name(tag),
        )
    for number in _numbers("translation", ("title", "about"), at_least=0):
        _render_translation(number)
    show_error("translations")
    _more("translation", tr("Add another language"), ("title", "about"), at_least=0)


def _render_translation(number: str) -> None:
    language, title = st.columns([1, 2])
    with language:
        choice_field(
            f"translation{number}_language",
            _numbered(tr("Another language"), number),
            [UNKNOWN_TAG, *language_choices()],
            lambda tag: tr("Choose a language") if tag == UNKNOWN_TAG else language_name(tag),
        )
    with title:
        text_field(f"translation{number}_title", _numbered(tr("Title in this language"), number), max_length=MAX_TITLE)
    text_field(
        f"translation{number}_about",
        _numbered(tr("What is it about, in this language (optional)"), number),
        max_length=MAX_TEXT,
        tall=True,
    )


def render_when(now: datetime, *, is_new: bool) -> None:
    """Render the date, with its precision, and for a new event whether it repeats."""
    precision = choice_field(
        "precision",
        tr("How exactly do you know the date?"),
        list(PRECISION_LABELS),
        lambda value: tr(PRECISION_LABELS[DatePrecision(value)]),
    )
    if precision == DatePrecision.UNKNOWN:
        return
    known = DatePrecision(precision)
    left, right = st.columns(2)
    with left:
        text_field("start", tr(_START[known]), max_length=MAX_WRITTEN, placeholder=_start_example(known))
    with right:
        text_field("end", tr(_END.get(known, _LAST_DAY)), max_length=MAX_WRITTEN)
    if known is DatePrecision.MINUTE:
        with left:
            text_field("start_time", tr("Starts at"), max_length=10, placeholder=digits("18:00"))
        with right:
            text_field("end_time", tr("Ends at, if known"), max_length=10)
        text_field(
            "zone",
            tr("Time zone, if you know it"),
            max_length=60,
            placeholder="Europe/Oslo",
            help_text=tr("Left empty, it is found from the place."),
        )
    when = typed_date()
    if when.is_known:
        paragraph(date_with_weekday(when), "rm-echo", role="status")
    if is_new:
        follow_date(now)
        render_followed()
    show_error("status")  # a date to come may contradict the status from the first step
    if is_new and known in SINGLE_DAY:
        render_repeat(when, now)


def _start_example(known: DatePrecision) -> str:
    """Return an example date in the reader's language and format, which the parser accepts."""
    if known is DatePrecision.YEAR:
        return digits("2022")
    if known is not DatePrecision.MONTH:
        return tr(_DAY_EXAMPLE)
    june = EventDate.month(2022, 6)
    month, around = (date_in_words(when) for when in (june, replace(june, approximate=True)))
    # Translators: three examples of what may be typed, "June 2022", "spring 2022", "around June 2022".
    return tr("{month}, {season} or {around}", month=month, season=season_in_words("spring", 2022), around=around)


def render_who(known: Mapping[str, Iterable[str]]) -> None:
    """Render organisers, communities and crowd; `known` holds names for autocompletion, by field."""
    names_field(
        "organisers",
        tr("Organiser"),
        tuple(known.get("organisers", ())),
        more=tr("Add another organiser"),
        max_length=MAX_NAME,
        help_text=tr("Groups, not private persons: what is written here becomes public."),
    )
    names_field(
        "communities",
        tr("Community"),
        tuple(known.get("communities", ())),
        more=tr("Add another community"),
        max_length=MAX_NAME,
    )
    for number in _numbers("crowd", ("low", "high", "words", "by")):
        _render_crowd(number)
    _more("crowd", tr("Add another estimate"), ("low", "high", "words", "by"))


def _render_crowd(number: str) -> None:
    low, high, words, by = st.columns([1, 1, 1.3, 1.3])
    with low:
        label = _numbered(tr("Crowd from"), number)
        text_field(f"crowd{number}_low", label, max_length=12, placeholder=digits("200"))
    with high:
        # Translators: the largest number of people, next to the field “Crowd from”.
        label = _numbered(trc("crowd", "to"), number)
        text_field(f"crowd{number}_high", label, max_length=12, placeholder=digits("300"))
    with words:
        text_field(
            f"crowd{number}_words", _numbered(trc("the size of a crowd", "or in words"), number), max_length=MAX_NAME
        )
    with by:
        # Translators: an example of who said how large a crowd was.
        example = tr("police")
        text_field(f"crowd{number}_by", _numbered(tr("According to"), number), max_length=MAX_NAME, placeholder=example)
    name = f"crowd{number}_expected"
    if fields().get("status") == EventStatus.HELD and fields().get(name):
        choice_field(
            name, _numbered(tr("What this number is"), number), ("yes", "no"), lambda value: tr(EXPECTED_WORDS[value])
        )


def render_sources() -> None:
    """Render sources, claims and the contact."""
    if fields().get("attendance_mode", AttendanceMode.IN_PERSON) != AttendanceMode.IN_PERSON:
        said = tr("Links are public. Give the page that announces the event, not the address of a closed meeting.")
        paragraph(said, "rm-found")
    for number in _numbers("source", ("url", "title", "publisher", "published")):
        _render_source(number)
    _more("source", tr("Add another source"), ("url", "title", "publisher", "published"))
    for number in _numbers("claim", ("text", "by"), at_least=0):
        _render_claim(number)
    _more("claim", tr("Add a slogan or claim"), ("text", "by"), at_least=0)
    text_field(
        "contact",
        tr("How a moderator can reach you (optional)"),
        max_length=MAX_CONTACT,
        help_text=tr("Seen by moderators only, never published. Leave it empty if you would rather not say."),
    )


def _render_source(number: str) -> None:
    url = text_field(
        f"source{number}_url",
        _numbered(tr("Link to an announcement or report"), number),
        max_length=MAX_URL,
        placeholder="https://",
    )
    if (read := with_scheme(url)) != url:
        paragraph(Markup('<bdi dir="ltr">{}</bdi>').format(read), "rm-echo", role="status")
    title, publisher, day = st.columns([2, 1.3, 1])
    with title:
        text_field(f"source{number}_title", _numbered(tr("Its title"), number), max_length=MAX_QUOTE)
    with publisher:
        text_field(f"source{number}_publisher", _numbered(tr("Its publisher"), number), max_length=MAX_NAME)
    with day:
        label, example = _numbered(tr("Published on"), number), digits("2020-02-04")
        text_field(f"source{number}_published", label, max_length=20, placeholder=example)


def _render_claim(number: str) -> None:
    kind, text, by = st.columns([1, 2.4, 1.4])
    with kind:
        choice_field(
            f"claim{number}_kind",
            _numbered(tr("What it is"), number),
            list(ClaimKind),
            lambda value: tr(CLAIM_LABELS[ClaimKind(value)]),
        )
    with text:
        # Translators: words that were said, shouted or written at the event.
        text_field(f"claim{number}_text", _numbered(tr("The words"), number), max_length=MAX_QUOTE)
    with by:
        text_field(f"claim{number}_by", _numbered(tr("Who said them"), number), max_length=MAX_NAME)


def _numbers(group: str, parts: Sequence[str], *, at_least: int = 1) -> list[str]:
    """Return the suffixes in the field names of a group's items: "", "2", "3" ..."""
    filled = [
        index
        for index in range(1, _most_of(group) + 1)
        if any(fields().get(f"{group}{_suffix(index)}_{part}") for part in parts)
    ]
    wanted = form().counts.get(group, at_least)
    return [_suffix(index) for index in range(1, max([at_least, wanted, *filled]) + 1)]


def _numbered(label: str, number: str) -> str:
    """Add an item's number to the label of its field: “According to (2)”."""
    return f"{label} ({digits(int(number))})" if number else label


def _most_of(group: str) -> int:
    return _MOST_LANGUAGES if group == "translation" else MOST_OF_A_KIND


def _suffix(index: int) -> str:
    return "" if index == 1 else str(index)


def _more(group: str, label: str, parts: Sequence[str], *, at_least: int = 1) -> None:
    shown = len(_numbers(group, parts, at_least=at_least))
    if shown >= _most_of(group):
        return

    def add() -> None:
        form().counts[group] = shown + 1

    st.button(label, key=f"more_{group}", on_click=add, type="tertiary")
