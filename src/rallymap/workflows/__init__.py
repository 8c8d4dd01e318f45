"""What ui, web and cli do: each act and each list of moderators, once.

A function here checks the permission, holds the transaction and writes the audit entry of one act. It must not use
pages, widgets or requests, write SQL, or only forward to a function of another room: its caller calls that function
itself (``db.read(get_public_event, ...)``).
"""
