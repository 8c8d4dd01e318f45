"""rallymap: a self-hosted, interactive map of diaspora rallies."""

__version__ = "0.2.0"
