"""Alembic's folder: `env.py` runs the files in `versions/`.

To add a migration, write a new file there by hand with the next number, and set `HEAD` in :mod:`rallymap.store.migrate`
to it; tests compare the migrations with :mod:`rallymap.store.schema`.
"""
