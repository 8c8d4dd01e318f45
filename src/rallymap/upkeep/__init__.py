"""What an operator does with a whole site: back it up, put it back, upgrade it, look after its settings and its server.

Each module is one act, for the command line alone. These acts work with whole files and databases, before or next to a
running site; what happens to single events is in :mod:`rallymap.workflows`.
"""
