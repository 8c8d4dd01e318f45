"""Read translation catalogues; the operator's catalogues override the built-in ones."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from gettext import c2py  # the standard library's only parser of plural rules
from io import BytesIO
from pathlib import Path
from threading import Lock
from time import monotonic

from babel.messages.catalog import Message
from babel.messages.pofile import PoFileError, read_po

from rallymap.file_faults import reason_of
from rallymap.language.languages import BUILT_IN, ENGLISH, Language

logger = logging.getLogger(__name__)
_own: list[Path] = []
_READING = Lock()
_COUNTS = range(200)
"""Counts that cover every plural form: for larger whole numbers CLDR's rules repeat every hundred."""

Key = tuple[str, str]
"""Context ("" for none) and the English sentence (for a plural, its singular)."""


@dataclass(frozen=True)
class Catalogue:
    """All translated sentences of one language.

    Attributes
    ----------
    texts
        The plural forms of each sentence; a single form for sentences without a plural.
    form_of
        Function from a count to the index of its plural form.
    plurals
        Keys of sentences with plural forms.
    scripts
        Keys of sentences that page scripts use.
    version
        Hash of the catalogue files.
    """

    texts: Mapping[Key, tuple[str, ...]] = field(default_factory=dict)
    form_of: Callable[[int], int] = lambda n: int(n != 1)
    plurals: frozenset[Key] = frozenset()
    scripts: frozenset[Key] = frozenset()
    version: str = ""


EMPTY = Catalogue()


def add_wording(folder: Path) -> None:
    """Add a folder of operator's catalogues, which override built-in sentences and add languages."""
    if folder not in _own:
        _own.append(folder)


def own_folder() -> Path | None:
    """Return the operator's folder, None if there is none."""
    return _own[-1] if _own else None


def wording_version(language: Language) -> str:
    """Return a text that changes with any sentence of a language, built-in or the operator's."""
    return catalogue_of(language).version


def catalogue_of(language: Language) -> Catalogue:
    """Return a language's sentences; changed files are read again within a second."""
    # A page uses hundreds of sentences, a calendar ten thousand: checking the disk for each one would take longer than
    # everything else, and so would a hash of the folders' paths.
    second = int(monotonic())
    checked = _checked.get(language.code)
    if checked is None or checked[0] != second or checked[1] != _own:
        _checked[language.code] = checked = second, list(_own), _catalogue_at(language.code, _own)
    return checked[2]


_checked: dict[str, tuple[int, list[Path], Catalogue]] = {}
"""By language: the second of the last check for changed files, the operator's folders, and the sentences."""


def _catalogue_at(code: str, own: Sequence[Path]) -> Catalogue:
    paths = [folder / f"{code}.po" for folder in (BUILT_IN, *own)]
    files = [(path, changed) for path in paths if (changed := _changed(path))]
    if files and code == ENGLISH.code:  # the template lists which sentences page scripts use
        files.insert(0, (BUILT_IN / "rallymap.pot", 0))
    with _READING:  # many visitors at once would each parse the same file
        return _read(code, tuple(files))


def _changed(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


@lru_cache(maxsize=64)
def _read(code: str, files: tuple[tuple[Path, int], ...]) -> Catalogue:
    texts: dict[Key, tuple[str, ...]] = {}
    plurals: set[Key] = set()
    scripts: set[Key] = set()
    form_of = EMPTY.form_of
    digest = hashlib.sha256()
    for path, _ in files:
        try:
            content = path.read_bytes()
            catalog = read_po(BytesIO(content), locale=code.replace("-", "_"), abort_invalid=True)
        except (OSError, ValueError, PoFileError) as err:
            reason = reason_of(err, path) if isinstance(err, OSError) else err
            logger.warning("the catalogue %s cannot be read and is left out: %s", path.name, reason)
            continue
        digest.update(content)
        form_of = c2py(catalog.plural_expr)
        for message in catalog:
            forms = _forms(message)
            if forms:
                texts[_key(message)] = forms
            if message.pluralizable:
                plurals.add(_key(message))
            if any(str(place).endswith(".js") for place, _ in message.locations):
                scripts.add(_key(message))
    return Catalogue(texts, form_of, frozenset(plurals), frozenset(scripts), digest.hexdigest())


def _key(message: Message) -> Key:
    singular = message.id if isinstance(message.id, str) else message.id[0]
    return message.context or "", singular


def _forms(message: Message) -> tuple[str, ...]:
    if not message.id or message.fuzzy:
        return ()
    forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    return forms if forms and all(forms) else ()


def script_messages(language: Language) -> dict[str, str | tuple[str, ...]]:
    """Return the sentences of page scripts in a language, by English sentence; for English, the operator's overrides.

    A sentence with a count maps to its plural forms; :func:`script_plurals` gives the form for a count.
    """
    catalogue = catalogue_of(language)
    said: dict[str, str | tuple[str, ...]] = {}
    for key in sorted(catalogue.scripts & catalogue.texts.keys()):
        forms = catalogue.texts[key]
        said[key[1]] = forms if key in catalogue.plurals else forms[0]
    return said


def script_plurals(language: Language) -> str:
    """Return the index of the plural form for each count from 0 to 199, one digit each.

    Higher counts use the form of the count from 100 to 199 with the same last two digits. Scripts do not use
    ``Intl.PluralRules``, because browsers lack some languages: Chromium has no rules for Kurdish.
    """
    return "".join(map(str, map(catalogue_of(language).form_of, _COUNTS)))
