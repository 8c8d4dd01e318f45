"""Convert a sheet to a table: find its header row, the meanings of its columns, and distinct ids for its rows."""
