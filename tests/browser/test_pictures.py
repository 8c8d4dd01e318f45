"""A picture from an organiser's phone to the visitors' map, without what the phone noted in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Site, Visit
from tests.browser.people import add_people, open_review, signed_in
from tests.browser.test_organise import fill_form, step, type_into

GPS, MODEL, ORIENTATION = 0x8825, 0x0110, 0x0112
DESCRIPTION = "Banners before the opera, seen from behind"


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A JPEG that was taken upright by a camera lying on its side, and says where."""
    exif = Image.Exif()
    exif[MODEL] = "SecretCam 9"
    exif[ORIENTATION] = 6
    exif[GPS] = {1: "N", 2: (57.0, 42.0, 0.0), 3: "E", 4: (11.0, 58.0, 0.0)}
    path = tmp_path / "IMG_0001.jpg"
    Image.radial_gradient("L").convert("RGB").resize((2400, 1800)).save(path, exif=exif, comment=b"taken by Kim")
    assert b"SecretCam" in path.read_bytes()
    return path


def choose(visit: Visit, path: Path) -> None:
    step(visit, "Sources")
    visit.page.locator("input[type=file]").set_input_files(path)
    expect(visit.page.locator("img.rm-picture")).to_be_visible(timeout=20_000)
    visit.settle()


def send_with_picture(visit: Visit, photo: Path) -> Page:
    fill_form(visit)
    choose(visit, photo)
    type_into(visit, "What the picture shows", DESCRIPTION)
    step(visit, "Send")
    expect(visit.page.get_by_role("img", name=DESCRIPTION)).to_be_visible()
    visit.page.get_by_role("button", name="Submit for review").click()
    expect(visit.page.get_by_text("Sent. A moderator will review your event.")).to_be_visible()
    return visit.page


def source_of(page: Page) -> str:
    return str(page.locator("article.rm-card img.rm-picture").get_attribute("src"))


def test_picture_is_seen_by_all_only_once_it_is_published(
    own_site: Site, visit: Callable[..., Visit], photo: Path
) -> None:
    add_people(own_site)
    organiser = visit(own_site, size=PHONE)
    page = send_with_picture(organiser, photo)
    link = page.locator("[data-testid=stCode]").inner_text().strip()
    own = visit(own_site, size=PHONE).open(link.removeprefix(own_site.url))
    expect(own.get_by_role("img", name=DESCRIPTION)).to_be_visible()
    assert source_of(own).startswith("data:image/webp;base64,")

    moderator = signed_in(visit(own_site))
    page = open_review(moderator)
    page.get_by_role("button", name="Vigil in Gothenburg").click()
    expect(page.get_by_role("img", name=DESCRIPTION)).to_be_visible()
    assert source_of(page).startswith("data:image/webp;base64,")
    moderator.shoot("picture-review")
    seen_by_nobody_else = [url for url in (*organiser.requests, *moderator.requests) if "/pictures/" in url]
    assert seen_by_nobody_else == []
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("“Vigil in Gothenburg” is published and on the map now.")).to_be_visible()

    visitor = visit(own_site)
    page = visitor.open("/")
    page.get_by_role("button", name="Vigil in Gothenburg").click()
    image = page.get_by_role("img", name=DESCRIPTION)
    expect(image).to_be_visible()
    image.evaluate("image => image.decode()")
    assert image.evaluate("image => [image.naturalWidth, image.naturalHeight]") == [1200, 1600]
    visitor.shoot("picture")
    assert (visitor.failures, visitor.console) == ([], [])
    address = source_of(page)
    assert re.fullmatch(r"pictures/[0-9a-f]{32}", address)
    status, headers, served = own_site.get(f"/{address}")
    assert (status, headers["content-type"]) == (200, "image/webp")
    image_file = Image.open(BytesIO(served))
    assert (image_file.size, dict(image_file.getexif()), image_file.info.keys() & {"exif", "xmp", "icc_profile"}) == (
        (1200, 1600),
        {},
        set(),
    )
    assert [word for word in (b"SecretCam", b"Kim", b"Exif", b"EXIF") if word in served] == []

    page = moderator.page
    page.goto(f"{own_site.url}/review?event={_event_id(visitor.page)}")
    moderator.settle()
    page.get_by_role("button", name="Delete the picture").click()
    page.get_by_role("button", name="Yes, delete the picture").click()
    expect(page.get_by_text("The picture of “Vigil in Gothenburg” is deleted.")).to_be_visible()
    assert own_site.get(f"/{address}", {"if-none-match": headers["etag"]})[0] == 404


def test_picture_needs_words_and_a_file_that_is_one(
    own_site: Site, visit: Callable[..., Visit], photo: Path, tmp_path: Path
) -> None:
    organiser = visit(own_site)
    fill_form(organiser)
    page = organiser.page
    step(organiser, "Sources")
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"<svg onload='alert(1)'/>")
    page.locator("input[type=file]").set_input_files(broken)
    expect(page.locator("#error-picture")).to_have_text(
        "This file is not a picture in JPEG, PNG or WebP; please convert it."
    )
    choose(organiser, photo)
    expect(page.locator("#error-picture")).to_have_count(0)
    organiser.shoot("picture-field")
    step(organiser, "Send")
    expect(page.get_by_text("Please say in a few words what the picture shows.")).to_be_visible()
    page.get_by_role("button", name="Submit for review").click()
    organiser.settle()
    step(organiser, "Sources – needs attention")
    expect(page.locator("#error-picture_description")).to_be_visible()
    page.get_by_role("button", name="Choose another or none").click()
    expect(page.locator("img.rm-picture")).to_have_count(0)
    step(organiser, "Send")
    page.get_by_role("button", name="Submit for review").click()
    expect(page.get_by_text("Sent. A moderator will review your event.")).to_be_visible()


def _event_id(page: Page) -> str:
    found = re.search(r"event=([a-z0-9-]+)", page.url)
    assert found
    return found[1]
