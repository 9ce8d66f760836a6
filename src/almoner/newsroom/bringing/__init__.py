"""Bringing documents along: files are uploaded, what would come of them is shown, and only then are they taken in."""
