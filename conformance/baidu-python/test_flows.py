"""The classic Baidu Python SDK against Snapstand: its calls, for the flows in harness/python/baidu_flows.py."""

import baidu_flows
from baidu_flows import *  # the flows, for unittest to find
from baidubce import utils
from baidubce.auth.bce_credentials import BceCredentials
from baidubce.bce_client_configuration import BceClientConfiguration
from baidubce.exception import BceHttpClientError, BceServerError
from baidubce.services.bcc.bcc_client import BccClient
from baidubce.services.bcc.bcc_model import Billing, DestRegionInfoModel, TagModel
from harness import URL, signing_clock


def plain(value):
    """What the typed answer holds, without what it says of the transport."""
    if isinstance(value, utils.Expando):
        return {name: plain(member) for name, member in vars(value).items()}
    return [plain(item) for item in value] if isinstance(value, list) else value


def tags(given):
    return given and [TagModel(tag['tag_key'], tag['tag_value']) for tag in given]


class Api:
    lacks = {
        'RenameVolume', 'ModifySnapshotAttribute', 'DescribeSnapshotsUsage', 'CreateSnapshot.retention_in_days',
        'CreateVolume.size beside snapshot',
        *(f'ListVolumes.{name}' for name in ('name', 'charge_filter', 'usage_filter')),
    }

    def __init__(self, key, password, late=0):
        self.bcc = BccClient(BceClientConfiguration(credentials=BceCredentials(key, password), endpoint=URL))
        self.late = late

    def call(self, operation, **members):
        with signing_clock(utils, self.late):
            answer = getattr(self, operation)(**members)
        return {name: plain(value) for name, value in vars(answer).items() if name not in ('metadata', 'raw_data', 'status_code')}

    @staticmethod
    def error(thrown):
        assert isinstance(thrown, BceHttpClientError), repr(thrown)
        said = thrown.last_error
        assert isinstance(said, BceServerError), repr(said)
        return said.status_code, said.code, str(said), said.request_id

    def ListZones(self):
        return self.bcc.list_zones()

    def CreateVolume(self, billing, cds_size_in_gb=None, snapshot_id=None, **more):
        more |= {'billing': Billing(billing['payment_timing']), 'tags': tags(more.get('tags'))}
        if snapshot_id is None:
            return self.bcc.create_volume_with_cds_size(cds_size_in_gb, **more)
        # This call has no size: the SDK leaves it to the snapshot.
        return self.bcc.create_volume_with_snapshot_id(snapshot_id, **more)

    def ListVolumes(self, **filters):
        return self.bcc.list_volumes(**filters)

    def GetVolume(self, volume_id):
        return self.bcc.get_volume(volume_id)

    def AttachVolume(self, volume_id, instance_id):
        return self.bcc.attach_volume(volume_id, instance_id)

    def DetachVolume(self, volume_id, instance_id):
        return self.bcc.detach_volume(volume_id, instance_id)

    def ResizeVolume(self, volume_id, new_cds_size_in_gb, new_volume_type):
        return self.bcc.resize_volume(volume_id, new_cds_size_in_gb, new_volume_type)

    def RollbackVolume(self, volume_id, snapshot_id):
        return self.bcc.rollback_volume(volume_id, snapshot_id)

    def ModifyCdsAttribute(self, volume_id, cds_name, desc):
        return self.bcc.modify_volume_Attribute(volume_id, cds_name, desc)

    def ModifyVolumeDeleteProtectionV2(self, volume_ids, enable_delete_protection):
        return self.bcc.modify_volume_delete_protection(volume_ids, enable_delete_protection)

    def BindTagVolume(self, volume_id, change_tags):
        return self.bcc.tag_volume(volume_id, tags=tags(change_tags))

    def UnbindTagVolume(self, volume_id, change_tags):
        return self.bcc.untag_volume(volume_id, tags=tags(change_tags))

    def ReleaseVolume(self, volume_id, auto_snapshot=None):
        if auto_snapshot is None:
            return self.bcc.release_volume(volume_id)
        return self.bcc.release_volume_new(volume_id, auto_snapshot=auto_snapshot)

    def CreateSnapshot(self, **members):
        return self.bcc.create_snapshot(**members | {'tags': tags(members.get('tags'))})

    def ListSnapshots(self, **filters):
        return self.bcc.list_snapshots(**filters)

    def GetSnapshot(self, snapshot_id):
        return self.bcc.get_snapshot(snapshot_id)

    def DeleteSnapshot(self, snapshot_id):
        return self.bcc.delete_snapshot(snapshot_id)

    def ListSnapchain(self, volume_id, **more):
        return self.bcc.list_snapshot_chain(volume_id, **more)

    def BindTagSnapchain(self, chain_id, change_tags):
        return self.bcc.tag_snapshot_chain(chain_id, tags(change_tags))

    def UnbindTagSnapchain(self, chain_id, change_tags):
        return self.bcc.untag_snapshot_chain(chain_id, tags(change_tags))

    def RemoteCopySnapshot(self, snapshot_id, dest_region_infos):
        regions = [DestRegionInfoModel(each['dest_region'], each['name']) for each in dest_region_infos]
        return self.bcc.create_remote_copy_snapshot(snapshot_id, regions)

    def CreateSnapshotShare(self, snapshot_id, account_ids):
        return self.bcc.create_snapshot_share(snapshot_id, account_ids)

    def ListSnapshotShare(self, marker, max_keys):
        return self.bcc.list_snapshot_share(marker, max_keys)

    def CancelSnapshotShare(self, **members):
        return self.bcc.cancel_snapshot_share(**members)

    def CreateAsp(self, name, time_points, repeat_weekdays, retention_days):
        return self.bcc.create_asp(name, time_points, repeat_weekdays, retention_days)

    def UpdateAsp(self, asp_id, name, time_points, repeat_weekdays, retention_days):
        return self.bcc.update_asp(name, asp_id, time_points, repeat_weekdays, retention_days)

    def AttachAsp(self, asp_id, volume_ids):
        return self.bcc.attach_asp(asp_id, volume_ids)

    def DetachAsp(self, asp_id, volume_ids):
        return self.bcc.detach_asp(asp_id, volume_ids)

    def DeleteAsp(self, asp_id):
        return self.bcc.delete_asp(asp_id)

    def GetAsp(self, asp_id):
        return self.bcc.get_asp(asp_id)

    def ListAsps(self, **filters):
        return self.bcc.list_asps(**filters)


baidu_flows.Baidu.api = Api
