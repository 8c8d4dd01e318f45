"""Turn one row of a table with known columns into the fields of an event, with a note for each inexact cell."""
