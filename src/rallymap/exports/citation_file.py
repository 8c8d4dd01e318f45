"""``CITATION.cff`` of a data set: how to cite it, as reference managers and archives read it (CFF 1.2.0)."""

from __future__ import annotations

import yaml

from rallymap.exports.info import ExportInfo


def write_citation(info: ExportInfo) -> bytes:
    """Return the content of ``CITATION.cff``."""
    described = {
        "cff-version": "1.2.0",
        "type": "dataset",
        "message": "Please cite this data set as below.",
        "title": f"{info.site}: {info.selection}",
        "authors": [{"name": info.operator or info.site}],
        "version": info.version or "0",
        "date-released": info.made_on,
        **({"license": info.licence.spdx} if info.licence.spdx else {"license-url": info.licence.url}),
        "abstract": f"Rallies of diasporas, as their sources report them: {info.selection}.",
    }
    if info.address:
        described["url"] = info.address
    text: str = yaml.safe_dump(described, sort_keys=False, allow_unicode=True)
    return text.encode()
