"""Collect all translatable sentences into the catalogues of all languages: ``make messages``.

Reads Python (`tr`, `trn`, `trc`, `mark`, `mark_c`, `phrase`, `phrase_n`), scripts (`tr`, `trn`) and Jinja templates,
writes ``src/rallymap/language/locale/rallymap.pot``, and updates each ``<code>.po``: new sentences are added without a
translation, unused ones are dropped. ``--check`` changes nothing and fails if something would change; ``--missing
CODE`` prints the untranslated sentences of a language.
"""

from __future__ import annotations

import argparse
import ast
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from rallymap.language.languages import BUILT_IN, languages

SOURCE = Path(__file__).resolve().parents[1] / "src" / "rallymap"
TEMPLATE = BUILT_IN / "rallymap.pot"
KEYWORDS: dict[str, Any] = {"tr": None, "trn": (1, 2), "trc": ((1, "c"), 2), "mark": None, "mark_c": ((1, "c"), 2)}
KEYWORDS |= {"phrase": None, "phrase_n": (1, 2)}
METHODS = {".py": "python", ".js": "javascript", ".html": "jinja2.ext:babel_extract"}
HEADER = """# Sentences of rallymap's pages, and what is said instead of each in another language.
#
# Those of rallymap/intake that begin with a small letter are halves: they are said after a text of a table
# that they are about, as in: Date: “soon” is not a date that can be read.
"""
WIDTH = 110
DROPPED = tuple(
    f'"{name}'
    for name in ("POT-Creation", "PO-Revision", "Generated-By", "Last-Tr", "Language-Team", "Report-", "Project-Id")
)


def sources() -> Iterator[Path]:
    """Yield all source files that may contain sentences, without the bundles."""
    for path in sorted(SOURCE.rglob("*")):
        if path.suffix in METHODS and "bundle" not in path.parts and "language" not in path.relative_to(SOURCE).parts:
            yield path


def collect() -> Catalog:
    """Return all sentences with the files that contain them."""
    found = Catalog(header_comment=HEADER, project="rallymap", fuzzy=False)
    for path in sources():
        name = path.relative_to(SOURCE.parent).as_posix()
        options = {"template_string": True} if path.suffix == ".js" else {}
        for _, message, comments, context in extract_from_file(
            METHODS[path.suffix],
            path,
            keywords=KEYWORDS,
            comment_tags=["Translators:"],
            options=options,
            strip_comment_tags=True,
        ):
            found.add(message, locations=[(name, 0)], auto_comments=comments, context=context)
        if path.suffix == ".py":
            for message, context in in_f_strings(path.read_text("utf-8")):
                found.add(message, locations=[(name, 0)], context=context)
    return found


def in_f_strings(source: str) -> Iterator[tuple[str | tuple[str, str], str | None]]:
    """Yield message and context of each call within an f-string, which Babel does not parse before Python 3.12."""
    for text in ast.walk(ast.parse(source)):
        if not isinstance(text, ast.JoinedStr):
            continue
        for call in ast.walk(text):
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name) or call.func.id not in KEYWORDS:
                continue
            words = [arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
            match call.func.id, words:
                case (("tr" | "mark"), [message]):
                    yield message, None
                case (("trc" | "mark_c"), [context, message]):
                    yield message, context
                case "trn", [one, many]:
                    yield (one, many), None


def as_text(catalog: Catalog) -> bytes:
    """Serialise a catalogue without what changes at each run: no dates and no line numbers."""
    for message in catalog:
        message.flags.discard("python-format")  # ours use {names}; "95 % interval" only looks like one
    catalog.revision_date = catalog.creation_date = None  # type: ignore[assignment]
    buffer = io.BytesIO()
    write_po(
        buffer, catalog, width=WIDTH, ignore_obsolete=True, include_lineno=False, sort_output=True, omit_header=False
    )
    lines = buffer.getvalue().decode().split("\n")
    return "\n".join(line for line in lines if not line.startswith(DROPPED)).encode()


def read(path: Path) -> Catalog:
    """Read a catalogue; return an empty one if the file does not exist."""
    locale = path.stem.replace("-", "_")
    if not path.is_file():
        return Catalog(locale=locale, header_comment=HEADER, project="rallymap", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=locale)


def missing(catalog: Catalog) -> list[str]:
    """Return the English sentences that a catalogue does not translate, or only in an outdated form."""
    return [str(message.id) for message in catalog if message.id and (message.fuzzy or not all(_forms(message.string)))]


def _forms(string: Any) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string or ("",))


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="change nothing; fail if something would change")
    parser.add_argument("--missing", metavar="CODE", help="print the sentences that a language lacks")
    chosen = parser.parse_args(arguments)
    if chosen.missing:
        print(*missing(read(BUILT_IN / f"{chosen.missing}.po")), sep="\n")
        return 0
    template = collect()
    written = {TEMPLATE: as_text(template)}
    for language in languages():
        path = BUILT_IN / f"{language.code}.po"
        if language.code != "en":
            catalog = read(path)
            catalog.update(template, no_fuzzy_matching=True)
            catalog.header_comment = HEADER
            written[path] = as_text(catalog)
    stale = [path for path, text in written.items() if not path.is_file() or path.read_bytes() != text]
    if chosen.check:
        for path in stale:
            sys.stderr.write(f"{path.name} is not in line with the sources; run: make messages\n")
        return bool(stale)
    for path in stale:
        path.write_bytes(written[path])
    return 0


if __name__ == "__main__":
    sys.exit(main())
