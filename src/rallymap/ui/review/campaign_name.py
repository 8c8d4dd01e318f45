"""The name of a campaign, which a moderator changes for all its events at once."""

from __future__ import annotations

import streamlit as st

from rallymap.events import MAX_TITLE, Campaign
from rallymap.language import tr
from rallymap.moderation import Account
from rallymap.ui.review import state
from rallymap.ui.text_limit import show_limit
from rallymap.workflows.campaigns import rename_campaign
from rallymap.workflows.services import Services


def render_campaign_name(services: Services, campaign: Campaign) -> None:
    """Render a button that opens the field for a new name."""
    key = f"campaign_name_{campaign.id}"

    def save() -> None:
        name = str(st.session_state[key] or "")

        def action(account: Account, idempotency_key: str) -> str:
            rename_campaign(services.db, campaign.id, name, account=account, idempotency_key=idempotency_key)
            return tr("All events of the campaign have its new name now.")

        state.attempt(services, f"campaign name:{campaign.id}:{campaign.name}:{name}", action, fields={"campaign": key})

    with st.popover(tr("Rename the campaign"), key=f"campaign_rename_{campaign.id}"):
        show_limit(st.text_input(tr("Name of the campaign"), campaign.name, key=key), MAX_TITLE)
        state.show_error(key)
        st.button(tr("Save the name"), key=f"campaign_save_{campaign.id}", on_click=save)
