"""A visitor without a browser: opens a page of the running app over its WebSocket, reads it and clicks buttons.

Uses Streamlit's own protocol (protobuf messages ``BackMsg`` and ``ForwardMsg``), like the page in a browser.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any, Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

ANSWER_S = 60.0


class PageClient:
    """One open page.

    Parameters
    ----------
    url
        URL of the site, ``http://localhost:8501``.
    page
        Path of the page: ``add``, ``review`` ...
    query
        The query string, without ``?``.
    cookie
        Value of the ``Cookie`` header, or "".

    Attributes
    ----------
    texts
        HTML of the page's parts from the latest run.
    query
        The query string after the latest run.
    """

    def __init__(self, url: str, page: str, query: str = "", *, cookie: str = "") -> None:
        self._socket = connect(
            f"{url.replace('http', 'ws', 1)}/_stcore/stream",
            additional_headers={"Cookie": cookie} if cookie else None,
            subprotocols=["streamlit"],  # type: ignore[list-item]
            max_size=None,
            open_timeout=ANSWER_S,
        )
        self._address = f"{url}/{page}"
        self._page = page
        self._hash = ""
        self._ids: dict[str, str] = {}
        self.query = query
        self.texts: list[str] = []

    def __enter__(self) -> Self:
        self._socket.__enter__()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _err: BaseException | None, _at: TracebackType | None
    ) -> None:
        self._socket.__exit__(_kind, _err, _at)

    def run(
        self,
        pressed: str = "",
        values: Mapping[str, str | Sequence[str]] | None = None,
        *,
        ids: Mapping[str, str] | None = None,
    ) -> None:
        """Run the page, as after opening its URL, filling in fields or clicking a button, and read its output.

        Parameters
        ----------
        pressed
            Key of the button, "" for none.
        values
            What is filled in, by key: a text, or the labels of the pills that are chosen.
        ids
            Ids of widgets by key, as another page has them; by default those of this page. A forged request names
            widgets that its page does not show.

        Raises
        ------
        websockets.exceptions.ConnectionClosed
            If the server stops.
        KeyError
            If the page has no such button.
        """
        message = BackMsg()
        state = message.rerun_script
        state.query_string, state.page_name, state.page_script_hash = self.query, self._page, self._hash
        state.context_info.url = self._address
        state.context_info.timezone = "UTC"
        state.widget_states.SetInParent()
        known = self._ids if ids is None else ids
        for key, value in (values or {}).items():
            widget = state.widget_states.widgets.add()
            widget.id = known[key]
            if isinstance(value, str):
                widget.string_value = value
            else:
                widget.string_array_value.data.extend(value)
        if pressed:
            widget = state.widget_states.widgets.add()
            widget.id, widget.trigger_value = known[pressed], True
        self._socket.send(message.SerializeToString())
        self._read()

    @property
    def keys(self) -> list[str]:
        """Keys of the widgets on the page."""
        return list(self._ids)

    @property
    def ids(self) -> dict[str, str]:
        """Ids of the widgets on the page, by key."""
        return dict(self._ids)

    def _read(self) -> None:
        """Read until no run is active; a run that requests another one is followed by it."""
        end = time.monotonic() + ANSWER_S
        while True:
            message = ForwardMsg()
            message.ParseFromString(self._socket.recv(timeout=max(0.0, end - time.monotonic())))
            match message.WhichOneof("type"):
                case "new_session":
                    self._ids, self.texts = {}, []
                case "navigation":
                    self._hash = message.navigation.page_script_hash
                case "page_info_changed":
                    self.query = message.page_info_changed.query_string
                case "delta" if message.delta.WhichOneof("type") == "new_element":
                    self._see(message.delta.new_element)
                case "script_finished" if message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                    return
                case _:
                    pass

    def _see(self, element: Any) -> None:
        kind = element.WhichOneof("type")
        part = getattr(element, kind)
        if kind == "html":
            self.texts.append(part.body)
        widget_id = str(getattr(part, "id", ""))
        # An id is "$$ID-<hash>-<key>".
        if widget_id.startswith("$$ID-"):
            self._ids[widget_id.split("-", 2)[2]] = widget_id
