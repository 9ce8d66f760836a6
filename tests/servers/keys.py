"""Keys and certificates of the tests' own, made anew for each run by openssl."""

from __future__ import annotations

import base64
import shutil
import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path

import dkim
import pytest


def openssl(folder: Path, *words: str) -> bytes:
    """Run openssl in a folder; the test is skipped where there is none."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl here to make keys with")
    return subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True, timeout=60).stdout


@dataclass(frozen=True)
class Certificate:
    """A certificate for one host that signs itself, and a client's trust in it."""

    folder: Path

    def server(self) -> ssl.SSLContext:
        """For the host that has it."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.folder / "host.crt", self.folder / "host.key")
        return context

    def client(self) -> ssl.SSLContext:
        """For somebody who trusts it."""
        return ssl.create_default_context(cafile=str(self.folder / "host.crt"))


def certificate(folder: Path, host: str) -> Certificate:
    """A certificate for `host`."""
    openssl(folder, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout",
            "host.key", "-out", "host.crt", "-days", "30", "-subj", f"/CN={host}",
            "-addext", f"subjectAltName=DNS:{host}")  # fmt: skip
    return Certificate(folder)


@dataclass(frozen=True)
class SigningKey:
    """A key with which mail is signed, and the record that the DNS has of it."""

    private: bytes
    record: bytes

    def signed(self, message: bytes, domain: str = "harbour.example", **options: object) -> bytes:
        """The message with a signature of `domain` on top; `options` are those of `dkim.sign`."""
        options.setdefault("canonicalize", (b"relaxed", b"relaxed"))
        signature: bytes = dkim.sign(message, b"s1", domain.encode(), self.private, **options)
        return signature + message


def signing_key(folder: Path) -> SigningKey:
    """A new key."""
    openssl(folder, "genrsa", "-traditional", "-out", "dkim.key", "1024")
    public = openssl(folder, "rsa", "-in", "dkim.key", "-pubout", "-outform", "DER")
    record = b"v=DKIM1; k=rsa; p=" + base64.b64encode(public)
    return SigningKey((folder / "dkim.key").read_bytes(), record)
