"""Flow 7 of the Python programs: what goes wrong because it was asked for, and what a client makes of it."""

import contextlib
import re

from harness import Like, control


class Faults:
    """Beside a Flow. A program says which calls it has, and takes the SDK's own error apart."""

    number = 7
    provider = ''
    # By operation, in an order in which the first is the one that the codes of all operations are produced by. Nothing has
    # to be there: a call that is valid is met by the rule before anybody looks for what it names.
    calls = {}

    def said(self, thrown):
        """Code, message and request id of the SDK's own error; fails on any other."""
        raise NotImplementedError

    @contextlib.contextmanager
    def fault(self, then, operation, **rule):
        control('PUT', '/faults/flow', self.key, {'provider': self.provider, 'operation': operation, 'then': then, **rule})
        try:
            yield
        finally:
            control('DELETE', '/faults/flow', self.key)

    def journal(self, operation, count):
        """The newest calls of an operation, the oldest of them first."""
        found = control('GET', f'/requests?operation={operation}&limit={count}', self.key)['requests']
        return found[::-1]

    def codes(self, operation, count):
        return [entry['code'] for entry in self.journal(operation, count)]

    def calls_so_far(self):
        return control('GET', '/requests?limit=1', self.key)['added']

    def produced(self, operation, error):
        """One code, as the client's user sees it: the SDK's own error holds what the cloud documents."""
        with self.fault({'error': error['code']}, operation):
            with self.assertRaises(Exception) as caught:
                self.calls[operation](self)
        [entry] = self.journal(operation, 1)
        # What stands in angle brackets in a documented text is put in by the cloud.
        message = Like(re.sub('<.*?>', '.+', re.escape(error['message'])))
        self.assertEqual(self.said(caught.exception), (error['code'], message, entry['id']))
        self.assertEqual((entry['status'], entry['code'], entry['fault']), (error['status'], error['code'], 'flow'))
        return error['code']

    def produce_all(self):
        listed = control('GET', f'/operations?provider={self.provider}', None)
        rows = {row['name']: row['errors'] for row in listed['operations']}
        common = listed['common'][self.provider]
        documented = {error['code'] for errors in [common, *rows.values()] for error in errors}
        produced = set()
        [first, *_] = self.calls
        with self.check(f'{len(common)} codes that any operation may answer'):
            produced |= {self.produced(first, error) for error in common}
        for operation in self.calls:
            with self.check(f'every code of {operation}'):
                produced |= {self.produced(operation, error) for error in rows[operation]}
        with self.check(f'all {len(documented)} documented codes'):
            self.assertEqual(documented - produced, set())
