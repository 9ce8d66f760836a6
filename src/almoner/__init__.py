"""Almoner: a safeguarding information service that anybody can run."""

__version__ = "0.1.0"
