"""The store as everyone outside sees it: one object, its parts in one module each."""

from __future__ import annotations

from rallymap.store.accounts import Accounts
from rallymap.store.bulk import Bulk
from rallymap.store.drafts import Drafts
from rallymap.store.duplicates import Duplicates
from rallymap.store.follow_up import FollowUp
from rallymap.store.history import History
from rallymap.store.housekeeping import Housekeeping
from rallymap.store.imports import Imports
from rallymap.store.invitations import Invitations
from rallymap.store.merging import Merging
from rallymap.store.notes import Notes
from rallymap.store.pictures import Pictures
from rallymap.store.places_to_check import PlacesToCheck
from rallymap.store.private_links import PrivateLinks
from rallymap.store.proposals import Proposals
from rallymap.store.reads import Reads
from rallymap.store.reports import Reports
from rallymap.store.reviewing import Reviewing
from rallymap.store.sign_in import SignIn
from rallymap.store.staging import Staging
from rallymap.store.submissions import Submissions
from rallymap.store.takedown import Takedown


class EventStore(
    Reads,
    Bulk,
    Imports,
    Drafts,
    Submissions,
    PrivateLinks,
    Pictures,
    Reviewing,
    Staging,
    Proposals,
    Notes,
    Reports,
    PlacesToCheck,
    Duplicates,
    FollowUp,
    History,
    Merging,
    Takedown,
    Accounts,
    Invitations,
    SignIn,
    Housekeeping,
):
    """All events of one rallymap, with who may change them and every change that was made.

    Open with :meth:`open`; safe to share between threads. Every write is one transaction that also holds its audit
    row, and none waits for a screen. Methods raise :class:`~rallymap.errors.StoreUnavailableError` if the database
    cannot be read or written just now; nothing is then saved.
    """
