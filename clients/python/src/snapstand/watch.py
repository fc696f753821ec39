"""
Runs a command, and ends it when standard input does: whoever started this is gone then, by whatever. Run as a program, so
that no server is left behind by a test run that was killed.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from typing import List

#: The server waits for what is under way for five seconds by itself.
GRACE_SECONDS = 10.0


def main(command: List[str]) -> int:
    """The command's exit code."""
    try:
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    except OSError as error:
        print(f"{command[0]} cannot be run: {error}", file=sys.stderr, flush=True)
        return 127
    signal.signal(signal.SIGTERM, lambda *_: child.terminate())

    def watch() -> None:
        while os.read(0, 1):
            pass
        child.terminate()
        try:
            child.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()

    threading.Thread(target=watch, daemon=True).start()
    return child.wait()


if __name__ == "__main__":
    # The thread may still read, and Python would wait for it.
    os._exit(main(sys.argv[1:]) & 0xFF)
