"""A world's calls, against a server that runs."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from baidubce.services.bcc.bcc_client import BccClient
from conftest import DISK, NOW, VOLUME

from snapstand import ControlRefused, ExpectationUnmet, Key, Snapstand, World, parse_instant


def make_snapshot(world: World) -> str:
    made: str = BccClient(world.baidu_config()).create_snapshot(VOLUME, "nightly").snapshot_id
    return made


def make_policy(world: World) -> str:
    """Daily at 3 o'clock of UTC+8, kept for two days."""
    bcc = BccClient(world.baidu_config())
    policy: str = bcc.create_asp("nightly", ["3"], [str(day) for day in range(7)], "2").asp_id
    bcc.attach_asp(policy, [VOLUME])
    return policy


def test_its_clock_is_set_and_moved_in_every_way(fresh: World) -> None:
    start = datetime(2026, 1, 5, 8, tzinfo=timezone.utc)
    assert fresh.clock.set(mode="manual", now=start)["mode"] == "manual"
    assert fresh.clock.now() == start
    assert fresh.clock.advance(timedelta(days=1, hours=2, microseconds=500_000))["to"] == "2026-01-06T10:00:00.500Z"
    assert fresh.clock.advance("36h")["from"] == "2026-01-06T10:00:00.500Z"
    until = datetime(2026, 1, 10, 2, tzinfo=timezone(timedelta(hours=8)))
    assert parse_instant(fresh.clock.advance(to=until)["to"]) == until
    assert fresh.clock.advance(to="2026-01-11T00:00:00Z")["next"] is None
    assert fresh.clock.stop()["stopped"] is False
    with pytest.raises(ControlRefused) as raised:
        fresh.clock.advance("5 bananas")
    assert (raised.value.status, raised.value.field, raised.value.value) == (400, "by", "5 bananas")
    assert "PT" in str(raised.value.example) or "P" in str(raised.value.example)
    fresh.delete()


def test_what_has_no_time_zone_or_goes_back_is_refused_here(fresh: World) -> None:
    with pytest.raises(ValueError, match="has no time zone"):
        fresh.clock.set(now=datetime(2026, 1, 5))
    with pytest.raises(ValueError, match="by a checkpoint"):
        fresh.clock.advance(timedelta(days=-1))


def test_a_policy_fires_and_says_what_it_did_and_will_do(world: World) -> None:
    policy = make_policy(world)
    agenda = world.agenda(limit=1)
    assert [(event["kind"], event["subject"]) for event in agenda["agenda"]] == [("fires", policy)]
    assert world.clock.advance_to_next()["snapshotsCreated"] == 1
    report = world.clock.advance(timedelta(days=6))
    assert (report["firings"], report["snapshotsExpired"]) == (6, 5)
    told = world.occurrences("baidu", policy, after=NOW, limit=3)
    assert [one["at"] for one in told["past"]] == [f"2026-01-0{day}T19:00:00.000Z" for day in (5, 6, 7)]
    assert len(told["next"]) == 3
    lanes = world.timeline(start=NOW, end="2026-02-01T00:00:00Z", provider="baidu", limit=5, marks=100)
    lane = next(each for each in lanes["lanes"] if each["id"] == VOLUME)
    assert lane["policy"] == policy and len(lane["snapshots"]) == 2


def test_faults_act_and_the_journal_tells(world: World) -> None:
    rule = world.faults.put(
        "busy", provider="baidu", operation="CreateSnapshot", times=1, then={"error": "InternalError"}
    )
    assert (rule["id"], rule["met"], rule["enabled"]) == ("busy", 0, True)
    # This SDK tries again by itself after a 500.
    make_snapshot(world)
    assert [(one["id"], one["acted"]) for one in world.faults.list()] == [("busy", 1)]
    found = world.requests.list(operation="CreateSnapshot", fault="busy", limit=5)
    assert found["found"] == 1 and found["counts"]["code"] == {"InternalError": 1}
    entry = world.requests.get(found["requests"][0]["id"])
    assert entry["fault"] == "busy" and VOLUME in entry["request"]
    assert world.requests.curl(entry["id"]).startswith("curl ")
    assert world.requests.list(refusal=False)["found"] == 2 - world.requests.list(refusal=True)["found"]
    world.faults.delete("busy")
    assert world.faults.list() == []
    world.faults.put("again", then={"delayMs": 1})
    world.faults.clear()
    assert world.faults.list() == []
    world.requests.clear()
    assert world.requests.list()["added"] == 0


def test_expected_calls_are_found_or_the_nearest_are_named(world: World) -> None:
    make_snapshot(world)
    expected = world.requests.expect("CreateSnapshot", body={"volumeId": VOLUME}, status=200, times=1)
    assert expected["count"] == 1
    with pytest.raises(AssertionError) as raised:
        world.requests.expect("CreateSnapshot", body={"volumeId": "v-other"}, provider="baidu")
    assert isinstance(raised.value, ExpectationUnmet)
    assert raised.value.count == 0 and len(raised.value.misses) == 1
    assert f'body.volumeId is "{VOLUME}", not "v-other"' in str(raised.value)


def test_expected_calls_are_waited_for(world: World) -> None:
    later = threading.Timer(0.2, make_snapshot, [world])
    later.start()
    assert world.requests.expect("CreateSnapshot", within=30)["count"] == 1
    later.join()
    with pytest.raises(ExpectationUnmet):
        world.requests.expect("DeleteSnapshot", within=timedelta(milliseconds=50))


def test_checkpoints_go_back_and_fork(world: World, snapstand: Snapstand) -> None:
    world.checkpoints.save("before")
    snapshot = make_snapshot(world)
    assert world.resources.list("baidu", "snapshots")["total"] == 1
    world.checkpoints.save("after")
    world.checkpoints.restore("before")
    assert world.resources.list("baidu", "snapshots")["total"] == 0
    with world.checkpoints.fork("after", f"{world.key}-fork") as other:
        detail = other.resources.get("baidu", "snapshots", snapshot)
        assert detail["id"] == snapshot and {one["id"] for one in detail["related"]} == {VOLUME}
    assert f"{world.key}-fork" not in [one["id"] for one in snapstand.worlds()]
    world.checkpoints.drop("before")
    assert [one["name"] for one in world.checkpoints.list()] == ["after"]


def test_settings_are_changed_and_given_back(world: World) -> None:
    def value() -> object:
        return next(one["value"] for one in world.settings.get() if one["name"] == "zenlayer.snapshotQuota")

    usual = value()
    world.settings.patch({"zenlayer.snapshotQuota": 2})
    assert value() == 2
    world.settings.patch({"zenlayer.snapshotQuota": None})
    assert value() == usual
    with pytest.raises(ControlRefused, match="zenlayer.snapshotQuota"):
        world.settings.patch({"zenlayer.snapshotQota": 2})


def test_state_is_carried_as_a_dict_a_text_and_a_file(world: World, fresh: World, tmp_path: Path) -> None:
    snapshot = make_snapshot(world)
    state = world.state.export()
    seed = tmp_path / "seed.yaml"
    seed.write_text(world.state.export_text(), encoding="utf-8")
    for given in (state, seed, world.state.export_text("json"), seed.read_bytes()):
        fresh.reset()
        assert fresh.state.import_(given)["exact"] is True
        assert fresh.resources.list("baidu", "snapshots", text="night")["resources"][0]["id"] == snapshot
    with pytest.raises(ControlRefused) as raised:
        fresh.state.import_({"zenlayer": {"disks": "none"}})
    assert raised.value.status == 400
    assert "\n- body:1:" in str(raised.value) and "zenlayer.disks" in str(raised.value)
    fresh.delete()


def test_the_content_of_a_volume_comes_back(world: World) -> None:
    content = world.content("zenlayer", DISK)
    assert content.get() == ""
    content.set("written on Monday, with an ü\n")
    assert content.get() == "written on Monday, with an ü\n"


def test_worlds_are_listed_kept_reset_and_forgotten(snapstand: Snapstand) -> None:
    with snapstand.new_world("a name / with ünusual signs") as world:
        assert world.keep()["keep"] is True
        assert world.keep(False)["keep"] is False
        world.clock.set(mode="manual", now=NOW)
        make_snapshot(world)
        assert snapstand.reset(world.key)["worlds"] == [world.key]
        assert world.requests.list()["added"] == 0
        assert world.key in [one["id"] for one in snapstand.worlds()]
    assert world.key not in [one["id"] for one in snapstand.worlds()]
    assert world.delete() is False


def test_a_name_that_no_header_holds_is_found_all_the_same(snapstand: Snapstand) -> None:
    for key in ("mit Ümlaut", "a/b?c=d&e", "日本", " spaces "):
        with snapstand.world(key) as world:
            world.clock.set(mode="manual", now=NOW)
            assert key in [one["id"] for one in snapstand.worlds()]
            assert world.clock.get()["world"] == key
    with pytest.raises(ValueError, match="no path can hold '..'"):
        snapstand.world("..").delete()


def test_the_server_tells_of_itself(snapstand: Snapstand) -> None:
    assert snapstand.health()["clouds"] == ["zenlayer", "baidu"]
    assert {one["provider"] for one in snapstand.operations("baidu")["operations"]} == {"baidu"}
    assert {one["provider"] for one in snapstand.operations()["operations"]} == {"baidu", "zenlayer"}
    assert "/api/v2/zec" in str(snapstand.openapi("zenlayer")["paths"])
    assert "snapstand_" in snapstand.metrics()


def test_credentials_name_the_world_or_the_key_that_names_it(snapstand: Snapstand) -> None:
    server = Snapstand.connect("https://snapstand.test:7421/", keys=[Key("id", "secret", "nightly")])
    assert server.world("run-17").credentials.baidu == ("https://snapstand.test:7421", "run-17", "run-17")
    assert server.world("nightly").credentials.zenlayer == (
        "https", "snapstand.test:7421", "https://snapstand.test:7421/api/v2/zec", "id", "secret",
    )  # fmt: skip


def test_threads_share_a_server_and_their_worlds_never_meet(snapstand: Snapstand) -> None:
    def run(number: int) -> int:
        with snapstand.new_world(f"thread {number}") as world:
            world.clock.set(mode="manual", now=NOW)
            make_policy(world)
            world.clock.advance(timedelta(days=number))
            return world.resources.list("baidu", "snapshots")["total"]

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(run, [1, 2] * 8)) == [1, 2] * 8


def test_a_world_is_moved_to_another_server(snapstand: Snapstand) -> None:
    with Snapstand.start() as target, snapstand.new_world("moved") as world:
        world.clock.set(mode="manual", now=NOW)
        snapshot = make_snapshot(world)
        there = target.world(world.key)
        leaving = world.move.begin(to=target.url)
        assert [(one["world"], one["way"]) for one in snapstand.moves()] == [(world.key, "away")]
        coming = there.move.begin(
            source=snapstand.url, mode=leaving["mode"], keep=leaving["keep"], series=leaving["series"]
        )
        assert there.state.import_(world.state.export(), move=coming["move"])["exact"] is True
        world.move.finish(leaving["move"])
        there.move.finish(coming["move"])
        assert there.resources.get("baidu", "snapshots", snapshot)["id"] == snapshot
        assert world.key not in [one["id"] for one in snapstand.worlds()]
        assert world.move.give_up() is True
        assert world.move.give_up() is False
