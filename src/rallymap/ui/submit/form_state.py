"""Session state of a form: texts, errors, the draft's token and revision, the chosen picture.

Streamlit discards the state of a widget that is not rendered, so the texts are kept here and passed to each widget when
its step is rendered again. A session can hold several forms: a new event, and changes of one's own events.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

import streamlit as st

from rallymap.pictures import CleanPicture
from rallymap.store import new_draft_token

_FORMS, _CURRENT = "forms", "current_form"
STEP = "form_step"
"""Key of the current step among a form's texts, so that a reload opens the same step."""


@dataclass
class FormState:
    """State of one form.

    Attributes
    ----------
    fields
        Every field as text, by field name.
    errors
        The current error message of each field that has one.
    defaults
        Initial values of fields with fixed options.
    forced
        Texts that replace the values of widgets at the next run.
    counts
        Number of items shown in a group, if it is more than its texts need.
    token
        Secret token of the draft; the idempotency key is derived from it.
    revision, saved
        Revision and texts of the draft as last loaded or saved; 0 and empty before that.
    opened
        When the form was started.
    opened_steps
        The steps that were opened last, the current one at the end.
    conflict
        "" while this tab may save the draft; ``changed`` or ``sent`` if another tab did so.
    problem
        Why the draft cannot be saved at the moment, or "".
    picture, is_picture_kept
        The chosen picture or None, and whether the draft contains it.
    city_remarks
        What was left out of the rows that were pasted last.
    focus, focus_turn
        What receives the keyboard focus, and how often the focus was moved.
    saving
        Held while the draft is saved: a run of the page that is slow to end can overlap with the next one.
    """

    fields: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    defaults: dict[str, str] = field(default_factory=dict)
    forced: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    token: str = field(default_factory=new_draft_token)
    revision: int = 0
    saved: dict[str, str] = field(default_factory=dict)
    opened: datetime | None = None
    opened_steps: list[str] = field(default_factory=list)
    conflict: str = ""
    problem: str = ""
    picture: CleanPicture | None = None
    is_picture_kept: bool = True
    city_remarks: tuple[str, ...] = ()
    focus: str = ""
    focus_turn: int = 0
    saving: Lock = field(default_factory=Lock)

    def has_changes(self) -> bool:
        """Return whether the texts differ from the draft, ignoring defaults that nobody changed."""
        return any(
            text != self.saved.get(name, "") and not (name not in self.saved and text == self.defaults.get(name))
            for name, text in {**dict.fromkeys(self.saved, ""), **self.fields}.items()
        )


def use_form(name: str) -> FormState:
    """Select the form that this page's fields belong to, and return it."""
    st.session_state[_CURRENT] = name
    return form()


def form() -> FormState:
    """Return the form that the page's fields belong to."""
    forms: dict[str, FormState] = st.session_state.setdefault(_FORMS, {})
    return forms.setdefault(st.session_state.get(_CURRENT, ""), FormState())


def has_form(name: str) -> bool:
    """Return whether the session holds a form of this name."""
    return name in st.session_state.get(_FORMS, {})


def start_form(name: str, texts: Mapping[str, str]) -> FormState:
    """Start a form with these texts, replacing one of the same name."""
    before = use_form(name)
    # Widgets on the page take the new texts now; all others get them as their defaults.
    forced = {field_name: texts.get(field_name, "") for field_name in before.fields}
    st.session_state[_FORMS][name] = FormState(fields=dict(texts), forced=forced)
    return form()


def end_form(name: str) -> None:
    """Delete a form."""
    st.session_state.get(_FORMS, {}).pop(name, None)
