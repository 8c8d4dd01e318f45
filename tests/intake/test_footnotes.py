"""Links and footnotes of tables in web pages, MediaWiki source and text documents."""

from __future__ import annotations

import io
import zipfile

import pytest

from rallymap.countries import read_country_code
from rallymap.events import Event, EventStatus
from rallymap.intake.findings import NoteKind
from rallymap.intake.reading import Reading, read_events

_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_RELATION = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


def _read(content: str | bytes) -> Reading:
    return read_events(content if isinstance(content, bytes) else content.encode())


def _told(event: Event) -> tuple[str, str, list[str]]:
    return event.when.edtf, event.place.text, [source.url for source in event.sources]


def _kept(reading: Reading) -> list[list[str]]:
    return [[note.value for note in row.notes if note.kind is NoteKind.KEPT] for row in reading.rows if row.event]


def _archive(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def test_footnotes_of_a_web_page_are_the_sources_of_their_rows() -> None:
    def mark(name: str, text: str) -> str:
        return f'<sup class="reference"><a href="#{name}"><span>[</span>{text}<span>]</span></a></sup>'

    reading = _read(
        "<html><table><tr><th colspan=4>Protests 2024</th></tr>"
        "<tr><th>Date</th><th>City</th><th>People</th><th>Ref.</th></tr>"
        f"<tr><td rowspan=2>17 August 2024{mark('n1', '1')}</td><td>Oslo{mark('note-a', 'nota 2')}</td>"
        f"<td>15&nbsp;000{mark('n2', '2')}</td><td></td></tr>"
        "<tr><td>Bergen</td><td>300</td><td><a href='https://own.example.org/b'>Paper</a></td></tr>"
        f"<tr><td>18 August 2024</td><td>Lyon</td><td>40</td><td>{mark('n3', '3')}</td></tr></table>"
        '<ol><li id="n1"><a href="#back">↑</a> <a href="https://paper.example.org/a">Paper</a>, 18 August 2024</li>'
        '<li id="n2">Smith, <a href="#CITEREFSmith">p. 4</a></li><li id="note-a">Called by friends.</li>'
        '<li id="n3">Cancelled because of rain</li></ol>'
        '<p><cite id="CITEREFSmith"><a href="https://books.example.org/s">Smith 2024</a></cite></p></html>'
    )

    assert [_told(event) for event in reading.events] == [
        ("2024-08-17", "Oslo", ["https://paper.example.org/a", "https://books.example.org/s"]),
        ("2024-08-17", "Bergen", ["https://paper.example.org/a", "https://own.example.org/b"]),
        ("2024-08-18", "Lyon", []),
    ]
    assert [event.crowd[0].low for event in reading.events] == [15_000, 300, 40]
    assert [event.status for event in reading.events][2] is EventStatus.CANCELLED
    assert _kept(reading) == [["Called by friends"], [], ["Cancelled because of rain"]]


def test_link_to_a_place_inside_the_page_is_not_a_footnote() -> None:
    reading = _read(
        "<html><table><tr><th>Date</th><th>City</th><th>What</th></tr>"
        '<tr><td>17 August 2024</td><td><a href="#oslo">The city of Oslo in Norway</a></td><td>Vigil</td></tr>'
        "<tr><td>18 August 2024</td><td>Bergen</td><td>March</td></tr></table>"
        '<div id="oslo"><a href="https://oslo.example.org/">More</a></div></html>'
    )

    assert [_told(event)[1:] for event in reading.events] == [("The city of Oslo in Norway", []), ("Bergen", [])]


def test_templates_of_wiki_pages_in_other_languages() -> None:
    reading = _read(
        "{{Поточна подія}}\n== Мітинги ==\n"
        '{| class="wikitable"\n! Дата !! Країна !! Місто !! Учасники !! Джерело\n|-\n'
        '! scope="row" rowspan="2" | {{Дата|26|2|2022}}\n| {{Прапор|Чехія}} [[Чехія]] || [[Прага]] || 80&nbsp;000'
        "<ref>{{cite web|url=https://news.example.org/a|title=Прага}}</ref> ||\n|-\n"
        "| {{LTU}} || [[Вільнюс]] || {{nts|5000}} || {{cite web |url=https://news.example.org/b |title=Мітинг}}\n|-\n"
        "| {{dts|2022|3|5}} || {{flagicon|Канада}} || [[Торонто]]{{efn|Скасовано через погоду}} || "
        "100<ref name=p>Поліція</ref> ||\n|}\n"
    )

    assert [(*_told(event), event.place.country_hint, event.status) for event in reading.events] == [
        ("2022-02-26", "Прага", ["https://news.example.org/a"], "CZ", EventStatus.HELD),
        ("2022-02-26", "Вільнюс", ["https://news.example.org/b"], "LT", EventStatus.HELD),
        ("2022-03-05", "Торонто", [], "CA", EventStatus.CANCELLED),
    ]
    assert _kept(reading) == [[], [], ["Скасовано через погоду\nПоліція"]]


@pytest.mark.parametrize("start", ["[[Category:Protests]]\n", "{{Infobox|a=b}}\n", "[[File:A.png|thumb]]\n"])
def test_wiki_page_that_begins_with_brackets_is_not_json(start: str) -> None:
    reading = _read(f"{start}{{|\n! Date !! City\n|-\n| 5 March 2022 || Oslo\n|-\n| 6 March 2022 || Lyon\n|}}\n")

    assert [_told(event)[:2] for event in reading.events] == [("2022-03-05", "Oslo"), ("2022-03-06", "Lyon")]


def test_links_and_footnotes_of_a_word_document() -> None:
    def cell(content: str) -> str:
        return f"<w:tc><w:p>{content}</w:p></w:tc>"

    def text(words: str) -> str:
        return f"<w:r><w:t>{words}</w:t></w:r>"

    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://field.example.org/b" '
        '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{text("The Field")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    rows = [
        [text("Date"), text("City"), text("Source")],
        [text("5 March 2022"), text("Oslo"), f'<w:hyperlink r:id="rId7">{text("The Paper")}</w:hyperlink>'],
        [text("6 March 2022"), text("Bergen"), field],
        [text("7 March 2022"), text("Lyon") + '<w:r><w:footnoteReference w:id="2"/></w:r>', ""],
    ]  # fmt: skip
    table = "".join(f"<w:tr>{''.join(map(cell, row))}</w:tr>" for row in rows)
    note = f"{text('See https://note.example.org/c, 8 March.')}"
    reading = _read(_archive({
        "word/document.xml": f"<w:document {_WORD} {_RELATION}><w:body><w:tbl>{table}</w:tbl></w:body></w:document>",
        "word/footnotes.xml": f'<w:footnotes {_WORD}><w:footnote w:id="2"><w:p>{note}</w:p></w:footnote></w:footnotes>',
        "word/_rels/document.xml.rels":
            '<Relationships><Relationship Id="rId7" Target="https://paper.example.org/a" TargetMode="External"/>'
            "</Relationships>",
    }))  # fmt: skip

    assert [_told(event) for event in reading.events] == [
        ("2022-03-05", "Oslo", ["https://paper.example.org/a"]),
        ("2022-03-06", "Bergen", ["https://field.example.org/b"]),
        ("2022-03-07", "Lyon", ["https://note.example.org/c"]),
    ]


def test_links_and_footnotes_of_an_odt_document() -> None:
    note = (
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Postponed to 9 March</text:p>"
        "</text:note-body></text:note>"
    )
    rows = [
        ("Date", "City", "Source"),
        ("5 March 2022", "Oslo", '<text:a xlink:href="https://paper.example.org/a">The Paper</text:a>'),
        ("6 March 2022", f"Bergen{note}", ""),
    ]
    table = "".join(
        f"<table:table-row>{''.join(f'<table:table-cell><text:p>{one}</text:p></table:table-cell>' for one in row)}"
        "</table:table-row>"
        for row in rows
    )
    reading = _read(_archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": (
        '<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:xlink="l"><office:body>'
        f"<office:text><table:table>{table}</table:table></office:text></office:body></office:document-content>"
    )}))  # fmt: skip

    assert [_told(event) for event in reading.events] == [
        ("2022-03-05", "Oslo", ["https://paper.example.org/a"]), ("2022-03-09", "Bergen", [])
    ]  # fmt: skip
    assert _kept(reading) == [[], ["Postponed to 9 March"]]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Mỹ", "US"), ("Bỉ", "BE"), ("Áo", "AT"), ("Úc", "AU"), ("Ý", "IT"), ("Nga", "RU"), ("Ấn Độ", "IN"),
        ("Úc Đại Lợi", "AU"), ("Gia Nã Đại", "CA"), ("Cộng hòa Séc", "CZ"), ("Nam Hàn", "KR"), ("Hòa Lan", "NL"),
        ("Phi Luật Tân", "PH"), ("Cộng hòa Liên bang Đức", "DE"), ("MY", "MY"), ("NGA", "NG"), ("BI", "BI"),
        ("AO", "AO"), ("🇨🇦", "CA"), ("🇲🇽", "MX"), ("🇨🇦🇲🇽", None), ("Thái", None),
    ],
)  # fmt: skip
def test_vietnamese_names_and_flags_of_countries(name: str, code: str | None) -> None:
    assert read_country_code(name) == code
