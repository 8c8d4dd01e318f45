"""Write the map's tables into `docs/measured.md`, between its two markers; the text around them is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

REPORT = Path(__file__).resolve().parents[1] / "docs" / "measured.md"
BEGIN, END = "<!-- map tables: begin -->", "<!-- map tables: end -->"
OURS = "rallymap"
WORDS = {
    "slider_to_drawn_ms": "Slider moved to map drawn",
    "own_share_ms": "of it in our own code: answer and drawing",
    "slider_to_list_ms": "Slider moved to list and counts of the page",
    "pan_to_drawn_ms": "Map let go after a pan, to drawn",
    "zoom_to_drawn_ms": "Zoomed, to drawn",
    "view_bytes": "One view over the wire",
    "scrub_fps": "Brushing",
    "longest_frame_ms": "longest frame of it",
    "play_fps": "Playing",
    "longest_frame_ms_while_playing": "longest frame of it",
    "requests_while_scrubbing": "Requests while brushing or playing",
    "first_visit_ms": "First visit, nothing cached, to map drawn",
    "first_visit_own_bytes": "of it our own files and data",
    "resident_mb": "The server process's memory",
    "snapshot_apply_ms": "A new event joins the snapshot",
}
TARGETS = {
    "slider_to_drawn_ms": "250 ms",
    "own_share_ms": "100 ms",
    "pan_to_drawn_ms": "150 ms",
    "zoom_to_drawn_ms": "150 ms",
    "view_bytes": "64 kB",
    "scrub_fps": "at least 55",
    "longest_frame_ms": "50 ms",
    "play_fps": "at least 55",
    "longest_frame_ms_while_playing": "50 ms",
    "requests_while_scrubbing": "none",
    "first_visit_ms": "2 000 ms",
    "first_visit_own_bytes": "1 MB",
    "resident_mb": "700 MB",
    "snapshot_apply_ms": "100 ms",
}
RIVALS_TOO = ("slider_to_drawn_ms", "first_visit_ms", "pan_to_drawn_ms")
LOAD = {
    "routes_p95_ms": ("Routes: a view's answers, 95th percentile", "500 ms"),
    "routes_errors": ("Routes: errors", "none"),
    "sessions_p95_ms": ("Streamlit sessions: the page run again, 95th percentile", ""),
    "sessions_errors": ("Streamlit sessions: errors", "none"),
    "session_mb": ("Memory for each session", "5 MB"),
}
Row = Mapping[str, Any]


def write_report(record: Mapping[str, Any]) -> None:
    """Replace the tables by those of a new record."""
    text = REPORT.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    tables = "\n".join(_tables(record))
    REPORT.write_text(f"{before}{BEGIN}\n{tables}\n{END}{after}", "utf-8")


def _tables(record: Mapping[str, Any]) -> Iterator[str]:
    rows: Sequence[Row] = record["rows"]
    sizes = sorted({row["n"] for row in rows if row["part"] != "load"})
    found = {(row["rival"], row["measure"], row["n"]): row for row in rows}
    heads = " | ".join(f"{size:,} events".replace(",", " ") for size in sizes)
    rule = "|---" + "|--:" * len(sizes)
    said = "; ".join(
        f"{part}: {about['measured_at']}, load before {about['load_before']}, {about['seconds']} s"
        for part, about in record["parts"].items()
    )
    yield f"`{record['command']}` on {record['cores']} cores ({said}). Medians, with lowest and highest, or the 5th and"
    yield "95th percentile where there are 20 values or more.\n"
    yield f"| rallymap | {heads} | wanted at a million |\n{rule}|--:|"
    for measure, words in WORDS.items():
        cells = (_cell(found.get((OURS, measure, size))) for size in sizes)
        yield f"| {words} | {' | '.join(cells)} | {TARGETS.get(measure, '')} |"
    rivals = list(dict.fromkeys(row["rival"] for row in rows))
    for measure in RIVALS_TOO:
        yield f"\n| {WORDS[measure]} | {heads} |\n{rule}|"
        for rival in rivals:
            cells = (_cell(found.get((rival, measure, size))) for size in sizes)
            yield f"| {rival} | {' | '.join(cells)} |"
    load = [row for row in rows if row["part"] == "load"]
    if load:
        count = f"{load[0]['n']:,}".replace(",", " ")
        yield f"\n| 100 viewers at once, {count} events | measured | wanted |\n|---|--:|--:|"
        for row in load:
            words, wanted = LOAD[row["measure"]]
            yield f"| {words} | {_value(row['median'])} {row['unit']} | {wanted} |"


def _cell(row: Row | None) -> str:
    if row is None:
        return ""
    if row["median"] is None:
        return str(row["note"])
    unit = "" if row["unit"] == "requests" else f" {row['unit']}"
    spread = "" if row["low"] == row["high"] else f" ({_value(row['low'])} to {_value(row['high'])})"
    return f"{_value(row['median'])}{unit}{spread}"


def _value(number: float) -> str:
    return f"{number:,.1f}".replace(",", " ") if number < 10 else f"{number:,.0f}".replace(",", " ")
