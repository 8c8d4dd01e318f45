"""Charts as Vega-Lite documents in the theme of our pages; the only modules that use Altair."""
