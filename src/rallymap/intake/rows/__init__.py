"""One row of a table with known columns becomes the fields of an event, with a note for each cell that is not exact."""
