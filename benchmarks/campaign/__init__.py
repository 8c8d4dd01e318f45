"""Faults and attacks on the real server, as one command: ``make campaign``.

Each module is one part: it starts ``rallymap serve`` or a command on a home of its own, does harm, and returns an
:class:`~benchmarks.campaign.outcome.Outcome` with what went wrong. Nothing is faked in the server.
"""
