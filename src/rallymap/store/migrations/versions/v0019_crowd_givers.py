"""Who gives the crowd estimates of an event, for a filter."""

import re
from typing import Any

import orjson
import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
EVENTS_AT_ONCE = 5_000
_POLICE = re.compile(
    r"\b(police|polizei|policía|policia|polícia|polizia|politi(e|et)?|polis(en)?|polîs|poliisi|policja|policie"
    r"|полици[яиейю]|поліці[яії]|پلیس|(ال)?شرطة)\b|警方|警察"
)
_ORGANISERS = re.compile(
    r"\b(organi[sz]ers?|organisateurs?|organisatrices?|organizador(es|as?)?|veranstalter(in|innen)?"
    r"|arrangør(er|en|ene)?|arrangör(er|en|erna)?|düzenleyen(ler)?|организатор[ыа]?|організатор[иа]?"
    r"|برگزارکنند(ه|گان)|(ال)?منظمون)\b|主辦|主办"
)


def upgrade() -> None:
    """Add the column and fill it from the current documents of the events."""
    op.add_column("events", sa.Column("crowd_by", sa.Text, nullable=False, server_default="[]"))
    conn = op.get_bind()
    read = sa.text(
        "SELECT e.id, r.document FROM events e JOIN revisions r ON r.event_id = e.id AND r.revision = e.revision "
        "WHERE e.crowd_low IS NOT NULL AND e.id > :last ORDER BY e.id LIMIT :most"
    )
    write = sa.text("UPDATE events SET crowd_by = :crowd_by WHERE id = :id")
    last = ""
    while some := conn.execute(read, {"last": last, "most": EVENTS_AT_ONCE}).all():
        conn.execute(write, [{"id": event_id, "crowd_by": _givers(document)} for event_id, document in some])
        last = some[-1][0]


def _givers(document: str) -> str:
    try:
        content = orjson.loads(document)
        organisers = {name.casefold() for name in content.get("organisers", ())}
        publishers = {one.get("publisher", "").casefold() for one in content.get("sources", ())}
        claims = [
            one
            for one in content.get("crowd", ())
            if not one.get("is_expected") and (one.get("low") is not None or one.get("high") is not None)
        ]
        found = {_giver(one.get("by", "").casefold(), organisers, publishers) for one in claims}
        order: list[Any] = [name for name in ("police", "organisers", "press", "others", "nobody") if name in found]
        return orjson.dumps(order).decode()
    except (ValueError, TypeError, AttributeError, KeyError):
        return "[]"  # edited by hand into an invalid event; not on the map until it is fixed


def _giver(by: str, organisers: set[str], publishers: set[str]) -> str:
    if not by:
        return "nobody"
    if _POLICE.search(by):
        return "police"
    if by in organisers or _ORGANISERS.search(by):
        return "organisers"
    return "press" if by in publishers else "others"
