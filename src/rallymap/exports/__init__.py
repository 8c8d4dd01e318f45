"""Public events as files: one module for each format, written in pieces so that memory stays flat.

Every writer takes events as :func:`rallymap.query.public_view.public_view` gives them, and the same events give the
same bytes.
"""
