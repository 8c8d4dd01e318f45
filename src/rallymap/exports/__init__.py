"""Export public events as files: one module per format, written in chunks so that memory stays flat.

All writers take events from :func:`rallymap.query.public_view.public_view`; equal events produce equal bytes.
"""
