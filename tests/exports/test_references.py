"""Citations for reference managers, read by strict parsers."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date

import pytest

from rallymap.exports.provenance import Provenance
from rallymap.exports.references import (
    Reference,
    reference_of_selection,
    write_bibtex,
    write_csl,
    write_ris,
)

AWKWARD = (
    'Café & 50% of $5 {a} #1_2 ~x^2 \\end{document} "q"\r\nER  - \N{FIRST STRONG ISOLATE}x\N{POP DIRECTIONAL ISOLATE}'
    "\N{RIGHT-TO-LEFT OVERRIDE}\N{POP DIRECTIONAL FORMATTING}"
)
READ = 'Café & 50% of $5 {a} #1_2 ~x^2 \\end{document} "q" ER - x'
PERSIAN = "تجمع در تهران: «زن، زندگی، آزادی» می‌خواهیم"
INFO = Provenance(date(2026, 11, 26), "Rallies", "https://rallies.example/", "12", "events in Norway")
ONE = Reference("oslo-2022", False, "Rally", "Rallies", "Rallies", "https://x.example/events/oslo-2022",
                date(2026, 11, 26), "12", "en", "Rally, 3 May 2024, Oslo. CC BY 4.0")  # fmt: skip
_COMMANDS = {
    r"\textbackslash{}": "\\", r"\textbraceleft{}": "{", r"\textbraceright{}": "}", r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^", r"\$": "$", r"\&": "&", r"\#": "#", r"\_": "_", r"\%": "%",
}  # fmt: skip
_FIELD = re.compile(r"  (\w+) = (?:\{((?:[^{}]|\{(?:[^{}]|\{\})*\})*)\}|(\w+))")


def read_bibtex(entry: bytes) -> dict[str, str]:
    """Read an entry as BibTeX does, by counting braces, and its texts as LaTeX does; fail on anything else."""
    text = entry.decode()
    head, body = text.split("\n", 1)
    kind = re.fullmatch(r"@misc\{([A-Za-z0-9-]+),", head)
    assert kind is not None
    assert body.endswith("\n}\n")
    found = {"key": kind[1]}
    for line in body.removesuffix("\n}\n").split(",\n"):
        field = _FIELD.fullmatch(line)
        assert field is not None, line
        raw = field[2] if field[3] is None else field[3]
        found[field[1]] = raw if field[1] == "url" else read_latex(raw)
    return found


def read_latex(raw: str) -> str:
    pattern = re.compile("|".join(map(re.escape, _COMMANDS)) + r"|[{}]|.")
    read = []
    for match in pattern.finditer(raw):
        sign = match[0]
        assert len(sign) > 1 or sign not in "\\$&#_%~^", f"unescaped {sign} in {raw}"
        read.append("" if sign in "{}" else _COMMANDS.get(sign, sign))
    return "".join(read)


def read_ris(record: bytes) -> list[tuple[str, str]]:
    lines = record.decode().split("\r\n")
    assert lines.pop() == ""
    found = []
    for line in lines:
        field = re.fullmatch(r"([A-Z][A-Z0-9])  - ([^\r\n]*)", line)
        assert field is not None, line
        found.append((field[1], field[2]))
    return found


@pytest.mark.parametrize(("title", "read"), [(AWKWARD, READ), (PERSIAN, PERSIAN), ("}", "}"), ("\\", "\\")])
def test_every_title_comes_back_as_it_was(title: str, read: str) -> None:
    reference = replace(ONE, title=title, author=title)
    bibtex, ris, [csl] = (
        read_bibtex(write_bibtex(reference)),
        read_ris(write_ris(reference)),
        json.loads(write_csl(reference)),
    )
    assert (bibtex["title"], dict(ris)["TI"], csl["title"]) == (read, read, read)
    assert (bibtex["author"], dict(ris)["AU"], csl["author"]) == (read, read, [{"literal": read}])
    assert [tag for tag, _ in ris].count("ER") == 1
    assert ris[-1] == ("ER", "")


def test_event_is_cited_with_all_that_is_known() -> None:
    assert read_bibtex(write_bibtex(ONE)) == {
        "key": "oslo-2022", "author": "Rallies", "title": "Rally", "year": "2026", "month": "nov",
        "date": "2026-11-26", "version": "12", "url": "https://x.example/events/oslo-2022", "urldate": "2026-11-26",
        "langid": "english", "note": "Rally, 3 May 2024, Oslo. CC BY 4.0",
    }  # fmt: skip
    assert read_ris(write_ris(ONE)) == [
        ("TY", "ELEC"), ("ID", "oslo-2022"), ("AU", "Rallies"), ("TI", "Rally"), ("T2", "Rallies"), ("PY", "2026"),
        ("DA", "2026/11/26"), ("ET", "12"), ("LA", "en"), ("UR", "https://x.example/events/oslo-2022"),
        ("Y2", "2026/11/26"), ("N1", "Rally, 3 May 2024, Oslo. CC BY 4.0"), ("ER", ""),
    ]  # fmt: skip
    day = {"date-parts": [[2026, 11, 26]]}
    assert json.loads(write_csl(ONE)) == [
        {"id": "oslo-2022", "type": "webpage", "title": "Rally", "author": [{"literal": "Rallies"}],
         "container-title": "Rallies", "issued": day, "accessed": day, "version": "12", "language": "en",
         "URL": "https://x.example/events/oslo-2022", "note": "Rally, 3 May 2024, Oslo. CC BY 4.0"}
    ]  # fmt: skip


def test_view_is_cited_by_its_operator_with_its_link() -> None:
    view = reference_of_selection(replace(INFO, operator="A {Club}"), address="https://rallies.example/?q={a}%20b&c=1")
    assert read_bibtex(write_bibtex(view)) == {
        "key": "Rallies-12-942c6d", "author": "A {Club}", "title": "Rallies: events in Norway", "year": "2026",
        "month": "nov", "date": "2026-11-26", "howpublished": "Rallies", "version": "12",
        "url": "https://rallies.example/?q=%7Ba%7D%20b&c=1", "urldate": "2026-11-26", "note": "CC BY 4.0",
    }  # fmt: skip
    assert dict(read_ris(write_ris(view)))["TY"] == "DATA"
    assert json.loads(write_csl(view))[0]["type"] == "dataset"


def test_each_selection_of_a_version_has_a_key_of_its_own() -> None:
    def keys(address: str) -> tuple[str, str, str]:
        reference = reference_of_selection(INFO, address=address)
        [item] = json.loads(write_csl(reference))
        return (
            read_bibtex(write_bibtex(reference))["key"],
            dict(read_ris(write_ris(reference)))["ID"],
            item["id"],
        )

    norway, sweden = keys("https://rallies.example/?country=NO"), keys("https://rallies.example/?country=SE")
    assert norway == keys("https://rallies.example/?country=NO")
    assert set(norway).isdisjoint(sweden)
    assert all(re.fullmatch(r"Rallies-12-[0-9a-f]{6}", key) for key in (*norway, *sweden))
    assert set(keys("https://rallies.example/")) == {"Rallies-12"}


@pytest.mark.parametrize(
    ("tag", "name"), [("fa", "persian"), ("de", "ngerman"), ("de-AT", "ngerman"), ("zh-Hant", None), ("", None)]
)
def test_bibtex_names_the_language_as_babel_does(tag: str, name: str | None) -> None:
    assert read_bibtex(write_bibtex(replace(ONE, language=tag))).get("langid") == name
