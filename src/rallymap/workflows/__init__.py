"""Operations for ui, web and cli: every action, and every list that moderators see, exists once.

A function here checks the permission, runs the transaction and writes the audit entry of one action. It must not use
pages, widgets or requests, write SQL, or only forward to a function of another room: its caller calls that function
directly (``db.read(get_public_event, ...)``).
"""
