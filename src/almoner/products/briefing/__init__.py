"""Briefings: documents that are issues, shown as pages with their blocks in order."""
