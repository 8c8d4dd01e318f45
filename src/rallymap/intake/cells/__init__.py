"""Parse cells of a table: dates, times, crowd sizes, words. Unreadable cells are only reported."""
