"""Convert one row of a table with known columns to event fields, with a note for each inexact cell."""
