"""
Start, drive and ask Snapstand, a local stand-in for the disk-snapshot APIs of Zenlayer ZEC and Baidu AI Cloud BCC.

    from snapstand import Snapstand

    with Snapstand.start() as snapstand, snapstand.new_world() as world:
        world.clock.set(mode="manual", now="2026-01-05T08:00:00Z")
        world.clock.advance("P7D")
"""

from . import answers
from .credentials import BaiduCredentials, Credentials, Key, ZenlayerCredentials
from .events import Events
from .instants import DurationLike, InstantLike, parse_instant
from .refusals import ControlRefused, ExpectationUnmet, SnapstandError, StartFailed, Unreachable, WrongVersion
from .server import Snapstand
from .version import VERSION as __version__
from .world import World

__all__ = [
    "BaiduCredentials",
    "ControlRefused",
    "Credentials",
    "DurationLike",
    "Events",
    "ExpectationUnmet",
    "InstantLike",
    "Key",
    "Snapstand",
    "SnapstandError",
    "StartFailed",
    "Unreachable",
    "World",
    "WrongVersion",
    "ZenlayerCredentials",
    "__version__",
    "answers",
    "parse_instant",
]
