"""Read YAML files, and YAML front matter of Markdown files."""

from __future__ import annotations

import re

import yaml

from rallymap.errors import IntakeError
from rallymap.intake.limits import refuse
from rallymap.intake.readers.charset import decode
from rallymap.intake.readers.json_file import find_tables
from rallymap.intake.readers.raw_table import Opened
from rallymap.language import phrase

_HEAD = re.compile(r"\A\s*---[ \t]*\r?\n(.*?)(?:^(?:---|\.\.\.)[ \t]*\r?$|\Z)", re.DOTALL | re.MULTILINE)
_MAX_YAML = 8 * 1024 * 1024
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def is_front_matter(content: bytes) -> bool:
    """Return whether a file begins with YAML front matter between lines of three dashes."""
    start = content[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith((b"---\n", b"---\r\n", b"--- \n"))


def read_yaml(content: bytes) -> Opened:
    """Read the lists of records in YAML.

    Raises
    ------
    IntakeError
        If it is not valid YAML, refers to itself, or contains no records.
    """
    text, remark = decode(content)
    head = _HEAD.match(text)
    body = head[1] if head else text
    if len(body) > _MAX_YAML:
        refuse(
            phrase(
                "This YAML has {size} MiB; at most {max_yaml} MiB are read. Please split it.",
                size=len(body) // 2**20,
                max_yaml=_MAX_YAML // 2**20,
            )
        )
    try:
        # A few lines of nested aliases expand to gigabytes.
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(body, Loader=_Loader)):
            refuse(phrase("This YAML file uses aliases (*name); write the values out."))
        data = yaml.load(body, Loader=_Loader)  # noqa: S506 - a safe loader
    except IntakeError:
        raise
    except (yaml.YAMLError, ValueError, RecursionError) as err:
        refuse(phrase("This YAML cannot be read; check its indentation."), value=str(err))
    tables = tuple(find_tables(data))
    if not tables:
        refuse(phrase("This YAML holds no list of records."))
    return Opened("Markdown" if head else "YAML", tables, (remark,) if remark else ())
