"""A Word file as a package of parts (ECMA-376, part 2): a zip archive, opened with suspicion."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import Final

from almoner.pipeline.errors import Locked, Malformed, TooLarge, UnknownFormat
from almoner.pipeline.parse.nodes import Node, nodes

STAGE: Final = "parse"
MAX_PARTS: Final = 5_000
MAX_PART: Final = 100 * 1024 * 1024
"""Bytes of one part when unpacked. The text of 400 pages is 5 MiB."""
MAX_WHOLE: Final = 600 * 1024 * 1024
"""Bytes of all parts that the archive claims to hold."""
_OFFICE_DOCUMENT: Final = "/officeDocument"
_SYMLINK: Final = 0o120000


class Package:
    """The parts of a file, read when asked for."""

    def __init__(self, content: bytes) -> None:
        """Open the package and look at its directory alone.

        Raises `Malformed` for a damaged archive and for names that lead out of it, `TooLarge` for one that is
        swollen, `Locked` for an encrypted one, `UnknownFormat` for one that is no Word file.
        """
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            parts = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError, EOFError) as error:
            raise Malformed(
                "", STAGE, "is damaged or cut off: its directory of parts cannot be read.",
                advice="Download it again, or open it in Word or LibreOffice and save it anew.",
            ) from error  # fmt: skip
        _check(parts)
        self._names = {part.filename: part for part in parts}
        self.main = self._main()

    def part(self, name: str) -> bytes | None:
        """The bytes of a part, in UTF-8 where it is XML; None where there is none of that name.

        Raises `Malformed` for one that is damaged or defines entities, `TooLarge` for one that swells.
        """
        found = self._names.get(name)
        if found is None:
            return None
        try:
            with self._zip.open(found) as stream:
                content = stream.read(MAX_PART + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
            RuntimeError,
            OSError,
            ValueError,
            OverflowError,
        ) as error:
            raise Malformed(
                "", STAGE, f"is damaged: its part {name[:80]} cannot be unpacked.",
                advice="Download it again, or ask its publisher for another copy.",
            ) from error  # fmt: skip
        if len(content) > MAX_PART:
            raise _swollen()
        if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
            content = content.decode("utf-16", "replace").encode()
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise Malformed(
                "", STAGE, f"holds definitions that no Word file has (a DTD in {name[:80]}).",
                advice="It may be made to do harm: ask its publisher for another copy.",
            )  # fmt: skip
        return content

    def beside(self, kind: str) -> str:
        """The name of the part that the main one relates to so: "styles", "numbering", "footnotes"; "" for none."""
        for relation in self.relations(self.main):
            if relation.attributes.get("Type", "").endswith(f"/{kind}"):
                return self._target(self.main, relation)
        return ""

    def links(self) -> dict[str, str]:
        """The addresses outside of the file that its text leads to, by the names that the text has for them."""
        return {
            relation.attributes.get("Id", ""): relation.attributes.get("Target", "")
            for relation in self.relations(self.main)
            if relation.attributes.get("TargetMode") == "External"
        }

    def relations(self, name: str) -> list[Node]:
        """What a part relates to."""
        folder, base = posixpath.split(name)
        content = self.part(posixpath.join(folder, "_rels", f"{base}.rels"))
        return list(nodes(content, frozenset({"relationship"}))) if content else []

    def _main(self) -> str:
        for relation in self.relations(""):
            if relation.attributes.get("Type", "").endswith(_OFFICE_DOCUMENT):
                name = self._target("", relation)
                if name in self._names and not name.startswith(("xl/", "ppt/")):
                    return name
        if "word/document.xml" in self._names:
            return "word/document.xml"
        raise UnknownFormat(
            "", STAGE, "is an archive that holds no Word document.",
            advice="Save it as Word (.docx) or PDF, or unpack it and name the files in it.",
        )  # fmt: skip

    @staticmethod
    def _target(base: str, relation: Node) -> str:
        target = relation.attributes.get("Target", "")
        return posixpath.normpath(posixpath.join("/", posixpath.dirname(base), target)).lstrip("/")


def _check(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_WHOLE:
        raise _swollen()
    for part in parts:
        if part.flag_bits & 0x1:
            raise Locked(
                "", STAGE, "is an archive that is encrypted with a password.",
                advice="Open it with the password, save it without one, and try again.",
            )  # fmt: skip
        leads_out = part.filename.startswith(("/", "\\")) or ".." in part.filename.replace("\\", "/").split(
            "/"
        )
        if leads_out or ":" in part.filename[:3] or (part.external_attr >> 16) & 0o170000 == _SYMLINK:
            raise Malformed(
                "", STAGE, "holds a name that leads out of the file, as no Word file does.",
                advice="It is made to do harm: do not unpack it, and ask its publisher for another copy.",
            )  # fmt: skip


def _swollen() -> TooLarge:
    return TooLarge(
        "", STAGE, f"unpacks to more than {MAX_PART // 2**20} MiB of text, or to very many parts.",
        advice="A Word file is not that large: ask its publisher for another copy.",
    )  # fmt: skip
