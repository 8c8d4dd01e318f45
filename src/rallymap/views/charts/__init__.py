"""Charts as Vega-Lite documents in the look of our pages; the only modules that know Altair."""
