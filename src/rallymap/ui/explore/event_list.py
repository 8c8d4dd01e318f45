"""The list of events: each row is a button."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st
from markupsafe import Markup

from rallymap.language import number, trn
from rallymap.ui.explore.list_rows import ListRow
from rallymap.ui.explore.row_languages import mark_row_languages


def render_list(
    part: str,
    heading: str,
    rows: Sequence[ListRow],
    *,
    total: int,
    chosen: str | None,
    choose: Callable[[str], None],
    more: Callable[[], None],
) -> None:
    """Render a button per event inside the caller's card; skip the part if it has no events.

    Parameters
    ----------
    part
        Name of this part of the list, unique on the page.
    heading
        Heading above the rows, followed by `total`; "" omits both.
    rows
        Rows of the public events, in display order.
    total
        Number of all events; if it is larger than the number of rows, a button offers the others.
    chosen
        Id of the open event, whose row is highlighted, or None.
    choose
        Called with the event's id when its row is clicked.
    more
        Called by "Show more".
    """
    if not rows:
        return
    if heading:
        st.html(Markup('<h3 class="rm-list-part">{}<span>{}</span></h3>').format(heading, number(total)))
    for row in rows:
        name = f"row-{row.kind}--{row.id}"
        if row.id == chosen:
            # Ids contain only lower-case letters, digits and hyphens, so they are safe in a CSS selector.
            st.html(f"<style>.st-key-{name} button {{ background: var(--tint) !important; }}</style>")
        st.button(row.label, key=name, width="stretch", on_click=choose, args=(row.id,))
    mark_row_languages(part, rows)
    if total > len(rows):
        label = trn("Show more ({n} left)", "Show more ({n} left)", total - len(rows))
        st.button(label, key=f"more-{part}", width="stretch", on_click=more)
