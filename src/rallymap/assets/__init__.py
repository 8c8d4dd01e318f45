"""Files for the browser, by name: our own, Leaflet's, and Streamlit's typeface.

All of them share one version in their URLs, so browsers may cache them permanently and never mix two releases. The
scripts in ``map/`` are sources: browsers load the bundles that ``make bundle`` builds from them (:func:`bundle_name`).
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from rallymap.errors import AssetError
from rallymap.file_faults import is_failing

MEDIA_TYPES: Final = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".bin": "application/octet-stream",
    ".woff2": "font/woff2",
}
SERVED_FOLDERS: Final = ("bundle", "land", "style")
LEAFLET_FILES: Final = ("leaflet.js", "leaflet.css")
TYPEFACE: Final = "font/source-sans.woff2"
STYLE: Final = "style/page.css"
"""The style sheet of the pages that Streamlit draws."""


@cache
def asset_files() -> dict[str, Traversable]:
    """Return all files that may be served, by name below ``/assets/<version>/``.

    Raises
    ------
    AssetError
        If Leaflet's package is missing.
    """
    own = files(__name__)
    found = {f"{folder}/{file.name}": file for folder in SERVED_FOLDERS for file in _files_in(own / folder)}
    try:
        leaflet = files("js_lib_leaflet") / "static" / "js_lib_leaflet"
    except ModuleNotFoundError as err:
        raise AssetError("The map cannot be drawn: the package django-js-lib-leaflet is missing.") from err
    found |= {f"leaflet/{name}": leaflet / name for name in LEAFLET_FILES}
    media = files("streamlit") / "static" / "static" / "media"
    for file in media.iterdir():
        if file.name.startswith("SourceSansVF-Upright"):
            found[TYPEFACE] = file
    return found


def read_asset(name: str) -> bytes:
    """Return the bytes of one file.

    Raises
    ------
    AssetError
        If there is no such file, or it cannot be read.
    """
    try:
        return asset_files()[name].read_bytes()
    except (KeyError, OSError) as err:
        sentence = (
            "A file of the map cannot be read from the disk; ask the operator to check the disk."
            if is_failing(err)
            else "A file of the map is missing; reinstall rallymap to repair it."
        )
        raise AssetError(sentence, detail=f"{name}: {err!r}") from err


def typeface_rule(address: str) -> str:
    """Return the CSS rule that loads the typeface from a URL, which may be a data URL."""
    return (
        f'@font-face {{ font-family: "Source Sans"; src: url("{address}") format("woff2"); '
        "font-weight: 200 900; font-display: swap; }"
    )


@cache
def asset_version() -> str:
    """Return 12 hexadecimal digits that change with any byte of any file."""
    digest = hashlib.sha256()
    for name in sorted(asset_files()):
        digest.update(name.encode())
        digest.update(hashlib.sha256(read_asset(name)).digest())
    return digest.hexdigest()[:12]


def frame_url(name: str) -> str:
    """Return a file's URL relative to a map page, so that it works with any base path."""
    if name not in asset_files():
        raise AssetError("A file of the map is missing; reinstall rallymap to repair it.", detail=name)
    return f"../../assets/{asset_version()}/{name}"


def bundle_name(entry: str) -> str:
    """Return the name of a bundle, which includes a hash of its content.

    Parameters
    ----------
    entry
        ``explore.js``, ``pick.js`` or ``map.css``.

    Raises
    ------
    AssetError
        If it was not built.
    """
    stem, _, suffix = entry.rpartition(".")
    for name in asset_files():
        if re.fullmatch(rf"bundle/{re.escape(stem)}-[A-Z0-9]+\.{suffix}", name):
            return name
    raise AssetError("A file of the map is missing; reinstall rallymap to repair it.", detail=entry)


def _files_in(folder: Traversable) -> list[Traversable]:
    if not folder.is_dir():
        return []
    return [entry for entry in folder.iterdir() if "." + entry.name.rpartition(".")[2] in MEDIA_TYPES]
