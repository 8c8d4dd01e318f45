"""The pin of the form's map: it follows the place text; a contradiction is shown at the coordinates."""

from __future__ import annotations

from rallymap.countries import english_country_name
from rallymap.errors import InvalidEventError
from rallymap.intake.coordinates import parse_coordinates
from rallymap.language import tr
from rallymap.places import Answer, Candidate, Located, Resolver
from rallymap.ui.paragraphs import paragraph
from rallymap.ui.submit.fields import fields, set_field, shown_errors
from rallymap.workflows.pin_check import contradiction_of_pin
from rallymap.workflows.point_agreement import Point

# Stored among the form's fields to share their lifetime; code that parses the form ignores these names.
_DRAGGED, _FOLLOWS = "form_pin_dragged", "form_pin_follows"


def pin_point() -> Point | None:
    """Return the point in the coordinates field; None if it is empty or cannot be parsed."""
    return _read_point(fields().get("coordinates", ""))


def drop_pin(lat: float, lon: float) -> None:
    """Store the point where a visitor dropped the pin."""
    text = f"{lat:.5f}, {lon:.5f}"
    fields()[_DRAGGED] = text
    set_field("coordinates", text)


def follow_place(answer: Answer | None, picked: Candidate | None) -> str:
    """Update the pin after the place text changed; return a message about it, or "".

    Only a pin dropped on the map is moved: typed coordinates stay, and :func:`render_contradiction` reports the
    conflict. A pin returns with the place it was set for. Call this before the coordinates field is rendered.

    Parameters
    ----------
    answer
        The geocoded place text; None if it has no meaning yet.
    picked
        The candidate that the organiser chose, or None.
    """
    kept = fields()
    at = f"{picked.lat:.4f}, {picked.lon:.4f}" if picked else ""
    place = "|".join((kept.get("place_text", ""), kept.get("country", ""), at))
    if _FOLLOWS not in kept:
        # The coordinates that a form starts with count as a pin.
        kept[_FOLLOWS], kept[_DRAGGED] = place, kept.get("coordinates", "")
    if kept[_FOLLOWS] == place:
        return ""
    kept[_FOLLOWS] = place
    dragged, now = kept.get(_DRAGGED, ""), kept.get("coordinates", "")
    point = _read_point(dragged)
    if point is None or now not in ("", dragged):
        return ""
    contradicts = bool(contradiction_of_pin(point, answer, picked, country=fields().get("country", "")))
    if contradicts and now:
        set_field("coordinates", "")
        return tr("The pin moved to the new place.")
    if not contradicts and not now and (picked is not None or isinstance(answer, Located)):
        set_field("coordinates", dragged)
    return ""


def render_contradiction(answer: Answer | None, picked: Candidate | None) -> None:
    """Show at the coordinates field that they contradict the place text; skip it if they agree."""
    point = pin_point()
    sentence = contradiction_of_pin(point, answer, picked, country=fields().get("country", "")) if point else ""
    if sentence and shown_errors().get("coordinates") != sentence:
        paragraph(sentence, "rm-error", role="alert")


def view_of_country(resolver: Resolver, country: str) -> tuple[float, float, float] | None:
    """Return latitude, longitude and radius in metres of a country; None for no country."""
    answer = resolver.resolve(english_country_name(country)) if country else None
    if not isinstance(answer, Located) or answer.candidate.country != country:
        return None
    return answer.candidate.lat, answer.candidate.lon, answer.candidate.radius_m


def _read_point(text: str) -> Point | None:
    try:
        return parse_coordinates(text)
    except InvalidEventError:
        return None
