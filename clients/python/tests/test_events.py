"""Events, as they come and after a break."""

from __future__ import annotations

import socket
import threading
from typing import List, Optional, Tuple
from urllib.parse import urlsplit

import pytest
from conftest import NOW

from snapstand import ControlRefused, Snapstand, World


class Proxy:
    """Hands on what is sent, and can cut all that is open."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._to: Tuple[Optional[str], Optional[int]] = (parts.hostname, parts.port)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._open: List[socket.socket] = []
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self.asked: List[bytes] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listening.accept()
            except OSError:
                return
            assert self._to[0] is not None and self._to[1] is not None
            far = socket.create_connection((self._to[0], self._to[1]))
            self._open += [near, far]
            threading.Thread(target=self._hand_on, args=(near, far, True), daemon=True).start()
            threading.Thread(target=self._hand_on, args=(far, near, False), daemon=True).start()

    def _hand_on(self, source: socket.socket, target: socket.socket, is_asked: bool) -> None:
        try:
            for piece in iter(lambda: source.recv(65536), b""):
                if is_asked:
                    self.asked.append(piece)
                target.sendall(piece)
        except OSError:
            pass
        for end in (source, target):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def cut(self) -> None:
        for end in self._open:
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def close(self) -> None:
        # A thread that waits in accept would keep it open.
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self.cut()


def test_events_come_from_the_moment_on(world: World) -> None:
    with world.events(["clock", "replaced"], timeout=30) as events:
        world.clock.advance("P1D")
        first = next(events)
        assert first["type"] == "clock" and first["now"] == "2026-01-06T08:00:00.000Z"
        world.reset()
        second = next(events)
        assert second["type"] == "replaced" and second["why"] == "reset"
    assert list(events) == []


def test_no_event_in_time_is_told_and_none_is_lost(world: World) -> None:
    with world.events("clock", timeout=0.2) as events:
        with pytest.raises(TimeoutError, match="no event within 0.2 s"):
            next(events)
        world.clock.advance("P1D")
        events.timeout = 30
        event = next(events)
        assert event["type"] == "clock" and event["now"] == "2026-01-06T08:00:00.000Z"


def test_after_a_break_it_goes_on_where_it_was(snapstand: Snapstand, world: World) -> None:
    proxy = Proxy(snapstand.url)
    through = Snapstand.connect(proxy.url).world(world.key)
    with through.events(["clock"], timeout=30) as events:
        world.clock.advance("P1D")
        days = [_day(next(events))]
        last = events.last_id
        proxy.cut()
        # Nobody is there to read these.
        world.clock.advance("P1D")
        world.clock.advance("P1D")
        days += [_day(next(events)), _day(next(events))]
        assert days == ["2026-01-06", "2026-01-07", "2026-01-08"]
        assert f"Last-Event-ID: {last}".encode() in b"".join(proxy.asked)
        assert events.last_id != last
    proxy.close()


def test_another_reader_goes_on_after_the_last_one(world: World) -> None:
    with world.events("clock", timeout=30) as events:
        world.clock.advance("P1D")
        next(events)
        after = events.last_id
    world.clock.advance("P1D")
    with world.events("clock", after=after, timeout=30) as events:
        assert _day(next(events)) == "2026-01-07"


def test_it_ends_with_the_server(snapstand: Snapstand, world: World) -> None:
    proxy = Proxy(snapstand.url)
    events = Snapstand.connect(proxy.url).world(world.key).events("clock", timeout=30)
    world.clock.advance("P1D")
    proxy.close()
    assert len(list(events)) <= 1


def test_it_is_closed_while_it_waits(world: World) -> None:
    events = world.events()
    told: List[object] = []
    reader = threading.Thread(target=lambda: told.extend(events))
    reader.start()
    events.close()
    reader.join(30)
    assert not reader.is_alive() and told == []


def test_a_type_that_is_none_is_refused_at_once(world: World) -> None:
    with pytest.raises(ControlRefused) as raised:
        world.events(["fried"])
    assert raised.value.field == "types" and "fired" in str(raised.value)


def test_events_of_all_worlds_name_theirs(snapstand: Snapstand, world: World) -> None:
    with snapstand.world("*").events("clock", timeout=30) as events:
        world.clock.set(now=NOW)
        world.clock.advance("P1D")
        assert any(event.get("world") == world.key for event in (next(events), next(events)))


def _day(event: object) -> str:
    assert isinstance(event, dict)
    return str(event["now"])[:10]
