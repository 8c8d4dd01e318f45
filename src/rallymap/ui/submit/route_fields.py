"""The points of a march's route in the form: places in words or coordinates, which need no map."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from rallymap.events import MAX_NAME, MAX_WAYPOINTS, Kind
from rallymap.intake.routes import field_of_point
from rallymap.language import digits, tr
from rallymap.ui.submit.fields import fields, set_field, text_field
from rallymap.ui.submit.form_state import form

_GROUP = "route"
_NUMBERS = range(1, MAX_WAYPOINTS + 1)


def render_route() -> None:
    """Draw a field for each point, from start to end, with buttons that move, remove and add one; for marches."""
    texts = _texts()
    if fields().get("kind") != Kind.MARCH and not any(texts):
        return
    if texts:
        said = tr(
            "Route: streets and squares that our list knows are drawn as a line; or give coordinates, such as "
            "59.9130, 10.7402. Other points stay in words."
        )
        st.html(f'<p class="rm-found">{escape(said)}</p>')
    for index in range(len(texts)):
        _render_point(index, len(texts))
    if len(texts) < MAX_WAYPOINTS:
        label = tr("Add a point of the route") if texts else tr("Add the route: start and end")
        more = ["", ""] if not texts else [""]
        st.button(label, key="more_route", on_click=lambda: _write([*_texts(), *more]), type="tertiary")


def _render_point(index: int, count: int) -> None:
    point, moves = st.columns([2, 1], vertical_alignment="bottom")
    with point:
        example = "Stortinget" if index == 0 else "Youngstorget"
        text_field(field_of_point(index + 1), _label(index, count), most=MAX_NAME, placeholder=example)
    with moves, st.container(key=f"route_moves_{index}", horizontal=True):
        # Translators: a button beside a point of a route: it comes one earlier.
        up = tr("Move up")
        st.button(up, key=f"route_up_{index}", disabled=index == 0, on_click=lambda: _write(_swapped(_texts(), index)))
        st.button(tr("Remove"), key=f"route_remove_{index}", on_click=lambda: _write(_without(_texts(), index)))


def _label(index: int, count: int) -> str:
    if index == 0:
        return tr("Start of the route")
    if index == count - 1:
        return tr("End of the route")
    return tr("Point {n} of the route", n=digits(index + 1))


def _texts() -> list[str]:
    """Return what the fields of the points hold, also those that are still empty."""
    texts = [fields().get(field_of_point(number), "") for number in _NUMBERS]
    filled = max((number for number, text in zip(_NUMBERS, texts, strict=True) if text), default=0)
    return texts[: max(filled, form().counts.get(_GROUP, 0))]


def _write(texts: Sequence[str]) -> None:
    before = len(_texts())
    form().counts[_GROUP] = len(texts)
    for number in range(1, max(before, len(texts)) + 1):
        set_field(field_of_point(number), texts[number - 1] if number <= len(texts) else "")


def _swapped(texts: list[str], index: int) -> list[str]:
    texts[index - 1], texts[index] = texts[index], texts[index - 1]
    return texts


def _without(texts: list[str], index: int) -> list[str]:
    left = texts[:index] + texts[index + 1 :]
    return left if len(left) > 1 or any(left) else []
