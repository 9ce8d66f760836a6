"""Pure reading of documents: bytes in, frozen dataclasses out. Open `run.py` first."""
