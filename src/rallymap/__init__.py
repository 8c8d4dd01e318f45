"""rallymap: a self-hosted, interactive map of diaspora rallies."""

__version__ = "0.1.0"
