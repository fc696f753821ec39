"""The official SDKs of both clouds, configured in one line, over a week of a policy."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from typing import Any

import pytest
from conftest import DISK, NOW, VOLUME

from snapstand import Snapstand, World


def zec(client: Any, action: str, **members: Any) -> Any:
    from zenlayercloud.zec.v20250901 import models

    request = getattr(models, f"{action}Request")()
    for name, value in members.items():
        setattr(request, name, value)
    return getattr(client, action)(request)


def test_zenlayer(world: World) -> None:
    from zenlayercloud.common.excpetion.zenlayer_cloud_sdk_exception import ZenlayerCloudSdkException
    from zenlayercloud.zec.v20250901.zec_client import ZecClient

    client = world.zenlayer_client(ZecClient, request_timeout=30)
    policy = zec(
        client, "CreateAutoSnapshotPolicy", zoneId="asia-east-1a", autoSnapshotPolicyName="nightly",
        repeatWeekDays=[1, 2, 3, 4, 5, 6, 7], hours=[3], retentionDays=30,
    ).autoSnapshotPolicyId  # fmt: skip
    zec(client, "ApplyAutoSnapshotPolicy", autoSnapshotPolicyId=policy, diskIds=[DISK])
    assert world.clock.advance(timedelta(weeks=1))["firings"] == 7
    assert zec(client, "DescribeSnapshots", diskIds=[DISK], pageSize=10).totalCount == 7
    code = "SERVICE_TEMPORARY_UNAVAILABLE"
    world.faults.put("busy", provider="zenlayer", operation="CreateSnapshot", times=1, then={"error": code})
    with pytest.raises(ZenlayerCloudSdkException) as raised:
        zec(client, "CreateSnapshot", diskId=DISK, snapshotName="by hand")
    assert raised.value.code == code
    assert zec(client, "CreateSnapshot", diskId=DISK, snapshotName="by hand").snapshotId
    world.requests.expect("CreateSnapshot", times=2)


def test_baidu(world: World) -> None:
    from baidubce.exception import BceHttpClientError
    from baidubce.services.bcc.bcc_client import BccClient

    bcc = BccClient(world.baidu_config(connection_timeout_in_mills=30_000))
    policy = bcc.create_asp("nightly", ["3"], ["1", "3"], "30").asp_id
    bcc.attach_asp(policy, [VOLUME])
    assert world.clock.advance(timedelta(weeks=1))["snapshotsCreated"] == 2
    assert len(bcc.list_snapshots(volume_id=VOLUME).snapshots) == 2
    with pytest.raises(BceHttpClientError) as raised:
        bcc.get_snapshot("s-nowhere")
    assert raised.value.last_error.status_code == 404
    assert world.requests.list(refusal=True)["requests"][0]["operation"] == "GetSnapshot"


def test_baiducloud(world: World) -> None:
    from baiducloud_python_sdk_bcc.api.bcc_client import BccClient
    from baiducloud_python_sdk_bcc.models.create_snapshot_request import CreateSnapshotRequest
    from baiducloud_python_sdk_bcc.models.list_snapshots_request import ListSnapshotsRequest

    bcc = BccClient(world.baiducloud_config())
    made = bcc.create_snapshot(CreateSnapshotRequest(volume_id=VOLUME, snapshot_name="by hand")).to_dict()
    listed = bcc.list_snapshots(ListSnapshotsRequest(volume_id=VOLUME)).to_dict()
    assert [each["id"] for each in listed["snapshots"]] == [made["snapshotId"]]


def test_both_clouds_by_https(monkeypatch: pytest.MonkeyPatch) -> None:
    from baidubce.services.bcc.bcc_client import BccClient
    from zenlayercloud.zec.v20250901.zec_client import ZecClient

    with Snapstand.start(tls=True) as server, server.over_tls().new_world() as world:
        world.clock.set(mode="manual", now=NOW)
        client = world.zenlayer_client(ZecClient)
        assert zec(client, "DescribeSnapshots").totalCount == 0
        trusted = client._config.certification if hasattr(client, "_config") else world.zenlayer_config().certification
        # This one has no setting for it, and Python's own variable.
        monkeypatch.setenv("SSL_CERT_FILE", trusted)
        assert BccClient(world.baidu_config()).list_snapshots().snapshots == []
        assert world.requests.list()["added"] == 2


def test_an_sdk_that_is_not_installed_is_named() -> None:
    program = """
import sys
from snapstand import Snapstand
for name in ("zenlayercloud", "baidubce", "baiducloud_python_sdk_core"):
    assert name not in sys.modules, name
    sys.modules[name] = None
world = Snapstand.connect("http://127.0.0.1:1").world()
for make in (world.zenlayer_config, world.zenlayer_credential, world.baidu_config, world.baiducloud_config):
    try:
        make()
    except ModuleNotFoundError as error:
        print(error)
"""
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert told.splitlines() == [
        "zenlayercloud-sdk-python is not installed: pip install zenlayercloud-sdk-python",
        "zenlayercloud-sdk-python is not installed: pip install zenlayercloud-sdk-python",
        "bce-python-sdk is not installed: pip install bce-python-sdk",
        "baiducloud-python-sdk-core is not installed: pip install baiducloud-python-sdk-core",
    ]
