"""Servers for tests, on this machine only: one that answers as it is told, and one that nobody may reach."""
