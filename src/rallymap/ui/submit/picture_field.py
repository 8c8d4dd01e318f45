"""The form's picture: cleaned on upload, shown as the public will see it, stored with the draft."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from rallymap.errors import InvalidEventError, RateLimitError, StoreError
from rallymap.events import MAX_DESCRIPTION, Event, Picture
from rallymap.language import tr
from rallymap.pictures import MAX_BYTES, CleanPicture, clean_picture, data_url
from rallymap.ui.paragraphs import paragraph
from rallymap.ui.submit.draft import save_form_picture
from rallymap.ui.submit.fields import fields, set_errors, set_field, show_error, shown_errors, text_field
from rallymap.ui.submit.form_state import form
from rallymap.views.cards import picture_html
from rallymap.workflows.rate_limits import check_rate
from rallymap.workflows.services import Services

_ROUND, _WIDGET = "form_picture_round", "form_picture_file"
DESCRIPTION = "picture_description"
_NOT_STORED = "0" * 32
"""Id of a picture that is only previewed."""


def render_picture_field(services: Services, *, has_one: bool = False) -> None:
    """Render the upload field, or the picture with its description once it is uploaded.

    Parameters
    ----------
    has_one
        Whether the event already has a picture, which a new one would replace.
    """
    advice = tr(
        "Show crowds from behind, or banners; blur faces before you choose the picture. What the camera noted, "
        "such as place and time, is removed here. While the public sees only the city of an event to come, it "
        "does not see its picture."
    )
    paragraph(tr("Picture"), "rm-section")
    paragraph(advice, "rm-found", head=tr("Faces can put people at risk."))
    clean = form().picture
    if clean is None:
        _render_choice(services, has_one=has_one)
        return
    st.html(picture_html(_preview_picture(clean), data_url(clean)))
    text_field(
        DESCRIPTION,
        tr("What the picture shows"),
        max_length=MAX_DESCRIPTION,
        placeholder=tr("People with banners before the city hall, seen from behind"),
        help_text=tr("Read aloud to people who cannot see the picture."),
    )
    # Translators: another picture, or none.
    st.button(tr("Choose another or none"), key="picture_remove", type="tertiary", on_click=_forget, args=(services,))


def _render_choice(services: Services, *, has_one: bool) -> None:
    label = tr("Another picture (optional)") if has_one else tr("A picture (optional)")
    st.file_uploader(
        label,
        type=["jpg", "jpeg", "png", "webp"],
        key=_widget_key(),
        max_upload_size=MAX_BYTES // 1_000_000,
        on_change=_take_file,
        args=(services,),
    )
    show_error("picture")


def picture_errors() -> Mapping[str, str]:
    """Return the errors of the picture, by field; empty if there are none."""
    clean = form().picture
    if clean is None:
        return {}
    try:
        Picture(_NOT_STORED, fields().get(DESCRIPTION, ""), clean.width, clean.height)
    except InvalidEventError as err:
        is_empty = not fields().get(DESCRIPTION, "").strip()
        return {DESCRIPTION: tr("Please say in a few words what the picture shows.") if is_empty else err.user_message}
    return {}


def with_picture(event: Event) -> tuple[Event, str]:
    """Return an event with the uploaded picture, and the picture's URL for its card; "" for none."""
    clean = form().picture
    return (event.changed(picture=_preview_picture(clean)), data_url(clean)) if clean else (event, "")


def _forget(services: Services) -> None:
    """Delete the picture and its description, and clear the field."""
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1  # only a new key clears an upload field
    set_field(DESCRIPTION, "")
    save_form_picture(services, None)


def _take_file(services: Services) -> None:
    file = st.session_state[_widget_key()]
    found = {name: sentence for name, sentence in shown_errors().items() if name != "picture"}
    if file is not None:
        try:
            check_rate(services.db, "picture", st.context.ip_address or "", services.now())
            save_form_picture(services, clean_picture(file.getvalue()))
        except (InvalidEventError, RateLimitError, StoreError) as err:
            found["picture"] = err.user_message
    set_errors(found)


def _preview_picture(clean: CleanPicture) -> Picture:
    described = fields().get(DESCRIPTION, "").strip() or tr("The picture that you chose")
    return Picture(_NOT_STORED, described, clean.width, clean.height)


def _widget_key() -> str:
    return f"{_WIDGET}_{st.session_state.get(_ROUND, 0)}"
