"""The migrations from one schema version to the next; a released migration is never changed."""
