"""HTML templates of the pages, the event card and the single file; every text put into one is escaped.

The rooms above say what goes in; nothing here reads an event, a setting or a request.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import orjson
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

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
