"""Where a server is found, how it is started, and that it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Dict

import pytest

from snapstand import Key, Snapstand, StartFailed, Unreachable, WrongVersion
from snapstand.programs import find_program
from snapstand.version import VERSION

NOWHERE: Dict[str, str] = {"PATH": ""}
posix = pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")


def script(file: Path, *lines: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(["#!/bin/sh", *lines, ""]))
    file.chmod(0o755)
    return file


def made_checkout(folder: Path) -> Path:
    (folder / "dist").mkdir(parents=True)
    (folder / "dist" / "cli.js").write_text("")
    (folder / "package.json").write_text(json.dumps({"name": "snapstand"}))
    return folder


def processes() -> str:
    """What every user of the machine can read of its processes."""
    if not Path("/proc/self/cmdline").exists():
        return subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    told = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            told.append(file.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace"))
        except OSError:
            # It has ended since.
            continue
    return "\n".join(told)


def alive(url: str) -> bool:
    try:
        Snapstand.connect(url, timeout=5).health()
    except Unreachable:
        return False
    return True


def ends(url: str, seconds: float = 20) -> bool:
    until = time.monotonic() + seconds
    while alive(url):
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


@posix
def test_the_npm_package_goes_before_the_image_and_a_checkout_around(tmp_path: Path) -> None:
    docker = script(tmp_path / "bin" / "docker", "exit 0")
    in_path = script(tmp_path / "global" / "snapstand", "exit 0")
    node = script(tmp_path / "node" / "node", "exit 0")
    checkout = made_checkout(tmp_path / "checkout")
    inside = checkout / "clients" / "python"
    inside.mkdir(parents=True)
    installed = script(inside / "node_modules" / ".bin" / "snapstand", "exit 0")
    below = inside / "tests"
    below.mkdir()

    def found(start: Path, *folders: Path) -> str:
        environment = {"PATH": os.pathsep.join(map(str, folders))}
        return find_program(checkout=None, image=None, environment=environment, start=start, beside=tmp_path).told

    assert found(below, in_path.parent, docker.parent) == f"the npm package at {installed}"
    assert found(tmp_path, in_path.parent, docker.parent) == f"the npm package at {in_path}"
    assert found(checkout, docker.parent, node.parent) == f"the checkout {checkout}"
    assert found(tmp_path, docker.parent) == "the image snapstand"
    editable = checkout / "clients" / "python" / "programs.py"
    environment = {"PATH": os.pathsep.join(map(str, [docker.parent, node.parent]))}
    beside = find_program(checkout=None, image=None, environment=environment, start=tmp_path, beside=editable)
    assert beside.told == f"the checkout {checkout}"


@posix
def test_what_is_named_goes_before_what_is_found(tmp_path: Path) -> None:
    script(tmp_path / "bin" / "docker", "exit 0")
    script(tmp_path / "bin" / "node", "exit 0")
    script(tmp_path / "bin" / "snapstand", "exit 0")
    checkout = made_checkout(tmp_path / "checkout")
    path = {"PATH": str(tmp_path / "bin")}

    def told(environment: Dict[str, str], checkout: "Path | None" = None, image: "str | None" = None) -> str:
        return find_program(checkout=checkout, image=image, environment=environment, start=tmp_path).told

    by_variables = {**path, "SNAPSTAND_CHECKOUT": str(checkout), "SNAPSTAND_IMAGE": "mine:1"}
    assert told(path, checkout=checkout) == f"the checkout {checkout}"
    assert told(path, image="mine:2") == "the image mine:2"
    assert told(by_variables) == f"the checkout {checkout}"
    assert told(by_variables, image="mine:2") == "the image mine:2"
    assert told({**path, "SNAPSTAND_IMAGE": "mine:1"}) == "the image mine:1"


@posix
def test_where_there_is_none_it_is_told_what_was_looked_for(tmp_path: Path) -> None:
    script(tmp_path / "docker", 'echo "No such image: snapstand" >&2', "exit 1")
    with pytest.raises(StartFailed) as raised:
        find_program(checkout=None, image=None, environment={"PATH": str(tmp_path)}, start=tmp_path, beside=tmp_path)
    told = str(raised.value)
    assert f"no npm package: no node_modules/.bin/snapstand in {tmp_path}" in told
    assert "no checkout: " in told
    assert "no image: No such image: snapstand" in told
    assert "SNAPSTAND_CHECKOUT" in told and "Snapstand.connect(url)" in told


def test_a_checkout_that_is_none_or_is_not_built_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StartFailed, match="no checkout of Snapstand"):
        Snapstand.start(checkout=tmp_path, env=NOWHERE)
    (tmp_path / "package.json").write_text(json.dumps({"name": "snapstand"}))
    with pytest.raises(StartFailed, match="is not built: run npm ci && npm run build there"):
        Snapstand.start(checkout=tmp_path, env=NOWHERE)


def test_an_image_without_docker_is_refused() -> None:
    with pytest.raises(StartFailed, match="the image mine cannot be run: there is no docker in PATH"):
        Snapstand.start(image="mine", env=NOWHERE)


def test_a_server_that_does_not_start_says_why(checkout: Path) -> None:
    with pytest.raises(StartFailed) as raised:
        Snapstand.start("--clock", "sideways", checkout=checkout)
    assert "ended with 2 when it was started" in str(raised.value)
    assert "sideways" in str(raised.value)


@posix
def test_a_server_that_says_nothing_is_ended_in_time(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    mute = script(tmp_path / "bin" / "snapstand", f"echo $$ > {pid}", "echo still waiting", "exec sleep 60")
    environment = {**os.environ, "PATH": f"{mute.parent}{os.pathsep}{os.environ['PATH']}"}
    environment.pop("SNAPSTAND_CHECKOUT", None)
    with pytest.raises(StartFailed, match="was not ready within 5 s:\nstill waiting"):
        Snapstand.start(env=environment, cwd=tmp_path, start_timeout=5)
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)


def test_it_is_started_asked_and_ended(checkout: Path) -> None:
    with Snapstand.start("--clock", "manual", checkout=checkout) as server:
        assert server.health()["status"] == "ok"
        assert server.check_version().split(".")[:2] == VERSION.split(".")[:2]
        assert server.world("any").clock.get()["mode"] == "manual"
        # It tells where it is first, and prints it then.
        until = time.monotonic() + 20
        while "Snapstand" not in server.output():
            assert time.monotonic() < until, server.output()
            time.sleep(0.01)
        url = server.url
    assert not alive(url)
    server.close()


def test_no_https_is_made_up(snapstand: Snapstand) -> None:
    with pytest.raises(ValueError, match="tls=True"):
        snapstand.over_tls()


def test_a_token_and_keys_are_in_no_list_of_processes(checkout: Path) -> None:
    keys = [Key("backup", "s3cret-of-backup"), Key("other", "s3cret-of-other", "backup")]
    with Snapstand.start(checkout=checkout, token="control-t0ken", keys=keys) as server:
        assert server.world("backup").credentials.baidu.sk == "s3cret-of-other"
        assert server.worlds() == []
        listed = processes()
        assert "cli.js" in listed
        assert "s3cret" not in listed and "control-t0ken" not in listed
        assert "s3cret" not in server.output() and "control-t0ken" not in server.output()


@posix
def test_no_server_is_left_behind_by_a_process_that_is_killed(checkout: Path, tmp_path: Path) -> None:
    program = f"""
import sys, time
from snapstand import Snapstand
server = Snapstand.start(checkout={str(checkout)!r})
print(server.url, flush=True)
time.sleep(60)
"""
    child = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, cwd=tmp_path)
    assert child.stdout is not None
    url = child.stdout.readline().strip()
    assert alive(url)
    child.send_signal(signal.SIGKILL)
    child.wait()
    assert ends(url)


def test_a_program_that_forgets_to_close_it_ends_it(checkout: Path, tmp_path: Path) -> None:
    program = f"from snapstand import Snapstand; print(Snapstand.start(checkout={str(checkout)!r}).url)"
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=tmp_path)
    assert ended.returncode == 0, ended.stderr
    assert not alive(ended.stdout.strip())


@posix
def test_a_fork_does_not_end_it_and_does_not_keep_it(checkout: Path) -> None:
    with Snapstand.start(checkout=checkout) as server:
        awake, wakes = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(wakes)
            server.close()
            os.read(awake, 1)
            os._exit(0)
        os.close(awake)
        assert alive(server.url)
        server.close()
        assert not alive(server.url)
        os.close(wakes)
        os.waitpid(child, 0)


@posix
def test_an_image_is_run_with_its_port_on_loopback(checkout: Path, tmp_path: Path) -> None:
    """By a docker that is none: it writes down what it is told, and runs the checkout in place of the image."""
    told = tmp_path / "told"
    port = tmp_path / "port"
    node = subprocess.run(["node", "-p", "process.execPath"], capture_output=True, text=True, check=True).stdout.strip()
    script(
        tmp_path / "bin" / "docker",
        f'[ "$1" = port ] && {{ [ -s {port} ] && echo "127.0.0.1:$(sed "s/.*://;s/[^0-9].*//" {port})"; exit; }}',
        f'echo "$@" > {told}',
        f"exec {node} {checkout}/dist/cli.js start --port 0 --url-file {port}",
    )
    environment = {**os.environ, "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    with Snapstand.start("--clock", "manual", image="mine:1", env=environment, token="control-t0ken") as server:
        assert server.health()["status"] == "ok"
        assert server.worlds() == []
        url = server.url
    words = told.read_text()
    assert words.startswith("run --rm --pull=never --publish=127.0.0.1::7420 --name=snapstand-")
    assert "--env=SNAPSTAND_CONTROL_TOKEN" in words and "control-t0ken" not in words
    assert words.endswith("mine:1 start --clock manual --host 0.0.0.0 --port 7420\n")
    assert not alive(url)
    with pytest.raises(StartFailed, match="by http alone"):
        Snapstand.start(image="mine:1", env=environment, tls=True)


def test_another_version_is_refused(monkeypatch: pytest.MonkeyPatch, snapstand: Snapstand) -> None:
    monkeypatch.setattr("snapstand.server.VERSION", "7.3.0")
    with pytest.raises(WrongVersion, match=r"is Snapstand 0\.\S+, and this is the package snapstand 7.3.0 for Python"):
        snapstand.check_version()


def test_a_server_without_its_control_api_is_refused_at_once(checkout: Path) -> None:
    with pytest.raises(WrongVersion, match="its control API is off"):
        Snapstand.start("--control", "off", checkout=checkout)


def test_the_versions_of_the_package_and_of_the_server_are_one(checkout: Path) -> None:
    manifest = json.loads((checkout / "package.json").read_text(encoding="utf-8"))
    project = (Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8")
    assert manifest["version"] == VERSION
    assert f'\nversion = "{VERSION}"\n' in project


def test_the_sdks_are_those_of_the_conformance_runs(checkout: Path) -> None:
    own = (Path(__file__).parents[1] / "requirements.txt").read_text(encoding="utf-8").splitlines()
    theirs = [
        line
        for client in ("zenlayer-python", "baidu-python", "baidu-python-v2")
        for line in (checkout / "conformance" / client / "requirements.txt").read_text(encoding="utf-8").splitlines()
    ]
    assert len(theirs) > 3
    assert [line for line in theirs if line not in own] == []
