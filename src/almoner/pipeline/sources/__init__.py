"""How each sort of source is gathered, a folder a sort with an `ADAPTER` in it; and rules for single sources."""
