"""The snapshots' bytes: compressed, under the SHA-256 of what is in them, on the disk or in a bucket.

They appear whole or not at all, are kept before it is said so, are never changed, and are checked each time they are
read.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from almoner.records.store.disk import SnapshotFolder
from almoner.records.store.kept import UNSETTLED, Kept, SnapshotStore

__all__ = ["UNSETTLED", "Kept", "SnapshotFolder", "SnapshotStore", "snapshot_folder"]


def snapshot_folder() -> SnapshotStore:
    """The folder of snapshots that the settings name: on the disk, or in a bucket."""
    if settings.SNAPSHOT_BUCKET:
        return _bucket(**settings.SNAPSHOT_BUCKET)
    return SnapshotFolder(Path(settings.SNAPSHOT_FOLDER))


@lru_cache(maxsize=1)
def _bucket(name: str, prefix: str, endpoint: str, region: str) -> SnapshotStore:
    """One a process: it keeps its connections."""
    from almoner.records.store.bucket import SnapshotBucket  # needs the extra `s3`

    return SnapshotBucket(name, prefix, endpoint, region)
