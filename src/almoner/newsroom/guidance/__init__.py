"""Guidance in the newsroom: works, their editions, what changed, and items that announce an edition."""
