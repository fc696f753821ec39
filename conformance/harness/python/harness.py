"""What the Python programs share: where Snapstand is, its control API, and steps that the runner counts."""

import contextlib
import datetime
import json
import os
import re
import threading
import types
import unittest
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from unittest import mock

URL = os.environ['SNAPSTAND_URL']
SCHEME, HOST = URL.split('://')
CLIENT = os.environ['SNAPSTAND_CLIENT']
NOW = '2026-01-05T08:00:00Z'
_lock = threading.Lock()


def secret(key):
    return 'secret-of-' + key


def control(method, path, world, body=None, text=False):
    """One call of Snapstand's own API; None is the server, and no world of it."""
    data = None if body is None else (body if text else json.dumps(body)).encode()
    named = path if world is None else f'{path}{"&" if "?" in path else "?"}world={world}'
    request = urllib.request.Request(f'{URL}/_snapstand{named}', data=data, method=method)
    request.add_header('Content-Type', 'text/plain' if text else 'application/json')
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=60) as answer:
        raw = answer.read().decode()
    return raw if text or not raw else json.loads(raw)


def signing_clock(module, late):
    """Turns back the clock by which an SDK signs, as far as one of its modules sees it; for one call."""

    class Late(datetime.datetime):
        @classmethod
        def utcnow(cls):
            return super().utcnow() - datetime.timedelta(seconds=late)

    return mock.patch.object(module, 'datetime', types.SimpleNamespace(datetime=Late)) if late else contextlib.nullcontext()


class Like:
    """Equal to every text that the pattern matches whole: for values that the cloud makes up."""

    def __init__(self, pattern):
        self.pattern = re.compile(pattern)

    def __eq__(self, other):
        return isinstance(other, str) and self.pattern.fullmatch(other) is not None

    def __repr__(self):
        return f'Like({self.pattern.pattern})'


class Flow(unittest.TestCase):
    """One flow, in a world of its own."""

    number = 0
    maxDiff = None

    def setUp(self):
        self.key = f'{CLIENT}-f{self.number}'

    def _report(self, name, error):
        line = json.dumps({'flow': self.number, 'step': name, 'ok': error is None, 'error': error})
        with _lock, open(os.environ['SNAPSTAND_REPORT'], 'a', encoding='utf-8') as report:
            report.write(line + '\n')

    @contextlib.contextmanager
    def step(self, name):
        """A step that the next ones build on: the flow ends with it."""
        try:
            yield
        except BaseException as error:
            self._report(name, f'{type(error).__name__}: {error}')
            raise
        self._report(name, None)

    @contextlib.contextmanager
    def check(self, name):
        """A step that stands alone: the flow goes on after it."""
        with self.subTest(name), self.step(name):
            yield

    def advance(self, duration):
        return control('POST', '/clock/advance', self.key, {'by': duration})

    def settings(self, **values):
        """Names with double underscores for dots."""
        return control('PATCH', '/settings', self.key, {name.replace('__', '.'): value for name, value in values.items()})

    def content(self, provider, volume, text=None):
        path = f'/{provider}/volumes/{volume}/content'
        return control('GET' if text is None else 'PUT', path, self.key, text, text=True)

    def wait(self, look, wanted):
        """Polls as the client's users do; between two looks a second passes in the world."""
        for _ in range(40):
            seen = look()
            if seen == wanted:
                return
            self.advance('PT1S')
        self.fail(f'still {seen!r} after 40 s, not {wanted!r}')

    def together(self, jobs):
        """Runs the jobs at once, all started at one signal, and gives their results in order."""
        start = threading.Barrier(len(jobs))

        def run(job):
            start.wait()
            return job()

        with ThreadPoolExecutor(len(jobs)) as pool:
            return [future.result() for future in [pool.submit(run, job) for job in jobs]]
