"""How items stand to each other."""
