"""The pytest plugin, as a project that installed this package meets it."""

from __future__ import annotations

import pytest

from snapstand import Snapstand

HEAD = """
import datetime
import pytest
from baidubce.services.bcc.bcc_client import BccClient
"""


def run(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, snapstand: Snapstand, body: str, *words: str
) -> pytest.RunResult:
    """Runs a file of tests in a process of its own against the server that runs already."""
    for name in ("PYTEST_XDIST_WORKER", "PYTEST_XDIST_WORKER_COUNT", "PYTEST_ADDOPTS"):
        monkeypatch.delenv(name, raising=False)
    pytester.makepyfile(HEAD + body)
    url = ("--snapstand-url", snapstand.url) if snapstand.url else ()
    return pytester.runpytest_subprocess("-p", "no:cacheprovider", *url, *words)


def test_each_test_has_a_world_that_is_dropped(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, snapstand: Snapstand
) -> None:
    result = run(pytester, monkeypatch, snapstand, """
seen = set()

@pytest.mark.parametrize("number", range(3))
def test_alone(snapstand_world, number):
    seen.add(snapstand_world.key)
    BccClient(snapstand_world.baidu_config()).create_snapshot("v-Starter1", "nightly")
    assert snapstand_world.resources.list("baidu", "snapshots")["total"] == 1

def test_all_are_gone(snapstand):
    assert len(seen) == 3
    assert all(key.startswith("test-alone-") for key in seen)
    assert not seen & {world["id"] for world in snapstand.worlds()}
""")
    result.assert_outcomes(passed=4)


def test_marks_say_how_a_world_begins(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, snapstand: Snapstand
) -> None:
    pytester.path.joinpath("seed.yaml").write_text(
        "baidu:\n  zones: [cn-bj-a]\n  volumes: [{ id: v-Seeded, zoneName: cn-bj-a }]\n"
    )
    monkeypatch.chdir(pytester.path.parent)
    result = run(pytester, monkeypatch, snapstand, f"""
pytestmark = pytest.mark.snapstand(clock="2026-01-05T08:00:00Z")

def test_of_the_module(snapstand_world):
    assert snapstand_world.clock.get()["now"] == "2026-01-05T08:00:00.000Z"
    assert snapstand_world.clock.get()["mode"] == "manual"

@pytest.mark.snapstand(settings={{"baidu.manualSnapshotLimit": 1}}, faults={{"slow": {{"then": {{"delayMs": 1}}}}}})
class TestOfTheClass:
    def test_both(self, snapstand_world):
        assert snapstand_world.clock.get()["now"] == "2026-01-05T08:00:00.000Z"
        assert [rule["id"] for rule in snapstand_world.faults.list()] == ["slow"]
        values = {{one["name"]: one["value"] for one in snapstand_world.settings.get()}}
        assert values["baidu.manualSnapshotLimit"] == 1

    @pytest.mark.snapstand(clock="system")
    def test_its_own_goes_before(self, snapstand_world):
        assert snapstand_world.clock.get()["mode"] == "system"

@pytest.mark.snapstand(clock=datetime.datetime(2030, 1, 1, tzinfo=datetime.timezone.utc), seed="seed.yaml")
def test_of_a_file(snapstand_world):
    assert snapstand_world.clock.now().year == 2030
    assert [one["id"] for one in snapstand_world.resources.list("baidu", "volumes")["resources"]] == ["v-Seeded"]
""", f"--rootdir={pytester.path}", str(pytester.path))
    result.assert_outcomes(passed=4)


def test_a_mark_that_is_wrong_is_refused_with_the_way_out(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, snapstand: Snapstand
) -> None:
    result = run(pytester, monkeypatch, snapstand, """
@pytest.mark.snapstand(clok="2026-01-05T08:00:00Z")
def test_unknown(snapstand_world): pass

@pytest.mark.snapstand("2026-01-05T08:00:00Z")
def test_nameless(snapstand_world): pass

@pytest.mark.snapstand(clock=7)
def test_no_instant(snapstand_world): pass

@pytest.mark.snapstand(settings={"zenlayer.snapshotQota": 7})
def test_no_setting(snapstand_world): pass
""", "--strict-markers")
    result.assert_outcomes(errors=4)
    result.stdout.fnmatch_lines([
        "*pytest.mark.snapstand(clok): it takes seed=, clock=, settings=, faults=*",
        "*pytest.mark.snapstand('2026-01-05T08:00:00Z'): it takes seed=*",
        "*pytest.mark.snapstand(clock=7): it is an instant, manual or system*",
        "*zenlayer.snapshotQuota*",
    ])


def test_a_test_that_failed_tells_the_refused_calls_and_why(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, snapstand: Snapstand
) -> None:
    result = run(pytester, monkeypatch, snapstand, """
@pytest.mark.snapstand(faults={"quota": {"provider": "baidu", "operation": "CreateSnapshot", "times": 1,
                                         "then": {"error": "Instance.SnapshotLimitExceeded"}}})
def test_refused(snapstand_world):
    bcc = BccClient(snapstand_world.baidu_config())
    with pytest.raises(Exception):
        bcc.create_snapshot("v-Starter1", "limited")
    with pytest.raises(Exception):
        bcc.create_snapshot("v-nowhere", "nightly")
    bcc.create_snapshot("v-Starter1", "nightly")
    assert False

def test_passes(snapstand_world):
    with pytest.raises(Exception):
        BccClient(snapstand_world.baidu_config()).create_snapshot("v-unseen", "nightly")

@pytest.mark.snapstand(clock="manual")
def test_nobody_called(snapstand_world):
    assert False
""")
    result.assert_outcomes(passed=1, failed=2)
    result.stdout.fnmatch_lines([
        "*- snapstand world test-refused-* -*",
        "*: 3 calls, 2 of them refused",
        "*baidu CreateSnapshot: * Instance.SnapshotLimitExceeded (*)",
        "*by the fault quota",
        "*baidu CreateSnapshot: 404 * (*)",
        '*sent: *"volumeId": *"v-nowhere"*',
        "*- snapstand world test-nobody-called-* -*",
        "*: no call came here*",
    ])
    result.stdout.no_fnmatch_line("*v-unseen*")


def test_workers_of_xdist_never_meet(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, snapstand: Snapstand
) -> None:
    body = """
@pytest.mark.parametrize("number", range(8))
@pytest.mark.snapstand(clock="2026-01-05T08:00:00Z")
def test_alone(snapstand, snapstand_world, number):
    print("at", snapstand.url)
    bcc = BccClient(snapstand_world.baidu_config())
    policy = bcc.create_asp("nightly", ["3"], [str(day) for day in range(7)], "30").asp_id
    bcc.attach_asp(policy, ["v-Starter1"])
    snapstand_world.clock.advance(datetime.timedelta(days=number))
    assert len(bcc.list_snapshots().snapshots) == number
"""
    # One for all of them.
    result = run(pytester, monkeypatch, snapstand, body, "-n", "2", "-rP")
    result.assert_outcomes(passed=8)
    assert set(places(result)) == {snapstand.url}


def test_each_worker_starts_its_own(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    body = """
@pytest.mark.parametrize("number", range(4))
def test_alone(snapstand, snapstand_world, number):
    print("at", snapstand.url)
"""
    monkeypatch.delenv("SNAPSTAND_URL", raising=False)
    nowhere = Snapstand.connect("http://127.0.0.1:1")
    nowhere.url = ""
    result = run(pytester, monkeypatch, nowhere, body, "-n", "2", "--dist", "each", "-rP")
    result.assert_outcomes(passed=8)
    started = set(places(result))
    assert len(started) == 2
    for url in started:
        with pytest.raises(Exception, match="nothing answers"):
            Snapstand.connect(url).health()


def test_a_server_that_is_not_there_is_an_error(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SNAPSTAND_URL", "http://127.0.0.1:1")
    nowhere = Snapstand.connect("http://127.0.0.1:1")
    nowhere.url = ""
    result = run(pytester, monkeypatch, nowhere, "def test_it(snapstand_world): pass\n")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*nothing answers at http://127.0.0.1:1*"])


def places(result: pytest.RunResult) -> "list[str]":
    return [line[3:] for line in result.outlines if line.startswith("at http")]
