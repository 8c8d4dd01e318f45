"""The points of a march's route in the form: as places or coordinates, and as a line on the map."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from rallymap.events import MAX_NAME, MAX_WAYPOINTS, Event, Kind
from rallymap.intake.routes import field_of_point
from rallymap.language import digits, tr
from rallymap.ui.paragraphs import paragraph
from rallymap.ui.plain import row_label
from rallymap.ui.submit.fields import fields, set_field, text_field
from rallymap.ui.submit.form_access import move_focus
from rallymap.ui.submit.form_state import form
from rallymap.views.pick_map import RoutePoint
from rallymap.workflows.form_events import sketch_route
from rallymap.workflows.services import Services

_GROUP = "route"
_NUMBERS = range(1, MAX_WAYPOINTS + 1)


def route_on_map(services: Services, before: Event | None) -> list[RoutePoint]:
    """Return the located points of the route for the form's map; `before` is the event to change."""
    texts = _texts()
    points = sketch_route(services.resolver, fields(), before.route if before is not None else ())
    return [
        RoutePoint(point.location.lat, point.location.lon, _spoken(number, texts), number)
        for number, point in points.items()
        if point.location is not None
    ]


def show_point(number: int) -> None:
    """Go to the field of a point of the route."""
    move_focus(f"field:{field_of_point(number)}")


def render_route(located: Sequence[RoutePoint]) -> None:
    """Render a field per point, from start to end, with buttons to move, remove and add points; only for marches.

    Parameters
    ----------
    located
        The points that are on the map.
    """
    texts = _texts()
    if fields().get("kind") != Kind.MARCH and not any(texts):
        return
    if texts:
        said = tr(
            "Route: streets and squares that our list knows are drawn as a line; or give coordinates, such as "
            "59.9130, 10.7402. Other points stay in words."
        )
        paragraph(said, "rm-found")
    for index in range(len(texts)):
        _render_point(index, len(texts))
        if located and texts[index] and all(point.number != index + 1 for point in located):
            paragraph(tr("This point is not on the map; its words are kept."), "rm-found")
    if len(texts) < MAX_WAYPOINTS:
        label = tr("Add a point of the route") if texts else tr("Add the route: start and end")
        more = ["", ""] if not texts else [""]
        st.button(label, key="more_route", on_click=lambda: _write([*_texts(), *more]), type="tertiary")


def _render_point(index: int, count: int) -> None:
    label = _label(index, count)
    point, moves = st.columns([3, 2], vertical_alignment="bottom")
    with point:
        example = "Stortinget" if index == 0 else "Youngstorget"
        text_field(field_of_point(index + 1), label, max_length=MAX_NAME, placeholder=example)
    with moves, st.container(key=f"route_moves_{index}", horizontal=True):
        # Translators: a button next to a point of a route: it comes one earlier.
        up = row_label(tr("Move up"), label)
        # Translators: a button next to a point of a route: it comes one later.
        down = row_label(tr("Move down"), label)
        st.button(up, key=f"route_up_{index}", disabled=index == 0, on_click=_move, args=(index, index - 1))
        st.button(down, key=f"route_down_{index}", disabled=index == count - 1, on_click=_move, args=(index, index + 1))
        remove = row_label(tr("Remove"), label)
        st.button(remove, key=f"route_remove_{index}", on_click=_remove, args=(index,))


def _label(index: int, count: int) -> str:
    if index == 0:
        return tr("Start of the route")
    if index == count - 1:
        return tr("End of the route")
    return tr("Point {n} of the route", n=digits(index + 1))


def _texts() -> list[str]:
    """Return the texts of the point fields, including empty ones."""
    texts = [fields().get(field_of_point(number), "") for number in _NUMBERS]
    filled = max((number for number, text in zip(_NUMBERS, texts, strict=True) if text), default=0)
    return texts[: max(filled, form().counts.get(_GROUP, 0))]


def _write(texts: Sequence[str]) -> None:
    before = len(_texts())
    form().counts[_GROUP] = len(texts)
    for number in range(1, max(before, len(texts)) + 1):
        set_field(field_of_point(number), texts[number - 1] if number <= len(texts) else "")


def _move(index: int, to: int) -> None:
    """Swap two points; the keyboard focus follows the moved point."""
    texts = _texts()
    texts[to], texts[index] = texts[index], texts[to]
    _write(texts)
    show_point(to + 1)


def _remove(index: int) -> None:
    texts = _texts()
    left = texts[:index] + texts[index + 1 :]
    _write(left if len(left) > 1 or any(left) else [])
    if _texts():
        show_point(min(index + 1, len(left)))


def _spoken(number: int, texts: Sequence[str]) -> str:
    return tr("{label}: {place}", label=_label(number - 1, len(texts)), place=texts[number - 1])
