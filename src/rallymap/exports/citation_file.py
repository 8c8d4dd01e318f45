"""``CITATION.cff`` of a data set: the citation for reference managers and archives (CFF 1.2.0)."""

from __future__ import annotations

import yaml

from rallymap.exports.provenance import Provenance


def write_citation(provenance: Provenance) -> bytes:
    """Return the content of ``CITATION.cff``."""
    described = {
        "cff-version": "1.2.0",
        "type": "dataset",
        "message": "Please cite this data set as below.",
        "title": f"{provenance.site}: {provenance.selection}",
        "authors": [{"name": provenance.operator or provenance.site}],
        "version": provenance.version or "0",
        "date-released": provenance.made_on,
        **(
            {"license": provenance.licence.spdx} if provenance.licence.spdx else {"license-url": provenance.licence.url}
        ),
        "abstract": f"Rallies of diasporas, as their sources report them: {provenance.selection}.",
    }
    if provenance.address:
        described["url"] = provenance.address
    text: str = yaml.safe_dump(described, sort_keys=False, allow_unicode=True)
    return text.encode()
