from __future__ import annotations

import os
from pathlib import Path

import pytest

from snapstand import Snapstand, World

pytest_plugins = ["pytester"]

DISK = "1700000000000000102"
VOLUME = "v-Starter1"
#: A Monday.
NOW = "2026-01-05T08:00:00Z"


@pytest.fixture(scope="session")
def snapstand_flags() -> list[str]:
    return ["--metrics"]


@pytest.fixture
def world(snapstand_world: World) -> World:
    """A world whose clock stands still."""
    snapstand_world.clock.set(mode="manual", now=NOW)
    return snapstand_world


@pytest.fixture
def checkout() -> Path:
    """That of this repository."""
    return Path(os.environ.get("SNAPSTAND_CHECKOUT") or Path(__file__).parents[3])


@pytest.fixture
def fresh(snapstand: Snapstand) -> World:
    return snapstand.new_world("fresh")
