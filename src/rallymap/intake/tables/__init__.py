"""A sheet becomes a table: its header row is found, its columns get their meanings, its rows get distinct ids."""
