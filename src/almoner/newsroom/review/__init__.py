"""The review queue: what waits, one item after the other, beside the page it was taken from."""
