"""Sample content: invented publishers whose pages a fresh service shows until real sources are added."""
