"""The editors' face, in Wagtail."""
