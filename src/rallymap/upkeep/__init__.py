"""What an operator does with a whole site: set up, back up, restore, upgrade, check the installation.

Each module is one act, for the command line alone. These acts work with whole files and databases, before or next to a
running site; what happens to single events is in :mod:`rallymap.workflows`.
"""
