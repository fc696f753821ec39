"""What the clients of both clouds want to be told, and the official SDKs' own objects that tell it."""

from __future__ import annotations

import importlib
from typing import Any, NamedTuple, Optional, Sequence
from urllib.parse import urlsplit


class Key(NamedTuple):
    """An access key that is not its own secret, as the server's flag ``--key`` names it."""

    id: str
    secret: str
    #: Default: the world that is called as the key is.
    world: Optional[str] = None


class ZenlayerCredentials(NamedTuple):
    """In Zenlayer's words."""

    scheme: str
    #: Without the scheme: ``127.0.0.1:7420``.
    domain: str
    endpoint: str
    access_key_id: str
    access_key_password: str


class BaiduCredentials(NamedTuple):
    """In Baidu's words."""

    endpoint: str
    ak: str
    sk: str


class Credentials(NamedTuple):
    """Those of a world: of a key that names it, or of the key that is called as it is, which is its own secret."""

    zenlayer: ZenlayerCredentials
    baidu: BaiduCredentials


def credentials_of(url: str, world: str, keys: Sequence[Key]) -> Credentials:
    """What is told of one world."""
    parts = urlsplit(url)
    origin = f"{parts.scheme}://{parts.netloc}"
    named = [key for key in keys if (key.world or key.id) == world]
    key = named[-1] if named else Key(world, world)
    return Credentials(
        ZenlayerCredentials(parts.scheme, parts.netloc, f"{origin}/api/v2/zec", key.id, key.secret),
        BaiduCredentials(origin, key.id, key.secret),
    )


def zenlayer_credential(credentials: ZenlayerCredentials) -> Any:
    """``zenlayercloud.common.credential.Credential``."""
    module = _sdk("zenlayercloud.common.credential", "zenlayercloud-sdk-python")
    return module.Credential(credentials.access_key_id, credentials.access_key_password)


def zenlayer_config(credentials: ZenlayerCredentials, ca_file: Optional[str], **more: Any) -> Any:
    """``zenlayercloud.common.config.Config``."""
    module = _sdk("zenlayercloud.common.config", "zenlayercloud-sdk-python")
    # By https it asks no variable what to trust.
    trusting = {} if ca_file is None else {"certification": ca_file}
    return module.Config(**{"scheme": credentials.scheme, "domain": credentials.domain, **trusting, **more})


def baidu_config(credentials: BaiduCredentials, package: str, distribution: str, **more: Any) -> Any:
    """``BceClientConfiguration`` of one of Baidu's two SDKs."""
    configuration = _sdk(f"{package}.bce_client_configuration", distribution)
    auth = _sdk(f"{package}.auth.bce_credentials", distribution)
    own = {"credentials": auth.BceCredentials(credentials.ak, credentials.sk), "endpoint": credentials.endpoint}
    return configuration.BceClientConfiguration(**{**own, **more})


def _sdk(module: str, distribution: str) -> Any:
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        if error.name is None or not module.startswith(error.name):
            raise
        raise ModuleNotFoundError(f"{distribution} is not installed: pip install {distribution}", name=error.name) from error
