"""Turn tables, lists, announcements, forms and coordinates into draft events. Nothing here uses the store.

Every reader collects all errors and reports each in one sentence; none stops at the first. No reader guesses without a
note: it asks what "03/04/2018" means.
"""
