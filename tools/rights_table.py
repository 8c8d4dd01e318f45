"""Write the rights table, role by permission, to ``docs/rights.md``: ``python -m tools.rights_table``."""

from __future__ import annotations

from pathlib import Path

from rallymap.moderation import rights_table

PATH = Path(__file__).resolve().parents[1] / "docs" / "rights.md"
INTRODUCTION = """\
# Who may do what

Permissions are checked in `rallymap.workflows`, in the transaction of each act, whatever a page shows; a test calls
every act as every role. A moderator can be limited to countries: then the permissions that visitors do not have hold
for events of these countries only, and events elsewhere are not listed. The limit holds for an event as it is *and* as
it would be after a change: an edit, a restored revision, an accepted proposal, a merge or a place cannot carry an event
into another country, whatever country is written next to a point (`rallymap.borders` finds the country of a point, to
about a kilometre). What such a moderator lets a wording mean holds for texts that name the country of the place. Where
`RALLYMAP_TWO_MODERATORS=1`, a future venue is published, and shown again after a report, when two moderators want it.

An organiser needs no account: the edit link of a submission is the right to change that event. Accounts are made on
the command line (`rallymap moderators add`) or by an administrator's one-time link.

## Reports

Anybody can report a published event; no reason is chosen beforehand. Moderators close a report with a choice: the event
is shown, or it is hidden. A report that an event puts people at risk hides it at once, without a moderator, only

- while the event is upcoming, or ended at most 7 days ago, and no moderator has closed such a report and shown it;
- else when two networks report it independently, and one network more after each time that moderators showed it again;
- as long as reports hid fewer than 5 events within an hour and 20 within 24 hours on the whole site, and fewer than 2
  within an hour by one network. Visitors whose network is not known (a proxy without `X-Forwarded-For`, Tor, loopback)
  count as one network, and only the limits of the site hold for them.

After that, reports only wait in the list; every list of the moderators says so. Report, count for the site and hiding
are one transaction. Of a reporter's network two hexadecimal digits of a keyed hash are kept while the report is open:
enough to distinguish two networks, too little to lead back to either. A network can send 20 reports an hour; all
visitors of unknown networks together 200. The numbers are in `rallymap.moderation.reports` and
`rallymap.workflows.rate_limits`.

## The table

This table is printed from the code by `python -m tools.rights_table`.

"""


def document() -> str:
    """Return the whole file."""
    return INTRODUCTION + rights_table()


if __name__ == "__main__":
    PATH.parent.mkdir(exist_ok=True)
    PATH.write_text(document(), "utf-8")
