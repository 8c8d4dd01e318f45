"""Validate and normalise web addresses that are shown as links."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, urlsplit

from rallymap.errors import InvalidEventError
from rallymap.language import digits, tr
from rallymap.visible_text import is_unseen, strip_unseen

MAX_URL = 2000
_MEETINGS = re.compile(
    r"""
    (?:[\w-]+\.)*zoom\.(?:us|com|com\.cn)/(?:j|s|w|my|wc)/       # Zoom: j, s, w: meeting and webinar; my: own room
    | teams\.(?:microsoft|live)\.(?:com|us)/(?:l/meetup-join|meet)/
    | meet\.google\.com/(?:lookup/)?[a-z]
    | (?:[\w-]+\.)+webex\.com/(?:meet|join|[\w-]+/j\.php|wbxmjs)
    | (?:meet\.jit\.si|8x8\.vc|whereby\.com|join\.skype\.com|(?:app\.)?gather\.town/app|meet\.goto\.com)/\w
    | (?:[\w-]+\.)+(?:gotomeeting|gotomeet)\.(?:com|me)/
    | (?:[\w-]+\.)+[a-z]+/(?:b|rooms)/[a-z0-9]{3}-[a-z0-9]{3}-[a-z0-9]{3}  # BigBlueButton
    | chat\.whatsapp\.com/\w | (?:t|telegram)\.me/(?:\+|joinchat/) | signal\.group/ | discord\.(?:gg|com/invite)/
    """,
    re.IGNORECASE | re.VERBOSE,
)
_BARE = re.compile(
    r"(?://)?((?:[^\W_](?:[\w-]*[^\W_])?\.)+([^\W\d_]{2,}|xn--[a-z0-9-]+)(?::\d{1,5})?)(?:[/?#].*)?", re.IGNORECASE
)
_ENDS_OF_FILES = frozenset(
    "csv doc docx eml gif htm html jpeg jpg msg odt pdf php png ppt pptx rtf txt webp xls xlsx".split()
)
"""File extensions; none of them is a top-level domain."""
_ALIKE = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN"})
"""Scripts with letters that look alike."""
_NOT_IN_LINKS = re.compile(r'[\s\x00-\x1f<>"`\\]')


def opens_meeting(url: str) -> bool:
    """Return whether an address lets anyone into a meeting or a closed group, by URL patterns of the services.

    Registration pages do not match, because they can be public.
    """
    parts = urlsplit(url)
    return bool(_MEETINGS.match(f"{parts.hostname or ''}{parts.path}"))


def with_scheme(url: str) -> str:
    """Add ``https://`` to a web address without a scheme (``www.example.org/news``).

    A text with a scheme, with a user name, or without a leading host name (``report.pdf``) is returned unchanged.
    """
    plain = strip_unseen(url)
    bare = _BARE.fullmatch(plain)
    if bare is None or bare[2].casefold() in _ENDS_OF_FILES:
        return url
    return f"https://{plain.removeprefix('//')}"


def clean_http_url(field: str, url: str) -> str:
    """Check that an address is a plain ``http`` or ``https`` address and return it without surrounding spaces.

    Other schemes (``javascript:``, ``data:``) would run in the reader's browser. They are rejected here, which every
    event passes, and not where links are rendered.

    Raises
    ------
    InvalidEventError
        If the scheme is not allowed, the host is missing, or the address contains a user name, space or control
        character.
    """
    url = strip_unseen(url)
    if not url:
        return ""
    if len(url) > MAX_URL:
        sentence = tr("This link is too long; at most {most} characters fit.", most=digits(MAX_URL))
        raise InvalidEventError(field, sentence, value=url[:80])
    try:
        parts = urlsplit(url)
        host = parts.hostname
        _ = parts.port
    except ValueError as err:
        raise InvalidEventError(
            field, tr("This link cannot be read; copy it again from the browser."), value=url
        ) from err
    if parts.scheme.lower() not in ("http", "https") or not host:
        raise InvalidEventError(field, tr("A source link starts with https:// or http:// and names a site."), value=url)
    if parts.username is not None or parts.password is not None:
        raise InvalidEventError(field, tr("A source link must not hold a user name or password."), value=url)
    if not (host.isascii() and host.isprintable()) and any(map(is_unseen, host)):
        raise InvalidEventError(field, tr("The site's name in this link contains an invisible character."), value=url)
    given = url
    if not host.isascii() and _is_deceptive(host):
        plain = _plain_site(host) + (f":{parts.port}" if parts.port is not None else "")
        url = url.replace(parts.netloc, plain, 1)
    # IDNA turns some characters into a space, such as "¨".
    if _NOT_IN_LINKS.search(given) or _NOT_IN_LINKS.search(url):
        raise InvalidEventError(
            field, tr("This link contains a space or a character that links do not have."), value=given
        )
    # Such characters can reorder the text around them, so that a link seems to point elsewhere; percent-encoding keeps
    # its target.
    return url if url.isascii() else "".join(quote(char) if is_unseen(char) else char for char in url)


def _is_deceptive(host: str) -> bool:
    """Return whether a host mixes look-alike scripts, or contains a character that looks like a dot or slash."""
    if not all(unicodedata.category(char)[0] in "LMN" or char in ".-" for char in host):
        return True
    scripts = ({unicodedata.name(char, "").partition(" ")[0] for char in label} for label in host.split("."))
    return any(len(found & _ALIKE) > 1 for found in scripts)


def _plain_site(host: str) -> str:
    """Return a host in ASCII, as browsers show deceptive ones; its target is unchanged."""
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return quote(host)
