"""Hostile mark-up, what carries it, and what may never stand in an item."""
