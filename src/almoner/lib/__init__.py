"""Small pure helpers, each named by a noun."""
