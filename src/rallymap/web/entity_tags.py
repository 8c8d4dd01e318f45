"""Entity tags of public answers, and conditional requests (RFC 9110, sections 8.8.3 and 13.1.2)."""

from __future__ import annotations

import hashlib
import re

from starlette.requests import Request

from rallymap import __version__
from rallymap.assets import asset_version
from rallymap.language import ENGLISH, current_language, languages, own_folder, wording_version
from rallymap.query.snapshot import Snapshot
from rallymap.settings import Settings

_TAG = re.compile(r'(?:W/)?("[^"]*")')


def state_of(settings: Settings, snapshot: Snapshot, *more: object) -> str:
    """Return a hash of everything that determines answers in the current language.

    It changes with the data, the version of rallymap, the settings that appear in answers, and the translations, so
    that clients also get a new site name or licence.

    Parameters
    ----------
    more
        What else an answer depends on, such as the day.
    """
    language = current_language()
    said = (
        *(snapshot.version, __version__, asset_version(), settings.site_facts(language.code)),
        # The parts of an answer for programs, such as JSON-LD, are English in every language.
        *(language.code, wording_version(language), wording_version(ENGLISH)),
        *(tuple(one.code for one in languages(own_folder())), more),
    )
    return hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def tag_of(request: Request, state: str) -> str:
    """Return the entity tag of the answer at the request's URL; weak, because answers are also sent compressed.

    Two URLs never share a tag, so a client that knows the tag has received this very answer.
    """
    address = hashlib.sha256(str(request.url).encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f'W/"{state}{address}"'


def matches_tag(request: Request, tag: str) -> bool:
    """Return whether ``If-None-Match`` contains the tag; weak and strong tags compare as equal."""
    [own] = _TAG.findall(tag)
    return own in _TAG.findall(request.headers.get("if-none-match", ""))


def is_not_modified(request: Request, tag: str) -> bool:
    """Return whether an existing answer need not be sent: ``If-None-Match`` contains its tag or ``*``."""
    return request.headers.get("if-none-match", "").strip() == "*" or matches_tag(request, tag)
