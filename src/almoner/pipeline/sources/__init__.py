"""How each sort of source is gathered: a folder a sort, each with an `ADAPTER`."""
