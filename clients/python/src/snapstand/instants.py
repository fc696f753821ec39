"""Instants and durations, between Python and the control API."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Optional, Union

InstantLike = Union[str, datetime]
"""An instant of a world's time: ISO 8601 with a time zone, or a datetime that has one."""

DurationLike = Union[str, timedelta]
"""A duration: ISO 8601 (``P7D``), ``36h``, or a timedelta."""


def instant_text(at: Optional[InstantLike]) -> Optional[str]:
    """As the control API reads it."""
    if not isinstance(at, datetime):
        return at
    if at.tzinfo is None:
        raise ValueError(f"{at!r} has no time zone: give it one, such as datetime.timezone.utc")
    return at.isoformat()


def duration_text(by: Optional[DurationLike]) -> Optional[str]:
    """As the control API reads it."""
    if not isinstance(by, timedelta):
        return by
    if by < timedelta(0):
        raise ValueError(f"{by!r} goes back: time only goes on; go back by a checkpoint")
    seconds, rest = divmod(by.microseconds + by.seconds * 1_000_000, 1_000_000)
    fraction = f".{rest:06d}".rstrip("0") if rest else ""
    return f"P{by.days}DT{seconds}{fraction}S"


def milliseconds(within: Union[None, float, timedelta]) -> Optional[int]:
    """Of seconds, or of a timedelta."""
    if within is None:
        return None
    seconds = within.total_seconds() if isinstance(within, timedelta) else within
    return round(seconds * 1000)


def parse_instant(text: str) -> datetime:
    """The datetime, in UTC, of an instant that an answer tells."""
    # Before Python 3.11 neither Z nor other than three or six digits are read.
    return datetime.fromisoformat(text.replace("Z", "+00:00"))
