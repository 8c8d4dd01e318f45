"""HTML templates of the pages, the event card and the single file; all inserted text is escaped.

Callers pass the values; nothing here reads an event, a setting or a request.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import orjson
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from rallymap.language import current_language, isolated, separator, tr, trc, trn


def render(template: str, **values: object) -> Markup:
    """Render a template of this package; the page's language is available as ``language``.

    Parameters
    ----------
    template
        File name of the template.
    values
        Values for the template. Texts are escaped; :class:`markupsafe.Markup` values are HTML and inserted as they are.

    Returns
    -------
    html
        HTML that is safe to insert into a page or another template.
    """
    # All texts were escaped when they were inserted.
    return Markup(_environment().get_template(template).render(language=current_language(), **values))  # noqa: S704


def fill(sentence: str, **values: object) -> Markup:
    """Insert HTML, such as a name between tags or a link, into the placeholders of a sentence; the rest is escaped.

    Parameters
    ----------
    sentence
        A sentence from ``tr`` without values.
    """
    return escape(sentence).format(**values)


def bdi(text: str) -> Markup:
    """Return a text that somebody wrote in its own direction, isolated from the surrounding text."""
    return Markup("<bdi>{}</bdi>").format(text)


def bold(text: str, *, is_written: bool = False) -> Markup:
    """Return a text in bold; with `is_written`, in its own direction."""
    own_direction = Markup(' dir="auto"') if is_written else ""
    return Markup("<b{}>{}</b>").format(own_direction, text)


def link(address: str, words: str, *, downloads: bool = False) -> Markup:
    """Return a link to a URL of this site, which opens in the same window or downloads a file."""
    download = " download" if downloads else ""
    return Markup('<a href="{}" target="_self"{}>{}</a>').format(address, download, words)


def link_out(address: str, words: str) -> Markup:
    """Return a link to another site that opens in a new window and sends no referrer."""
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(address, words)


def unbroken(code: str) -> Markup:
    """Prevent a line break in a short code with a hyphen, such as a receipt."""
    return Markup('<bdi class="rm-code">{}</bdi>').format(code)


def one_line(facts: Iterable[str]) -> Markup:
    """Return short facts on one line, each a text or HTML.

    In right-to-left text each is isolated: a number after a Latin word would change places with it.
    """
    return escape(separator()).join(Markup(isolated(escape(fact))) for fact in facts)  # noqa: S704


def json_in_script(value: object) -> Markup:
    """Return a value as JSON for a script element; "<", which could close the element, is escaped."""
    return Markup(orjson.dumps(value).decode().replace("<", "\\u003c"))  # noqa: S704


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, auto_reload=False
    )
    environment.globals.update(tr=tr, trc=trc, trn=trn, separator=separator)
    return environment
