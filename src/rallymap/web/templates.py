"""Our own small HTML pages: Jinja templates of this package, every text escaped, sentences in the reader's language."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from rallymap.language import current_language, tr, trc, trn


def render(template: str, **texts: object) -> str:
    """Fill a template of this package; the language is there as ``language``.

    Parameters
    ----------
    texts
        What the template names; escaped, but for what the template calls safe and for values of
        :class:`markupsafe.Markup`, which are HTML.
    """
    return _environment().get_template(template).render(language=current_language(), **texts)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, auto_reload=False
    )
    environment.globals.update(tr=tr, trc=trc, trn=trn)
    return environment
