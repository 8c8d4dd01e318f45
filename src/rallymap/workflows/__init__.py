"""What ui, web and cli do: each act and each list of moderators, once.

A function here checks the permission, holds the transaction and writes the audit entry of one act. It must not know of
pages, widgets or requests, write SQL, or call another row's function and do nothing else: whoever needs that calls the
function itself (``db.read(get_public_event, ...)``).
"""
