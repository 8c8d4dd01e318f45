"""Every sentence of the pages is in every catalogue, complete, and none bypasses them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from gettext import c2py

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.plurals import get_plural

from rallymap.language import languages
from rallymap.language.languages import BUILT_IN
from tests.language.lone_sentences import in_python, in_script, in_template
from tools import messages

SOURCE = messages.SOURCE
ENGLISH_ALONE = {
    "assets/__init__.py": "the installation is broken",
    "cli/": "the command line is in English",
    "countries/reader.py": "the installation is broken",
    "file_faults.py": "the installation is broken",
    "exports/": "columns and descriptions within data files, for machines and archives",
    "intake/columns.py": "bundled tables, which the operator may replace",
    "intake/communities.py": "bundled tables, which the operator may replace",
    "intake/options.py": "a file of settings for imports",
    "intake/readers/json_programs.py": "types of ActivityPub and schema.org",
    "intake/sheets.py": "bundled tables, which the operator may replace",
    "intake/table.py": "bundled tables, which the operator may replace",
    "intake/tables/state_codes.py": "codes of states, which tables hold",
    "intake/xlsx.py": "bundled tables, which the operator may replace",
    "places/batch.py": "the command line is in English",
    "places/capitals.py": "names of the gazetteer",
    "places/counties.py": "names of the gazetteer",
    "places/gazetteer_file.py": "the installation is broken",
    "places/given_names.py": "the installation is broken",
    "places/landmarks.py": "the installation is broken",
    "places/remote.py": "settings of the place service, kept for everybody who asks after the first",
    "query/city_parts.py": "the installation is broken",
    "query/listing.py": "the public interface for programs",
    "query/map_request.py": "the public interface for programs",
    "settings_file.py": "a file of settings",
    "settings_reading.py": "a file of settings",
    "mail/smtp.py": "the operator's mail server, for commands and checks",
    "search/names.py": "names of countries that people type",
    "store/outbox.py": "the reason that commands of the operator show",
    "store/copies.py": "commands of the operator",
    "store/database_file.py": "the site does not start",
    "store/dumps.py": "commands of the operator",
    "store/engine.py": "the installation is broken",
    "store/home_lock.py": "the site does not start",
    "store/identities.py": "commands of the operator",
    "store/merges.py": "a code of the audit log; ui/review/words.py says it",
    "store/migrate.py": "the site does not start",
    "store/secret_key.py": "the site does not start",
    "trends/compared_sides.py": "the public interface for programs",
    "trends/request.py": "the public interface for programs",
    "upkeep/": "commands of the operator",
    "web/api_description.py": "the public interface for programs",
    "web/api_parameters.py": "the public interface for programs",
    "web/api_routes.py": "the public interface for programs",
    "web/assets.py": "a file that no page names",
    "web/deleted_routes.py": "the public interface for programs",
    "web/embed_routes.py": "a web address that somebody writes by hand",
    "web/event_pages.py": "the sitemap, for programs",
    "web/citation_routes.py": "the public interface for programs",
    "web/export_routes.py": "the public interface for programs",
    "web/figure_routes.py": "the public interface for programs",
    "web/map_pages.py": "a frame that no page asks for",
    "web/map_routes.py": "the public interface for programs",
    "web/metrics.py": "figures for the operator's monitoring",
    "web/other_methods.py": "the public interface for programs",
    "web/pictures.py": "a picture, not a page",
    "web/preview_routes.py": "a picture, not a page",
    "web/reconcile.py": "the public interface for programs",
    "web/security_middleware.py": "requests that no page sends",
    "web/serve.py": "the site does not start",
    "web/snapshot_answers.py": "the public interface for programs",
    "web/start_page.py": "the installation is broken",
    "web/streamlit_options.py": "the installation is broken",
    "web/unknown_addresses.py": "programs that want no page",
    "workflows/audit.py": "a code of the audit log; ui/review/words.py says it",
    "workflows/bundled_events.py": "progress of the first start, for the log",
    "workflows/data_frames.py": "notebooks of researchers",
    "workflows/given_points.py": "rallymap check, on the command line",
    "workflows/merges.py": "a code of the audit log; ui/review/words.py says it",
    "workflows/place_problems.py": "rallymap check, on the command line",
    "workflows/reconciliation.py": "the public interface for programs",
    "workflows/releases.py": "commands of the operator",
    "workflows/services.py": "the site does not start",
}
"""Files and rooms whose sentences are never on a page, and why; all others use the catalogues."""
NAMES = {"Natural Earth", "Stortinget, Oslo", "United States", "JSON", "rallymap"}
"""Names, which are the same in every language."""
CODES = [language.code for language in languages() if language.code != "en"]


def catalogue(code: str) -> Catalog:
    return messages.read(BUILT_IN / f"{code}.po")


def english(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{(\w*)\}", text))


def markup(text: str) -> list[str]:
    return sorted(re.findall(r"</?\w+|\*\*|`", text))


def edges(text: str) -> tuple[bool, bool]:
    return text[:1].isspace(), text[-1:].isspace()


@pytest.mark.slow
def test_catalogues_contain_exactly_the_sentences_of_the_sources(capsys: pytest.CaptureFixture[str]) -> None:
    assert messages.main(["--check"]) == 0, capsys.readouterr().err


@pytest.mark.parametrize("code", CODES)
def test_every_sentence_is_translated(code: str) -> None:
    assert messages.missing(catalogue(code)) == []


@pytest.mark.parametrize(
    ("code", "english_word", "word", "other"),
    [
        ("de", r"\bevents? ", r"", r"Ereignis(?!.*Veranstaltung)"),
        ("de", r"receipt", r"Eingang", r"Quittung"),
        ("es", r"\bevents?\b", r"", r"\bactos?\b"),
        ("es", r"receipt", r"[Rr]ecibo", r"comprobante"),
        ("es", r"\bfeed", r"[Cc]anal", r"[Ff]uentes?\b"),
        ("fr", r"", r"", r"[Éé]vénement"),
        ("fr", r"receipt", r"[Rr]eçu", r"[Rr]écépissé"),
        ("uk", r"\bevents?\b", r"", r"\b[Зз]ах[іо]д"),
        ("ru", r"", r"", r"[Мм]ероприят"),
        ("uk", r"receipt", r"[Кк]витанці", r"розписк"),
        ("uk", r"\b[Pp]ublishers?\b(?!})", r"[Вв]идан", r"[Вв]идавц"),
        ("es", r"\b[Pp]ublishers?\b(?!})", r"[Mm]edio", r"[Ee]ditor"),
        ("fr", r"\b[Pp]ublishers?\b(?!})", r"[Mm]édia", r"[Éé]diteur"),
        ("ku", r"\b[Ff]eeds?\b(?! reader)", r"[Kk]anal", r"xwendekar"),
        ("ku", r"\bfeed reader", r"xwîner", r"xwendekar"),
        ("uk", r"postpone", r"[Вв]ідкла", r"перен"),
        ("ru", r"postpone", r"[Оо]тло", r"перен"),
        ("fa", r"", r"", r"وبگاه|پرونده|میله"),
        ("uk", r"refuse(?! the|s this)|[Rr]efuse the change", r"ідхил", r"ідмов"),
        ("uk", r"more than \{(?!most\} MB)", r"понад|довш|перевищ", r"більше за"),
        ("tr", r"", r"", r"[Kk]elime"),
        ("tr", r"[Ss]ign in", r"", r"giriş yap"),
        # "-i" would make the organiser the one whom somebody reported, changed or answered.
        ("tr", r"", r"", r"[Dd]üzenleyeni (bildirdi|değiştirdi|yanıtladı|söyl|bunun|gerekçenizi)"),
        ("zh-Hant", r"^No event has a known \w+\.$", r"^所有活動的.+不明", r"沒有活動的"),
        ("sv", r"", r"", r"\b[Rr]apport(en)?\b"),
    ],
)  # fmt: skip
def test_one_thing_has_one_noun(code: str, english_word: str, word: str, other: str) -> None:
    said = [
        (english(message)[0], form)
        for message in catalogue(code)
        for form in ([message.string] if isinstance(message.string, str) else message.string)
    ]
    wrong = [
        pair
        for pair in said
        if pair[0] and re.search(english_word, pair[0]) and (not re.search(word, pair[1]) or re.search(other, pair[1]))
    ]
    assert wrong == []


@pytest.mark.parametrize("code", CODES)
def test_translations_keep_placeholders_and_markup(code: str) -> None:
    wrong = []
    for message in catalogue(code):
        one, *many = english(message)
        if not one:
            continue
        forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
        for form in filter(None, forms):  # sentences without a translation are shown in English
            wanted = placeholders((many or [one])[0])
            # A form for one or two may write the number as a word.
            has_names = placeholders(form) in (wanted, wanted - {"n"} if many else wanted)
            if (
                not has_names
                or markup(form) not in (markup(one), markup((many or [one])[0]))
                or edges(form) != edges(one)
            ):
                wrong.append((one, form))
    assert wrong == []


@pytest.mark.parametrize("code", CODES)
def test_plural_forms_are_those_of_the_language(code: str) -> None:
    made = catalogue(code)
    rule = get_plural(code.replace("-", "_"))
    assert (made.num_plurals, made.plural_expr) == (rule.num_plurals, rule.plural_expr)
    assert all(len(m.string or ()) == rule.num_plurals for m in made if m.id and not isinstance(m.id, str))


def test_arabic_counts_from_eleven_to_ninety_nine_are_in_the_accusative() -> None:
    # Babel numbers the form of 11 after that of 100; in gettext's own order "11 يومًا" would be "11 يوم".
    rule = c2py(catalogue("ar").plural_expr)
    counted = [(m.id, tuple(m.string or ())) for m in catalogue("ar") if m.pluralizable]
    assert [said for said, forms in counted if forms[rule(11)].count("ًا") < forms[rule(100)].count("ًا")] == []


QUOTATION_MARKS = {
    **dict.fromkeys(["ar", "es", "fa", "fr", "nb", "ru", "uk"], "«»"),
    **dict.fromkeys(["ku", "tr"], "“”"),
    "de": "„“",
    "sv": "””",
    "zh-Hant": "「」",
}


@pytest.mark.parametrize("code", CODES)
def test_quotation_marks_and_spaces_are_those_of_the_language(code: str) -> None:
    wrong = []
    for message in catalogue(code):
        for form in (message.string,) if isinstance(message.string, str) else tuple(message.string or ()):
            marks = set(re.findall('["“”„«»‚‹›「」『』]', form))
            # No line break may be within French quotation marks or before these signs.
            loose = code == "fr" and re.search(r"« | »| [:;?!]|«(?!\xa0)|(?<!\xa0)»", form)
            if english(message)[0] and (not marks <= set(QUOTATION_MARKS[code]) or loose):
                wrong.append(form)
    assert wrong == []


@pytest.mark.parametrize("code", ["ar", "fa"])
def test_examples_are_kept_together_in_lines_from_right_to_left(code: str) -> None:
    # Without an isolate (UAX #9) "2020-02-01" is shown as 01-02-2020, and "-90" as 90-.
    apart = re.compile(r"\d{4}-\d\d|\d~|https?://|--\w|(?<!\w)[-−]\d|\d[-−](?!\w)|\d\.\d+[,;] ?\d")
    loose: list[str] = []
    for message in catalogue(code):
        forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
        shown = [re.sub("\u2068[^\u2069]*\u2069", "", form) for form in forms if message.id]
        loose.extend(form for form in shown if apart.search(form))
    assert loose == []


@pytest.mark.parametrize("code", CODES)
def test_the_description_of_a_selection_stands_in_no_brackets_if_it_has_some(code: str) -> None:
    forms = [(english(message)[0], str(message.string)) for message in catalogue(code)]
    has_brackets = any(re.search(r"[(（]\{conditions", form) for one, form in forms if one == "events {conditions}")
    assert not has_brackets or [form for _, form in forms if re.search(r"[(（]\{selection", form)] == []


def test_times_of_day_are_written_with_the_digits_of_the_reader() -> None:
    said = [re.sub("\u2068[^\u2069]*\u2069", "", str(message.string)) for message in catalogue("fa") if message.id]
    assert [sentence for sentence in said if re.search(r"\b[0-9]{1,2}:[0-9]{2}\b", sentence)] == []


def test_examples_in_fields_have_the_digits_of_the_reader() -> None:
    """Coordinates are copied from elsewhere, so their example has the digits that they have there."""
    loose = [
        (path.name, example)
        for path in (SOURCE / "ui").rglob("*.py")
        for example in re.findall(r'placeholder="([^"]*\d[^"]*)"', path.read_text("utf-8"))
        if not re.fullmatch(r"[\d.]+, [\d.]+", example)
    ]
    assert loose == []


def test_sentences_within_f_strings_are_collected() -> None:
    source = "html = f\"<b>{tr('Open')}</b> {trn('{n} day', '{n} days', left)} {trc('button', 'Close')} {tr(LABEL)}\""
    assert list(messages.in_f_strings(source)) == [("Open", None), (("{n} day", "{n} days"), None), ("Close", "button")]


Find = Callable[[str], Iterator[tuple[int, str]]]


def lone_sentences(suffix: str, find: Find) -> list[tuple[str, int, str]]:
    """Return file, line and text of each sentence that bypasses the catalogues."""
    return [
        (path.relative_to(SOURCE).as_posix(), line, text)
        for path in sorted(SOURCE.rglob(f"*{suffix}"))
        if "bundle" not in path.parts
        for line, text in find(path.read_text("utf-8"))
        if text not in NAMES and "sans-serif" not in text
    ]


@pytest.mark.slow
def test_no_sentence_in_code_bypasses_the_catalogues() -> None:
    found = lone_sentences(".py", in_python)
    assert [one for one in found if not one[0].startswith(tuple(ENGLISH_ALONE))] == []
    used = {exempt for exempt in ENGLISH_ALONE if any(name.startswith(exempt) for name, *_ in found)}
    assert set(ENGLISH_ALONE) - used == set(), "these need no exemption any more"


@pytest.mark.slow
def test_no_sentence_in_a_script_bypasses_the_catalogues() -> None:
    assert lone_sentences(".js", in_script) == []


def test_no_sentence_in_a_template_bypasses_the_catalogues() -> None:
    assert lone_sentences(".html", in_template) == []


@pytest.mark.parametrize(
    ("find", "source", "found"),
    [
        (in_python, 'st.html("<p>Nothing is here.</p>")', [(1, "<p>Nothing is here.</p>")]),
        (in_python, "a = 1\nsaid = f'At most {most} fit.'", [(2, "At most {} fit.")]),
        (in_python, "refuse('Choose another one.', detail='Said twice, so refused.')", [(1, "Choose another one.")]),
        (in_python, "say(tr('Nothing is here.'), {'A code': phrase_n('{n} row is', '{n} Rows are', 2)})", []),
        (in_python, "def f():\n    'Say what is wrong.'\n    log.warning('This was refused.')", []),
        (in_script, "box.append(`Only ${n} events`); // Draws a box.", [(1, "Only {} events")]),
        (in_script, "draw(tr('Draw an area'), trn('{n} Event here', '{n} Events here', 2))", []),
        (in_script, "throw new Error('No such map'); console.warn('This is odd.');", []),
        (in_template, "<p>{{ tr('Events') }}\n<b>of {{ city }}</b>", [(2, "of")]),
        (in_template, '<img alt="A map" src="x">{# All is said. #}<p>$content</p>', [(1, "A map")]),
        (in_template, "<style>body { margin: auto }</style><p>{{ said }}: &middot;</p>", []),
    ],
)
def test_lone_sentences_are_found(find: Find, source: str, found: list[tuple[int, str]]) -> None:
    assert list(find(source)) == found
