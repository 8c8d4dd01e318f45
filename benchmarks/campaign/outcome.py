"""What a part of the campaign found."""

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
        One sentence for each thing that went wrong; empty is good.
    notes
        Figures worth a look: recovery times, memory.
    skipped
        Why nothing was done, or "".
    """

    did: str
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    skipped: str = ""

    def check(self, is_right: bool, fault: str) -> None:
        """Note a fault unless something is right."""
        if not is_right:
            self.faults.append(fault)

    def row(self, name: str) -> str:
        """Return the row of the table, in Markdown."""
        said = "; ".join(self.notes)
        found = f"not run: {self.skipped}" if self.skipped else str(len(self.faults))
        return f"| {name}: {self.did} | {found} | {said} |"
