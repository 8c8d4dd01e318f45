"""Filters, the in-memory snapshot of public events, counts over cells and time bins, and the public view of an event.

`public_view` alone decides what the public may read. Nothing here opens a database or draws a page.
"""
