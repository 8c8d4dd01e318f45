"""Translate Streamlit's own texts, which are in English only."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from rallymap.language import ENGLISH, current_language, digits, mark, number_separators, tr
from rallymap.templates import json_in_script

# Translators: these are on parts that come with the page's software: menus, fields, files, the calendar.
WORDS: Final = (
    mark("App pages"),
    mark("Skip to main content"),
    # Translators: a button that opens the choice of a file.
    mark("Upload"),
    mark("Drag and drop a file here"),
    mark("Drag and drop files here"),
    # Translators: {size} is a size such as "10MB".
    mark("{size} per file"),
    mark("Choose an option"),
    mark("Choose options"),
    mark("No results"),
    mark("No results to show"),
    mark("Select all"),
    mark("Choose date"),
    mark("Choose date range"),
    mark("Calendar"),
    mark("Previous month"),
    mark("Next month"),
    mark("Press Enter to apply"),
    mark("Press Enter to submit form"),
    mark("Press {key}+Enter to apply"),
    mark("Press {key}+Enter to submit form"),
    # Translators: {name} is the label of a field or chart that the help is about.
    mark("Help for {name}"),
    mark("Help"),
    # Translators: {name} is a value that was chosen, or a file.
    mark("Remove {name}"),
    mark("Clear value"),
    mark("Clear selection"),
    mark("Clear all"),
    mark("Close"),
    mark("Open"),
    mark("Search"),
    mark("Fullscreen"),
    mark("Close fullscreen"),
    mark("Exit fullscreen"),
    mark("Show data"),
    mark("Show chart"),
    mark("Download as CSV"),
    mark("Download as PNG"),
    mark("Download as SVG"),
    mark("Copy Vega-Lite spec"),
    mark("Copy to clipboard"),
    mark("Copied"),
    mark("Copied!"),
    mark("Show password"),
    mark("Hide password"),
    # Translators: a button that ends the work that is under way.
    mark("Stop"),
    # Translators: a button that draws the page again.
    mark("Rerun"),
    # Translators: the page is being drawn.
    mark("Running..."),
    mark("Loading..."),
    mark("Please wait..."),
    mark("Connecting"),
    mark("Connection error"),
    mark("Connection timed out."),
    mark("Table"),
    mark("Clear entry"),
    # Translators: buttons that make a number larger or smaller.
    mark("Increment"),
    mark("Decrement"),
    # Translators: {kind} of a file is such as "image/webp", {size} such as "10MB".
    mark("{kind} files are not allowed."),
    mark("File must be {size} or smaller."),
    mark("Only one file is allowed."),
    mark("Unexpected error. Please try again."),
    # Translators: from here on, the tools and menus of a table: its rows, columns and search.
    mark("Add row"),
    mark("Delete row(s)"),
    mark("Show/hide columns"),
    mark("Dataframe column menu"),
    mark("Copy column name"),
    mark("Sort ascending"),
    mark("Sort descending"),
    mark("Pin column"),
    mark("Unpin column"),
    mark("Hide column"),
    # Translators: makes a column as wide as what is in it.
    mark("Autosize"),
    # Translators: how the numbers of a column are written.
    mark("Format"),
    mark("Statistics"),
    # Translators: what a column holds: how many cells have a value, are empty, how many values differ.
    mark("Values"),
    mark("Empty"),
    mark("Distinct"),
    mark("Minimum"),
    mark("Maximum"),
    mark("Average"),
    mark("Median"),
    mark("Minimum length"),
    mark("Maximum length"),
    mark("Average length"),
    mark("No data"),
    mark("Type to search"),
    mark("Next Result"),
    mark("Previous Result"),
    mark("Close Search"),
)
"""The English texts of Streamlit 1.5x's scripts; a text that a new version changes stays English until it is added
here."""

_NUMBER_SIGNS: Final = "0123456789."


def streamlit_words() -> Markup:
    """Return the element with Streamlit's own texts in the visitor's language, "" in English.

    `assets/page/streamlit_words.js` reads it before Streamlit draws anything.
    """
    if current_language().code == ENGLISH.code:
        return Markup()
    said = {word: tr(word) for word in WORDS}
    said[_NUMBER_SIGNS] = digits(_NUMBER_SIGNS[:-1]) + number_separators()["decimal"]
    return Markup('<script type="application/json" id="rm-words">{}</script>').format(json_in_script(said))
