"""Briefings: our own, composed, edited and published here, and the issues of others' that were gathered."""
