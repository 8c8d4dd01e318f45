"""The result of one part of the campaign."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Outcome:
    """One row of the table.

    Attributes
    ----------
    did
        What was done, with its numbers.
    faults
        One sentence per fault; empty if there is none.
    notes
        Figures of interest: recovery times, memory.
    skipped
        Why nothing was done, or "".
    kills
        How many processes were killed at work.
    """

    did: str
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    skipped: str = ""
    kills: int = 0

    def check(self, is_right: bool, fault: str) -> None:
        """Record a fault unless the condition is true."""
        if not is_right:
            self.faults.append(fault)

    def row(self, name: str, seconds: float) -> str:
        """Return the table row in Markdown."""
        said = "; ".join(self.notes)
        found = f"not run: {self.skipped}" if self.skipped else str(len(self.faults))
        return f"| {name}: {self.did} | {found} | {said} | {seconds:.0f} |"
