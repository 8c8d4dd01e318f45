"""A form whose event was changed elsewhere keeps the typed values and takes over the other changes."""

from __future__ import annotations

from rallymap.intake.merged_form import merge_form

FILLED = {
    "title": "Vigil", "precision": "day", "start": "2026-03-01", "place_text": "Kiel", "country": "DE",
    "source_url": "https://a.example/", "crowd_low": "20",
}  # fmt: skip


def test_fields_that_were_not_edited_take_the_other_change() -> None:
    present = {**FILLED, "title": "Vigil for teachers", "about": "Teachers.", "crowd_by": "police"}
    assert merge_form(FILLED, FILLED, present) == present
    assert merge_form(FILLED, {**FILLED, "title": ""}, present) == {k: v for k, v in present.items() if k != "title"}
    assert merge_form(FILLED, {**FILLED, "title": "Night vigil"}, present) == present | {"title": "Night vigil"}


def test_values_deleted_elsewhere_stay_deleted() -> None:
    present = {name: text for name, text in FILLED.items() if not name.startswith("crowd")}
    assert merge_form(FILLED, {**FILLED, "title": "Night vigil"}, present) == present | {"title": "Night vigil"}


def test_place_and_date_are_taken_whole() -> None:
    present = {
        **FILLED,
        "start": "2026-03-02",
        "end": "2026-03-03",
        "place_text": "Lübeck",
        "coordinates": "53.9, 10.7",
    }
    typed = {**FILLED, "venue": "Rathaus", "start": "2026-03-08"}
    assert merge_form(FILLED, typed, present) == typed


def test_both_added_items_stay() -> None:
    present = {**FILLED, "source2_url": "https://b.example/", "source2_title": "Report"}
    typed = {**FILLED, "source2_url": "https://c.example/", "claim_text": "Jin, jiyan, azadî", "claim_kind": "slogan"}
    both = {**present, "claim_text": "Jin, jiyan, azadî", "claim_kind": "slogan", "source3_url": "https://c.example/"}
    assert merge_form(FILLED, typed, present) == both
    assert merge_form(FILLED, present, present) == present
