"""What a visitor's session holds of a form: texts, errors, the draft that keeps them, the chosen picture.

Streamlit forgets the state of a widget that is not drawn, so the texts are kept here and are given back to each widget
when its step is drawn again. A session can hold several forms: a new event, and changes of one's own events.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import streamlit as st

from rallymap.pictures import CleanPicture
from rallymap.store import new_draft_token

_FORMS, _CURRENT = "forms", "current_form"
STEP = "form_step"
"""Name under which a form's step is kept among its texts, so that a reload opens the same step."""


@dataclass
class FormState:
    """One form.

    Attributes
    ----------
    fields
        Every field as text, by field name.
    errors
        One sentence for each field that has an error, as found last.
    defaults
        What fields with a fixed choice say before anybody chooses.
    forced
        Texts that replace the widgets' own when they are drawn next.
    counts
        How many items a group shows, where more than its texts need.
    token
        Secret of the draft; the idempotency key is derived from it.
    revision, saved
        Of the draft as it was loaded or saved last; 0 and empty before that.
    opened
        When the form was begun.
    conflict
        "" while the draft is ours to save; ``changed`` or ``sent`` where another tab did that.
    problem
        Why the draft cannot be kept just now, or "".
    picture, is_picture_kept
        The one that was chosen, or None; and whether the draft has the same.
    city_remarks
        What was left out of rows that were pasted last.
    focus, focus_turn
        What takes the keyboard focus, and how often it was moved.
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
    conflict: str = ""
    problem: str = ""
    picture: CleanPicture | None = None
    is_picture_kept: bool = True
    city_remarks: tuple[str, ...] = ()
    focus: str = ""
    focus_turn: int = 0

    def has_changes(self) -> bool:
        """Return whether the texts differ from the draft, other than by choices that nobody made yet."""
        return any(
            text != self.saved.get(name, "") and not (name not in self.saved and text == self.defaults.get(name))
            for name, text in {**dict.fromkeys(self.saved, ""), **self.fields}.items()
        )


def use_form(name: str) -> FormState:
    """Make a form the one that this page's fields belong to, and return it."""
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
    """Begin a form again with these texts, as a form of its own."""
    before = use_form(name)
    # Widgets that are on the page take the new texts; all others get them as their defaults.
    forced = {field_name: texts.get(field_name, "") for field_name in before.fields}
    st.session_state[_FORMS][name] = FormState(fields=dict(texts), forced=forced)
    return form()


def end_form(name: str) -> None:
    """Forget a form."""
    st.session_state.get(_FORMS, {}).pop(name, None)
