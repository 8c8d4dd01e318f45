"""Faults and attacks on the real server, in one command: ``make campaign``.

Each module is one part: it starts ``rallymap serve`` or a command in its own home folder, causes faults, and returns an
:class:`~benchmarks.campaign.outcome.Outcome` with what went wrong. Nothing is faked in the server.
"""
