"""Public events as files: one module for each format, written in pieces so that memory stays flat.

Every writer takes events from :func:`rallymap.query.public_view.public_view`, and the same events give the same bytes.
"""
