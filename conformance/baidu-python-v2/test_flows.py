"""The Baidu Python SDK V2 against Snapstand: its calls, for the flows in harness/python/baidu_flows.py."""

import importlib
import re

import baidu_flows
from baidu_flows import *  # the flows, for unittest to find
from baiducloud_python_sdk_bcc.api.bcc_client import BccClient
from baiducloud_python_sdk_bcc.models.billing import Billing
from baiducloud_python_sdk_bcc.models.remote_copy_request import RemoteCopyRequest
from baiducloud_python_sdk_bcc.models.tag_model import TagModel
from baiducloud_python_sdk_core import utils
from baiducloud_python_sdk_core.auth.bce_credentials import BceCredentials
from baiducloud_python_sdk_core.bce_client_configuration import BceClientConfiguration
from baiducloud_python_sdk_core.exception import BceHttpClientError, BceServerError
from harness import URL, signing_clock

# Members that are models of the SDK, or lists of them.
MODELS = {'billing': Billing, 'tags': TagModel, 'change_tags': TagModel, 'dest_region_infos': RemoteCopyRequest}


def snake(name):
    return re.sub(r'([a-z0-9])([A-Z])|([A-Z])([A-Z][a-z])', r'\1\3_\2\4', name).lower()


def plain(value):
    if isinstance(value, dict):
        return {snake(name): plain(member) for name, member in value.items()}
    return [plain(item) for item in value] if isinstance(value, list) else value


class Api:
    # It never sends a token.
    lacks = {'client_token', 'ListVolumes.volume_ids'}

    def __init__(self, key, password, late=0):
        self.bcc = BccClient(BceClientConfiguration(credentials=BceCredentials(key, password), endpoint=URL))
        self.late = late

    def call(self, operation, **members):
        method = getattr(self.bcc, snake(operation))
        arguments = () if operation == 'ListZones' else (self.request(operation, members),)
        with signing_clock(utils, self.late):
            answer = method(*arguments)
        return {name: value for name, value in plain(answer.to_dict() or {}).items() if name != 'metadata'}

    @staticmethod
    def request(operation, members):
        if operation == 'DescribeSnapshotsUsage':
            members = {'action': 'describeSnapshotsUsage'}
        if operation == 'UpdateAsp':
            # The constructor wants all five.
            members = dict.fromkeys(('name', 'time_points', 'repeat_weekdays', 'retention_days')) | members
        for name, model in MODELS.items():
            given = members.get(name)
            if given is not None:
                made = [model(**each) for each in given] if isinstance(given, list) else model(**given)
                members = members | {name: made}
        module = importlib.import_module(f'baiducloud_python_sdk_bcc.models.{snake(operation)}_request')
        return getattr(module, operation + 'Request')(**members)

    @staticmethod
    def error(thrown):
        assert isinstance(thrown, BceHttpClientError), repr(thrown)
        said = thrown.last_error
        assert isinstance(said, BceServerError), repr(said)
        return said.status_code, said.code, str(said), said.request_id


baidu_flows.Baidu.api = Api
