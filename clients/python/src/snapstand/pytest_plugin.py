"""
The pytest plugin: a server for the session, a world for each test, and for a test that failed the calls of its world that
were refused, with the reasons.
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Any, Dict, Generator, Iterator, List, Mapping, Optional

import pytest

from .answers import JournalEntry
from .refusals import SnapstandError
from .server import Snapstand
from .world import World

MARK = "snapstand"
MEMBERS = ("seed", "clock", "settings", "faults")
REFUSALS_TOLD = 20
STRANGERS_TOLD = 5
WORLD: "pytest.StashKey[World]" = pytest.StashKey()
SERVER: "pytest.StashKey[Snapstand]" = pytest.StashKey()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("snapstand", "Snapstand, a local stand-in for two clouds' disk snapshots")
    group.addoption(
        "--snapstand-url",
        default=None,
        metavar="URL",
        help="a server that runs, in place of one that is started here; also SNAPSTAND_URL in the environment",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "snapstand(seed=None, clock=None, settings=None, faults=None): how the test's world begins. seed: the file of a seed, "
        "beside the test's, or its content as a dict; clock: an instant at which it stands still, or manual or system; "
        "settings: name to value; faults: name to rule.",
    )


@pytest.fixture(scope="session")
def snapstand_flags() -> List[str]:
    """Flags of the command line for the server that is started: override this in conftest.py."""
    return []


@pytest.fixture(scope="session")
def snapstand(request: pytest.FixtureRequest, snapstand_flags: List[str]) -> Iterator[Snapstand]:
    """
    The server: the one that ``--snapstand-url`` or ``SNAPSTAND_URL`` names, else one that is started at its first use. With
    pytest-xdist each worker starts its own.
    """
    url = request.config.getoption("--snapstand-url") or os.environ.get("SNAPSTAND_URL")
    if url:
        server = Snapstand.connect(url, token=os.environ.get("SNAPSTAND_CONTROL_TOKEN"))
        server.check_version()
    else:
        server = Snapstand.start(*snapstand_flags)
    request.config.stash[SERVER] = server
    yield server
    server.close()


@pytest.fixture
def snapstand_world(request: pytest.FixtureRequest, snapstand: Snapstand) -> Iterator[World]:
    """A world that no other test knows, begun as the mark ``snapstand`` says, and forgotten after the test."""
    world = snapstand.new_world(request.node.name)
    request.node.stash[WORLD] = world
    try:
        begin(world, _members_of(request.node), request.path.parent)
        yield world
    finally:
        try:
            world.delete()
        except SnapstandError:
            # It was told where it mattered, or the server is gone, and the world with it.
            pass


def begin(world: World, members: Mapping[str, Any], folder: Path) -> None:
    """Makes a world as a mark says it begins; files of seeds are looked for in ``folder``."""
    seed = members.get("seed")
    if seed is not None:
        world.state.import_(folder / seed if isinstance(seed, (str, Path)) else seed)
    settings = members.get("settings")
    if settings is not None:
        world.settings.patch(settings)
    clock = members.get("clock")
    if clock in ("manual", "system"):
        world.clock.set(mode=clock)
    elif clock is not None:
        world.clock.set(mode="manual", now=clock)
    for name, rule in (members.get("faults") or {}).items():
        world.faults.put(name, **rule)


def _members_of(node: pytest.Item) -> Dict[str, Any]:
    """Of all marks; one of the test goes before one of its class, that before one of its module."""
    members: Dict[str, Any] = {}
    for mark in reversed(list(node.iter_markers(MARK))):
        unknown = [name for name in mark.kwargs if name not in MEMBERS]
        if unknown or mark.args:
            given = ", ".join([*map(repr, mark.args), *unknown])
            raise pytest.UsageError(f"@pytest.mark.snapstand({given}): it takes {', '.join(f'{name}=' for name in MEMBERS)}")
        clock = mark.kwargs.get("clock")
        if clock is not None and not isinstance(clock, (str, datetime)):
            raise pytest.UsageError(f"@pytest.mark.snapstand(clock={clock!r}): it is an instant, manual or system")
        members.update(mark.kwargs)
    return members


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: "pytest.CallInfo[None]") -> Generator[None, Any, None]:
    outcome = yield
    report: pytest.TestReport = outcome.get_result()
    world = item.stash.get(WORLD, None)
    if report.failed and report.when != "teardown" and world is not None:
        report.sections.append((f"snapstand world {world.key}", _account(world, item.config.stash.get(SERVER, None))))


def _account(world: World, server: Optional[Snapstand]) -> str:
    """What happened there, for whoever reads why a test failed."""
    try:
        refused = world.requests.list(refusal=True, limit=REFUSALS_TOLD)
        now = world.clock.get()["now"]
        calls = world.requests.list(limit=0)["added"]
    except SnapstandError as error:
        output = "" if server is None else server.output()
        return "\n".join(filter(None, [str(error), output]))
    if calls == 0 and server is not None:
        return f"{now}: no call came here{_strangers(server)}"
    lines = [f"{now}: {calls} calls, {refused['found']} of them refused"]
    for entry in reversed(refused["requests"]):
        lines += _lines_of(entry)
    more = refused["found"] - len(refused["requests"])
    if more > 0:
        lines.insert(1, f"… {more} before these")
    return "\n".join(lines)


def _strangers(server: Snapstand) -> str:
    """The last calls that were refused before it was known who makes them, of whatever test."""
    entries = server.world("*").requests.list(refusal=True, limit=100)["requests"]
    nameless = [entry for entry in entries if entry["world"] is None][:STRANGERS_TOLD]
    if not nameless:
        return ""
    lines = [line for entry in reversed(nameless) for line in _lines_of(entry)]
    return "\n".join(["; the last calls of this server of which nobody knows who made them:", *lines])


def _lines_of(entry: JournalEntry) -> List[str]:
    """One call that was refused, and why."""
    what = f"{entry['provider']} {entry['operation'] or entry['method'] + ' ' + entry['url']}"
    lines = [f"{entry['at']} {what}: {entry['status']} {entry['code'] or ''}".rstrip() + f" ({entry['id']})"]
    why = entry["refusal"] or {}
    if "hint" in why:
        lines.append(f"    {why['hint']}")
    where = ", ".join(f"{name} {why[name]}" for name in ("field", "value", "rule") if name in why)
    if where:
        lines.append(f"    {where}")
    if "fault" in entry:
        lines.append(f"    by the fault {entry['fault']}")
    if entry["request"]:
        lines.append(f"    sent: {entry['request'][:500]}")
    return lines
