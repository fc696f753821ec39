"""Snapstand in a container of the tests' own, by Testcontainers."""

import json
from typing import Any, Iterator
from urllib.request import Request, urlopen

import pytest
from snapstand import Snapstand
from testcontainers.core.container import DockerContainer
from testcontainers.core.wait_strategies import HealthcheckWaitStrategy


@pytest.fixture(scope="session")
def url() -> Iterator[str]:
    # The image is not published: `docker build -t snapstand:0.1.0 .` at the top of a clone makes it.
    container = DockerContainer("snapstand:0.1.0").with_exposed_ports(7420).with_env("SNAPSTAND_CLOCK", "manual")
    with container.waiting_for(HealthcheckWaitStrategy()) as started:
        yield f"http://{started.get_container_host_ip()}:{started.get_exposed_port(7420)}"


def call(method: str, url: str, body: Any) -> Any:
    with urlopen(Request(url, json.dumps(body).encode(), method=method)) as answer:
        text = answer.read()
    return json.loads(text) if text else None


def test_a_week_of_a_daily_policy_leaves_seven_snapshots(url: str) -> None:
    week = ["0", "1", "2", "3", "4", "5", "6"]
    policy = {"name": "daily", "timePoints": ["2"], "repeatWeekdays": week, "retentionDays": "30"}
    asp_id = call("POST", f"{url}/v2/asp", policy)["aspId"]
    call("PUT", f"{url}/v2/asp/{asp_id}?attach", {"volumeIds": ["v-Starter1"]})
    with Snapstand.connect(url) as server:
        assert server.world().clock.advance("P7D")["snapshotsCreated"] == 7
