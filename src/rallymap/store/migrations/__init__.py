"""Alembic's folder: `env.py` runs the files of `versions/`.

A new step is a new file there, written by hand with the next number, and `HEAD` in :mod:`rallymap.store.migrate`
raised to it; tests compare the steps with :mod:`rallymap.store.schema`.
"""
