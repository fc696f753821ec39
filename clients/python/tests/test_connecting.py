"""How a server is reached, and what is said where it is not."""

from __future__ import annotations

import json
import socket
import threading
from pathlib import Path
from typing import Iterator

import pytest

from snapstand import ControlRefused, Snapstand, Unreachable
from snapstand.refusals import refusal_of


@pytest.fixture(scope="module")
def guarded(pytestconfig: pytest.Config) -> Iterator[Snapstand]:
    with Snapstand.start(tls=True, token="t0ken") as server:
        yield server


def test_nobody_is_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(Unreachable, match=f"nothing answers at http://127.0.0.1:{port}") as raised:
        Snapstand.connect(f"http://127.0.0.1:{port}").health()
    assert raised.value.url == f"http://127.0.0.1:{port}" and isinstance(raised.value.__cause__, OSError)


def test_somebody_is_there_who_does_not_answer() -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        url = f"http://127.0.0.1:{mute.getsockname()[1]}"
        with pytest.raises(Unreachable, match="did not answer in time"):
            Snapstand.connect(url, timeout=0.1).health()


def test_an_answer_that_breaks_off_or_is_no_http_is_told() -> None:
    for answer in (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{", b"SSH-2.0-OpenSSH_9\r\n"):
        with socket.create_server(("127.0.0.1", 0)) as listening:

            def serve() -> None:
                near, _ = listening.accept()
                near.recv(65536)
                near.sendall(answer)
                near.close()

            thread = threading.Thread(target=serve)
            thread.start()
            with pytest.raises(Unreachable):
                Snapstand.connect(f"http://127.0.0.1:{listening.getsockname()[1]}").health()
            thread.join()


@pytest.mark.parametrize("url", ["127.0.0.1:7420", "ftp://127.0.0.1", "http://", ""])
def test_what_is_no_url_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="is no URL of a server: it looks like http://127.0.0.1:7420"):
        Snapstand.connect(url)


def test_the_token_is_sent_and_missed(guarded: Snapstand) -> None:
    assert guarded.worlds() == []
    with pytest.raises(ControlRefused) as raised:
        Snapstand.connect(guarded.url, token="another").worlds()
    assert raised.value.status == 401
    with pytest.raises(ControlRefused):
        Snapstand.connect(guarded.url).worlds()


def test_https_is_trusted_by_its_certificate_alone(
    guarded: Snapstand, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    secure = guarded.over_tls()
    assert secure.url.startswith("https://127.0.0.1:")
    assert secure.worlds() == []
    assert secure.world("run-17").credentials.zenlayer.scheme == "https"
    with pytest.raises(Unreachable, match="is not trusted: name its file by ca_file, or in SSL_CERT_FILE"):
        Snapstand.connect(secure.url, token="t0ken").worlds()
    empty = tmp_path / "empty.pem"
    empty.write_text("")
    with pytest.raises(ValueError, match="holds no certificate that can be read"):
        Snapstand.connect(secure.url, ca_file=empty)


def test_a_refusal_that_is_no_problem_document_is_told_by_its_status() -> None:
    for text in ("", "<html>", "[1]", '"a"'):
        assert str(refusal_of(502, text, "GET /x")) == "GET /x was answered with 502"
    refused = refusal_of(409, json.dumps({"detail": "d", "field": "f", "extra": 1}), "GET /x")
    assert (str(refused), refused.field, refused.problem["extra"]) == ("d", "f", 1)
