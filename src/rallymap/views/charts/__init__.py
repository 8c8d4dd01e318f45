"""Charts as Vega-Lite specifications in the theme of the pages; only these modules use Altair."""
