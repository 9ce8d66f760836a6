"""Pages of the office in the newsroom, and their pictures."""
