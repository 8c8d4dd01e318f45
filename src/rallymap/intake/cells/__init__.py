"""Turn the cells of a table into values: dates, times, crowds, words. A cell that cannot be read is only reported."""
