"""What goes wrong, as exceptions."""

from __future__ import annotations

import json
from typing import Any, Dict, List, Mapping, Optional


class SnapstandError(Exception):
    """Anything that this package raises of itself."""


class StartFailed(SnapstandError):
    """No server could be started; the message says what was looked for, or what the server printed."""


class WrongVersion(SnapstandError):
    """The server is of another version than this package."""


class Unreachable(SnapstandError):
    """Nobody answers there, or nobody who is trusted, or the answer broke off; the cause says how."""

    def __init__(self, url: str, message: str) -> None:
        super().__init__(message)
        self.url = url


class ControlRefused(SnapstandError):
    """The control API refused a call; the message says what is wrong, and the way out."""

    def __init__(self, status: int, problem: Mapping[str, Any], call: str) -> None:
        self.status = status
        #: What is wrong, as a sentence.
        self.detail: str = str(problem.get("detail") or f"{call} was answered with {status}")
        #: What it is about: a member, a parameter, a header.
        self.field: Optional[str] = problem.get("field")
        #: What was sent there.
        self.value: Any = problem.get("value")
        #: What would have been right there.
        self.example: Any = problem.get("example")
        #: All that was told.
        self.problem: Dict[str, Any] = dict(problem)
        super().__init__("\n".join([self.detail, *map(_wrong_of, problem.get("wrongs") or [])]))


class ExpectationUnmet(ControlRefused, AssertionError):
    """The journal does not hold the calls that were expected; the message names those that were nearly it."""

    def __init__(self, status: int, problem: Mapping[str, Any], call: str) -> None:
        super().__init__(status, problem, call)
        #: How many such calls there were.
        self.count: int = problem["count"]
        self.requests: List[Dict[str, Any]] = problem.get("requests", [])
        #: The nearest first.
        self.misses: List[Dict[str, Any]] = problem["misses"]
        self.args = ("\n".join([self.detail, *map(_line_of, self.misses)]),)


def refusal_of(status: int, text: str, call: str) -> ControlRefused:
    """The refusal that an answer tells."""
    try:
        problem = json.loads(text)
    except ValueError:
        problem = {}
    if not isinstance(problem, dict):
        problem = {}
    is_unmet = status == 409 and isinstance(problem.get("count"), int) and isinstance(problem.get("misses"), list)
    return (ExpectationUnmet if is_unmet else ControlRefused)(status, problem, call)


def _wrong_of(wrong: Mapping[str, Any]) -> str:
    """One of the things that are wrong with a document."""
    words = [str(wrong[name]) for name in ("where", "reason") if name in wrong]
    return f"- {' '.join(words)}" + (f" ({wrong['expected']})" if "expected" in wrong else "")


def _line_of(miss: Mapping[str, Any]) -> str:
    request = miss["request"]
    words = []
    for difference in miss["differences"]:
        found = difference.get("reason")
        if found is None:
            found = json.dumps(difference["actual"]) if "actual" in difference else "missing"
        words.append(f"{difference['member']} is {found}, not {json.dumps(difference.get('expected'))}")
    return f"- {request.get('operation') or request['url']} ({request['id']}): {'; '.join(words)}"
