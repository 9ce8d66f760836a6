"""`almoner run`: set everything up and serve it.

The process that stays in front never loads Django: it sets up in a child that ends, and then watches over one
small worker. So the service needs little more memory than the worker.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import socket
import threading
from collections.abc import Callable

from almoner.cli import prepare
from almoner.cli.prepare import complain, say
from almoner.settings.environment import is_this_machine, read_address

THREADS = 4
"""Requests that a worker handles at once. SQLite takes one writer at a time; more would only wait."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("--demo", action="store_true", help="load sample content if there is nothing yet")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default %(default)s)")
    parser.add_argument("--port", type=_port, default=8000, help="port to listen on (default %(default)s)")
    parser.add_argument("--workers", type=int, default=1, help="processes that serve (default %(default)s)")
    parser.add_argument(
        "--new-link",
        nargs="?",
        const="",
        metavar="EMAIL",
        help="print a one-time link to set a password, for this person or the first administrator, and stop",
    )


def run(arguments: argparse.Namespace) -> int:
    """Set up and serve until stopped. 0 after a clean stop, 1 if it could not start."""
    host, port = arguments.host, arguments.port
    os.environ["ALMONER_ADDRESS"] = os.environ.get("ALMONER_ADDRESS") or f"http://{_reached_at(host)}:{port}"
    if arguments.new_link is not None:
        return _in_child(lambda: _print_link(arguments.new_link))
    if warning := out_of_reach(host, os.environ["ALMONER_ADDRESS"]):
        complain(warning)
    if fault := _cannot_listen(host, port):
        complain(fault)
        return 1
    code = _in_child(lambda: prepare.prepare(demo=arguments.demo))
    return code or _serve(host, port, max(1, arguments.workers))


def _serve(host: str, port: int, workers: int) -> int:
    from granian.constants import HTTPModes, Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    server = Server(
        "almoner.settings.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=workers,
        blocking_threads=THREADS,
        runtime_threads=1,
        backlog=256,
        respawn_failed_workers=True,
        workers_kill_timeout=35,  # the message that is being sent ends first
        log_access=False,  # what people read and search for is written down nowhere
        log_level=LogLevels.error,
    )

    stopping = threading.Event()
    threading.Thread(target=_announce, args=(host, port, stopping), daemon=True).start()
    server.serve()
    stopping.set()
    say("stopped.")
    return 0 if server.interrupt_signal else 1  # else its workers failed, and said why


def _announce(host: str, port: int, stopping: threading.Event) -> None:
    """Say where to go, once somebody who goes there is answered."""
    while not stopping.wait(0.1):
        try:
            socket.create_connection((_reached_at(host).strip("[]"), port), timeout=5).close()
        except OSError:
            continue
        address = os.environ["ALMONER_ADDRESS"].rstrip("/")
        say(f"Reading:  {address}/")
        say(f"Newsroom: {address}/newsroom/")
        say("Stop with Ctrl-C.")
        return


def _in_child(work: Callable[[], int]) -> int:
    """Run `work` in a process of its own and return its exit code: its memory is given back when it ends."""
    child = multiprocessing.get_context("fork").Process(target=_exit_with, args=(work,))
    child.start()
    try:
        child.join()
    except KeyboardInterrupt:
        child.join()
        say("stopped.")
        return 130
    return child.exitcode or 0


def _exit_with(work: Callable[[], int]) -> None:
    try:
        code = work()
    except KeyboardInterrupt:
        code = 130
    raise SystemExit(code)


def _print_link(email: str) -> int:
    return prepare.print_link(email) if prepare.load_settings() else 1


def out_of_reach(host: str, address: str) -> str:
    """A warning, in words, where other machines are let in that would be refused; empty if all is well."""
    known_as = read_address(address)
    if known_as is None or is_this_machine(host) or not is_this_machine(known_as.hostname or ""):
        return ""
    return (
        f"listening on {host}, but ALMONER_ADDRESS is {address}: other machines are refused (Bad Request) "
        "until you set it to the address they use."
    )


def _cannot_listen(host: str, port: int) -> str:
    """Why this address cannot be listened on, in words; empty if it can."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as fault:
            return (
                f"cannot listen on {host}, port {port}: {fault.strerror}. "
                f"Is the service running already? Another port: almoner run --port {port + 1}"
            )
    return ""


def _reached_at(host: str) -> str:
    """How a browser on this machine reaches a service that listens on `host`."""
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104, named, not bound
    return everywhere.get(host, f"[{host}]" if ":" in host else host)


def _port(value: str) -> int:
    if value.isdecimal() and 1 <= int(value) <= 65535:
        return int(value)
    raise argparse.ArgumentTypeError(f"a port is a number from 1 to 65535, not “{value}”")
