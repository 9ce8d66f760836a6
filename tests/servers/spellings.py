"""Ways to write an address inside: this machine's, or another network's, with the canary's port."""

from __future__ import annotations

HOME = (
    "127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.1", "0x7f.0.0.1", "0177.0.0.1", "017700000001",
    "0177.1", "127.0.0.1.", "①②⑦.⓪.⓪.①", "１２７.0.0.1", "127。0。0。1", "localhost", "LOCALHOST",
    "127.0.0.2", "127.255.255.254", "0.0.0.0", "0",
)  # fmt: skip
"""These lead to this machine, where nothing keeps them from it."""
ELSEWHERE = (
    "[::1]", "[0:0:0:0:0:0:0:1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[::ffff:0:127.0.0.1]",
    "[64:ff9b::127.0.0.1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::1]", "[2001:0:7f00:1::1]", "[fec0::1]", "[fe80::1]",
    "[fe80::1%25lo]", "[::1%25lo]", "[fd00::1]", "[ff02::1]", "10.0.0.1", "172.16.0.1", "192.168.0.1", "169.254.169.254",
    "100.64.0.1", "0xa9fea9fe", "2852039166", "192.0.0.192", "198.18.0.1", "224.0.0.1", "255.255.255.255",
)  # fmt: skip
"""These lead inside too, in ways that not every machine knows."""


def addresses(port: int) -> list[str]:
    """Every spelling as an address with this port, and some that hide where they lead."""
    plain = [f"http://{host}:{port}/" for host in (*HOME, *ELSEWHERE)]
    return [
        *plain,
        f"http://public.example@127.0.0.1:{port}/",
        f"http://127.0.0.1:{port}\\@public.example/",
        f"http://public.example\\.127.0.0.1:{port}/",
        f"http:127.0.0.1:{port}/",
        f"//127.0.0.1:{port}/",
        f"HTTP://127.0.0.1:{port}/",
    ]
