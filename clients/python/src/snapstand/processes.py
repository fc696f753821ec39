"""A server that was started here, as a process."""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections import deque
from pathlib import Path
from typing import Deque, Dict, List, Mapping, Optional, Sequence

from . import watch
from .programs import CHECKOUT_VARIABLE, DOCKER_SECONDS, IMAGE_PORT, IMAGE_VARIABLE, Program
from .refusals import StartFailed, Unreachable
from .wire import Wire

#: pytest shows the line that asked, and none of these.
__tracebackhide__ = True

LINES_KEPT = 1000
POLL_SECONDS = 0.01


class ServerProcess:
    """Runs until ``stop``, until this process exits, or until it dies by whatever."""

    def __init__(
        self,
        program: Program,
        flags: Sequence[str],
        environment: Mapping[str, str],
        cwd: Optional[str],
        timeout: float,
    ) -> None:
        self.program = program
        #: http, and https with the file to trust where the server has that, too.
        self.url = ""
        self.secure_url: Optional[str] = None
        self.certificate: Optional[str] = None
        self._owner = os.getpid()
        self._lines: Deque[str] = deque(maxlen=LINES_KEPT)
        self._folder = tempfile.mkdtemp(prefix="snapstand-")
        self._container = f"snapstand-{uuid.uuid4().hex[:12]}"
        url_file = Path(self._folder, "url")
        own = {name: value for name, value in environment.items() if name not in (CHECKOUT_VARIABLE, IMAGE_VARIABLE)}
        own["PATH"] = os.pathsep.join([*program.path, own.get("PATH", "")])
        command = self._command(flags, url_file, own)
        # Not to be ended by the Ctrl-C that is meant for this process, which may still have something to ask.
        apart: int = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", watch.__file__, *command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=own,
            cwd=cwd,
            start_new_session=sys.platform != "win32",
            creationflags=apart,
        )
        self._reader = threading.Thread(target=self._read, name="snapstand output", daemon=True)
        self._reader.start()
        atexit.register(self.stop)
        try:
            self._await(url_file, own, time.monotonic() + timeout, timeout)
        except BaseException:
            self.stop()
            raise

    def output(self) -> str:
        """The last that it printed."""
        return "\n".join(self._lines)

    def ended(self) -> bool:
        """Whether it is no more."""
        return self._process.poll() is not None

    def stop(self) -> None:
        """Ends it, and waits until it has ended; once more is as if it were not said."""
        # A process that was forked from this one has it only on loan.
        if os.getpid() != self._owner:
            return
        atexit.unregister(self.stop)
        if self._process.stdin is not None:
            try:
                self._process.stdin.close()
            except OSError:
                pass
        if self._process.poll() is None:
            # A fork may hold the other end of the pipe open.
            if sys.platform != "win32":
                self._process.terminate()
            try:
                self._process.wait(watch.GRACE_SECONDS + 5)
            except subprocess.TimeoutExpired:
                self._kill()
        self._reader.join(1)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _kill(self) -> None:
        if sys.platform == "win32":
            self._process.kill()
        else:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def _command(self, flags: Sequence[str], url_file: Path, environment: Dict[str, str]) -> List[str]:
        command = list(self.program.command)
        image = self.program.image
        if image is None:
            # These go before what a variable or a file says.
            return [*command, "start", *flags, "--host", "127.0.0.1", "--port", "0", "--url-file", str(url_file)]
        # By name alone: the value stays out of the list of processes.
        passed = [f"--env={name}" for name in sorted(environment) if name.startswith("SNAPSTAND_")]
        published = [f"--publish=127.0.0.1::{IMAGE_PORT}", f"--name={self._container}"]
        listening = ["--host", "0.0.0.0", "--port", str(IMAGE_PORT)]
        return [*command, "run", "--rm", "--pull=never", *published, *passed, image, "start", *flags, *listening]

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as lines:
            for line in lines:
                self._lines.append(line.decode("utf-8", "replace").rstrip("\r\n"))

    def _await(self, url_file: Path, environment: Mapping[str, str], until: float, timeout: float) -> None:
        while True:
            if self.ended():
                self._reader.join(1)
                code = self._process.returncode
                raise StartFailed(f"{self.program.told} ended with {code} when it was started:\n{self.output()}")
            if self._is_there(url_file, environment):
                return
            if time.monotonic() > until:
                raise StartFailed(f"{self.program.told} was not ready within {timeout:g} s:\n{self.output()}")
            time.sleep(POLL_SECONDS)

    def _is_there(self, url_file: Path, environment: Mapping[str, str]) -> bool:
        if self.program.image is not None:
            return self._is_container_there(environment)
        try:
            told = url_file.read_text(encoding="utf-8")
        except OSError:
            return False
        if not told.endswith("\n"):
            return False
        url, secure, certificate = [*told.splitlines(), "", ""][:3]
        self.url, self.secure_url, self.certificate = url, secure or None, certificate or None
        return True

    def _is_container_there(self, environment: Mapping[str, str]) -> bool:
        asked = [*self.program.command, "port", self._container, str(IMAGE_PORT)]
        told = subprocess.run(asked, capture_output=True, text=True, timeout=DOCKER_SECONDS, env=dict(environment))
        port = told.stdout.strip().rpartition(":")[2]
        if told.returncode != 0 or not port.isdigit():
            return False
        self.url = f"http://127.0.0.1:{port}"
        try:
            Wire(self.url, timeout=DOCKER_SECONDS).send("GET", "/health")
        except Unreachable:
            return False
        return True
