"""What this package sends, held against the OpenAPI document of the control API."""

from __future__ import annotations

import inspect
import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Callable, Dict, Iterator, List, Mapping, Optional, Set, Tuple

from snapstand.server import Snapstand
from snapstand.version import VERSION
from snapstand.wire import Wire
from snapstand.world import World

#: What does not ask the server for anything of its own.
OWN = {
    "start", "connect", "over_tls", "close", "output", "world", "new_world", "content",
    "zenlayer_client", "zenlayer_credential", "zenlayer_config", "baidu_config", "baiducloud_config",
}  # fmt: skip
#: Arguments that are not sent.
KEPT = {"timeout"}
#: An argument that every method takes under this name. One that is missing here is missed by the test.
SAMPLES: Dict[str, Any] = {
    "after": "2026-01-05T08:00:00Z",
    "at_least": 1,
    "at_most": 3,
    "before": "2026-01-06T08:00:00Z",
    "body": {"name": "nightly"},
    "by": timedelta(days=7),
    "changes": {"zenlayer.snapshotQuota": 2},
    "cloud": "zenlayer",
    "code": "INVALID_DISK_NOT_FOUND",
    "enabled": False,
    "drop_checkpoints": True,
    "end": "2026-02-01T00:00:00Z",
    "fault": "quota",
    "form": "json",
    "id": "named",
    "into": "other",
    "keep": False,
    "kind": "volumes",
    "limit": 5,
    "marks": 100,
    "mode": "manual",
    "move": "5f0c6a52",
    "name": "named",
    "now": "2026-01-05T08:00:00Z",
    "offset": 10,
    "operation": "CreateSnapshot",
    "policy": "asp-1",
    "probability": 0.5,
    "provider": "baidu",
    "refusal": True,
    "resource": "v-Starter1",
    "series": 3,
    "skip": 1,
    "source": "http://127.0.0.1:7430",
    "start": "2026-01-01T00:00:00Z",
    "state": {"zenlayer": {}},
    "status": 404,
    "text": "nightly",
    "then": {"error": "InternalError"},
    "times": 2,
    "to": "2026-02-01T00:00:00Z",
    "to_next": True,
    "types": ["fired", "request"],
    "volume": "v-Starter1",
    "when": {"resource": "v-Starter1"},
    "within": 1.5,
    "world": "other",
}


@dataclass
class Sent:
    """One call."""

    door: str
    query: Dict[str, Any]
    headers: Dict[str, str]
    data: Optional[bytes]
    params: Dict[str, str]

    def members(self) -> Set[str]:
        if self.data is None or self.headers.get("Content-Type") != "application/json":
            return set()
        return set(json.loads(self.data))


@dataclass
class Recorder(Wire):
    """A wire with nobody at the other end."""

    sent: List[Sent] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__("http://127.0.0.1:1")

    def open(self, method: str, path: str, **given: Any) -> Any:
        headers = {name: value for name, value in (given.get("headers") or {}).items() if value is not None}
        query = {name: value for name, value in (given.get("query") or {}).items() if value is not None}
        self.sent.append(
            Sent(f"{method} {path}", query, headers, given.get("data"), dict(given.get("params") or {}))
        )
        return _Nobody(), _Nobody()


class _Nobody:
    sock = None
    status = 200

    def read(self) -> bytes:
        return json.dumps({"now": "2026-01-05T08:00:00Z", "version": VERSION}).encode()

    def readline(self) -> bytes:
        return b""

    def getheader(self, _name: str) -> str:
        return "application/json"

    def close(self) -> None:
        pass


def methods(wire: Recorder) -> Iterator[Tuple[str, Callable[..., Any]]]:
    """Every public method of what this package hands out."""
    server = Snapstand("http://127.0.0.1:1")
    server._wire = wire
    world = World(wire, "run-17")
    parts = [world.clock, world.faults, world.requests, world.checkpoints, world.settings, world.state]
    parts += [world.resources, world.move]
    assert {type(part) for part in vars(world).values() if type(part).__module__ == World.__module__} == {
        type(part) for part in parts
    }
    for handle in (server, world, *parts, world.content("baidu", "v-Starter1")):
        for name, method in inspect.getmembers(handle, inspect.ismethod):
            if not name.startswith("_") and name not in OWN:
                yield f"{type(handle).__name__}.{name}", method


def call_all() -> Tuple[List[Sent], List[str]]:
    """Calls every method, with what it needs and then with each other argument; and tells arguments that change nothing."""
    wire = Recorder()
    idle: List[str] = []
    for name, method in methods(wire):
        parameters = inspect.signature(method).parameters.values()
        needed = {each.name: SAMPLES[each.name] for each in parameters if each.default is each.empty}
        method(**needed)
        usual = wire.sent[-1]
        for each in parameters:
            if each.name in KEPT or each.name in needed:
                continue
            method(**needed, **{each.name: SAMPLES[each.name]})
            if wire.sent[-1] == usual:
                idle.append(f"{name}({each.name}=)")
    return wire.sent, idle


def differences(document: Mapping[str, Any], sent: List[Sent]) -> List[str]:
    """What can be asked and is not, and what is asked and is not there."""
    doors = {
        f"{method.upper()} {path}": operation
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    }
    found = [f"{door} is not there" for door in sorted({each.door for each in sent} - set(doors))]
    for door, operation in doors.items():
        calls = [each for each in sent if each.door == door]
        if not calls:
            found.append(f"{door} ({operation['operationId']}) has no method")
            continue
        for place, named, given in _compared(document, operation, calls):
            found += [f"{door}: {place} {name} cannot be given" for name in sorted(named - given)]
            found += [f"{door}: {place} {name} is not there" for name in sorted(given - named)]
    return found


def _compared(
    document: Mapping[str, Any], operation: Mapping[str, Any], calls: List[Sent]
) -> Iterator[Tuple[str, Set[str], Set[str]]]:
    # The header X-Snapstand-World, of all calls, is for names that no query can hold, and refers to one place.
    parameters = [each for each in operation.get("parameters", []) if "$ref" not in each]
    named = {place: {each["name"] for each in parameters if each["in"] == place} for place in ("query", "header", "path")}
    # For who cannot set the header of that name.
    if "Last-Event-ID" in named["header"]:
        named["query"].discard("lastEventId")
    yield "query", named["query"], {name for call in calls for name in call.query}
    headers = {name for call in calls for name in call.headers if name not in ("Accept", "Content-Type")}
    yield "header", named["header"], headers
    yield "path", named["path"], {name for call in calls for name in call.params}
    types = operation.get("requestBody", {}).get("content", {})
    if types:
        # One that reads all of them is enough.
        used = {call.headers["Content-Type"] for call in calls if call.data is not None}
        yield "type", set(types) & used or set(types), used
    schema = _resolved(document, types.get("application/json", {}).get("schema", {}))
    if "properties" in schema:
        yield "member", set(schema["properties"]), {name for call in calls for name in call.members()}
    answers = set(operation["responses"].get("200", {}).get("content", {}))
    if len(answers) > 1:
        yield "answer", answers, {call.headers["Accept"] for call in calls if "Accept" in call.headers}


def _resolved(document: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" not in schema:
        return schema
    resolved: Mapping[str, Any] = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]]
    return resolved
