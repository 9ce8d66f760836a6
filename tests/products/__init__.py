"""Tests of what readers use."""
