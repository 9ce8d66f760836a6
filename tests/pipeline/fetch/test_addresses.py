"""Which addresses may be dialled, and which machines."""

from __future__ import annotations

import pytest

from almoner.pipeline.errors import AddressRefused
from almoner.pipeline.fetch.addresses import web_address, why_not_public


@pytest.mark.parametrize(
    ("address", "reads"),
    [
        ("https://Example.ORG", "https://example.org/"),
        ("http://example.org:80/a?b=c#d", "http://example.org/a?b=c"),
        ("https://example.org:8443/", "https://example.org:8443/"),
        ("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4"),
        ("https://[2a00:1450::1]/", "https://[2a00:1450::1]/"),
    ],
)
def test_web_address_has_one_spelling(address: str, reads: str) -> None:
    assert str(web_address(address)) == reads


@pytest.mark.parametrize(
    "address",
    [
        "", "example.org", "ftp://example.org/", "file:///etc/passwd", "javascript:alert(1)", "gopher://example.org/",
        "http://", "http:///path", "http://user@example.org/", "http://user:word@example.org/",
        "http://example.org\\@127.0.0.1/", "http://exa mple.org/", "http://example.org/\nHost: inside",
        "http://example.org\t/", "http://[::1%25lo]/", "http://example.org:25/", "http://example.org:6667/",
        "http://example.org:99999/", "http://a..b/", "http://-/", "https://example.org/" + "a" * 5000,
    ],
)  # fmt: skip
def test_web_address_refuses_what_programs_read_differently(address: str) -> None:
    with pytest.raises(AddressRefused) as caught:
        web_address(address, source="A source")
    assert caught.value.source == "A source"
    assert caught.value.advice


@pytest.mark.parametrize("machine", ["8.8.8.8", "151.101.0.144", "2a00:1450:4009::1", "64:ff9b::808:808", "::ffff:8.8.8.8", "2002:808:808::1"])  # fmt: skip
def test_public_machines_may_be_dialled(machine: str) -> None:
    assert why_not_public(machine) == ""


@pytest.mark.parametrize(
    "machine",
    [
        "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1",
        "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.51.100.7",
        "203.0.113.9", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1",
        "::ffff:0:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::a00:1", "2002:7f00:1::1", "2001::1", "2001:db8::1",
        "3fff::1", "fc00::1", "fd12::1", "fe80::1", "fe80::1%lo", "fec0::1", "ff02::1", "100::1", "5f00::1", "nonsense",
    ],
)  # fmt: skip
def test_other_machines_may_not(machine: str) -> None:
    assert why_not_public(machine)
