"""Operations on a whole site for the operator: set up, back up, restore, upgrade, check the installation.

Each module is one operation, for the command line only. They work with whole files and databases, before a site runs or
next to it; operations on single events are in :mod:`rallymap.workflows`.
"""
