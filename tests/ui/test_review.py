"""The moderators' page, each list and action as they would use it; nothing below the page is faked."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from rallymap.dates import DatePrecision, EventDate
from rallymap.events import Campaign, EventStatus, Kind, Place, ReviewStatus, Source, Translation
from rallymap.moderation import VISITOR, Account, Decision, ReportKind, ReportOutcome, Role
from rallymap.passwords import hash_password
from rallymap.store import Database, PlaceCheck
from rallymap.store.accounts import close_account, list_accounts, set_password_hash
from rallymap.store.audit import list_audit
from rallymap.store.coverage import list_coverage
from rallymap.store.edit_links import read_own_event
from rallymap.store.events import get_event
from rallymap.store.invitations import get_invitation
from rallymap.store.messages import list_open_messages
from rallymap.store.recovery import get_reset
from rallymap.store.reports import list_open_reports
from rallymap.store.review_queue import list_queue
from rallymap.ui.plain import plain_label
from rallymap.ui.review.more import event_id_in
from rallymap.workflows.decisions import list_staged, stage
from rallymap.workflows.edit_links import answer_moderators, store_own
from rallymap.workflows.edits import store_edit
from rallymap.workflows.merges import merge_events
from rallymap.workflows.messages import add_note
from rallymap.workflows.proposals import settle_proposal
from rallymap.workflows.reports import close_report, report_event
from rallymap.workflows.services import running_services
from rallymap.workflows.submissions import submit_event
from tests.store.acts import account_named
from tests.ui.conftest import Open, by_history, parts, press, run, words
from tests.workflows.moderated import ADA, HAMILTONS, MIRA, NOW, PARIS, RESOLVER, event, new_key, publish, submit

pytestmark = pytest.mark.slow  # together they take seconds; `make test` runs them


FLEUR = Account("fleur", Role.MODERATOR)


def plain_words(page: AppTest) -> str:
    """Return what the page says, without tags and marks of direction."""
    return re.sub(r"<[^>]*>|[\u2066-\u2069]", "", words(page)).replace("&lt;", "<").replace("&gt;", ">")


def rows(page: AppTest) -> list[str]:
    return [button.label for button in page.button if str(button.key).startswith("row-")]


def test_visitor_is_asked_to_sign_in(open_page: Open) -> None:
    page = open_page(None)
    assert 'href="sign-in"' in words(page)
    assert list(page.button) == []


def test_organiser_reads_that_the_page_is_for_moderators(db: Database, open_page: Open) -> None:
    submit(db, event("waits"))
    page = open_page(Account("omid", Role.ORGANISER))
    assert "This page is for moderators." in words(page)
    assert list(page.button) == []


def test_right_that_ends_closes_the_open_page(db: Database, open_page: Open) -> None:
    submit(db, event("waits"))
    page = open_page(MIRA, event="waits")
    db.write(close_account, "mira")
    press(page, "decide_publish_waits_1")
    assert 'href="sign-in"' in words(page)
    assert db.read(get_event, "waits").review is ReviewStatus.PENDING


def test_damaged_event_takes_no_list_away_and_leaves_the_case_empty(db: Database, open_page: Open) -> None:
    submit(db, event("waits"))
    submit(db, event("broken"))
    with db.writing() as tx:
        tx.conn.exec_driver_sql("UPDATE revisions SET document = '{' WHERE event_id = 'broken'")
    page = open_page(event="broken")
    assert "is damaged, so it cannot be shown; ask the operator." in words(page)
    assert "Choose another one from the list." in words(page)
    assert len(rows(page)) == 1


def test_damaged_event_goes_back_to_its_newest_readable_revision_and_waits(db: Database, open_page: Open) -> None:
    token = submit(db, event("broken", title="First words"))
    edit_title(db, "broken", "Better words")
    publish(db, "broken")
    own = db.read(read_own_event, token).event
    store_own(db, token, own.changed(about="Of prisoners."), expected_revision=3, idempotency_key=new_key())
    with db.writing() as tx:
        tx.conn.exec_driver_sql("UPDATE revisions SET document = '{' WHERE event_id = 'broken' AND revision = 3")
    page = open_page(event="broken")
    assert "Revision 2 is the newest one that can be read." in words(page)
    assert "Better words" in words(page)
    page = press(page, "restore-damaged-broken-3")
    assert "“Better words” is restored to revision 2." in plain_words(page)
    after = db.read(get_event, "broken")
    assert (after.title, after.review, after.revision) == ("Better words", ReviewStatus.PENDING, 4)
    assert "Of prisoners." in plain_words(page)  # the change that waits
    page.button_group("review_sections").set_value("history")
    page = run(page)
    assert "Restored by mira" in plain_words(page)
    page.text_input("proposal-reason-broken").set_value("")
    press(page, "proposal-True-broken-4")
    assert db.read(get_event, "broken").about == "Of prisoners."


def test_damaged_event_without_a_readable_revision_offers_none(db: Database, open_page: Open) -> None:
    submit(db, event("broken"))
    edit_title(db, "broken", "Better words")
    with db.writing() as tx:
        tx.conn.exec_driver_sql("UPDATE revisions SET document = '{' WHERE event_id = 'broken'")
    submit(db, event("waits"))
    page = open_page(event="broken")
    assert [button.key for button in page.button if str(button.key).startswith("restore-damaged")] == []
    page = open_page(event="waits")
    page.button_group("review_sections").set_value("more")
    page = run(page)
    page.text_input("merge-link-waits").set_value("/events/broken")
    page = run(page)
    assert "is damaged, so it cannot be shown" in words(page)
    assert page.button("takedown-waits-1")


def edit_title(db: Database, event_id: str, title: str) -> None:
    seen = db.read(get_event, event_id)
    store_edit(db, seen.changed(title=title), account=MIRA, expected_revision=seen.revision, idempotency_key=new_key())


def test_damaged_event_is_taken_down_from_its_case(db: Database, open_page: Open) -> None:
    submit(db, event("broken"))
    with db.writing() as tx:
        tx.conn.exec_driver_sql("UPDATE revisions SET document = '{' WHERE event_id = 'broken'")
    page = open_page(MIRA, event="broken")
    press(page, "takedown-broken-1")
    assert "Nothing was deleted. To confirm, write “take down” in the field." in words(page)
    page.text_input("takedown-words-broken").set_value("take down")
    press(page, "takedown-broken-1")
    assert "The event is taken down; all its content is deleted." in words(page)
    assert [entry.action for entry in db.read(list_audit, "broken")] == ["submitted", "taken down"]


def test_queue_shows_age_in_words_and_counts(db: Database, open_page: Open) -> None:
    submit(db, event("waits", title="Vigil [in](x) Oslo", kind=Kind.VIGIL))
    page = open_page()
    assert rows(page) == ["**Vigil \\[in\\]\\(x\\) Oslo** *Oslo\\, Norway · 1 Feb 2020* :small[just now]"]
    assert "<b>1 waiting</b>" in words(page)


def test_queue_filters_by_kind_and_country(db: Database, open_page: Open) -> None:
    submit(db, event("rally-no"))
    submit(db, event("vigil-no", kind=Kind.VIGIL))
    submit(db, event("vigil-fr", kind=Kind.VIGIL, location=PARIS))
    page = open_page()
    page.multiselect("queue_kinds").set_value([Kind.VIGIL])
    assert len(rows(run(page))) == 2
    page.multiselect("queue_countries").set_value(["FR"])
    assert [label.split("**")[1] for label in rows(run(page))] == ["Rally vigil\\-fr"]
    page.radio("queue_age").set_value("week")
    assert rows(run(page)) == []


def test_moderator_for_norway_is_shown_oslo_and_not_paris(db: Database, open_page: Open) -> None:
    submit(db, event("oslo"))
    submit(db, event("paris", location=PARIS))
    nora = Account("nora", Role.MODERATOR, ("NO",))
    assert [label.split("**")[1] for label in rows(open_page(nora))] == ["Rally oslo"]
    page = open_page(nora, event="paris")
    assert "This event is in France; your account is for Norway only." in words(page)
    assert "Rally paris" not in words(page)


def test_published_event_is_public_and_the_next_one_opens(db: Database, open_page: Open) -> None:
    submit(db, event("first"))
    submit(db, event("second"))
    page = press(open_page(), "row-rally--first")
    press(page, "decide_publish_first_1")
    assert db.read(get_event, "first").review is ReviewStatus.PUBLISHED
    assert "“Rally first” is published and on the map now." in words(page)
    assert 'aria-label="Rally second"' in words(page)


def test_second_half_of_a_double_click_loses_neither_the_next_event_nor_what_is_said(
    db: Database, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit(db, event("first"))
    submit(db, event("second"))
    page = press(open_page(MIRA, event="first"), "decide_publish_first_1")
    page.query_params["event"] = "first"  # sent before the address had changed
    text = words(run(page))
    assert "“Rally first” is published and on the map now." in text
    assert 'aria-label="Rally second"' in text
    assert page.query_params["event"] == "second"
    page.query_params["event"] = "first"  # the moderator goes back
    by_history(monkeypatch)
    assert 'aria-label="Rally first"' in words(run(page))


def test_sending_back_asks_for_a_reason(db: Database, open_page: Open) -> None:
    submit(db, event("waits"))
    page = press(open_page(MIRA, event="waits"), "decide_send_back_waits_1")
    text = words(page)
    assert "Please say why in a few words" in text
    # Beside the reason, and not above the page too.
    assert text.count("Please say why") == 1
    assert text.index("rm-card") < text.index("Please say why")
    # The script of the page goes to the first error after each try.
    [script] = parts(page, "review_keys")
    assert (script["turn"], 'id="error-reason_waits"' in text) == (1, True)
    page = press(page, "decide_reject_waits_1")
    assert [part["turn"] for part in parts(page, "review_keys")] == [2]
    page.text_area("reason_waits").set_value("Which square?")
    press(page, "decide_send_back_waits_1")
    assert db.read(get_event, "waits").review is ReviewStatus.SENT_BACK
    assert db.read(list_audit, "waits")[-1].reason == "Which square?"


def test_reason_and_edit_survive_a_change_by_somebody_else(db: Database, open_page: Open) -> None:
    submit(db, event("waits"))
    page = open_page(MIRA, event="waits")
    page.button_group("review_sections").set_value("edit")
    run(page)
    page.text_input("edit/waits/1/title").set_value("Rally at noon")
    page.text_area("reason_waits").set_value("Which square?")
    store_edit(
        db,
        db.read(get_event, "waits").changed(about="By ada"),
        account=ADA,
        expected_revision=1,
        idempotency_key=new_key(),
    )
    press(page, "save-waits-1")
    assert "Look at the new version and decide again." in words(page)
    assert "Edited by ada · just now · revision 2 · waits for review. Changed: About" in plain_words(page)
    assert page.text_input("edit/waits/2/title").value == "Rally at noon"
    assert page.text_area("edit/waits/2/about").value == "By ada"
    press(page, "save-waits-2")
    after = db.read(get_event, "waits")
    assert (after.title, after.about) == ("Rally at noon", "By ada")

    page.text_area("reason_waits").set_value("Which square?")
    store_edit(db, after.changed(about="By ada again"), account=ADA, expected_revision=3, idempotency_key=new_key())
    press(page, "decide_send_back_waits_3")
    assert db.read(get_event, "waits").review is ReviewStatus.PENDING
    assert page.text_area("reason_waits").value == "Which square?"
    press(page, "decide_send_back_waits_4")
    assert db.read(get_event, "waits").review is ReviewStatus.SENT_BACK


def test_collected_decisions_wait_until_all_are_carried_out(db: Database, open_page: Open) -> None:
    submit(db, event("first"))
    submit(db, event("second"))
    page = open_page(MIRA, event="first")
    page.checkbox("review_collect").set_value(True)
    run(page)
    press(page, "decide_publish_first_1")
    press(page, "decide_publish_second_1")
    assert "<b>2 listed for later</b>" in words(page)
    assert [db.read(get_event, name).review for name in ("first", "second")] == [ReviewStatus.PENDING] * 2
    press(page, "drop-second")
    press(page, "carry_out")
    assert [db.read(get_event, name).review for name in ("first", "second")] == [
        ReviewStatus.PUBLISHED,
        ReviewStatus.PENDING,
    ]


def test_what_is_typed_outlives_a_change_by_somebody_else_that_the_page_draws_by_itself(
    db: Database, open_page: Open
) -> None:
    submit(db, event("waits"))
    page = open_page(MIRA, event="waits")
    page.button_group("review_sections").set_value("messages")
    run(page)
    page.text_area("note-waits-0").set_value("Ask ada.")
    page.text_area("reason_waits").set_value("Which square?")
    run(page)
    add_note(db, "waits", "By ada", account=ADA, idempotency_key=new_key())
    changed = db.read(get_event, "waits").changed(about="By ada")
    store_edit(db, changed, account=ADA, expected_revision=1, idempotency_key=new_key())
    run(page)  # as by the count in the top bar
    assert "By ada" in words(page)
    assert (page.text_area("note-waits-0").value, page.text_area("reason_waits").value) == ("Ask ada.", "Which square?")

    page.button_group("review_sections").set_value("edit")
    run(page)
    changed = db.read(get_event, "waits").changed(about="By ada again")
    store_edit(db, changed, account=ADA, expected_revision=2, idempotency_key=new_key())
    run(page)
    # The same fields: a browser keeps in them what was typed and is not sent yet.
    page.text_input("edit/waits/2/title").set_value("Rally at noon")
    assert "Changed since; look again.\nEdited by ada · just now · revision 3" in plain_words(page)
    press(page, "save-waits-2")
    assert page.text_area("edit/waits/3/about").value == "By ada again"
    press(page, "save-waits-3")
    after = db.read(get_event, "waits")
    assert (after.title, after.about) == ("Rally at noon", "By ada again")


def test_what_is_typed_about_an_event_stays_while_another_one_or_another_list_is_open(
    db: Database, open_page: Open
) -> None:
    for name in ("first", "second"):
        submit(db, event(name))
    page = open_page(MIRA, event="first")
    page.button_group("review_sections").set_value("messages")
    run(page)
    page.text_area("note-first-0").set_value("Ask ada.")
    run(page)
    # The press that opens another event brings the newest words, too.
    page.text_area("reason_first").set_value("Which square?")
    press(page, "row-rally--second")
    assert page.text_area("reason_second").value == ""
    page.button_group("review_views").set_value("reports")
    run(page)
    page.button_group("review_views").set_value("queue")
    run(page)
    press(page, "row-rally--first")
    assert page.text_area("reason_first").value == "Which square?"
    page.button_group("review_sections").set_value("messages")
    run(page)
    assert page.text_area("note-first-0").value == "Ask ada."
    press(page, "note-False-first-0")
    press(page, "decide_reject_first_1")
    assert db.read(list_audit, "first")[-1].reason == "Which square?"
    # What was sent is in no field any more.
    press(page, "undo_decision")
    assert page.text_area("reason_first").value == ""


def test_decision_listed_for_later_outlives_what_another_moderator_decides(db: Database, open_page: Open) -> None:
    submit(db, event("waits"))
    page = open_page(MIRA, event="waits")
    page.checkbox("review_collect").set_value(True)
    run(page)
    page.text_area("reason_waits").set_value("Which <square>?")
    press(page, "decide_reject_waits_1")

    other = open_page(ADA, event="waits")
    assert "mira has listed a decision about this event for later: Reject." in plain_words(other)
    other.checkbox("review_collect").set_value(True)
    run(other)
    press(other, "decide_publish_waits_1")
    assert "reject" in [one.decision for one in list_staged(db, MIRA)]
    press(other, "carry_out")
    assert db.read(get_event, "waits").review is ReviewStatus.PUBLISHED

    page = open_page(MIRA)
    said = plain_words(page)
    assert "Reject: Rally waits · Which <square>? Changed since; look again.Published by ada · just now" in said
    assert page.button("look-waits").label.startswith("Open")
    press(page, "carry_out")
    assert "Someone changed “Rally waits” since you decided; look at it again. Nothing was carried out." in words(page)
    assert db.read(get_event, "waits").review is ReviewStatus.PUBLISHED
    page = open_page(MIRA, event="waits")
    assert page.text_area("reason_waits").value == "Which <square>?"
    press(page, "drop-waits")
    assert list_staged(db, MIRA) == []


def test_undo_is_offered_only_for_what_was_done_last(db: Database, open_page: Open) -> None:
    for name in ("first", "second"):
        submit(db, event(name))
        stage(db, name, Decision.PUBLISH, account=MIRA, expected_revision=1)
    page = open_page(MIRA, event="first")
    press(page, "carry_out")
    assert [db.read(get_event, name).review for name in ("first", "second")] == [ReviewStatus.PUBLISHED] * 2
    press(page, "undo_decision")
    assert "Undone: 2 decisions." in words(page)
    assert [db.read(get_event, name).review for name in ("first", "second")] == [ReviewStatus.PENDING] * 2

    press(page, "decide_publish_first_3")
    assert "undo_decision" in [button.key for button in page.button]
    page.button_group("review_sections").set_value("messages")
    run(page)
    page.text_area("note-second-0").set_value("Ask ada.")
    press(page, "note-False-second-0")
    assert "undo_decision" not in [button.key for button in page.button]


def test_event_that_another_moderator_merged_says_into_which(db: Database, open_page: Open) -> None:
    for name in ("known", "again"):
        submit(db, event(name))
    page = open_page(MIRA, event="again")
    stage(db, "again", Decision.PUBLISH, account=FLEUR, expected_revision=1)
    kept, gone = (db.read(get_event, name) for name in ("known", "again"))
    merge_events(db, kept, gone, account=ADA, idempotency_key=new_key())
    press(page, "decide_publish_again_1")
    assert "Merged away by ada · just now · revision 1 · waits for review. Into known" in plain_words(page)
    assert page.button("open_kept").label == "Rally known"
    press(page, "open_kept")
    assert page.button("decide_publish_known_2")
    [moved] = list_staged(db, FLEUR)
    assert (moved.event.id, moved.decision, moved.is_stale) == ("known", Decision.PUBLISH, True)


def test_report_and_proposal_that_another_moderator_settled_say_by_whom(db: Database, open_page: Open) -> None:
    token = submit(db, event("known"))
    publish(db, "known")
    own = db.read(read_own_event, token).event
    store_own(db, token, own.changed(title="Better"), expected_revision=2, idempotency_key=new_key())
    report_event(
        db, "known", ReportKind.OTHER, "", account=VISITOR, address="192.0.2.1", now=db.now(), idempotency_key=new_key()
    )
    [report] = db.read(list_open_reports)
    page = open_page(MIRA, view="changes", event="known")
    page.text_input("proposal-reason-known").set_value("The source says otherwise.")
    settle_proposal(
        db, "known", accept=False, account=ADA, expected_revision=2, reason="No.", idempotency_key=new_key()
    )
    press(page, "proposal-False-known-2")
    assert "No change is proposed to this event any more." in words(page)
    assert "Change refused by ada · just now · revision 2 · published. No." in plain_words(page)
    page = open_page(MIRA, view="reports", event="known")
    close_report(db, report, ReportOutcome.SHOW, account=ADA, idempotency_key=new_key())
    press(page, f"close-report-{report.id}-hide-2")
    assert "This report is already closed." in words(page)
    assert "Report closed by ada · just now · revision 2 · published" in plain_words(page)


def test_typed_reason_and_place_outlive_a_change_by_somebody_else(db: Database, open_page: Open) -> None:
    token = submit(db, event("known", location=None), PlaceCheck("no-match"))
    publish(db, "known")
    own = db.read(read_own_event, token).event
    store_own(db, token, own.changed(title="Better"), expected_revision=2, idempotency_key=new_key())

    def change(words: str) -> None:
        known = db.read(get_event, "known")
        changed = known.changed(about=words)
        store_edit(db, changed, account=ADA, expected_revision=known.revision, idempotency_key=new_key())

    page = open_page(MIRA, view="changes", event="known")
    page.text_input("proposal-reason-known").set_value("The source says otherwise.")
    change("First")
    press(page, "proposal-False-known-2")
    assert page.text_input("proposal-reason-known").value == "The source says otherwise."
    page = open_page(MIRA, view="places", event="known")
    page.text_input("settle-coordinates-known").set_value("59.91301, 10.73999")
    run(page)
    change("Second")
    press(page, "settle-known@3")
    assert page.text_input("settle-coordinates-known").value == "59.91301, 10.73999"
    press(page, "settle-known@4")
    assert db.read(get_event, "known").location is not None


def test_campaign_of_which_somebody_changed_one_event_is_left_as_it_is_and_says_which(
    db: Database, open_page: Open
) -> None:
    walk = Campaign("walk", "Walk")
    for name in ("first", "second"):
        submit(db, event(name, campaign=walk))
    page = open_page(MIRA, event="first")
    changed = db.read(get_event, "second").changed(title="Changed meanwhile")
    store_edit(db, changed, account=ADA, expected_revision=1, idempotency_key=new_key())
    press(page, "campaign_publish_walk")
    text = plain_words(page)
    assert "Someone changed “Changed meanwhile” since you decided; look at it again. Nothing was carried out." in text
    assert "“Changed meanwhile”: Edited by ada · just now · revision 2 · waits for review. Changed: Title" in text
    assert [db.read(get_event, name).review for name in ("first", "second")] == [ReviewStatus.PENDING] * 2
    press(page, "campaign_publish_walk")  # having seen it
    publish_again = db.read(get_event, "second").revision
    edited = db.read(get_event, "second").changed(about="Once more")
    store_edit(db, edited, account=ADA, expected_revision=publish_again, idempotency_key=new_key())
    press(page, "undo_decision")
    text = plain_words(page)
    assert "Someone changed “Changed meanwhile” since you decided" in text
    assert "“Changed meanwhile”: Edited by ada · just now · revision 4 · published. Changed: About" in text


def test_duplicate_is_next_to_the_event_and_is_merged(db: Database, open_page: Open) -> None:
    submit(db, event("known"))
    publish(db, "known")
    submit(db, event("again"))
    page = open_page(MIRA, event="again")
    assert "Why: same place and days; published." in words(page)
    press(page, "merge-known@2-again@1")
    assert "Both are one event now: “Rally known”." in words(page)
    assert [source.url for source in db.read(get_event, "known").sources] == [
        "https://news.example/known",
        "https://news.example/again",
    ]


@pytest.mark.parametrize(
    "link", ["https://a.example/?event={}&x=1", "https://a.example/base/events/{}", "/events/{}.ics"]
)
def test_event_to_merge_with_is_named_by_any_of_its_addresses(link: str) -> None:
    assert event_id_in(f" {link.format('oslo-2020')} ") == "oslo-2020"


def test_notes_and_questions_are_kept_apart(db: Database, open_page: Open) -> None:
    token = submit(db, event("waits"))
    page = open_page(MIRA, event="waits")
    page.button_group("review_sections").set_value("messages")
    run(page)
    page.text_area("note-waits-0").set_value("<b>They</b> sound sure.")
    press(page, "note-False-waits-0")
    assert "&lt;b&gt;They&lt;/b&gt; sound sure." in words(page)
    page.text_area("note-waits-1").set_value("Which square?")
    press(page, "note-True-waits-1")
    assert [note.words for note in db.read(read_own_event, token).notes] == ["Which square?"]


def test_edit_adds_a_language_and_takes_it_away(db: Database, open_page: Open) -> None:
    submit(db, event("waits"))
    page = open_page(MIRA, event="waits")
    page.button_group("review_sections").set_value("edit")
    run(page)
    assert page.selectbox("edit/waits/1/language").value == ""
    page.selectbox("edit/waits/1/language").select("en")
    page.selectbox("edit/waits/1/translation_language").select("fa")
    page.text_input("edit/waits/1/translation_title").set_value("تجمع")
    page = press(page, "save-waits-1")
    after = db.read(get_event, "waits")
    assert (after.language, after.translations) == ("en", (Translation("fa", "تجمع"),))
    page.text_input("edit/waits/2/translation_title").set_value("")
    press(page, "save-waits-2")
    assert db.read(get_event, "waits").translations == ()


def test_edit_saves_what_differs_and_says_errors(db: Database, open_page: Open) -> None:
    submit(db, event("waits"))
    page = open_page(MIRA, event="waits")
    page.button_group("review_sections").set_value("edit")
    run(page)
    page.text_input("edit/waits/1/title").set_value("Rally at noon")
    page.text_input("edit/waits/1/start").set_value("soonish")
    press(page, "save-waits-1")
    assert "Nothing was changed." in words(page)
    assert page.text_input("edit/waits/1/title").value == "Rally at noon"
    page.text_input("edit/waits/1/start").set_value("2 February 2020")
    press(page, "save-waits-1")
    after = db.read(get_event, "waits")
    assert (after.title, after.when.edtf, after.location) == ("Rally at noon", "2020-02-02", event("x-1").location)


def test_history_leads_back_to_what_was_said(db: Database, open_page: Open) -> None:
    submit(db, event("waits"))
    store_edit(
        db,
        db.read(get_event, "waits").changed(title="Spoiled"),
        account=MIRA,
        expected_revision=1,
        idempotency_key=new_key(),
    )
    page = open_page(MIRA, event="waits")
    page.button_group("review_sections").set_value("history")
    run(page)
    assert "Changed: Title" in words(page)
    press(page, "restore-waits-2-1")
    assert db.read(get_event, "waits").title == "Rally waits"


def test_takedown_needs_its_words(db: Database, open_page: Open) -> None:
    submit(db, event("gone"))
    page = open_page(MIRA, event="gone")
    page.button_group("review_sections").set_value("more")
    run(page)
    press(page, "takedown-gone-1")
    assert "Nothing was deleted. To confirm, write “take down” in the field." in words(page)
    page.text_input("takedown-words-gone").set_value("Take down")
    press(page, "takedown-gone-1")
    assert "The event is taken down; all its content is deleted." in words(page)
    assert [entry.action for entry in db.read(list_audit, "gone")] == ["submitted", "taken down"]


def test_split_opens_the_copy(db: Database, open_page: Open) -> None:
    submit(db, event("two"))
    page = open_page(MIRA, event="two")
    page.button_group("review_sections").set_value("more")
    run(page)
    press(page, "split-two-1")
    [copy] = {item.event.id for item in db.read(list_queue)} - {"two"}
    assert db.read(get_event, copy).title == "Rally two"
    assert f"st-key-row-rally--{copy} button" in words(page)


def test_place_is_settled_by_a_candidate_and_remembered(db: Database, open_page: Open) -> None:
    doubtful = event("doubt", place=Place("Hamilton"), location=None)
    submit(db, doubtful, PlaceCheck("ambiguous", HAMILTONS))
    page = open_page(MIRA, view="places", event="doubt")
    assert "Several places have this name." in words(page)
    press(page, "settle-doubt@1")
    assert "Choose a place from the list, type coordinates or drag the pin." in words(page)
    assert db.read(get_event, "doubt").location is None
    page.radio("settle-candidate-doubt@1-").set_value(0)
    run(page)
    assert not page.checkbox("settle-remember-doubt").value
    page.checkbox("settle-remember-doubt").set_value(True)
    press(page, "settle-doubt@1")
    location = db.read(get_event, "doubt").location
    assert location is not None
    assert (location.name, location.country) == ("Hamilton", "CA")
    assert "Every place is settled." in words(page)
    assert running_services().resolver.overrides.find("Hamilton", "") is not None
    assert RESOLVER.overrides.find("Hamilton", "") is None


def test_words_of_a_withheld_place_are_not_offered_to_be_remembered(db: Database, open_page: Open) -> None:
    day = EventDate((db.now() + timedelta(days=9)).date(), precision=DatePrecision.DAY, zone="Europe/Oslo")
    ahead = event("ahead", when=day, status=EventStatus.ANNOUNCED, place=Place("Hamilton", "Gore Park"), location=None)
    submit(db, ahead, PlaceCheck("ambiguous", HAMILTONS))
    page = open_page(MIRA, view="places", event="ahead")
    page.radio("settle-candidate-ahead@1-").set_value(0)
    run(page)
    assert [box.label for box in page.checkbox if "means this place" in box.label] == []
    press(page, "settle-ahead@1")
    assert db.read(get_event, "ahead").location is not None
    assert running_services().resolver.overrides.find("Hamilton", "") is None


def test_place_is_settled_by_typed_coordinates(db: Database, open_page: Open) -> None:
    submit(db, event("doubt", location=None), PlaceCheck("no-match"))
    page = open_page(MIRA, view="places", event="doubt")
    page.text_input("settle-coordinates-doubt").set_value("here")
    assert "These coordinates cannot be read" in words(run(page))
    # Pressed with the coordinates still in the field: one press is enough.
    page.text_input("settle-coordinates-doubt").set_value("59.91301, 10.73999")
    press(page, "settle-doubt@1")
    location = db.read(get_event, "doubt").location
    assert location is not None
    assert (location.lat, location.lon, location.method) == (59.91301, 10.73999, "pin")


def put_upcoming(db: Database, event_id: str) -> str:
    day = (running_services().now() + timedelta(days=9)).date()
    when = EventDate(day, precision=DatePrecision.DAY, zone="Europe/Oslo")
    token = submit(db, event(event_id, when=when, status=EventStatus.ANNOUNCED))
    publish(db, event_id)
    return token


@pytest.mark.parametrize(
    ("outcome", "review", "sentence"),
    [
        ("show", ReviewStatus.PUBLISHED, "Report closed. The event is visible again."),
        ("hide", ReviewStatus.PENDING, "Report closed. The event is still hidden; decide about it in the queue."),
    ],
)
def test_report_that_hid_an_event_is_closed_with_a_choice(
    db: Database, open_page: Open, outcome: str, review: ReviewStatus, sentence: str
) -> None:
    put_upcoming(db, "risky")
    report_event(
        db,
        "risky",
        ReportKind.RISK,
        "<i>A flat</i>",
        idempotency_key=new_key(),
        account=VISITOR,
        address="",
        now=db.now(),
    )
    page = open_page(MIRA, view="reports", event="risky")
    assert "Reported: puts people at risk" in words(page)
    assert "It hid the event, without a moderator." in words(page)
    assert "&lt;i&gt;A flat&lt;/i&gt;" in words(page)
    assert [label.rpartition("*")[2] for label in rows(page)] == [" :small[puts people at risk\\, hidden]"]
    press(page, f"close-report-{db.read(list_open_reports)[0].id}-{outcome}-3")
    assert sentence in words(page)
    assert db.read(list_open_reports) == []
    assert db.read(get_event, "risky").review is review


@pytest.mark.parametrize(
    ("outcome", "review", "sentence"),
    [
        ("show", ReviewStatus.PUBLISHED, "Report closed. The event is still visible."),
        ("hide", ReviewStatus.PENDING, "Report closed. The event is hidden now; decide about it in the queue."),
    ],
)
def test_report_about_a_visible_event_is_closed_with_a_choice(
    db: Database, open_page: Open, outcome: str, review: ReviewStatus, sentence: str
) -> None:
    submit(db, event("past"))
    publish(db, "past")
    report_event(db, "past", ReportKind.RISK, "", idempotency_key=new_key(), account=VISITOR, address="", now=db.now())
    page = open_page(MIRA, view="reports", event="past")
    assert "The event is still visible." in words(page)
    press(page, f"close-report-{db.read(list_open_reports)[0].id}-{outcome}-2")
    assert sentence in words(page)
    assert db.read(get_event, "past").review is review
    if review is ReviewStatus.PENDING:
        press(page, "undo_decision")
        assert db.read(get_event, "past").review is ReviewStatus.PUBLISHED
        assert len(db.read(list_open_reports)) == 1
    else:
        assert "undo_decision" not in [button.key for button in page.button]


def test_moderators_see_on_every_list_that_reports_hide_nothing_more(db: Database, open_page: Open) -> None:
    assert "Reports hide no event until" not in words(open_page())
    for number in range(db.limits.hidden + 1):
        put_upcoming(db, f"risky-{number}")
        report_event(
            db,
            f"risky-{number}",
            ReportKind.RISK,
            "",
            idempotency_key=new_key(),
            account=VISITOR,
            address="",
            now=db.now(),
        )
    for view in ("queue", "reports", "places"):
        page = open_page(view=view)
        assert "Reports hide no event until" in words(page)
        assert "Events that reports hid: 5 within the last hour, 5 within 24 hours" in words(page)
    assert db.read(get_event, "risky-5").review is ReviewStatus.PUBLISHED


def test_queue_marks_what_was_answered_and_what_a_report_hid(db: Database, open_page: Open) -> None:
    token = submit(db, event("asked"))
    page = press(open_page(MIRA, event="asked"), "decide_send_back_asked_1")
    page.text_area("reason_asked").set_value("Which square?")
    press(page, "decide_send_back_asked_1")
    assert rows(open_page()) == []
    answer_moderators(db, token, "The one by the harbour.", idempotency_key=new_key())
    put_upcoming(db, "risky")
    report_event(db, "risky", ReportKind.RISK, "", idempotency_key=new_key(), account=VISITOR, address="", now=db.now())
    page = open_page(event="asked")
    assert [label.partition(":small")[2] for label in rows(page)] == [
        "[answered\\, just now]",
        "[hidden after a report\\, just now]",
    ]
    assert "its organiser answered" in words(page)


def test_messages_wait_on_a_list_of_their_own(db: Database, open_page: Open) -> None:
    token = submit(db, event("known"))
    publish(db, "known")
    answer_moderators(db, token, "The link to our site has changed.", idempotency_key=new_key())
    page = open_page(MIRA, view="messages", event="known")
    assert "<b>1 event with messages</b>" in words(page)
    assert "The link to our site has changed." in words(page)
    press(page, "messages-read-known-1")
    assert "No message waits." in words(page)
    assert db.read(list_open_messages) == []


def test_refusal_without_a_reason_is_shown_at_its_field(db: Database, open_page: Open) -> None:
    token = submit(db, event("known"))
    publish(db, "known")
    own = db.read(read_own_event, token).event
    store_own(db, token, own.changed(title="Worse"), expected_revision=2, idempotency_key=new_key())
    page = press(open_page(MIRA, view="changes", event="known"), "proposal-False-known-2")
    text = words(page)
    assert text.count("Please say why") == 1
    assert text.index("A change is proposed") < text.index("Please say why") < text.index("rm-card")
    page.text_input("proposal-reason-known").set_value("Not in the source.")
    press(page, "proposal-False-known-2")
    assert "its organiser reads your reason" in words(page)
    refused = db.read(read_own_event, token).refused
    assert refused is not None
    assert refused.reason == "Not in the source."

    press(page, "undo_decision")
    text = words(page)
    assert "Undone: the change to “Rally known” waits again." in text
    assert "A change is proposed" in text
    assert "undo_decision" not in [button.key for button in page.button]
    page.button_group("review_sections").set_value("history")
    run(page)
    assert "Refusal undone" in plain_words(page)


def test_refused_change_is_in_the_history_with_what_was_proposed(db: Database, open_page: Open) -> None:
    token = submit(db, event("known"))
    publish(db, "known")
    own = db.read(read_own_event, token).event
    store_own(db, token, own.changed(title="Worse"), expected_revision=2, idempotency_key=new_key())
    settle_proposal(
        db, "known", accept=False, account=MIRA, expected_revision=2, reason="No.", idempotency_key=new_key()
    )
    page = open_page(MIRA, event="known")
    page.button_group("review_sections").set_value("history")
    text = plain_words(run(page))
    assert "Change refused by mira" in text
    assert "Proposed and not accepted: Title" in text
    assert "Worse" in text
    assert not [button.key for button in page.button if (button.key or "").startswith("restore-known-2-2")]


def test_limit_of_a_moderator_is_named_in_words(open_page: Open) -> None:
    assert "moderator, for Norway ·" in words(open_page(Account("nora", Role.MODERATOR, ("NO",))))


def test_limited_moderator_reads_what_a_wording_will_mean(db: Database, open_page: Open) -> None:
    submit(db, event("doubt", location=None), PlaceCheck("no-match"))
    page = open_page(Account("nora", Role.MODERATOR, ("NO",)), view="places", event="doubt")
    page.text_input("settle-coordinates-doubt").set_value("59.91301, 10.73999")
    run(page)
    assert page.checkbox("settle-remember-doubt").label == "From now on, “Oslo” in Norway means this place"
    page.text_input("settle-coordinates-doubt").set_value("48.8534, 2.3488")
    run(page)
    press(page, "settle-doubt@1")
    assert "the event would then be in France; your account is for Norway only" in words(page)
    assert db.read(get_event, "doubt").location is None


def test_proposed_change_is_shown_field_by_field_and_accepted(db: Database, open_page: Open) -> None:
    token = submit(db, event("known"))
    publish(db, "known")
    own = db.read(read_own_event, token).event
    store_own(db, token, own.changed(title="<u>Better</u>"), expected_revision=2, idempotency_key=new_key())
    page = open_page(MIRA, view="changes", event="known")
    assert "<del>Rally known</del>" in words(page)
    assert "<ins>&lt;u&gt;Better&lt;/u&gt;</ins>" in words(page)
    press(page, "proposal-True-known-2")
    assert db.read(get_event, "known").title == "<u>Better</u>"
    assert "No change is proposed." in words(page)


def test_new_date_waits_among_the_changes_until_a_second_moderator_agrees(
    db: Database, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = submit(db, event("known", place=Place("Oslo", "Stortinget", "NO"), status="announced"))
    publish(db, "known")
    monkeypatch.setattr(running_services().db, "two_moderators", True)
    own = db.read(read_own_event, token).event
    later = EventDate(
        (running_services().now() + timedelta(days=9)).date(), precision=DatePrecision.DAY, zone="Europe/Oslo"
    )
    store_own(db, token, own.changed(when=later), expected_revision=2, idempotency_key=new_key())
    page = press(open_page(MIRA, view="changes", event="known"), "proposal-True-known-2")
    assert "You agree to the change of “Rally known”. A second moderator has to agree" in words(page)
    assert db.read(get_event, "known").changed() == own
    page = open_page(ADA, view="changes", event="known")
    assert "a second moderator has to agree" in words(page)
    press(page, "proposal-True-known-2")
    assert db.read(get_event, "known").when == later


def test_parts_of_a_proposed_change_are_accepted_one_by_one(db: Database, open_page: Open) -> None:
    token = submit(db, event("known"))
    publish(db, "known")
    own = db.read(read_own_event, token).event
    wanted = own.changed(title="Worse", about="More words.")
    store_own(db, token, wanted, expected_revision=2, idempotency_key=new_key())
    page = open_page(MIRA, view="changes", event="known")
    [title, about] = [box for box in page.checkbox if box.key.startswith("proposal-part-")]
    assert (title.label, about.label) == ("Title", "About")
    title.uncheck()
    run(page)
    assert page.button("proposal-True-known-2").label == "Accept the chosen parts"
    press(page, "proposal-True-known-2")
    assert "Please say why" in words(page)
    page.text_input("proposal-reason-known").set_value("The old title is the one of the source.")
    press(page, "proposal-True-known-2")
    after = db.read(get_event, "known")
    assert (after.title, after.about) == ("Rally known", "More words.")


def test_selected_events_are_rejected_with_one_reason_and_what_failed_is_named(db: Database, open_page: Open) -> None:
    for name in ("first", "second", "third"):
        submit(db, event(name))
    page = open_page()
    assert "selection_reason" not in [area.key for area in page.text_area]
    page.checkbox("pick_all").check()
    run(page)
    assert page.checkbox("pick_all").label == "Select all shown · 3 selected"
    page.checkbox("pick-third-1").uncheck()
    run(page)
    assert page.button("selection_reject").label == "Reject (2)"
    press(page, "selection_reject")
    assert words(page).count("Please say why") == 1
    page.text_area("selection_reason").set_value("Not a rally.")
    run(page)
    changed = db.read(get_event, "second").changed(title="Changed meanwhile")
    store_edit(db, changed, account=MIRA, expected_revision=1, idempotency_key=new_key())
    press(page, "selection_reject")
    text = words(page)
    assert "1 decision is applied." in text
    assert "1 event was left as it is:" in text
    assert "“Rally second”: Someone changed this event" in text
    assert "Edited by mira · just now · revision 2 · waits for review. Changed: Title" in plain_words(page)
    assert [db.read(get_event, name).review for name in ("first", "second", "third")] == [
        ReviewStatus.REJECTED, ReviewStatus.PENDING, ReviewStatus.PENDING,
    ]  # fmt: skip
    assert db.read(list_audit, "first")[-1].reason == "Not a rally."
    press(page, "undo_decision")
    assert db.read(get_event, "first").review is ReviewStatus.PENDING


def test_administrator_edits_the_common_reasons(db: Database, open_page: Open) -> None:
    submit(db, event("waits"))
    page = open_page(MIRA, event="waits")
    assert [area.key for area in page.text_area if area.key.startswith("reasons_text")] == []
    page = open_page(ADA, event="waits")
    page.text_area("reasons_text_reason_waits").set_value("Which square?\nWhich day?")
    press(page, "reasons_text_reason_waits_save")
    assert "The common reasons are saved." in words(page)
    assert page.selectbox("reason_waits_common").options == ["Which square?", "Which day?"]
    page.selectbox("reason_waits_common").set_value("Which day?")
    run(page)
    assert page.text_area("reason_waits").value == "Which day?"


def test_administrator_resets_a_password_and_opens_a_closed_account_again(db: Database, open_page: Open) -> None:
    db.write(set_password_hash, "ada", hash_password("correct horse battery"), actor="ada")
    page = open_page(ADA, view="accounts")
    # By name: ada, mira, nora, omid.
    page.text_input("reset-password-1").set_value("guess")
    press(page, "reset-make-1")
    assert "The current password is wrong." in words(page)
    assert list(page.code) == []
    page.text_input("reset-password-1").set_value("correct horse battery")
    press(page, "reset-make-1")
    [link] = page.code
    known = db.read(get_reset, str(link.value).rsplit("/", 1)[1])
    assert known is not None
    assert known.account == MIRA
    press(page, "close-1")
    assert list(page.code) == []
    press(page, "reopen-1")
    assert "mira may sign in again." in words(page)
    assert [entry.active for entry in db.read(list_accounts)] == [True] * 4


def test_follow_up_takes_turnout_and_source(db: Database, open_page: Open) -> None:
    day = (running_services().now() - timedelta(days=3)).date()
    when = EventDate(day, precision=DatePrecision.DAY, zone="Europe/Oslo")
    submit(db, event("over", when=when, status=EventStatus.ANNOUNCED))
    publish(db, "over")
    page = open_page(MIRA, view="follow-up", event="over")
    page.text_input("outcome/over/2/crowd_low").set_value("200")
    page.text_input("outcome/over/2/crowd_by").set_value("police")
    page.text_input("outcome/over/2/source2_url").set_value("https://paper.example/1")
    over = db.read(get_event, "over")
    other = over.changed(sources=(*over.sources, Source("https://other.example/2")))
    store_edit(db, other, account=ADA, expected_revision=2, idempotency_key=new_key())
    press(page, "outcome-over-2")
    assert page.text_input("outcome/over/3/source3_url").value == "https://paper.example/1"
    press(page, "outcome-over-3")
    after = db.read(get_event, "over")
    assert (after.status, after.crowd[0].low, after.crowd[0].by) == (EventStatus.HELD, 200, "police")
    assert [one.url for one in after.sources[1:]] == ["https://other.example/2", "https://paper.example/1"]
    assert "Nothing is to be followed up." in words(page)


def test_accounts_and_log_are_for_administrators(open_page: Open) -> None:
    page = open_page(MIRA, view="accounts")
    assert page.query_params == {}
    assert "oldest first" in words(page) or "Nothing is waiting here." in words(page)


def test_administrator_limits_and_closes_accounts(db: Database, open_page: Open) -> None:
    page = open_page(ADA, view="accounts")
    page.multiselect("limit-1-mira").set_value(["NO", "SE"])
    press(page, "save-role-1")
    assert account_named(db, "mira") == Account("mira", Role.MODERATOR, ("NO", "SE"))
    press(page, "close-3")
    assert account_named(db, "omid") is None
    log = open_page(ADA, view="log")
    assert "<b>Role set</b>" in words(log)
    assert "mira: moderator NO SE" in words(log)


def test_administrator_gets_an_invitation_shown_until_the_next_act(db: Database, open_page: Open) -> None:
    page = open_page(ADA, view="accounts")
    page.radio("invite_role").set_value(Role.ORGANISER)
    press(page, "invite_make")
    [link] = [code.value for code in page.code]
    token = link.rpartition("/")[2]
    offer = db.read(get_invitation, token)
    assert offer is not None
    assert offer.role is Role.ORGANISER
    assert [code.value for code in run(page).code] == [link]
    press(page, "close-3")
    assert list(page.code) == []


def test_log_shows_what_happened_to_an_event(db: Database, open_page: Open) -> None:
    submit(db, event("logged"))
    publish(db, "logged")
    page = open_page(ADA, view="log")
    page.text_input("log_event").set_value("https://site.example/explore?from=2020-01-01&event=logged")
    run(page)
    assert words(page).index("<b>Published</b> by <bdi>mira</bdi>") < words(page).index(
        "<b>Submitted</b> by <bdi>organiser</bdi>"
    )
    page.text_input("log_event").set_value("unknown-one")
    assert "Nothing is logged about this id." in words(run(page))


def test_series_is_published_at_once_and_undone(db: Database, open_page: Open) -> None:
    fields = {
        "title": "Weekly vigil", "precision": "day", "start": "2026-07-04", "place_text": "Oslo", "repeat": "weekly",
        "repeat_until": "2026-07-18",
    }  # fmt: skip
    sent = submit_event(db, RESOLVER, fields, idempotency_key=new_key(), now=NOW)
    ids = [receipt.event_id for receipt in sent.receipts]
    campaign = db.read(get_event, ids[1]).campaign
    assert campaign is not None
    page = open_page(MIRA, event=ids[1])
    # Streamlit hands the label to screen readers as it is written: no sign of Markdown is in it.
    labels = [box.label for box in page.checkbox if str(box.key).startswith("case_")]
    assert labels == [f"Oslo, Norway · {day} July 2026" for day in (4, 11, 18)]
    opens = [button.label for button in page.button if str(button.key).startswith("case_open_")]
    assert opens == [f"Open *{plain_label(label)}*" for label in labels]
    # The row of a campaign counts as its events; one that its organiser wrote about has a row of its own, too.
    assert "<b>3 waiting</b>" in words(page)
    # Above the buttons that are always in sight: those of the whole campaign may not be.
    assert '<p class="rm-only">Only this event</p>' in words(page)
    page = press(page, f"campaign_publish_{campaign.id}")
    assert "3 events are published and on the map now." in words(page)
    assert {db.read(get_event, one).review for one in ids} == {ReviewStatus.PUBLISHED}
    page = press(page, "undo_decision")
    assert {db.read(get_event, one).review for one in ids} == {ReviewStatus.PENDING}
    assert "undo_decision" not in [button.key for button in page.button]


def test_row_of_a_campaign_selects_all_of_its_events(db: Database, open_page: Open) -> None:
    submit(db, event("alone"))
    fields = {
        "title": "Weekly vigil", "precision": "day", "start": "2026-07-04", "place_text": "Oslo", "repeat": "weekly",
        "repeat_until": "2026-07-18",
    }  # fmt: skip
    sent = submit_event(db, RESOLVER, fields, idempotency_key=new_key(), now=NOW)
    page = open_page()
    page.checkbox("pick_all").check()
    run(page)
    assert page.checkbox("pick_all").label == "Select all shown · 4 selected"
    press(page, "selection_publish")
    assert "4 decisions are applied." in words(page)
    ids = ["alone", *(receipt.event_id for receipt in sent.receipts)]
    assert {db.read(get_event, one).review for one in ids} == {ReviewStatus.PUBLISHED}
    sent = submit_event(db, RESOLVER, fields, idempotency_key=new_key(), now=NOW)
    answer_moderators(db, sent.receipts[1].edit_token, "It rains.", idempotency_key=new_key())
    page = open_page()
    assert (len(rows(page)), "<b>3 waiting</b>" in words(page)) == (2, True)
    assert "rm-only" not in words(open_page(MIRA, event="alone"))


def test_campaign_is_chosen_in_the_queue_and_renamed(db: Database, open_page: Open) -> None:
    submit(db, event("alone", title="Rally"))
    fields = {
        "title": "Weekly vigil", "precision": "day", "start": "2026-07-04", "place_text": "Oslo", "repeat": "weekly",
        "repeat_until": "2026-07-18",
    }  # fmt: skip
    receipts = submit_event(db, RESOLVER, fields, idempotency_key=new_key(), now=NOW).receipts
    ids = [receipt.event_id for receipt in receipts]
    page = open_page()
    assert len(rows(page)) == 2
    campaign = db.read(get_event, ids[0]).campaign
    assert campaign is not None
    assert page.selectbox("queue_campaign").options == ["Weekly vigil"]
    page.selectbox("queue_campaign").select(campaign.id)
    page = run(page)
    assert len(rows(page)) == 3

    page.checkbox(f"pick-{ids[0]}-1").check()
    run(page)
    assert page.checkbox("pick_all").label == "Select all shown · 1 selected"
    [row, *_] = [
        button.key for button in page.button if str(button.key).startswith("row-") and ids[0] in str(button.key)
    ]
    page = press(page, str(row))
    page.text_input(f"campaign_name_{campaign.id}").set_value("  ")
    page = press(page, f"campaign_save_{campaign.id}")
    assert "rm-error" in words(page)
    page.text_input(f"campaign_name_{campaign.id}").set_value("Every Saturday")
    page = press(page, f"campaign_save_{campaign.id}")
    assert "All events of the campaign have its new name now." in words(page)
    assert {getattr(db.read(get_event, one).campaign, "name", "") for one in ids} == {"Every Saturday"}
    assert page.selectbox("queue_campaign").options == ["Every Saturday"]


def test_queue_is_searched_and_marked(db: Database, open_page: Open) -> None:
    submit(db, event("first", title="Vigil at the opera"))
    submit(db, event("second", location=None, place=Place("Xqzz")))
    page = open_page()
    assert [":orange[no place]" in label for label in rows(page)] == [False, True]
    page.text_input("queue_words").set_value("OPERA vigil")
    assert [label.split("**")[1] for label in rows(run(page))] == ["Vigil at the opera"]


def test_common_reason_is_put_into_the_field(db: Database, open_page: Open) -> None:
    submit(db, event("waits"))
    page = open_page(MIRA, event="waits")
    page.selectbox("reason_waits_common").set_value("Please check the date.")
    page = press(run(page), "decide_send_back_waits_1")
    assert db.read(list_audit, "waits")[-1].reason == "Please check the date."


def test_words_that_may_identify_a_person_are_said_above_the_event_and_do_not_hinder(
    db: Database, open_page: Open
) -> None:
    submit(db, event("told", about="Call <b>+47 912 34 567</b> or write to mina@example.org"))
    page = open_page(MIRA, event="told")
    said = words(page)
    assert "These words may identify a private person. They are public once the event is published:" in said
    assert "telephone number: “<bdi>+47 912 34 567</bdi>” (About)" in said
    assert "e-mail address: “<bdi>mina@example.org</bdi>” (About)" in said
    press(page, "decide_publish_told_1")
    assert db.read(get_event, "told").review is ReviewStatus.PUBLISHED


def test_moderator_records_what_was_looked_at_and_takes_it_back(db: Database, open_page: Open) -> None:
    page = open_page(MIRA, view="coverage")
    press(page, "coverage_save")
    assert "Choose the first and the last day." in words(page)
    page.text_input("coverage_last").set_value("2020")
    press(page, "coverage_save")
    assert "Choose a country." in words(page)
    page.selectbox("coverage_country").set_value("NO")
    page.text_input("coverage_by").set_value("Editors <b>")
    page.text_area("coverage_sources").set_value("the Herald")
    today = page.text_input("coverage_looked_on").value
    page.text_input("coverage_looked_on").set_value("May 2021")
    press(page, "coverage_save")
    assert f"Write one day, such as {today}." in words(page)
    page.text_input("coverage_looked_on").set_value("3 May 2021")
    press(page, "coverage_save")
    [(number, entry)] = db.read(list_coverage)
    assert (entry.country, entry.city, entry.by, entry.last) == ("NO", "", "Editors <b>", date(2020, 12, 31))
    assert (entry.first, entry.looked_on) == (date(2020, 1, 1), date(2021, 5, 3))
    assert "Editors &lt;b&gt;" in words(page)
    assert "The coverage record has the new entry." in words(page)
    press(page, f"coverage_remove_{number}")
    assert db.read(list_coverage) == []


def test_moderator_for_norway_records_for_norway_only(open_page: Open) -> None:
    page = open_page(Account("nora", Role.MODERATOR, ("NO",)), view="coverage")
    assert page.selectbox("coverage_country").options == ["Norway"]
