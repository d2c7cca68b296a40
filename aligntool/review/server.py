"""The local server: 127.0.0.1, a port the system chooses, a token on the first line of standard output."""

import signal
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import uvicorn

from aligntool.errors import AligntoolError, OutputError
from aligntool.review.desk import Desk
from aligntool.review.guard import Guard
from aligntool.review.pages import application
from aligntool.review.room import Room

__all__ = ["LOCAL", "serve"]

LOCAL = "127.0.0.1"


def serve(
    paths: Sequence[Path],
    desk: Callable[[Path], Desk],
    opened: Callable[[str], None],
    *,
    host: str = LOCAL,
    port: int = 0,
) -> list[AligntoolError]:
    """Serve a review until it is interrupted; then bring the files up to date.

    Args:
        paths: Aligned TSVs.
        desk: Opens one for review.
        opened: Told the address to open, which works once.
        host: Address to listen at.
        port: Port; 0 lets the system choose a free one.

    Returns:
        Why files could not be written, for those that could not; their journals have everything.

    Raises:
        OutputError: The address or port cannot be had.
    """
    troubles: list[AligntoolError] = []
    with _listening(host, port) as listener:
        number = listener.getsockname()[1]
        room = Room(paths, desk)
        guard = Guard(application(room, ended=troubles.extend), _names(host, number))
        config = uvicorn.Config(
            guard,
            log_level="error",
            access_log=False,
            server_header=False,
            date_header=False,
            proxy_headers=False,
            ws="none",
            timeout_graceful_shutdown=2,
        )
        # uvicorn raises the signal again once it has shut down in good order: so a review ends.
        with suppress(KeyboardInterrupt), _stoppable():
            opened(f"http://{_shown(host)}:{number}/enter?token={guard.token}")
            uvicorn.Server(config).run(sockets=[listener])
        troubles += room.finish()
    return troubles


@contextmanager
def _stoppable() -> Iterator[None]:
    """Let SIGINT and SIGTERM end what is inside, from the first moment on.

    A shell has what it starts in the background ignore SIGINT, and uvicorn listens for signals only once it
    runs: a review that is told to end as soon as its address stands there must not go on for ever.
    """
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, signal.default_int_handler) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


def _listening(host: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        # Named as TCP, asyncio lets small packets go at once; else each answer's second one waits 40 ms.
        listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        # From here on a connection waits until the server takes it.
        listener.listen(64)
    except OSError as error:
        raise OutputError(
            f"cannot listen at {host}, port {port}: {error.strerror or error}", "try another port: --port 0"
        ) from error
    return listener


def _names(host: str, port: int) -> list[str]:
    """By what names the server may be asked: without this list any name that resolves here would do."""
    names = {host, LOCAL, "localhost"} if host == LOCAL else {host}
    return [f"{_shown(name)}:{port}" for name in names]


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host
