"""The same event in other cities: a table to type or paste into, and the result for each row."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import astuple
from typing import Literal

import pandas as pd
import streamlit as st
from markupsafe import Markup

from rallymap.errors import InvalidEventError
from rallymap.events import MAX_NAME, Event
from rallymap.intake.city_table import COLUMNS, CityRow, kept_cities, read_cities, write_cities
from rallymap.language import mark, sentences, tr, trn
from rallymap.places import Ambiguous, Candidate, Located
from rallymap.templates import bdi, bold, one_line, render
from rallymap.ui.paragraphs import paragraph
from rallymap.ui.plain import spoken_label
from rallymap.ui.submit.fields import fields, set_errors, show_error, shown_errors
from rallymap.ui.submit.form_state import form
from rallymap.wording import PLACE_NOTES, date_in_words, place_in_words
from rallymap.workflows.campaign_cities import (
    CITIES,
    CITY_CHOICES,
    City,
    campaign_of_form,
    count_events,
    draft_cities,
    with_choice,
)
from rallymap.workflows.form_events import draft_event, has_own_place
from rallymap.workflows.place_answers import Suggested, candidates_of, chosen_of, name_choice
from rallymap.workflows.services import Services

_LABELS = {
    "city": mark("City"),
    "venue": mark("Exact location (square, building)"),
    "date": mark("Date, if another"),
    "time": mark("Local time"),
    "organiser": mark("Local organiser"),
    "country": mark("Country"),
    "zone": mark("Time zone"),
}
_WIDTHS: Mapping[str, Literal["small"]] = dict.fromkeys(("city", "country"), "small")
_PASTE = "cities_paste"


def render_cities(services: Services) -> None:
    """Render the table; only a button until the visitor opens it."""
    if not fields().get(CITIES) and not form().counts.get(CITIES):
        st.button(tr("The same event in other cities"), key="more_cities", on_click=_open, type="tertiary")
        return
    lead = tr(
        "One row for each other city. What you leave empty is as in this form; the time is the local time of each "
        "city, and its time zone is found from the place."
    )
    head = Markup('<p class="rm-section" id="field-{}" tabindex="-1">{}</p><p class="rm-about">{}</p>')
    st.html(head.format(CITIES, tr("The same event in other cities"), lead))
    st.text_area(
        tr("Paste rows from a spreadsheet"),
        key=_PASTE,
        height=80,
        on_change=_take_pasted,
        placeholder=_example(),
        help=sentences(
            [
                tr("With tabs, commas or semicolons between the cells. With headings the columns may be in any order."),
                tr("A list from a chat message can be pasted too, with one city on each line."),
            ]
        ),
    )
    st.button(tr("Add these rows"), key="cities_add", on_click=_take_pasted)
    for remark in form().city_remarks:
        paragraph(remark, "rm-found", role="status")
    _render_table()
    show_error(CITIES)
    cities = draft_cities(services.resolver, fields(), now=services.now())
    _render_choices(cities)
    if said := city_list(cities):
        st.html(said)
        own = draft_event(services.resolver, fields(), now=services.now()).event
        if own is not None:
            count = _sent_in_words(count_events(own, cities, fields()))
            paragraph(count, "rm-echo", role="status")


def render_all(services: Services) -> None:
    """Render how many events the form creates, and the other cities among them; skip it for a single event."""
    event = draft_event(services.resolver, fields(), now=services.now()).event
    if event is None:
        return
    made = campaign_of_form(services.resolver, event, None, fields(), now=services.now())
    if len(made) > 1:
        count = _sent_in_words(len(made))
        cities = draft_cities(services.resolver, fields(), now=services.now())
        paragraph(count, "rm-section")
        if others := city_list(cities, own=event if has_own_place(event) else None):
            st.html(others)


def _sent_in_words(events: int) -> str:
    return trn("This form sends {n} event.", "This form sends {n} events.", events)


def city_list(cities: Sequence[City], *, own: Event | None = None) -> Markup:
    """Return the result for each row: place with its precision, local time with its zone, and what was left out.

    `own` is the form's own event, which is listed first.
    """
    if not cities:
        return Markup()
    rows = [_row(city) for city in cities]
    if own is not None:
        rows.insert(0, (0, *_head_and_facts(own), []))
    return render("city_list.html", rows=rows)


def _row(city: City) -> tuple[int, Markup, Markup, list[str]]:
    event = city.draft.event
    notes = [*city.notes, *(city.draft.errors.values() if event is None else ())]
    if city.repeats:
        notes.append(tr("This row is there twice; it is sent once."))
    if event is None:
        return city.number, bold(bdi(city.row.city)), Markup(), notes
    is_ambiguous = isinstance(city.draft.answer, Ambiguous | Suggested)
    return city.number, *_head_and_facts(event, is_ambiguous=is_ambiguous), notes


def _head_and_facts(event: Event, *, is_ambiguous: bool = False) -> tuple[Markup, Markup]:
    where = [bold(place_in_words(event.place, event.location))]
    if event.place.venue:
        where.append(bdi(event.place.venue))
    known = tr(PLACE_NOTES[event.location.precision]) if event.location else tr("not found on the map")
    if event.location is None and is_ambiguous:
        known = tr("please choose which place is meant")
    return one_line(where), one_line((known, date_in_words(event.when)))


def _open() -> None:
    form().counts[CITIES] = 1


def _example() -> str:
    return ", ".join(tr(_LABELS[name]) for name in ("city", "venue", "time", "organiser"))


def _take_pasted() -> None:
    text = str(st.session_state.get(_PASTE) or "")
    if not text.strip():
        return
    try:
        pasted = read_cities(text, labels={tr(label): name for name, label in _LABELS.items()})
    except InvalidEventError as err:
        set_errors({**shown_errors(), CITIES: err.user_message})
        return
    set_errors({name: sentence for name, sentence in shown_errors().items() if name != CITIES})
    fields()[CITIES] = write_cities([*kept_cities(fields().get(CITIES, "")), *pasted.rows])
    form().city_remarks = pasted.remarks
    st.session_state[_PASTE] = ""


def _render_table() -> None:
    kept = fields().get(CITIES, "")
    state: dict[str, str] = st.session_state.setdefault("cities_base", {})
    # Create a new widget, without its pending edits, if the text was changed elsewhere.
    if state.get("token") != form().token or state.get("now", "") != kept:
        state.update(token=form().token, base=kept, now=kept)
    base = state["base"]
    key = f"cities_{hashlib.sha256((form().token + base).encode()).hexdigest()[:12]}"
    rows = [astuple(row) for row in kept_cities(base)]
    shown = [name for name in COLUMNS if name != "zone" or any(row[-1] for row in rows)]
    edited = st.data_editor(
        pd.DataFrame(rows, columns=list(COLUMNS), dtype="string"),
        key=key,
        num_rows="dynamic",
        hide_index=True,
        width="stretch",
        column_order=shown,
        column_config={
            name: st.column_config.TextColumn(tr(label), max_chars=MAX_NAME, width=_WIDTHS.get(name))
            for name, label in _LABELS.items()
        },
    )
    lines = edited.astype("object").where(edited.notna(), "").to_numpy().tolist()
    found = [CityRow(*(str(cell).strip() for cell in line)) for line in lines]
    fields()[CITIES] = state["now"] = write_cities([row for row in found if any(astuple(row))])


def _render_choices(cities: Sequence[City]) -> None:
    """Ask about each ambiguous text once, even if several rows contain it."""
    asked: dict[tuple[str, str], City] = {}
    for city in cities:
        if isinstance(city.draft.answer, Ambiguous | Suggested) or (
            isinstance(city.draft.answer, Located) and city.draft.to_check is not None
        ):
            asked.setdefault((city.fields["place_text"], city.fields.get("country", "")), city)
    for (text, country), city in asked.items():
        candidates = candidates_of(city.draft.answer)
        if not candidates:
            continue
        st.selectbox(
            tr("Which “{place}” is meant?", place=spoken_label(text)),
            range(len(candidates)),
            chosen_of(city.draft.answer, city.fields),
            key=_choice_key(text, country),
            format_func=lambda index, found=candidates: found[index].label,
            placeholder=tr("Choose an option"),
            on_change=_choose,
            args=(_choice_key(text, country), city.fields, candidates),
            filter_mode="contains",
        )


def _choice_key(text: str, country: str) -> str:
    return f"cities_place_{country}_{text}"


def _choose(key: str, texts: Mapping[str, str], candidates: Sequence[Candidate]) -> None:
    index = st.session_state[key]
    if index is not None:
        fields()[CITY_CHOICES] = with_choice(fields().get(CITY_CHOICES, ""), name_choice(candidates[index], texts))
