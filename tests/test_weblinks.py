"""Links that are allowed on pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rallymap.errors import InvalidEventError
from rallymap.weblinks import clean_http_url, opens_meeting, with_scheme


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org",
        "http://example.org/a?b=c&d=%20#e",
        "HTTPS://EXAMPLE.ORG/",
        "https://example.org:8443/a",
        "https://xn--mgba3a4f16a.ir/",
        "https://نمونه.org/خبر",
        "https://[2001:db8::1]/",
    ],
)
def test_web_address_is_unchanged(url: str) -> None:
    assert clean_http_url("source_url", f"  {url}\n") == url


def test_no_address() -> None:
    assert clean_http_url("source_url", "  ") == ""


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/hosts",
        "ftp://example.org",
        "//example.org",
        "example.org",
        "https:///path",
        "https://",
        "https:example.org",
        "https://user@example.org",
        "https://user:secret@example.org",
        "https://example.org/a b",
        "https://example.org/<b>",
        'https://example.org/"x',
        "https://example.org/\\x",
        "https://example.org/`",
        "https://¨b.example/",  # a space in IDNA
        "https://example.org:port/",
        "https://[::1",
        "https://example.org/\x00",
        "https://example.org/" + "a" * 2000,
    ],
)
def test_everything_else_is_refused_with_its_field(url: str) -> None:
    with pytest.raises(InvalidEventError) as caught:
        clean_http_url("source2_url", url)
    assert caught.value.field == "source2_url"
    assert caught.value.user_message.endswith(".")


@pytest.mark.slow
@given(st.text(max_size=80) | st.text(max_size=40).map("https://{}".format))
def test_accepted_link_cannot_escape_an_attribute_or_run(url: str) -> None:
    try:
        kept = clean_http_url("source_url", url)
    except InvalidEventError:
        return
    assert kept == "" or kept.casefold().startswith(("http://", "https://"))
    assert not set(kept) & set('<>"`\\ \n\t\r\x00')


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u200b", "\u2060", "\u00ad", "\u3164", "\u200f"])
def test_sign_that_cannot_be_seen_is_encoded_in_a_link_and_refused_in_a_site(sign: str) -> None:
    cleaned = clean_http_url("source_url", f"https://news.example/a{sign}b")
    assert (sign in cleaned, cleaned.startswith("https://news.example/a%"), cleaned.endswith("b")) == (
        False,
        True,
        True,
    )
    assert clean_http_url("source_url", cleaned) == cleaned
    with pytest.raises(InvalidEventError):
        clean_http_url("source_url", f"https://ne{sign}ws.example/a")


@pytest.mark.parametrize(
    "url",
    [
        "https://zoom.us/j/123456789?pwd=secret",
        "https://us02web.zoom.us/my/room",
        "https://teams.microsoft.com/l/meetup-join/19%3ameeting",
        "https://meet.google.com/abc-defg-hij",
        "https://meet.jit.si/OurRoom",
        "https://company.webex.com/meet/somebody",
        "https://bbb.example.org/b/abc-def-ghi",
        "https://chat.whatsapp.com/AbCdEf",
        "https://t.me/+AbCdEf",
    ],
)
def test_address_that_opens_a_meeting_is_known(url: str) -> None:
    assert opens_meeting(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://us02web.zoom.us/webinar/register/WN_x",
        "https://meet.google.com/",
        "https://www.youtube.com/watch?v=x",
        "https://t.me/channel",
        "https://news.example/zoom.us/j/1",
        "https://example.org/b/report-2020",
    ],
)
def test_page_that_announces_an_event_opens_no_meeting(url: str) -> None:
    assert not opens_meeting(url)


@pytest.mark.parametrize(
    "url",
    [
        "www.example.org",
        "news.example.org/a?b=c#d",
        "example.org:8080/a",
        "пример.рф/новости",
        "خبر.ایران/۱",
        "t.me/news",
    ],
)
def test_address_without_a_scheme_gets_one(url: str) -> None:
    assert with_scheme(f" {url} ") == f"https://{url}"
    assert with_scheme(f"//{url}") == f"https://{url}"
    assert clean_http_url("source_url", with_scheme(url)) == f"https://{url}"


@pytest.mark.parametrize(
    "text",
    ["", "https://example.org", "javascript:alert(1)", "data:text/html,x", "name@example.org", "report.pdf",
     "1.2.3.4/a", "localhost/a", "see example.org", "e.g.", "Oslo", "a..b/c", "-a.org"],
)  # fmt: skip
def test_text_without_a_host_gets_no_scheme(text: str) -> None:
    assert with_scheme(text) == text


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://р\u0430ypal.com/x?y=1", "https://xn--ypal-43d9g.com/x?y=1"),
        ("https://www.BB\u0421.com/", "https://www.xn--bb-pmc.com/"),
        ("https://bbc。com:8443/a", "https://bbc.com:8443/a"),
        ("https://bbc.com\u2044evil.example/", "https://bbc.xn--comevil-3d7c.example/"),
        ("https://bbc.com\u2024evil.example/", "https://bbc.com.evil.example/"),
        ("https://новини.укр/a", "https://новини.укр/a"),
        ("https://müller.example/", "https://müller.example/"),
        ("https://例え.example/道", "https://例え.example/道"),
    ],
)
def test_deceptive_site_is_shown_as_browsers_do(url: str, shown: str) -> None:
    assert clean_http_url("source_url", url) == shown
