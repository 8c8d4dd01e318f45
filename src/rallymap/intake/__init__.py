"""Source text becomes draft events: tables, lists, announcements, forms, coordinates. Nothing here knows the store.

Every reader collects all errors and says each in one sentence; none stops at the first, and none guesses in
silence: "03/04/2018" is asked about, not decided.
"""
