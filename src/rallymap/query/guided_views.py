"""Guided views: filters with a name and a short description, for visitors who do not yet know what to look for.

An operator's table replaces the built-in views. Its columns are ``name``, ``about`` and ``link`` (a link to Explore, or
its part after "?"), one view per line.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs

from rallymap.language import mark, phrase, tr
from rallymap.query.filters import EventFilter
from rallymap.query.snapshot import Snapshot

FILE_NAME: Final = "guided_views.csv"
MOST: Final = 12
LONGEST_NAME: Final = 40
"""Characters of a name that its button shows."""
_COLUMNS: Final = ("name", "about", "link")
_DELIMITERS: Final = ",;\t"


@dataclass(frozen=True)
class GuidedView:
    """A filter with a name and a description.

    Attributes
    ----------
    name, about
        A few words, and about two sentences; built-in texts are translated with `tr`, an operator's are shown
        unchanged.
    wanted
        The filter.
    """

    name: str
    about: str
    wanted: EventFilter


def _ours(name: str, about: str, query: str) -> GuidedView:
    return GuidedView(name, about, EventFilter.from_query_params(parse_qs(query))[0])


BUILT_IN: Final = (
    _ours(
        # Translators: the slogan of the protests in Iran; use the form known in your language ("Jin, jiyan, azadî").
        mark("“Woman, Life, Freedom”"),
        mark(
            "After Mahsa Amini died in custody in Tehran in September 2022, Iranians abroad gathered "
            "under this slogan. Play the timeline to see the cities follow one another."
        ),
        "q=Woman, Life, Freedom",
    ),
    _ours(
        mark("Ukraine, each 24 February"),
        mark(
            "Ukrainians abroad gather on the anniversaries of the full-scale invasion of 24 February 2022. "
            "Zoom in on a city to see whether it gathered every year."
        ),
        "q=anniversary&community=Ukraine",
    ),
    _ours(
        # Translators: Tibetan Uprising Day.
        mark("Tibetans on 10 March"),
        mark(
            "Tibetans recall the uprising in Lhasa of 10 March 1959 on the same day everywhere. "
            "Some of these marches have been held for decades."
        ),
        "q=Uprising Day&community=Tibetans",
    ),
    _ours(
        mark("Hong Kong, from 2019 on"),
        mark(
            "Hong Kongers abroad gathered during the protests of 2019, and after the security law of June 2020. "
            "Compare the two years on the timeline."
        ),
        "community=Hong Kong&from=2019-06-01",
    ),
    _ours(
        mark("Belarus after August 2020"),
        mark(
            "After the presidential election of August 2020 Belarusians protested in their country and abroad. "
            "Many of these rallies were held in neighbouring countries."
        ),
        "community=Belarus&from=2020-08-01",
    ),
    _ours(
        mark("Myanmar after the coup"),
        mark(
            "After the army of Myanmar took power on 1 February 2021, people from there rallied abroad. "
            "Embassies and parliaments were the usual places."
        ),
        "community=Myanmar&from=2021-02-01",
    ),
)
"""Built-in views; their facts come from the bundled events."""
_BUILT_IN_TEXTS: Final = frozenset(text for view in BUILT_IN for text in (view.name, view.about))


def guided_views(home: Path) -> tuple[tuple[GuidedView, ...], tuple[str, ...]]:
    """Return the operator's views, or the built-in ones if the operator has no table.

    Parameters
    ----------
    home
        Folder that may contain the table.

    Returns
    -------
    views, complaints
        See :func:`read_guided_views`.
    """
    try:
        return read_guided_views((home / FILE_NAME).read_text("utf-8-sig"))
    except FileNotFoundError:
        return BUILT_IN, ()
    except (OSError, UnicodeDecodeError):
        return BUILT_IN, (
            phrase("{file} cannot be read; it is a CSV table in UTF-8. The usual views are shown.", file=FILE_NAME),
        )


def read_guided_views(table: str) -> tuple[tuple[GuidedView, ...], tuple[str, ...]]:
    """Parse an operator's table.

    Parameters
    ----------
    table
        CSV with the columns ``name``, ``about`` and ``link``.

    Returns
    -------
    views
        Views of the valid lines; empty for a table without lines.
    complaints
        One sentence for each line that is left out, or shown in part.
    """
    # Spreadsheets write semicolons where a comma separates the decimals, or tabs.
    head = table.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(table), delimiter=max(_DELIMITERS, key=head.count))
    if missing := [name for name in _COLUMNS if name not in (reader.fieldnames or ())]:
        needed = ", ".join(_COLUMNS)
        return (), (
            phrase(
                "{file} lacks the column {name}; it needs {needed}.", file=FILE_NAME, name=missing[0], needed=needed
            ),
        )
    views, complaints = list[GuidedView](), list[str]()
    for number, row in enumerate(reader, start=2):
        name, about, link = ((row[column] or "").strip() for column in _COLUMNS)
        wanted, problems = EventFilter.from_query_params(parse_qs(link.rpartition("?")[2]))
        where = {"file": FILE_NAME, "number": number}
        reason = problems[0] if problems else None
        if reason is None and name and wanted != EventFilter() and len(views) >= MOST:
            reason = phrase("At most {limit} views are shown.", limit=MOST)
        if reason is not None:
            complaints.append(phrase("{file}, line {number} is left out: {reason}", **where, reason=reason))
        elif not name or wanted == EventFilter():
            complaints.append(
                phrase(
                    "{file}, line {number} is left out: it needs a name, and a link that says which events it shows.",
                    **where,
                )
            )
        else:
            views.append(GuidedView(name, about, wanted))
            if len(name) > LONGEST_NAME:
                complaints.append(
                    phrase(
                        "{file}, line {number}: the name has more than {limit} characters; its button shows only the "
                        "beginning.",
                        **where,
                        limit=LONGEST_NAME,
                    )
                )
    return tuple(views), tuple(complaints)


@lru_cache(maxsize=1)
def views_with_events(views: tuple[GuidedView, ...], snapshot: Snapshot) -> tuple[GuidedView, ...]:
    """Return the views that match at least one public event of this snapshot."""
    return tuple(view for view in views if snapshot.select(view.wanted).total)


def view_text(text: str) -> str:
    """Translate a name or description of a built-in view; an operator's text is returned unchanged."""
    return tr(text) if text in _BUILT_IN_TEXTS else text
