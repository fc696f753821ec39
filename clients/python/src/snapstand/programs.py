"""Where a Snapstand that can be started is: the npm package, a checkout, or the image."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator, List, Mapping, Optional, Sequence, Tuple, Union

from .refusals import StartFailed

#: pytest shows the line that asked, and none of these.
__tracebackhide__ = True

CHECKOUT_VARIABLE = "SNAPSTAND_CHECKOUT"
IMAGE_VARIABLE = "SNAPSTAND_IMAGE"
IMAGE = "snapstand"
DOCKER_SECONDS = 20.0
#: Where the image listens.
IMAGE_PORT = 7420


@dataclass(frozen=True)
class Program:
    """What is run, before the flags."""

    command: Tuple[str, ...]
    #: For whoever reads an error.
    told: str
    #: Folders that go before all others in its PATH.
    path: Tuple[str, ...] = ()
    #: Which image it is, where it is one.
    image: Optional[str] = None


def find_program(
    *,
    checkout: Union[None, str, Path],
    image: Optional[str],
    environment: Mapping[str, str],
    start: Path,
    beside: Path = Path(__file__),
) -> Program:
    """
    What is named goes before what is found: a checkout, then an image, by argument, then by variable. Found is, in this
    order: the npm package, a checkout around ``start`` or around this file, as after ``pip install -e clients/python``, the
    image ``snapstand``.
    """
    named = checkout or (None if image else environment.get(CHECKOUT_VARIABLE))
    if named:
        return _of_checkout(Path(named), environment)
    named_image = image or environment.get(IMAGE_VARIABLE)
    if named_image:
        return _of_image(named_image, environment)
    tried: List[str] = []
    for found in _looked_for(environment, start, beside):
        if isinstance(found, Program):
            return found
        tried.append(found)
    raise StartFailed(
        "no Snapstand was found that could be started:\n"
        + "".join(f"  - {each}\n" for each in tried)
        + f"Name a checkout that is built (npm ci && npm run build) by checkout= or {CHECKOUT_VARIABLE}, an image by "
        f"image= or {IMAGE_VARIABLE}, or a running server by Snapstand.connect(url); with pytest by --snapstand-url."
    )


def _looked_for(environment: Mapping[str, str], start: Path, beside: Path) -> Iterator[Union[Program, str]]:
    """What there is, or why not; one after the other."""
    yield _installed(environment, start)
    yield _around(environment, [start, *start.parents, *beside.resolve().parents])
    yield _local_image(environment)


def _installed(environment: Mapping[str, str], start: Path) -> Union[Program, str]:
    for folder in (start, *start.parents):
        bin_folder = folder / "node_modules" / ".bin"
        found = shutil.which("snapstand", path=str(bin_folder))
        if found:
            return Program((found,), f"the npm package at {found}", (str(bin_folder),))
    found = shutil.which("snapstand", path=environment.get("PATH", ""))
    if found:
        return Program((found,), f"the npm package at {found}")
    return f"no npm package: no node_modules/.bin/snapstand in {start} or above it, and no snapstand in PATH"


def _around(environment: Mapping[str, str], folders: Sequence[Path]) -> Union[Program, str]:
    for folder in folders:
        if _is_checkout(folder):
            return _of_checkout(folder, environment)
    return f"no checkout: {folders[0]} is in none"


def _is_checkout(folder: Path) -> bool:
    try:
        manifest = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(manifest, dict) and manifest.get("name") == "snapstand"


def _of_checkout(folder: Path, environment: Mapping[str, str]) -> Program:
    folder = folder.resolve()
    if not _is_checkout(folder):
        raise StartFailed(f"{folder} is no checkout of Snapstand: it has no package.json of that name")
    main = folder / "dist" / "cli.js"
    if not main.is_file():
        raise StartFailed(f"the checkout {folder} is not built: run npm ci && npm run build there")
    # A checkout brings the Node that it is made with.
    bin_folder = folder / "node_modules" / ".bin"
    node = shutil.which("node", path=os.pathsep.join([str(bin_folder), environment.get("PATH", "")]))
    if node is None:
        raise StartFailed(f"the checkout {folder} cannot be run: there is no node in PATH")
    return Program((node, str(main)), f"the checkout {folder}")


def _local_image(environment: Mapping[str, str]) -> Union[Program, str]:
    docker = shutil.which("docker", path=environment.get("PATH", ""))
    if docker is None:
        return "no image: there is no docker in PATH"
    asked = [docker, "image", "inspect", "--format", "{{.Id}}", IMAGE]
    try:
        looked = subprocess.run(asked, capture_output=True, text=True, timeout=DOCKER_SECONDS, env=dict(environment))
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"no image: {error}"
    if looked.returncode != 0:
        return f"no image: {looked.stderr.strip() or f'docker has none that is called {IMAGE}'}"
    return _of_image(IMAGE, environment)


def _of_image(image: str, environment: Mapping[str, str]) -> Program:
    docker = shutil.which("docker", path=environment.get("PATH", ""))
    if docker is None:
        raise StartFailed(f"the image {image} cannot be run: there is no docker in PATH")
    return Program((docker,), f"the image {image}", image=image)
