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

# Kept among the form's fields, so that they come and go with the form; code that reads the form ignores these names.
_DRAGGED, _FOLLOWS = "form_pin_dragged", "form_pin_follows"


def pin_point() -> Point | None:
    """Return where the coordinates field puts the pin, or None while it is empty or cannot be read."""
    return _read_point(fields().get("coordinates", ""))


def drop_pin(lat: float, lon: float) -> None:
    """Note where somebody put the pin on the map."""
    text = f"{lat:.5f}, {lon:.5f}"
    fields()[_DRAGGED] = text
    set_field("coordinates", text)


def follow_place(answer: Answer | None, picked: Candidate | None) -> str:
    """Move the pin to the place text once that has become another place; return a sentence about it, or "".

    Only a pin from the map moves: coordinates that somebody typed stay, and :func:`render_contradiction` says what is
    wrong. A pin is shown again with the place that it was set for. Call this before the coordinates field is drawn.

    Parameters
    ----------
    answer
        What the place text means; None where it means nothing yet.
    picked
        The place that the organiser chose, or None.
    """
    kept = fields()
    at = f"{picked.lat:.4f}, {picked.lon:.4f}" if picked else ""
    place = "|".join((kept.get("place_text", ""), kept.get("country", ""), at))
    if _FOLLOWS not in kept:
        # What a form starts with was a pin, or is one now.
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
    """Show at the coordinates field that they contradict the place text; nothing where they agree."""
    point = pin_point()
    sentence = contradiction_of_pin(point, answer, picked, country=fields().get("country", "")) if point else ""
    if sentence and shown_errors().get("coordinates") != sentence:
        paragraph(sentence, "rm-error", role="alert")


def view_of_country(resolver: Resolver, country: str) -> tuple[float, float, float] | None:
    """Return latitude, longitude and radius in metres of a country, or None for no country."""
    answer = resolver.resolve(english_country_name(country)) if country else None
    if not isinstance(answer, Located) or answer.candidate.country != country:
        return None
    return answer.candidate.lat, answer.candidate.lon, answer.candidate.radius_m


def _read_point(text: str) -> Point | None:
    try:
        return parse_coordinates(text)
    except InvalidEventError:
        return None
