"""Filters, the in-memory snapshot of public events, counts over cells and time bins, and the public view of an event.

`public_view` is the only module that decides what the public may see. This room opens no database and draws no page.
"""
