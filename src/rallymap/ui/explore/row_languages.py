"""Set the `lang` of list titles that are not in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

import streamlit as st

from rallymap.ui.explore.list_rows import ListRow


def mark_row_languages(part: str, rows: Sequence[ListRow]) -> None:
    """Add the script for a part of the list if any of its titles is in another language than the page."""
    languages = {row.id: row.title_language for row in rows if row.title_language}
    if languages:
        _component()(key=f"row_languages_{part}", data={"languages": languages})


@cache
def _component() -> Callable[..., object]:
    # Created during a run, not at import: Streamlit finds the package's asset files only while its server runs.
    return st.components.v2.component("rallymap.row_languages", js="row_languages.js", isolate_styles=False)
