"""Links to the citation of a page in the formats of reference managers."""

from __future__ import annotations

from markupsafe import Markup

from rallymap.exports.references import REFERENCE_FORMATS
from rallymap.language import tr
from rallymap.templates import fill


def reference_links(path: str, query: str = "") -> Markup:
    """Return a sentence with a link for each format.

    Parameters
    ----------
    path
        Path of the files without their extension.
    query
        Their query string, without "?".
    """
    link = Markup('<a href="{}.{}{}" download>{}</a>')
    links = (
        link.format(path, ending, f"?{query}" if query else "", name)
        for ending, (name, _, _) in REFERENCE_FORMATS.items()
    )
    # Translators: programs that collect what one cites, such as Zotero; {formats} are links to files: "BibTeX · RIS".
    return fill(tr("For reference managers: {formats}"), formats=Markup(" · ").join(links))
