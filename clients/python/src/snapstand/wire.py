"""How calls get to a server."""

from __future__ import annotations

import json
import re
import socket
import ssl
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any, Dict, Mapping, Optional, Tuple
from urllib.parse import quote, urlencode, urlsplit

from .refusals import Unreachable, refusal_of

#: pytest shows the line that asked, and none of these.
__tracebackhide__ = True

CONNECT_SECONDS = 10.0


class Wire:
    """The control API of one server. Each call has a connection of its own, so threads and forks may share it."""

    def __init__(
        self,
        url: str,
        *,
        token: Optional[str] = None,
        ca_file: Optional[str] = None,
        shard: Optional[str] = None,
        timeout: Optional[float] = None,
    ) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"{url!r} is no URL of a server: it looks like http://127.0.0.1:7420")
        self.url = url.rstrip("/")
        self.ca_file = ca_file
        self._host = parts.hostname
        self._port = parts.port
        self._base = parts.path.rstrip("/")
        self._tls = _tls_of(ca_file) if parts.scheme == "https" else None
        self._token = token
        self._shard = shard
        self._timeout = timeout

    def send(
        self,
        method: str,
        path: str,
        *,
        params: Optional[Mapping[str, str]] = None,
        query: Optional[Mapping[str, object]] = None,
        body: Optional[Mapping[str, object]] = None,
        text: Optional[bytes] = None,
        type: Optional[str] = None,
    ) -> Any:
        """
        The answer: what its JSON holds, its text where it is none, or None where there is nothing to tell. ``path`` is as
        in the OpenAPI document. What is None in a query or body is left out.
        """
        data = text if text is not None or body is None else json.dumps(_given(body)).encode()
        accept = type if data is None else None
        content_type = None if data is None else type or ("application/json" if text is None else "text/plain")
        headers = {"Accept": accept, "Content-Type": content_type}
        connection, response = self.open(method, path, params=params, query=query, data=data, headers=headers)
        try:
            raw = response.read().decode()
        except (OSError, HTTPException) as error:
            raise self._unreachable(error) from error
        finally:
            connection.close()
        if response.status == 204:
            return None
        is_json = (response.getheader("content-type") or "").startswith("application/json")
        return json.loads(raw) if is_json else raw

    def open(
        self,
        method: str,
        path: str,
        *,
        params: Optional[Mapping[str, str]] = None,
        query: Optional[Mapping[str, object]] = None,
        data: Optional[bytes] = None,
        headers: Optional[Mapping[str, Optional[str]]] = None,
    ) -> Tuple[HTTPConnection, HTTPResponse]:
        """The answer as it comes; who asks closes the connection."""
        target = self._target(path, params or {}, query or {})
        connection = self._connection()
        try:
            connection.connect()
            _socket_of(connection).settimeout(self._timeout)
            all_headers = {**self._headers((query or {}).get("world")), **_given(headers or {})}
            connection.request(method, target, body=data, headers=all_headers)
            response = connection.getresponse()
            if response.status < 400:
                return connection, response
            refused = response.read().decode("utf-8", "replace")
        except BaseException as error:
            connection.close()
            if isinstance(error, (OSError, HTTPException)):
                raise self._unreachable(error) from error
            raise
        connection.close()
        raise refusal_of(response.status, refused, f"{method} {urlsplit(target).path}")

    def _connection(self) -> HTTPConnection:
        if self._tls is None:
            return HTTPConnection(self._host, self._port, timeout=CONNECT_SECONDS)
        return HTTPSConnection(self._host, self._port, timeout=CONNECT_SECONDS, context=self._tls)

    def _target(self, path: str, params: Mapping[str, str], query: Mapping[str, object]) -> str:
        named = re.sub(r"{(\w+)}", lambda found: _segment(params[found[1]]), path)
        sent = urlencode({name: _query_text(value) for name, value in _given(query).items()}, quote_via=quote)
        return f"{self._base}/_snapstand{named}{'?' if sent else ''}{sent}"

    def _headers(self, world: object) -> Dict[str, str]:
        headers = {}
        if self._token is not None:
            headers["Authorization"] = f"Bearer {self._token}"
        if self._shard is not None:
            headers["X-Snapstand-Shard"] = self._shard
        # A proxy that distributes worlds may not decode queries: a name that is encoded there is sent as it is, too,
        # unless no header can hold it.
        if isinstance(world, str) and re.search(r"[^\w.*-]", world, re.ASCII):
            if not re.search(r"[\x00-\x1f\x7f-\x9f]|^ | $", world):
                headers["X-Snapstand-World"] = world.encode().decode("latin-1")
        return headers

    def _unreachable(self, error: BaseException) -> Unreachable:
        if isinstance(error, ssl.SSLCertVerificationError):
            hint = (
                f"does not name {self._host}: start the server with --tls-host {self._host}"
                if error.verify_code in (62, 64)
                else "is not trusted: name its file by ca_file, or in SSL_CERT_FILE"
            )
            return Unreachable(self.url, f"the certificate of {self.url} {hint}")
        if isinstance(error, socket.timeout):
            return Unreachable(self.url, f"{self.url} did not answer in time")
        return Unreachable(self.url, f"nothing answers at {self.url}: {error}")


def _tls_of(ca_file: Optional[str]) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=ca_file)
    except (OSError, ssl.SSLError) as error:
        raise ValueError(f"ca_file {ca_file!r} holds no certificate that can be read: {error}") from error


def _socket_of(connection: HTTPConnection) -> socket.socket:
    found: socket.socket = connection.sock
    return found


def _segment(name: str) -> str:
    # URLs take these for steps up and down, however they are written.
    if name in ("", ".", ".."):
        raise ValueError(f"no path can hold {name!r}")
    return quote(name, safe="")


def _query_text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _given(members: Mapping[str, Any]) -> Dict[str, Any]:
    return {name: value for name, value in members.items() if value is not None}
