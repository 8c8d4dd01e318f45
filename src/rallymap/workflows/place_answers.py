"""The candidates that a form offers for a place text, and the chosen one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from rallymap.intake.filled_form import CHOSEN_PLACE, choice_text
from rallymap.places import Answer, Candidate, Located, Resolver
from rallymap.places import candidates_of as candidates_of_answer
from rallymap.workflows.locations import LOW_CONFIDENCE

MOST_SUGGESTIONS = 5


@dataclass(frozen=True, slots=True)
class Suggested:
    """No place has this name, but some names start with it; only a person's choice sets the event's place."""

    query: str
    candidates: tuple[Candidate, ...]


def find_place(resolver: Resolver, text: str, country: str = "") -> Answer | Suggested | None:
    """Geocode a place text offline; None for an empty text.

    A text that matches no place is treated as a prefix of a name that is still being typed.
    """
    if not text.strip():
        return None
    answer = resolver.resolve(text, country=country or None)
    sure = isinstance(answer, Located) and answer.candidate.confidence >= LOW_CONFIDENCE
    if sure or _has_a_name_like(text, candidates_of(answer)):
        return answer
    suggested = resolver.suggest(text, limit=MOST_SUGGESTIONS, country=country or None)
    return Suggested(text, tuple(suggested)) if suggested else answer


def candidates_of(answer: Answer | Suggested | None) -> tuple[Candidate, ...]:
    """Return the candidates of an answer, most likely first."""
    match answer:
        case None:
            return ()
        case Suggested(candidates=candidates):
            return candidates
        case _:
            return candidates_of_answer(answer)


def name_choice(candidate: Candidate, fields: Mapping[str, str]) -> str:
    """Return the value of the field ``place_chosen`` for the chosen candidate and the form's place text."""
    country, text = fields.get("country", ""), fields.get("place_text", "").strip()
    return choice_text(candidate.lat, candidate.lon, candidate.precision, country=country, text=text)


def chosen_of(answer: Answer | Suggested | None, fields: Mapping[str, str]) -> int | None:
    """Return the index of the candidate that a person chose, or None.

    A choice only counts for the text it was made for, and while it is among the candidates. People may choose while
    typing the last word: further letters of that word keep the choice.
    """
    chosen, _, words = fields.get(CHOSEN_PLACE, "").partition(": ")
    text = fields.get("place_text", "").strip()
    if not chosen or not text.startswith(words) or not re.fullmatch(r"\w*", text.removeprefix(words)):
        return None
    names = [name_choice(candidate, fields).partition(": ")[0] for candidate in candidates_of(answer)]
    return names.index(chosen) if chosen in names else None


def _has_a_name_like(text: str, candidates: tuple[Candidate, ...]) -> bool:
    """Return whether the text is a complete name rather than a prefix that resembles other names."""
    return any(candidate.name.casefold() in text.casefold() for candidate in candidates)
