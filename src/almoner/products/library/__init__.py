"""The library: what is worth keeping, on shelves by title and year."""
