"""What happens in a world, as it happens."""

from __future__ import annotations

import json
import socket
import time
from http.client import HTTPConnection, HTTPException, HTTPResponse
from types import TracebackType
from typing import Iterable, Iterator, List, Optional, Type

from .answers import Event
from .refusals import Unreachable
from .wire import Wire

#: pytest shows the line that asked, and none of these.
__tracebackhide__ = True

#: So often, and so long after each other, it is tried to go on after a break.
TRIES = 5
PAUSE_SECONDS = 0.2


class Events(Iterator[Event]):
    """
    Events from the moment on in which this was made. After a break it goes on where it was (``Last-Event-ID``), so nothing
    is missed or told twice; what the server no longer keeps it tells as an event ``missed``. It ends with the server, by
    ``close``, or when the ``with`` is left.

        with world.events(["fired"]) as events:
            world.clock.advance("P1D")
            event = next(events)
    """

    def __init__(
        self,
        wire: Wire,
        world: str,
        types: Optional[Iterable[str]] = None,
        after: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> None:
        self._wire = wire
        self._world = world
        self._types = None if types is None else ",".join([types] if isinstance(types, str) else types)
        #: The id of the newest event that was handed on: ``after`` for another reader.
        self.last_id = after
        #: How many seconds the next event is waited for; then TimeoutError is raised, and another ``next`` waits again.
        self.timeout = timeout
        self._connection: Optional[HTTPConnection] = None
        self._response: Optional[HTTPResponse] = None
        self._socket: Optional[socket.socket] = None
        self._closed = False
        self._open()
        self._read_beginning()

    def __iter__(self) -> Events:
        return self

    def __next__(self) -> Event:
        until = None if self.timeout is None else time.monotonic() + self.timeout
        while not self._closed:
            if self._response is None and not self._open_again():
                break
            try:
                event = self._next_block(until)
            except socket.timeout as error:
                # What was half read is asked for again.
                self._drop()
                raise TimeoutError(f"no event within {self.timeout:g} s") from error
            except (OSError, HTTPException, ValueError, AttributeError):
                # The last is what http.client says when it is closed by another thread.
                self._drop()
                continue
            if event is not None:
                return event
        self.close()
        raise StopIteration

    def close(self) -> None:
        """Ends it; a thread that waits for an event is told so."""
        self._closed = True
        if self._socket is not None:
            try:
                self._socket.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        self._drop()

    def __enter__(self) -> Events:
        return self

    def __exit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        self.close()

    def _open(self) -> None:
        connection, response = self._wire.open(
            "GET",
            "/events",
            query={"world": self._world, "types": self._types},
            headers={"Accept": "text/event-stream", "Last-Event-ID": self.last_id},
        )
        self._connection, self._response, self._socket = connection, response, connection.sock

    def _read_beginning(self) -> None:
        """The server tells at once where it begins: nothing after that is missed."""
        if self._socket is not None:
            self._socket.settimeout(None)
        while self._response is not None:
            line = self._response.readline()
            if line.startswith(b"id: ") and self.last_id is None:
                self.last_id = line[4:].strip().decode()
            if line.strip() == b"":
                return

    def _open_again(self) -> bool:
        for _ in range(TRIES):
            if self._closed:
                return False
            try:
                self._open()
                return True
            except Unreachable:
                time.sleep(PAUSE_SECONDS)
        return False

    def _next_block(self, until: Optional[float]) -> Optional[Event]:
        """The next event; None: something else was told, or the answer has ended."""
        if self._response is None:
            return None
        data: Optional[str] = None
        last_id: Optional[str] = None
        lines: List[bytes] = []
        while True:
            if self._socket is not None:
                # Nothing may be left of the time; 0 would mean not to wait at all, and say so in another way.
                self._socket.settimeout(None if until is None else max(until - time.monotonic(), 0.001))
            line = self._response.readline()
            if not line:
                self._drop()
                return None
            if line == b"\n":
                break
            lines.append(line)
        for line in lines:
            name, _, value = line.decode().rstrip("\n").partition(": ")
            if name == "data":
                data = value
            elif name == "id":
                last_id = value
        self.last_id = last_id or self.last_id
        if data is None:
            return None
        event: Event = json.loads(data)
        return event

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = self._response = self._socket = None
