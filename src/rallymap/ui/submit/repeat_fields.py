"""Whether and how often a form's event repeats, with a list of its dates, each of which can be left out."""

from __future__ import annotations

import dataclasses
from datetime import datetime

import streamlit as st

from rallymap.dates import EventDate
from rallymap.errors import InvalidEventError
from rallymap.events import EventStatus
from rallymap.intake.written_dates import MAX_WRITTEN
from rallymap.language import digits, mark, separator, tr, trc, trn
from rallymap.ui.paragraphs import paragraph
from rallymap.ui.submit.fields import choice_field, fields, show_error, text_field
from rallymap.wording import day_in_words
from rallymap.workflows.disclosure import is_to_come
from rallymap.workflows.recurrence import BY_TIMES, REPEAT_WORDS, Repeat, dates_of_rule, rule_of_form

_REPEAT_ENDS = {"until": mark("on a day"), BY_TIMES: mark("after a number of times")}


def render_repeat(when: EventDate, now: datetime) -> None:
    """Render the fields.

    Parameters
    ----------
    when
        The first date, as typed so far.
    now
        Current time with its zone.
    """
    repeat = choice_field(
        "repeat", tr("Does it repeat?"), list(Repeat), lambda value: trc("does it repeat?", REPEAT_WORDS[Repeat(value)])
    )
    if repeat == Repeat.NEVER:
        return
    left, right = st.columns(2)
    with left:
        ends = choice_field("repeat_end", tr("It ends"), list(_REPEAT_ENDS), lambda value: tr(_REPEAT_ENDS[value]))
    with right:
        help_text = tr("Each date becomes an event of its own, so that one can be cancelled or changed alone.")
        if ends == BY_TIMES:
            ten = digits("10")
            text_field("repeat_times", tr("How many times"), max_length=3, placeholder=ten, help_text=help_text)
        else:
            text_field(
                "repeat_until",
                tr("Until, the last day included"),
                max_length=MAX_WRITTEN,
                placeholder=digits("2020-06-30"),
                help_text=help_text,
            )
    _render_dates(when, now)


def _render_dates(when: EventDate, now: datetime) -> None:
    """Render the dates that the rule generates; each can be left out and restored."""
    try:
        rule = rule_of_form(fields())
        dates = dates_of_rule(when, dataclasses.replace(rule, without=())) if when.is_known else []
    except InvalidEventError:
        return  # the error is shown at the field when the step is left
    days = [found.start for found in dates if found.start is not None]
    if not days:
        return
    key = f"repeat_days_{days[0]}_{rule.repeat}_{len(days)}"

    def take() -> None:
        kept = st.session_state[key]
        fields()["repeat_without"] = " ".join(day.isoformat() for day in days if day not in kept)

    kept = [day for day in days if day not in rule.without]
    count = trn("{n} event, on these days", "{n} events, on these days", len(kept))
    st.pills(
        f"{count}{separator()}{tr('press a day to leave it out')}",
        days,
        selection_mode="multi",
        default=kept,
        key=key,
        format_func=lambda day: day_in_words(day, short=True),
        on_change=take,
    )
    show_error("repeat_without")
    if fields().get("status", EventStatus.HELD) == EventStatus.HELD and any(is_to_come(found, now) for found in dates):
        paragraph(tr("The dates that are still to come are sent as announced."), "rm-found", role="status")
