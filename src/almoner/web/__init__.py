"""The public face: addresses, pages, templates and styles."""
