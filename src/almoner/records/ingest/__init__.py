"""Sources, snapshots and documents, and the way from bytes to items."""
