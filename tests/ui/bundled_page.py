"""One page over the bundled events, for AppTest."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest


def open_page(name: str, *popovers: str, **parameters: str | list[str]) -> AppTest:
    """Run the script of this folder that draws one page alone, with these popovers open, for an address."""
    page = AppTest.from_file(str(Path(__file__).with_name(name)), default_timeout=60)
    for key in popovers:
        page.session_state[key] = True
    for key, value in parameters.items():
        page.query_params[key] = value
    page.run()
    assert [error.value for error in page.exception] == []
    return page


def html_of(page: AppTest) -> str:
    return "\n".join(element.proto.body for element in page.get("html"))
