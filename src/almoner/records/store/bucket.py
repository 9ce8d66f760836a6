"""Snapshots in a bucket that speaks S3: Amazon's, or one of the many like it.

An object appears whole or not at all, by S3's own promise. Its name and content are those of the file on the disk, so
that a folder of snapshots can be copied into a bucket as it is, and back.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Final

from obstore.exceptions import BaseError
from obstore.store import S3Store

from almoner.pipeline.errors import Unreadable
from almoner.records.store.kept import ADVICE, STAGE, UNSETTLED, Kept, name_of, packed, unpacked

SECONDS: Final = timedelta(seconds=60)
"""For one request, and for all attempts at it together."""


class SnapshotBucket:
    """A folder of snapshots in a bucket: its name, the folder in it, its endpoint and region, "" for Amazon's own and
    what the environment has. So has it the keys (`AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, or the machine's role).
    """

    def __init__(
        self, name: str, prefix: str = "", endpoint: str = "", region: str = "", patience: timedelta = SECONDS
    ) -> None:
        self._address = "/".join(filter(None, (f"s3://{name}", prefix)))
        self._store = S3Store(
            name,
            prefix=prefix or None,
            endpoint=endpoint or None,
            region=region or None,
            client_options={
                "allow_http": endpoint.startswith("http:"),
                "timeout": patience,
                "connect_timeout": min(patience, timedelta(seconds=10)),
            },
            retry_config={"max_retries": 3, "retry_timeout": patience},
        )

    def put(self, content: bytes) -> str:
        """Keep `content` and return its SHA-256. What is there already is not sent again, unless its size is another,
        or it was put so long ago that it might be taken for forgotten before its row is written. `PipelineError` if
        the bucket refuses."""
        sha256 = hashlib.sha256(content).hexdigest()
        sent = packed(content)
        known = self.file(sha256)
        if known is None or known.size != len(sent) or known.put_at < time.time() - UNSETTLED / 2:
            with self._speaking(name_of(sha256), "could not be kept"):
                self._store.put(name_of(sha256), sent, use_multipart=False)
        return sha256

    def get(self, sha256: str) -> bytes:
        """The bytes kept under this SHA-256. `Unreadable` if they are gone, are not what was kept, or cannot be had
        now: then it is not permanent."""
        name = name_of(sha256)
        try:
            with self._speaking(name, "could not be had"):
                kept = self._store.get(name).bytes().to_bytes()
        except FileNotFoundError as error:
            raise Unreadable(self._whole(name), STAGE, "is not in the bucket.", advice=ADVICE) from error
        return unpacked(kept, sha256, self._whole(name))

    def files(self) -> Iterator[Kept]:
        """All objects in the folder, in no order."""
        pages = iter(self._store.list())
        while True:
            with self._speaking("", "could not be listed"):
                page = next(pages, None)
            if page is None:
                return
            for each in page:
                folder, _, rest = each["path"].rpartition("/")
                sha256 = folder + rest.removesuffix(".gz")
                is_ours = rest.endswith(".gz") and len(sha256) == 64
                if is_ours:
                    yield Kept(each["path"], sha256, each["size"], each["last_modified"].timestamp())

    def file(self, sha256: str) -> Kept | None:
        """The object that stands for this SHA-256; None if there is none."""
        name = name_of(sha256)
        with suppress(FileNotFoundError), self._speaking(name, "could not be looked for"):
            found = self._store.head(name)
            return Kept(name, sha256, found["size"], found["last_modified"].timestamp())
        return None

    def remove(self, file: Kept) -> None:
        """Remove an object."""
        with suppress(FileNotFoundError), self._speaking(file.name, "could not be removed"):
            self._store.delete(file.name)

    def _whole(self, name: str) -> str:
        return "/".join(filter(None, (self._address, name)))

    @contextmanager
    def _speaking(self, name: str, what: str) -> Iterator[None]:
        """What the bucket refuses, in our words."""
        try:
            yield
        except FileNotFoundError:
            raise
        except (BaseError, OSError, ValueError) as error:
            said = " ".join(str(error).split())[:300]
            raise Unreadable(
                self._whole(name), STAGE, f"{what}: {said}.",
                advice="Check the bucket, its keys and the way to it; then do this again.", permanent=False,
            ) from error  # fmt: skip
