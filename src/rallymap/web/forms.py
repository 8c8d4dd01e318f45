"""Read posted forms of a few short fields, with a limit on the whole request.

Starlette limits fields, but not the size of a request: a hundred megabytes of "&" are no field, and take 20 s of
processor time.
"""

from __future__ import annotations

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.types import Message


async def read_form(request: Request, *, max_fields: int, max_field_bytes: int, max_bytes: int) -> Mapping[str, str]:
    """Return the text fields of a form.

    Parameters
    ----------
    max_fields, max_field_bytes
        Maximum number of fields, and size of each as sent ("%41" is three bytes).
    max_bytes
        Maximum size of the request.

    Raises
    ------
    ValueError
        If the form is larger or malformed; the rest of the request is not read.
    """
    limited = _limited(request, max_bytes=max_bytes, max_fields=max_fields)
    try:
        form = await limited.form(max_files=0, max_fields=max_fields, max_part_size=max_field_bytes)
    except (HTTPException, MultiPartException) as err:
        raise ValueError("the form is too large or malformed") from err
    return {name: value for name, value in form.items() if isinstance(value, str)}


def _limited(request: Request, *, max_bytes: int, max_fields: int) -> Request:
    """Return the same request; reading more of it than a form can have raises a MultiPartException."""
    is_encoded = request.headers.get("content-type", "").lower().startswith("application/x-www-form-urlencoded")
    size = separators = 0

    async def receive() -> Message:
        nonlocal size, separators
        message = await request.receive()
        body = message.get("body", b"")
        size += len(body)
        separators += body.count(b"&") if is_encoded else 0
        if size > max_bytes or separators > max_fields:
            raise MultiPartException("too large")
        return message

    return Request(request.scope, receive)
