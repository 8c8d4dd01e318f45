"""Which answers a program has already: entity tags of public answers, and what is refused of parts and methods."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from rallymap.hosting import Host
from rallymap.intake.context import ContextMark
from rallymap.language import add_wording, catalogue
from rallymap.licences import Licence
from rallymap.store import Database
from rallymap.web.headers import HeaderPolicy
from rallymap.web.reader_language import ReaderLanguage
from rallymap.web.reconcile import reconcile_routes
from rallymap.web.security_middleware import SecurityMiddleware
from rallymap.web.unknown_addresses import unknown_address_routes
from tests.web.conftest import Ask
from tests.web.test_public_data import Site, made

TARGETS = (
    "/api/v1/events", "/api/v1/events?format=geojson", "/api/v1/events/oslo-2020", "/api/v1/stats?by=kind",
    "/api/v1/compare?by=country&left=NO&right=SE", "/api/v1/openapi.json", "/export/events.csv",
    "/export/events.html", "/feeds/events.ics", "/feeds/events.atom", "/events", "/events/country/NO",
    "/events/oslo-2020", "/events/oslo-2020.ics", "/events/oslo-2020/preview.png",
)  # fmt: skip
FEW = (
    "/api/v1/events/oslo-2020",
    "/api/v1/openapi.json",
    "/export/events.csv",
    "/events/oslo-2020",
    "/events/country/NO",
)
"""One of each way to answer."""
MISSING = (
    "/api/v1/events/nowhere",
    "/events/nowhere",
    "/events/nowhere.ics",
    "/events/country/ZZ",
    "/api/v1/events?x=1",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    db = Database.open(f"sqlite:///{tmp_path_factory.mktemp('site') / 'rallymap.db'}")
    site = Site(db)
    site.put(made("oslo-2020", date(2020, 2, 1), "oslo"))
    yield site
    db.close()


def tags(ask: Ask, app: Any, targets: Sequence[str] = TARGETS) -> dict[str, str]:
    return {target: ask(app, target, method="HEAD").headers["etag"] for target in targets}


@pytest.mark.slow
def test_no_two_addresses_have_a_tag_in_common(site: Site, ask: Ask) -> None:
    assert len(set(tags(ask, site).values())) == len(TARGETS)


@pytest.mark.slow
@pytest.mark.parametrize(
    "said",
    [{"site_name": "Another name"}, {"licence": Licence("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/")},
     {"host": Host(operator="The Archive")}, {"host": Host(takedown_contact="a@rallies.example")}],
)  # fmt: skip
def test_what_the_operator_changes_is_sent_again(site: Site, ask: Ask, said: dict[str, Any]) -> None:
    before = tags(ask, site, [*FEW, "/feeds/events.atom", "/export/events.html", "/events/oslo-2020/preview.png"])
    other = Site(site.db, **said)
    for target, tag in before.items():
        if target == "/api/v1/openapi.json" and "host" in said:
            continue  # its tag is a hash of its bytes, and it says nothing of who runs the site
        assert ask(site, target, headers={"if-none-match": tag}).status == 304
        assert ask(other, target, headers={"if-none-match": tag}).status == 200, target


def test_wording_and_texts_of_the_operator_are_sent_again_in_their_language(
    site: Site, ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = ReaderLanguage(Site(site.db, home=tmp_path))
    target = "/events?lang=de"
    before, english = ask(app, target), ask(app, "/events?lang=en")
    assert "Länder" in before.text
    (tmp_path / "licence").mkdir()
    (tmp_path / "licence" / "de.txt").write_text("Bitte nennen.", "utf-8")
    texts = ask(app, target, headers={"if-none-match": before.headers["etag"]})
    assert (texts.status, ask(app, "/events?lang=en", headers={"if-none-match": english.headers["etag"]}).status) == (
        200,
        304,
    )

    monkeypatch.setattr(catalogue, "_own", [])
    folder = tmp_path / "language"
    folder.mkdir()
    (folder / "de.po").write_text(
        'msgid ""\nmsgstr "Language: de\\n"\n\nmsgid "Countries"\nmsgstr "Staaten"\n', "utf-8"
    )
    add_wording(folder)
    after = ask(app, target, headers={"if-none-match": texts.headers["etag"]})
    assert (after.status, "Staaten" in after.text, "Länder" in after.text) == (200, True, False)


@pytest.mark.slow
def test_happenings_of_the_operator_are_sent_again_in_the_single_file(site: Site, ask: Ask) -> None:
    tag = ask(site, "/export/events.html").headers["etag"]
    other = Site(site.db, context=(ContextMark(17712, 17712, "Something happened"),))
    assert ask(other, "/export/events.html", headers={"if-none-match": tag}).status == 200
    table = ask(site, "/export/events.csv").headers["etag"]
    assert ask(other, "/export/events.csv", headers={"if-none-match": table}).status == 304


@pytest.mark.parametrize("form", ["*", " * ", "{strong}", '"other", {weak}', "{weak},{strong}"])
def test_every_form_of_if_none_match_is_understood(site: Site, ask: Ask, form: str) -> None:
    for target, weak in tags(ask, site, FEW).items():
        sent = {"if-none-match": form.format(weak=weak, strong=weak.removeprefix("W/"))}
        answer = ask(site, target, headers=sent)
        assert (answer.status, answer.body, answer.headers["etag"]) == (304, b"", weak), target


@pytest.mark.parametrize("form", ['"other"', "other", "", 'W/"*"', '"*"'])
def test_other_tags_are_answered_in_full(site: Site, ask: Ask, form: str) -> None:
    assert {ask(site, target, headers={"if-none-match": form}).status for target in FEW} == {200}


@pytest.mark.parametrize("target", MISSING)
def test_what_is_not_there_is_never_unchanged(site: Site, ask: Ask, target: str) -> None:
    known = ", ".join(tags(ask, site, FEW).values())
    plain = ask(site, target).status
    assert plain in (400, 404)
    assert [ask(site, target, headers={"if-none-match": one}).status for one in ("*", known)] == [plain, plain]


@pytest.mark.parametrize("target", ["/export/events.csv", "/export/events.xlsx", "/api/v1/events", "/feeds/events.ics"])
def test_part_of_an_answer_is_refused_before_and_after_it_is_asked_for(site: Site, ask: Ask, target: str) -> None:
    whole = ask(site, target)
    part = ask(site, target, headers={"range": "bytes=5-9", "if-range": whole.headers["etag"]})
    assert (part.status, len(part.body)) == (200, len(whole.body))
    assert {one.headers["accept-ranges"] for one in (whole, part, ask(site, target, method="HEAD"))} == {"none"}


def app_of(site: Site) -> Any:
    nothing: Any = dict
    routes = [*site.routes, *reconcile_routes(nothing), Route("/sign-in", nothing, methods=["GET", "POST"])]
    inner = Starlette(routes=[*routes, *unknown_address_routes("Rallies", routes)])
    return SecurityMiddleware(inner, HeaderPolicy("", ""), secure_cookies=False)


@pytest.mark.parametrize(
    "target",
    ["/api/v1/events", "/export/events.csv", "/feeds/events.atom", "/events/oslo-2020", "/reconcile"],
)
def test_browser_may_ask_for_a_script_of_another_site(site: Site, ask: Ask, target: str) -> None:
    asked = {
        "origin": "https://analyst.example", "access-control-request-method": "GET",
        "access-control-request-headers": "if-none-match",
    }  # fmt: skip
    answer = ask(app_of(site), target, method="OPTIONS", headers=asked)
    assert (answer.status, answer.body) == (204, b"")
    methods = "GET, HEAD, POST" if target == "/reconcile" else "GET, HEAD"
    assert answer.headers["access-control-allow-methods"] == methods
    assert (answer.headers["access-control-allow-origin"], answer.headers["access-control-allow-headers"]) == ("*", "*")
    assert answer.headers["allow"] == f"{methods}, OPTIONS"
    if target != "/reconcile":
        got = ask(app_of(site), target, headers={"origin": "https://analyst.example"})
        assert (got.status, got.headers["access-control-allow-origin"]) == (200, "*")


def test_page_that_others_may_not_read_names_its_methods_and_opens_nothing(site: Site, ask: Ask) -> None:
    answer = ask(app_of(site), "/sign-in", method="OPTIONS", headers={"origin": "https://analyst.example"})
    assert (answer.status, answer.headers["allow"]) == (204, "GET, HEAD, POST, OPTIONS")
    assert not [name for name, _ in answer.all_headers if name.startswith("access-control")]
    assert ask(app_of(site), "/api/v1/nothing", method="OPTIONS").status == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_wrong_method_is_answered_405_with_those_that_there_are(site: Site, ask: Ask, method: str) -> None:
    for target in ("/api/v1/events", "/export/events.csv", "/events/oslo-2020"):
        answer = ask(app_of(site), target, method=method)
        assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
        assert answer.text == f'{{"error":"This address takes GET, HEAD, OPTIONS, and not {method}."}}'


@pytest.mark.parametrize("target", ["/api/v1/events", "/export/events.csv", "/feeds/events.atom", "/api/v1/stats"])
def test_program_reads_that_a_language_is_missing(site: Site, ask: Ask, target: str) -> None:
    refused = ask(ReaderLanguage(site), f"{target}?lang=xx")
    assert (refused.status, refused.text.startswith('{"error":"“lang” is one of en, fa, ar,')) == (400, True)
    assert {ask(ReaderLanguage(site), f"{target}?lang={code}").status for code in ("", "de-AT", "no", "zh_TW")} == {200}
    assert ask(ReaderLanguage(site), "/events?lang=xx").status == 200


@pytest.mark.parametrize(
    "target", ["/export/events.csv", "/feeds/events.atom", "/events/oslo-2020/preview.png", "/events"]
)
def test_answer_in_the_language_of_its_reader_says_that_it_varies_also_when_unchanged(
    site: Site, ask: Ask, target: str
) -> None:
    app = ReaderLanguage(site)
    german = ask(app, target, headers={"accept-language": "de"})
    again = ask(app, target, headers={"accept-language": "de", "if-none-match": german.headers["etag"]})
    other = ask(app, target, headers={"accept-language": "fr", "if-none-match": german.headers["etag"]})
    assert [one.status for one in (german, again, other)] == [200, 304, 200]
    for one in (german, again):
        said = ", ".join(value for name, value in one.all_headers if name == "vary").lower()
        assert all(name in said for name in ("accept-encoding", "accept-language", "cookie"))


def test_lists_ignore_what_programs_add_to_links_that_they_pass_on(site: Site, ask: Ask) -> None:
    assert ask(site, "/events/country/NO?page=1&fbclid=x&utm_source=y").body == ask(site, "/events/country/NO").body


@pytest.mark.parametrize("target", ["/events?page=2", "/events/country/NO?page=2", "/sitemap.xml?page=2"])
def test_page_beyond_the_last_is_not_found(site: Site, ask: Ask, target: str) -> None:
    assert ask(site, target).status == 404
    assert ask(site, target.replace("=2", "=1")).status == 200


def test_copy_of_a_restored_site_is_asked_to_begin_again(site: Site, ask: Ask) -> None:
    version = site.db.dataset_version()
    assert ask(site, f"/api/v1/events?updated_since={version}").status == 200
    refused = ask(site, f"/api/v1/events?updated_since={version + 1}")
    assert (refused.status, "take all events again" in refused.text) == (400, True)


def test_id_that_no_event_can_have_is_not_found(site: Site, ask: Ask) -> None:
    for event_id in ("%00", "a%00b-c", "x" * 200, "%F0%9F%98%80"):
        assert ask(site, f"/api/v1/events/{event_id}").status == 404
        assert ask(site, f"/events/{event_id}").status == 404
