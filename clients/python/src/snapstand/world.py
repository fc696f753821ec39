"""One world of a server."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import Any, Dict, Iterable, List, Literal, Mapping, Optional, Sequence, Type, Union

from .answers import (
    AdvanceReport,
    AdvanceStop,
    Agenda,
    Checkpoint,
    Clock,
    Expected,
    Fault,
    FaultThen,
    FaultWhen,
    ImportReport,
    JournalEntry,
    Move,
    Occurrences,
    Requests,
    ResetReport,
    ResourceDetail,
    Resources,
    Setting,
    State,
    Timeline,
    WorldCheckpoint,
    WorldSummary,
)
from .credentials import Credentials, Key, baidu_config, credentials_of, zenlayer_config, zenlayer_credential
from .events import Events
from .instants import DurationLike, InstantLike, duration_text, instant_text, milliseconds, parse_instant
from .refusals import ControlRefused
from .wire import Wire

#: pytest shows the line that asked, and none of these.
__tracebackhide__ = True

Kind = Literal["volumes", "snapshots", "policies", "instances"]
SettingValue = Union[None, bool, int, float, str]


class World:
    """
    One world: as a rule a test's own, for which it makes up a key. It comes into being with the first call that changes
    something in it. As a context manager it is forgotten at the end.
    """

    def __init__(self, wire: Wire, key: str, keys: Sequence[Key] = ()) -> None:
        #: Its name, and the access key of its own.
        self.key = key
        #: What the clients of both clouds want to be told.
        self.credentials: Credentials = credentials_of(wire.url, key, keys)
        self.clock = WorldClock(wire, key)
        self.faults = WorldFaults(wire, key)
        self.requests = WorldRequests(wire, key)
        self.checkpoints = WorldCheckpoints(wire, key, keys)
        self.settings = WorldSettings(wire, key)
        self.state = WorldState(wire, key)
        self.resources = WorldResources(wire, key)
        #: Its way to another server; ``snapstand move`` takes these steps on both.
        self.move = WorldMove(wire, key)
        self._wire = wire

    def __repr__(self) -> str:
        return f"<snapstand world {self.key!r} at {self._wire.url}>"

    def __enter__(self) -> World:
        return self

    def __exit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        self.delete()

    def agenda(self, *, limit: Optional[int] = None) -> Agenda:
        """What will happen next, in order."""
        answer: Agenda = self._wire.send("GET", "/agenda", query={"world": self.key, "limit": limit})
        return answer

    def occurrences(
        self, provider: str, policy: str, *, after: Optional[InstantLike] = None, limit: Optional[int] = None
    ) -> Occurrences:
        """What a policy did, with reasons, and what it will do."""
        answer: Occurrences = self._wire.send(
            "GET",
            "/{provider}/policies/{id}/occurrences",
            params={"provider": provider, "id": policy},
            query={"world": self.key, "after": instant_text(after), "limit": limit},
        )
        return answer

    def timeline(
        self,
        *,
        start: Optional[InstantLike] = None,
        end: Optional[InstantLike] = None,
        provider: Optional[str] = None,
        text: Optional[str] = None,
        offset: Optional[int] = None,
        limit: Optional[int] = None,
        marks: Optional[int] = None,
    ) -> Timeline:
        """
        Disks and volumes through time: snapshots, until when they are kept, and what policies did and will do. ``start``
        and ``end`` are what the API calls ``from`` and ``to``.
        """
        query = {"provider": provider, "text": text, "offset": offset, "limit": limit, "marks": marks}
        window = {"world": self.key, "from": instant_text(start), "to": instant_text(end)}
        answer: Timeline = self._wire.send("GET", "/timeline", query={**window, **query})
        return answer

    def content(self, provider: str, volume: str) -> VolumeContent:
        """The content marker of a volume: a text that snapshots capture and rollbacks bring back."""
        return VolumeContent(self._wire, self.key, provider, volume)

    def events(
        self,
        types: Optional[Iterable[str]] = None,
        *,
        after: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> Events:
        """
        What happens, live, from this call on: events of these types, or all. ``after`` is the ``last_id`` of a reader before;
        ``timeout`` is how many seconds the next event is waited for, without which that is as long as it takes.
        """
        return Events(self._wire, self.key, types, after, timeout)

    def reset(self) -> ResetReport:
        """Back to its starter seed, its journal emptied."""
        answer: ResetReport = self._wire.send("POST", "/reset", query={"world": self.key}, body={})
        return answer

    def delete(self) -> bool:
        """Forgets it; False: it was not there."""
        return _was_there(self._wire, "/worlds/{id}", self.key)

    def keep(self, keep: bool = True) -> WorldSummary:
        """Whether ``--max-worlds`` passes it over."""
        answer: WorldSummary = self._wire.send("PUT", "/worlds/{id}", params={"id": self.key}, body={"keep": keep})
        return answer

    def zenlayer_client(self, kind: Any, **config: Any) -> Any:
        """A client of ``zenlayercloud-sdk-python``, such as its ``ZecClient``, that calls this world."""
        return kind(self.zenlayer_credential(), self.zenlayer_config(**config))

    def zenlayer_credential(self) -> Any:
        """The ``Credential`` of ``zenlayercloud-sdk-python``: the first that its clients take."""
        return zenlayer_credential(self.credentials.zenlayer)

    def zenlayer_config(self, **more: Any) -> Any:
        """The ``Config`` of ``zenlayercloud-sdk-python``: the second that its clients take."""
        return zenlayer_config(self.credentials.zenlayer, self._wire.ca_file, **more)

    def baidu_config(self, **more: Any) -> Any:
        """The ``BceClientConfiguration`` of ``bce-python-sdk``, credentials included: ``BccClient(world.baidu_config())``."""
        return baidu_config(self.credentials.baidu, "baidubce", "bce-python-sdk", **more)

    def baiducloud_config(self, **more: Any) -> Any:
        """The same of ``baiducloud-python-sdk-core``, on which ``baiducloud-python-sdk-bcc`` stands."""
        return baidu_config(
            self.credentials.baidu, "baiducloud_python_sdk_core", "baiducloud-python-sdk-core", **more
        )


class _Part:
    """What a world has one of."""

    def __init__(self, wire: Wire, key: str) -> None:
        self._wire = wire
        self._key = key
        self._query: Dict[str, object] = {"world": key}


class WorldClock(_Part):
    """The clock of a world."""

    def get(self) -> Clock:
        """Its mode and its instant."""
        answer: Clock = self._wire.send("GET", "/clock", query=self._query)
        return answer

    def now(self) -> datetime:
        """Its instant, in UTC."""
        return parse_instant(self.get()["now"])

    def set(
        self, *, mode: Optional[Literal["system", "manual"]] = None, now: Optional[InstantLike] = None
    ) -> Clock:
        """Its mode, its instant, or both."""
        body = {"mode": mode, "now": instant_text(now)}
        answer: Clock = self._wire.send("PUT", "/clock", query=self._query, body=body)
        return answer

    def advance(
        self,
        by: Optional[DurationLike] = None,
        *,
        to: Optional[InstantLike] = None,
        to_next: Optional[Literal[True]] = None,
    ) -> AdvanceReport:
        """
        Lets time pass: by a duration (``timedelta(days=7)``, ``"P7D"``, ``"36h"``), to an instant, or to the next event.
        Returns when all that fell due is done.
        """
        body = {"by": duration_text(by), "to": instant_text(to), "toNext": to_next}
        answer: AdvanceReport = self._wire.send("POST", "/clock/advance", query=self._query, body=body)
        return answer

    def advance_to_next(self) -> AdvanceReport:
        """To the next event."""
        return self.advance(to_next=True)

    def stop(self) -> AdvanceStop:
        """Stops an advance that is under way: what it has done stands."""
        answer: AdvanceStop = self._wire.send("POST", "/clock/stop", query=self._query, body={})
        return answer


class WorldFaults(_Part):
    """Failures that are injected into calls."""

    def list(self) -> List[Fault]:
        """In the order in which they act: its own, then those of the server, with how often each was met and acted."""
        answer: List[Fault] = self._wire.send("GET", "/faults", query=self._query)
        return answer

    def put(
        self,
        id: str,
        *,
        then: FaultThen,
        provider: Optional[str] = None,
        operation: Optional[str] = None,
        when: Optional[FaultWhen] = None,
        skip: Optional[int] = None,
        times: Optional[int] = None,
        probability: Optional[float] = None,
        enabled: Optional[bool] = None,
    ) -> Fault:
        """
        Which calls it meets, how often it acts, and what happens then: ``put("busy", provider="zenlayer",
        operation="CreateSnapshot", times=2, then={"error": "SERVICE_TEMPORARY_UNAVAILABLE"})``. One of the same name is replaced.
        """
        rule: Dict[str, object] = {
            "id": id,
            "provider": provider,
            "operation": operation,
            "when": when,
            "skip": skip,
            "times": times,
            "probability": probability,
            "enabled": enabled,
            "then": then,
        }
        answer: Fault = self._wire.send("PUT", "/faults/{id}", params={"id": id}, query=self._query, body=rule)
        return answer

    def delete(self, id: str) -> None:
        """Drops one."""
        self._wire.send("DELETE", "/faults/{id}", params={"id": id}, query=self._query)

    def clear(self) -> None:
        """Drops those of this world; those of the server stay."""
        self._wire.send("DELETE", "/faults", query=self._query)


class WorldRequests(_Part):
    """The journal: the calls that the clouds had from this world."""

    def list(
        self,
        *,
        provider: Optional[str] = None,
        operation: Optional[str] = None,
        status: Optional[int] = None,
        code: Optional[str] = None,
        resource: Optional[str] = None,
        refusal: Optional[bool] = None,
        fault: Optional[str] = None,
        text: Optional[str] = None,
        after: Optional[InstantLike] = None,
        before: Optional[InstantLike] = None,
        limit: Optional[int] = None,
    ) -> Requests:
        """The newest first, with how many there were of what."""
        query: Dict[str, object] = {
            **self._query,
            "provider": provider,
            "operation": operation,
            "status": status,
            "code": code,
            "resource": resource,
            "refusal": refusal,
            "fault": fault,
            "text": text,
            "after": instant_text(after),
            "before": instant_text(before),
            "limit": limit,
        }
        answer: Requests = self._wire.send("GET", "/requests", query=query)
        return answer

    def get(self, id: str) -> JournalEntry:
        """One, by the request id that its client got."""
        answer: JournalEntry = self._wire.send("GET", "/requests/{id}", params={"id": id}, query=self._query)
        return answer

    def curl(self, id: str) -> str:
        """The shell command that sends it again, without its credentials."""
        answer: str = self._wire.send("GET", "/requests/{id}/curl", params={"id": id}, query=self._query)
        return answer

    def expect(
        self,
        operation: str = "*",
        *,
        provider: Optional[str] = None,
        resource: Optional[str] = None,
        status: Optional[int] = None,
        code: Optional[str] = None,
        body: Optional[Mapping[str, object]] = None,
        times: Optional[int] = None,
        at_least: Optional[int] = None,
        at_most: Optional[int] = None,
        after: Optional[InstantLike] = None,
        within: Union[None, float, timedelta] = None,
    ) -> Expected:
        """
        Such calls, at least one where nothing else is said. Where the journal does not hold them, or with ``within`` not
        within so many seconds, ``ExpectationUnmet`` is raised, an AssertionError that names the nearest misses.
        """
        expected: Dict[str, object] = {
            "operation": operation,
            "provider": provider,
            "resource": resource,
            "status": status,
            "code": code,
            "body": body,
            "times": times,
            "atLeast": at_least,
            "atMost": at_most,
            "after": instant_text(after),
            "withinMs": milliseconds(within),
        }
        answer: Expected = self._wire.send("POST", "/requests/expect", query=self._query, body=expected)
        return answer

    def clear(self) -> None:
        """Empties it."""
        self._wire.send("DELETE", "/requests", query=self._query)


class WorldCheckpoints(_Part):
    """A world as it was, under names."""

    def __init__(self, wire: Wire, key: str, keys: Sequence[Key]) -> None:
        super().__init__(wire, key)
        self._keys = keys

    def list(self) -> List[Checkpoint]:
        """The oldest first."""
        answer: List[Checkpoint] = self._wire.send("GET", "/checkpoints", query=self._query)
        return answer

    def save(self, name: str) -> WorldCheckpoint:
        """One of the same name is replaced."""
        path = "/checkpoints/{name}"
        answer: WorldCheckpoint = self._wire.send("PUT", path, params={"name": name}, query=self._query, body={})
        return answer

    def restore(self, name: str, *, into: Optional[str] = None) -> WorldCheckpoint:
        """This world, or the one that ``into`` names, becomes as it was then. The API calls that ``as``."""
        answer: WorldCheckpoint = self._wire.send(
            "POST", "/checkpoints/{name}/restore", params={"name": name}, query=self._query, body={"as": into}
        )
        return answer

    def fork(self, name: str, into: str) -> World:
        """Another world becomes as this one was then."""
        self.restore(name, into=into)
        return World(self._wire, into, self._keys)

    def drop(self, name: str) -> None:
        """Forgets one."""
        self._wire.send("DELETE", "/checkpoints/{name}", params={"name": name}, query=self._query)


class WorldSettings(_Part):
    """What a world does where the clouds' documents leave it open, and how long things take."""

    def get(self) -> List[Setting]:
        """All of them, each with its default and where it comes from."""
        answer: List[Setting] = self._wire.send("GET", "/settings", query=self._query)
        return answer

    def patch(self, changes: Mapping[str, SettingValue]) -> List[Setting]:
        """Name to value, None: back to the default. All or nothing."""
        answer: List[Setting] = self._wire.send(
            "PATCH", "/settings", query=self._query, text=json.dumps(changes).encode(), type="application/json"
        )
        return answer


class WorldState(_Part):
    """All that a world holds, as a seed."""

    def export(self) -> State:
        """What ``import_`` and the flag ``--seed`` take."""
        answer: State = self._wire.send("GET", "/state", query=self._query, type="application/json")
        return answer

    def export_text(self, form: Literal["json", "yaml"] = "yaml") -> str:
        """The same as a text, for a file."""
        connection, response = self._wire.open(
            "GET", "/state", query=self._query, headers={"Accept": f"application/{form}"}
        )
        try:
            return response.read().decode()
        finally:
            connection.close()

    def import_(
        self, state: Union[str, bytes, Mapping[str, Any], State, PathLike[str]], *, move: Optional[str] = None
    ) -> ImportReport:
        """
        A seed or an export in place of all that the world holds: as a dict, as a text in JSON or YAML, or the file of one by
        its ``pathlib.Path``. ``move``: the move by which it comes.
        """
        if isinstance(state, PathLike):
            text = Path(state).read_bytes()
        elif isinstance(state, (str, bytes)):
            text = state if isinstance(state, bytes) else state.encode()
        else:
            text = json.dumps(state).encode()
        # JSON is YAML, too.
        query = {**self._query, "move": move}
        answer: ImportReport = self._wire.send("PUT", "/state", query=query, text=text, type="application/yaml")
        return answer


class WorldResources(_Part):
    """What a world has in a cloud, as the cloud's own lists show it."""

    def list(
        self,
        provider: str,
        kind: Kind,
        *,
        text: Optional[str] = None,
        offset: Optional[int] = None,
        limit: Optional[int] = None,
    ) -> Resources:
        """The newest first."""
        answer: Resources = self._wire.send(
            "GET",
            "/resources/{provider}/{kind}",
            params={"provider": provider, "kind": kind},
            query={**self._query, "text": text, "offset": offset, "limit": limit},
        )
        return answer

    def get(self, provider: str, kind: Kind, id: str) -> ResourceDetail:
        """One, with its content marker, what it was made from and what it made."""
        params = {"provider": provider, "kind": kind, "id": id}
        path = "/resources/{provider}/{kind}/{id}"
        answer: ResourceDetail = self._wire.send("GET", path, params=params, query=self._query)
        return answer


class WorldMove(_Part):
    """A world on its way to another server."""

    def begin(
        self,
        *,
        to: Optional[str] = None,
        drop_checkpoints: Optional[bool] = None,
        source: Optional[str] = None,
        mode: Optional[Literal["system", "manual"]] = None,
        keep: Optional[bool] = None,
        series: Optional[int] = None,
    ) -> Move:
        """
        From now on none of its calls is served here: it leaves for the server ``to``, or comes from the server ``source``, which
        the API calls ``from``, as that one told. Begun again, it is another's move.
        """
        leaving = {"to": to, "dropCheckpoints": drop_checkpoints}
        coming = {"from": source, "mode": mode, "keep": keep, "series": series}
        answer: Move = self._wire.send("PUT", "/moves/{id}", params={"id": self._key}, body={**leaving, **coming})
        return answer

    def finish(self, move: str) -> None:
        """What leaves is forgotten, what has come is served."""
        self._wire.send("POST", "/moves/{id}/finish", params={"id": self._key}, body={"move": move})

    def give_up(self, move: Optional[str] = None) -> bool:
        """What was to leave is served as before, what has come of the move that is named is forgotten; False: none was there."""
        return _was_there(self._wire, "/moves/{id}", self._key, {"move": move})


class VolumeContent(_Part):
    """The content marker of one volume."""

    PATH = "/{provider}/volumes/{id}/content"

    def __init__(self, wire: Wire, key: str, provider: str, volume: str) -> None:
        super().__init__(wire, key)
        self._params = {"provider": provider, "id": volume}

    def get(self) -> str:
        """The text; empty where none was set."""
        answer: str = self._wire.send("GET", self.PATH, params=self._params, query=self._query)
        return answer

    def set(self, text: str) -> None:
        """At most 64 KiB."""
        self._wire.send("PUT", self.PATH, params=self._params, query=self._query, text=text.encode())


def _was_there(wire: Wire, path: str, id: str, query: Optional[Mapping[str, object]] = None) -> bool:
    """Takes something away; False: it was not there."""
    try:
        wire.send("DELETE", path, params={"id": id}, query=query)
    except ControlRefused as refused:
        if refused.status != 404:
            raise
        return False
    return True
