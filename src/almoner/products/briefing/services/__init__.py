"""Writes to briefings."""
