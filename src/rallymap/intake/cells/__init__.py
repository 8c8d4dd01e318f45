"""Cells of a table become values: dates, times, crowds, words. A cell never raises: what cannot be read is said."""
