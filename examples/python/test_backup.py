"""What a backup tool wants to be sure of, by the clouds' own SDKs: Zenlayer's over a week, Baidu's when an answer is lost."""

from datetime import timedelta

import pytest
from baidubce.services.bcc.bcc_client import BccClient
from zenlayercloud.zec.v20250901 import models
from zenlayercloud.zec.v20250901.zec_client import ZecClient

# Each test has a world of its own, where time stands still until it is told to go on. It is a Monday.
pytestmark = pytest.mark.snapstand(clock="2026-01-05T08:00:00Z")

DISK = "1700000000000000102"
VOLUME = "v-Starter2"


def zenlayer(client, action, **members):
    """One call of Zenlayer's SDK: its request object, filled."""
    request = getattr(models, f"{action}Request")()
    for name, value in members.items():
        setattr(request, name, value)
    return getattr(client, action)(request)


def test_a_policy_fires_daily_and_the_right_snapshot_brings_the_data_back(snapstand_world):
    client = snapstand_world.zenlayer_client(ZecClient)
    week = {"repeatWeekDays": [1, 2, 3, 4, 5, 6, 7], "hours": [3], "retentionDays": 30}
    policy = zenlayer(
        client, "CreateAutoSnapshotPolicy", zoneId="asia-east-1a", autoSnapshotPolicyName="nightly", **week
    )
    zenlayer(client, "ApplyAutoSnapshotPolicy", autoSnapshotPolicyId=policy.autoSnapshotPolicyId, diskIds=[DISK])

    # What is on the disk, a line a day: clouds do not show it, so Snapstand does.
    content = snapstand_world.content("zenlayer", DISK)
    for day in range(1, 8):
        content.set(f"written on day {day}")
        assert snapstand_world.clock.advance(timedelta(days=1))["snapshotsCreated"] == 1

    snapshots = zenlayer(client, "DescribeSnapshots", diskIds=[DISK], pageSize=10).dataSet
    # At 3 o'clock of each night, the newest first.
    assert [each.createTime for each in snapshots] == [f"2026-01-{day:02}T03:00:00Z" for day in range(12, 5, -1)]
    zenlayer(client, "ApplySnapshot", diskId=DISK, snapshotId=snapshots[-2].snapshotId)
    assert content.get() == "written on day 2"


def test_a_snapshot_whose_answer_is_lost_is_made_once(snapstand_world):
    bcc = BccClient(snapstand_world.baidu_config())
    # The work is done, and nobody is told.
    lost = {"connection": "reset", "after": True}
    snapstand_world.faults.put("lost", provider="baidu", operation="CreateSnapshot", times=1, then=lost)

    # Baidu's SDK asks again by itself, with the token that it asked with.
    made = bcc.create_snapshot(VOLUME, "nightly", client_token="backup-17").snapshot_id

    snapstand_world.requests.expect("CreateSnapshot", body={"volumeId": VOLUME}, times=2)
    assert [each.id for each in bcc.list_snapshots(volume_id=VOLUME).snapshots] == [made]
