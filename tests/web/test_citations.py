"""Citations of event pages and views, as reference managers fetch them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from rallymap.exports.references import REFERENCE_FORMATS
from rallymap.store import Database
from tests.exports.test_references import read_bibtex, read_ris
from tests.web.conftest import Ask
from tests.web.test_public_data import Site, made

PERSIAN = "تجمع در اسلو: «زن، زندگی، آزادی»"
LATEX = r"50 % of $5 & #1_a {b} \end{x}"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    db = Database.open(f"sqlite:///{tmp_path / 'rallymap.db'}")
    site = Site(db)
    site.put(
        made("persian", date(2022, 2, 1), "oslo", title=PERSIAN, language="fa"),
        made("latex", date(2021, 2, 1), "suva", title=LATEX),
    )
    yield site
    db.close()


def test_event_is_cited_in_each_format(site: Site, ask: Ask) -> None:
    address = "http://localhost:8501/events/persian"
    bibtex = ask(site, "/events/persian.bib")
    assert bibtex.headers["content-type"] == "application/x-bibtex; charset=utf-8"
    read = read_bibtex(bibtex.body)
    assert (read["title"], read["url"], read["langid"]) == (PERSIAN, address, "persian")
    assert read["note"] == "Rally, 1 February 2022, Oslo, Norway. CC BY 4.0"
    assert dict(read_ris(ask(site, "/events/persian.ris").body))["TI"] == PERSIAN
    [item] = json.loads(ask(site, "/events/persian.csl.json").body)
    assert (item["title"], item["URL"], item["author"]) == (PERSIAN, address, [{"literal": "Rallies & more"}])
    assert read_bibtex(ask(site, "/events/latex.bib").body)["title"] == LATEX


def test_event_page_offers_its_citations(site: Site, ask: Ask) -> None:
    page = ask(site, "/events/latex").text
    for ending, (name, media_type, _) in REFERENCE_FORMATS.items():
        assert f'<a href="/events/latex.{ending}" download>{name}</a>' in page
        assert ask(site, f"/events/latex.{ending}").headers["content-type"].startswith(media_type.partition(";")[0])


def test_view_is_cited_with_its_link(site: Site, ask: Ask) -> None:
    query = "country=NO&q=50%25%20%26%20%7Ba%7D&split=country"
    read = read_bibtex(ask(site, f"/export/citation.bib?{query}&page=trends").body)
    assert read["url"] == f"http://localhost:8501/trends?{query}"
    assert read["title"].startswith("Rallies & more: ")
    assert "Norway" in read["title"]
    assert dict(read_ris(ask(site, "/export/citation.ris").body))["UR"] == "http://localhost:8501/"


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("/events/nothing.bib", 404),
        ("/export/citation.bib?page=review", 400),
        ("/export/citation.bib?nothing=1", 400),
    ],
)
def test_wrong_addresses_are_refused(site: Site, ask: Ask, target: str, status: int) -> None:
    answer = ask(site, target)
    assert answer.status == status
    assert list(json.loads(answer.body)) == ["error"]
