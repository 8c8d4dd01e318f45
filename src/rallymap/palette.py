"""Colours and typefaces of all pages, maps, charts and files.

`tests/test_palette.py` compares them with files that cannot import Python: Streamlit's theme, the icon, and the map's
style sheet, which ``make bundle`` writes from :func:`map_style_sheet`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from markupsafe import Markup

_PAGES: Final = {
    "ink": ("#1d2430", "#e8ebef"),
    "soft": ("#5b6675", "#9aa5b3"),
    "line": ("#dfe3e8", "#2b333d"),
    "edge": ("#7b8696", "#7b8696"),
    "paper": ("#fbfaf7", "#12161b"),
    "card": ("#ffffff", "#1a2027"),
    "accent": ("#0b6e6e", "#58c2bd"),
    "on-accent": ("#ffffff", "#12161b"),
    "tint": ("#d9ecea", "#173534"),
    "warn": ("#a63a1e", "#f2a58c"),
    "warn-tint": ("#f8e7e0", "#3a2019"),
}
_KINDS: Final = {
    "rally": ("#0b6e6e", "#58c2bd"),
    "march": ("#b5521b", "#f0924f"),
    "vigil": ("#6a4fa3", "#b49be8"),
    "exhibition": ("#2f6db5", "#7fb0f0"),
    "conference": ("#97700a", "#e0b64a"),
    "picket": ("#a02c5a", "#ee8db4"),
    "performance": ("#3f7a2a", "#93cc7c"),
    "other": ("#5b6675", "#9aa5b3"),
}
_MAP: Final = {
    "sea": ("#e6edf2", "#0f1a22"),
    "land": ("#f7f4ec", "#1f2831"),
    "border": ("#d6cfc0", "#34414d"),
    "context": ("#b5521b", "#f0924f"),
    "heat-1": ("#bfe3de", "#1d4a4a"),
    "heat-2": ("#5fb5ae", "#2b8580"),
    "heat-3": ("#0b6e6e", "#58c2bd"),
    "heat-4": ("#053a44", "#e2fffb"),
    "step-1": ("#d3e8e4", "#1d3f40"),
    "step-2": ("#a3d0ca", "#235c5b"),
    "step-3": ("#66aca7", "#2f807c"),
    "step-4": ("#2b8584", "#45a8a2"),
    "step-5": ("#0a5558", "#7fe0d9"),
}
FONT: Final = (
    '"Source Sans", "Source Sans 3", Vazirmatn, "Noto Sans Arabic", "SF Arabic", "Segoe UI", "Geeza Pro", Tahoma, '
    '"PingFang TC", "Microsoft JhengHei", "Noto Sans TC", "Noto Sans CJK TC", sans-serif'
)
"""CSS font stack: the shipped font covers Latin, Cyrillic and Greek; system fonts cover Arabic script and Chinese. No
font is downloaded from elsewhere."""
_LEADING: Final = (
    ":root { --leading: 1.45; }\n:root:is(:lang(ar), :lang(ckb), :lang(fa), :lang(ur)) { --leading: 1.6; }\n"
)
"""Line height. Arabic letters are taller and must not be spaced, because spacing breaks up words."""
_JOINED: Final = ":is(:lang(ar), :lang(ckb), :lang(fa), :lang(ur)) * { letter-spacing: normal !important; }\n"
COLOURS: Final[Mapping[str, tuple[str, str]]] = _PAGES | _KINDS | _MAP
"""Each colour by name, for the light and the dark theme."""
_OF_PAGES: Final = (*_PAGES, *_KINDS, "sea", "land", "border")


def colour(name: str, *, dark: bool) -> str:
    """Return a colour as ``#rrggbb``."""
    return COLOURS[name][dark]


def page_style_sheet() -> Markup:
    """Return colours and fonts of plain pages as CSS variables; dark if the visitor's browser prefers dark."""
    sheet = (
        f":root {{ {_variables(_OF_PAGES, dark=False)} }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root {{ {_variables(_OF_PAGES, dark=True)} }} }}\n"
        f":root {{ --font: {FONT}; }}\n{_LEADING}{_JOINED}"
    )
    return Markup(sheet)  # noqa: S704 - nothing in it is anybody's text


def theme_style_sheet(selector: str) -> str:
    """Return colours of Streamlit pages as CSS variables; dark if the visitor chose the dark theme.

    Browsers without ``light-dark()`` show the light theme.
    """
    pairs = " ".join(f"--{name}: light-dark({', '.join(COLOURS[name])});" for name in _OF_PAGES)
    return (
        f"{selector} {{ {_variables(_OF_PAGES, dark=False)} }}\n"
        f"@supports (color: light-dark(red, red)) {{ {selector} {{ {pairs} }} }}\n"
    )


def map_style_sheet() -> str:
    """Return colours and fonts of the maps as CSS variables; dark if the page sets ``data-theme``."""
    names = tuple(COLOURS)
    return (
        "/* Written by `make bundle` from rallymap/palette.py. */\n"
        f":root {{\n{_variables(names, dark=False, between='  ')}}}\n"
        f":root {{ --font: {FONT}; }}\n{_JOINED}"
        f':root[data-theme="dark"] {{\n{_variables(names, dark=True, between="  ")}}}\n'
    )


def _variables(names: tuple[str, ...], *, dark: bool, between: str = "") -> str:
    if between:
        return "".join(f"{between}--{name}: {colour(name, dark=dark)};\n" for name in names)
    return " ".join(f"--{name}: {colour(name, dark=dark)};" for name in names)
