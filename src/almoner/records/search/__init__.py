"""The index over what is published, and its queries."""
