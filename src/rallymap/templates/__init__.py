"""HTML templates of the pages, the event card and the single file; every text put into one is escaped.

Callers give the values; nothing here reads an event, a setting or a request.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import orjson
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from rallymap.language import current_language, separator, tr, trc, trn


def render(template: str, **values: object) -> Markup:
    """Fill a template of this package; the language of the page is there as ``language``.

    Parameters
    ----------
    template
        File name.
    values
        What the template names. Texts are escaped; values of :class:`markupsafe.Markup` are HTML and stay as they are.

    Returns
    -------
    html
        Safe to put into a page or another template.
    """
    # Every text was escaped on its way into the template.
    return Markup(_environment().get_template(template).render(language=current_language(), **values))  # noqa: S704


def fill(sentence: str, **values: object) -> Markup:
    """Put HTML, such as a name between tags or a link, into the places of a sentence; all else is escaped.

    Parameters
    ----------
    sentence
        As ``tr`` gives it when it is called without values.
    """
    return escape(sentence).format(**values)


def bdi(text: str) -> Markup:
    """Draw what somebody wrote in the direction of its own script, apart from the words around it."""
    return Markup("<bdi>{}</bdi>").format(text)


def bold(text: str, *, is_written: bool = False) -> Markup:
    """Draw words in bold; those that people wrote run in the direction of their own script."""
    own_direction = Markup(' dir="auto"') if is_written else ""
    return Markup("<b{}>{}</b>").format(own_direction, text)


def link(address: str, words: str, *, downloads: bool = False) -> Markup:
    """Draw a link to an address of this site, which opens in the same window or downloads a file."""
    download = " download" if downloads else ""
    return Markup('<a href="{}" target="_self"{}>{}</a>').format(address, download, words)


def link_out(address: str, words: str) -> Markup:
    """Draw a link to another site in a window of its own; that site does not learn where its visitor comes from."""
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(address, words)


def unbroken(code: str) -> Markup:
    """Keep a short code such as a receipt on one line, where its hyphen would let it break."""
    return Markup('<bdi class="rm-code">{}</bdi>').format(code)


def one_line(facts: Iterable[str]) -> Markup:
    """Draw short facts in one line, each a text or HTML."""
    return escape(separator()).join(facts)


def json_in_script(value: object) -> Markup:
    """Return a value as JSON for a script element; "<", the only way out of one, is written as an escape."""
    return Markup(orjson.dumps(value).decode().replace("<", "\\u003c"))  # noqa: S704


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, auto_reload=False
    )
    environment.globals.update(tr=tr, trc=trc, trn=trn, separator=separator)
    return environment
