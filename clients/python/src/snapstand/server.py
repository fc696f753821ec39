"""A running server, started here or anywhere else."""

from __future__ import annotations

import os
import re
import uuid
from pathlib import Path
from types import TracebackType
from typing import List, Mapping, Optional, Sequence, Type, Union

from .answers import Health, Move, OpenApiDocument, Operations, ResetReport, WorldSummary
from .credentials import Key
from .processes import ServerProcess
from .programs import find_program
from .refusals import StartFailed, WrongVersion
from .version import VERSION
from .wire import Wire
from .world import World

#: pytest shows the line that asked, and none of these.
__tracebackhide__ = True

START_SECONDS = 30.0
NOT_IN_KEYS = re.compile(r"[^A-Za-z0-9]+")
#: Of the name that a made-up key begins with.
NAME_LENGTH = 60


class Snapstand:
    """
    A running server: ``Snapstand.start()`` or ``Snapstand.connect(url)``. It may be shared by threads. As a context manager
    it ends, if it was started here.
    """

    def __init__(
        self,
        url: str,
        *,
        token: Optional[str] = None,
        ca_file: Union[None, str, Path] = None,
        shard: Optional[str] = None,
        keys: Sequence[Key] = (),
        timeout: Optional[float] = None,
    ) -> None:
        self._token = token
        self._wire = Wire(url, token=token, ca_file=_text(ca_file), shard=shard, timeout=timeout)
        self._keys = tuple(keys)
        self._process: Optional[ServerProcess] = None
        #: What clients take as their endpoint: ``http://127.0.0.1:7420``.
        self.url = self._wire.url

    @classmethod
    def connect(
        cls,
        url: str,
        *,
        token: Optional[str] = None,
        ca_file: Union[None, str, Path] = None,
        shard: Optional[str] = None,
        keys: Sequence[Key] = (),
        timeout: Optional[float] = None,
    ) -> Snapstand:
        """
        A server that runs somewhere; nothing is sent before something is asked.

        ``token``: what its ``--control-token`` says. ``ca_file``: the certificate to trust by https. ``shard``: which of
        several servers this is. ``keys``: those that it was started with, so that ``credentials`` tell their secrets.
        ``timeout``: for how many seconds an answer is waited for; default: as long as it takes.
        """
        return cls(url, token=token, ca_file=ca_file, shard=shard, keys=keys, timeout=timeout)

    @classmethod
    def start(
        cls,
        *flags: str,
        checkout: Union[None, str, Path] = None,
        image: Optional[str] = None,
        tls: bool = False,
        token: Optional[str] = None,
        keys: Sequence[Key] = (),
        env: Optional[Mapping[str, str]] = None,
        cwd: Union[None, str, Path] = None,
        start_timeout: float = START_SECONDS,
    ) -> Snapstand:
        """
        Starts a server on a free port, and ends it with this process at the latest.

        What is started is the ``checkout`` or the ``image`` that is named, else those that the variables
        ``SNAPSTAND_CHECKOUT`` and ``SNAPSTAND_IMAGE`` name, else what there is: the npm package (``node_modules/.bin`` of the
        working folder or above it, or in PATH), the checkout around it, the local image ``snapstand``.

        ``flags`` are those of the command line: ``"--clock", "manual"``. ``tls``: by https, too (``over_tls``). ``token`` and
        ``keys`` get to it by its environment, where no list of processes shows them.
        """
        environment = dict(os.environ if env is None else env)
        program = find_program(checkout=checkout, image=image, environment=environment, start=Path(cwd or os.getcwd()))
        if program.image is not None and tls:
            raise StartFailed(f"{program.told} is reached by http alone: tls=True needs the npm package or a checkout")
        if token is not None:
            environment["SNAPSTAND_CONTROL_TOKEN"] = token
        if keys:
            words = [":".join(part for part in key if part is not None) for key in keys]
            environment["SNAPSTAND_KEY"] = " ".join(words)
        secure = ("--tls", "--tls-port", "0") if tls else ()
        process = ServerProcess(program, [*flags, *secure], environment, _text(cwd), start_timeout)
        server = cls(process.url, token=environment.get("SNAPSTAND_CONTROL_TOKEN"), keys=keys)
        server._process = process
        try:
            server.check_version()
        except BaseException:
            server.close()
            raise
        return server

    def over_tls(self) -> Snapstand:
        """The same server by https, its certificate trusted; where it was started with ``tls=True``."""
        if self._process is None or self._process.secure_url is None:
            raise ValueError("no https is known of this server: start it with tls=True, or connect to its https URL")
        return Snapstand(
            self._process.secure_url,
            token=self._token,
            ca_file=self._process.certificate,
            keys=self._keys,
        )

    def __repr__(self) -> str:
        return f"<snapstand at {self.url}>"

    def __enter__(self) -> Snapstand:
        return self

    def __exit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        self.close()

    def world(self, key: str = "default") -> World:
        """One world, by its key; nothing is sent. ``*`` is all of them, for what can be said of all."""
        return World(self._wire, key, self._keys)

    def new_world(self, name: str = "test") -> World:
        """A world that nobody else knows: its key is made up."""
        word = NOT_IN_KEYS.sub("-", name)[:NAME_LENGTH].strip("-") or "test"
        return self.world(f"{word}-{uuid.uuid4().hex[:12]}")

    def health(self) -> Health:
        """Whether it is there, and what it serves."""
        answer: Health = self._wire.send("GET", "/health")
        return answer

    def check_version(self) -> str:
        """The server's version; ``WrongVersion`` where it is not the one that this package is made for."""
        version = self.health().get("version")
        if version is None:
            raise WrongVersion(f"{self.url} does not tell its version: its control API is off, and nothing can be done here")
        if version.split(".")[:2] != VERSION.split(".")[:2]:
            raise WrongVersion(
                f"{self.url} is Snapstand {version}, and this is the package snapstand {VERSION} for Python: "
                f"take both from the same release"
            )
        return version

    def worlds(self) -> List[WorldSummary]:
        """Those that there are."""
        answer: List[WorldSummary] = self._wire.send("GET", "/worlds")
        return answer

    def moves(self) -> List[Move]:
        """The worlds that are moved from there or to there, and those that have left."""
        answer: List[Move] = self._wire.send("GET", "/moves")
        return answer

    def operations(self, provider: Optional[str] = None) -> Operations:
        """What is served of each cloud, or of one."""
        answer: Operations = self._wire.send("GET", "/operations", query={"provider": provider})
        return answer

    def openapi(self, cloud: Optional[str] = None) -> OpenApiDocument:
        """The control API as OpenAPI 3.1, or that of a cloud."""
        answer: OpenApiDocument = (
            self._wire.send("GET", "/openapi.json")
            if cloud is None
            else self._wire.send("GET", "/openapi/{file}", params={"file": f"{cloud}.json"})
        )
        return answer

    def metrics(self) -> str:
        """What it counts, in the text format of Prometheus; refused where it was not started with ``--metrics``."""
        answer: str = self._wire.send("GET", "/metrics")
        return answer

    def reset(self, world: str) -> ResetReport:
        """A world back to its starter seed and its journal emptied; ``*``: all of them."""
        return self.world(world).reset()

    def output(self) -> str:
        """The last that a server which was started here has printed."""
        return "" if self._process is None else self._process.output()

    def close(self) -> None:
        """Ends the server, if it was started here."""
        if self._process is not None:
            self._process.stop()


def _text(path: Union[None, str, Path]) -> Optional[str]:
    return None if path is None else str(path)
