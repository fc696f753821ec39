"""The Zenlayer Python SDK against Snapstand: seven flows, each with an access key of its own."""

import os
import time
from unittest import mock

from faults import Faults
from harness import HOST, NOW, CLIENT, SCHEME, Flow, Like, secret
from zenlayercloud.common.config import Config
from zenlayercloud.common.credential import Credential
from zenlayercloud.common.excpetion.zenlayer_cloud_sdk_exception import ZenlayerCloudSdkException
from zenlayercloud.user.v20240529 import models as user_models
from zenlayercloud.user.v20240529.user_client import UserClient
from zenlayercloud.zec.v20240401 import models as old_models
from zenlayercloud.zec.v20240401.zec_client import ZecClient as OldZecClient
from zenlayercloud.zec.v20250901 import models
from zenlayercloud.zec.v20250901.zec_client import ZecClient
from zenlayercloud.zrm.v20251014 import models as zrm_models
from zenlayercloud.zrm.v20251014.zrm_client import ZrmClient

ID = Like(r'\d{19}')
REQUEST_ID = Like(r'T[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}')
UUID = Like(r'[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}')
ZONE = 'asia-east-1a'
FOREVER = '2026-03-01T00:00:00Z'
NOWHERE = '1234567890123456789'


def call(client, module, action, **members):
    """Fills the request model; a member that the model does not know is a mistake of this program."""
    request = getattr(module, action + 'Request')()
    for name, value in members.items():
        assert hasattr(request, name), f'{action} has no {name}'
        setattr(request, name, value)
    return getattr(client, action)(request)


def tags(model, **pairs):
    made = []
    for key, value in pairs.items():
        tag = models.Tag()
        tag.key, tag.value = key, value
        made.append(tag)
    if model is None:
        return made
    wrapped = model()
    wrapped.tags = made
    return wrapped


class Zenlayer(Flow):
    def client(self, kind=ZecClient, key=None, password=None):
        key = key or self.key
        # By https this SDK asks certifi and no variable: what to trust is a setting of its own.
        config = Config(scheme=SCHEME, domain=HOST, certification=os.environ.get('SSL_CERT_FILE'))
        return kind(Credential(key, password or secret(key)), config)

    def setUp(self):
        super().setUp()
        self.zec = self.client()

    def __getattr__(self, action):
        """self.DescribeDisks(diskIds=[…]) calls the action of that name."""
        if not action[:1].isupper():
            raise AttributeError(action)
        return lambda **members: call(self.zec, models, action, **members)

    def instance(self):
        found = self.DescribeInstances(zoneId=ZONE, status='RUNNING').dataSet
        self.assertEqual(len(found), 1)
        return found[0]

    def disk(self, name, zone=ZONE, size=20, **members):
        return self.CreateDisks(zoneId=zone, diskName=name, diskSize=size, **members).diskIds[0]

    def see(self, disk):
        found = self.DescribeDisks(diskIds=[disk])
        self.assertEqual((found.totalCount, len(found.dataSet)), (1, 1))
        return found.dataSet[0]

    def snapshot(self, disk, name, **members):
        return self.CreateSnapshot(diskId=disk, snapshotName=name, **members).snapshotId

    def state(self, snapshot):
        found = self.DescribeSnapshots(snapshotIds=[snapshot]).dataSet
        return found[0].status if found else None

    def other_zone(self):
        zones = [zone.zoneId for zone in self.DescribeZones().zoneSet]
        self.assertIn(ZONE, zones)
        return next(zone for zone in zones if zone != ZONE)


class DiskLife(Zenlayer):
    number = 1

    def test_flow(self):
        with self.step('find zone and instance'):
            self.assertIn(ZONE, [zone.zoneId for zone in self.DescribeZones(zoneIds=[ZONE]).zoneSet])
            instance = self.instance().instanceId
            self.assertIn('asia-east-1', self.DescribeDiskRegions().regionIds)
        with self.step('create two alike, one with tags, one in a group of its own'):
            pair = self.CreateDisks(
                zoneId=ZONE, diskName='pair', diskNames=['pair-1', 'pair-2'], diskSize=20, diskAmount=2,
                diskCategory='Basic NVMe SSD', tags=tags(models.TagAssociation, env='prod', tier='db'),
            )
            one, two = pair.diskIds
            self.assertEqual(pair.orderNumber, Like(r'\d+'))
            group = call(self.client(UserClient), user_models, 'CreateResourceGroup', name='blue').resourceGroupId
            three = self.disk('third.disk', resourceGroupId=group)
        self.wait(lambda: {self.see(disk).diskStatus for disk in (one, two, three)}, {'AVAILABLE'})
        with self.step('attach'):
            self.assertEqual(self.AttachDisks(diskIds=[two], instanceId=instance).failedDiskIds, [])
            self.wait(lambda: self.see(two).diskStatus, 'IN_USE')
            self.assertEqual(self.see(two).instanceId, instance)
        mine = {one: 'one', two: 'two', three: 'three'}
        for filters, wanted in [
            ({}, {'one', 'two', 'three'}),
            ({'diskIds': []}, {'one', 'two', 'three'}),
            ({'diskIds': [one, three, NOWHERE]}, {'one', 'three'}),
            ({'diskName': 'pair'}, {'one', 'two'}),
            ({'diskName': '^pair-2$'}, {'two'}),
            ({'diskName': '^pair$'}, set()),
            ({'diskStatus': 'IN_USE'}, {'two'}),
            ({'diskStatus': 'AVAILABLE'}, {'one', 'three'}),
            ({'diskType': 'DATA'}, {'one', 'two', 'three'}),
            ({'diskType': 'SYSTEM'}, set()),
            ({'diskCategory': 'Basic NVMe SSD'}, {'one', 'two'}),
            ({'diskCategory': 'Standard NVMe SSD'}, {'three'}),
            ({'instanceId': instance}, {'two'}),
            ({'zoneId': ZONE}, {'one', 'two', 'three'}),
            ({'zoneId': 'nowhere-1a'}, set()),
            ({'regionId': 'asia-east-1'}, {'one', 'two', 'three'}),
            ({'regionId': 'nowhere-1'}, set()),
            ({'snapshotAbility': True}, {'one', 'two', 'three'}),
            ({'snapshotAbility': False}, set()),
            ({'resourceGroupId': group}, {'three'}),
            ({'tagKeys': ['env']}, {'one', 'two'}),
            ({'tags': tags(None, env='prod', tier='db')}, {'one', 'two'}),
            ({'tags': tags(None, env='test')}, set()),
            ({'diskStatus': 'AVAILABLE', 'diskName': 'pair'}, {'one'}),
        ]:
            with self.check(f'list by {", ".join(filters) or "nothing"}: {sorted(wanted)}'):
                found = self.DescribeDisks(pageSize=1000, **filters)
                self.assertEqual({mine[disk.diskId] for disk in found.dataSet if disk.diskId in mine}, wanted)
                self.assertEqual(found.totalCount, len(found.dataSet))
        with self.step('list page by page'):
            pages = [self.DescribeDisks(diskIds=list(mine), pageSize=2, pageNum=page) for page in (1, 2, 3)]
            self.assertEqual([len(page.dataSet) for page in pages], [2, 1, 0])
            self.assertEqual({page.totalCount for page in pages}, {3})
            self.assertEqual({disk.diskId for page in pages for disk in page.dataSet}, set(mine))
        with self.step('resize while attached'):
            self.ResizeDisk(diskId=two, diskSize=40)
            self.wait(lambda: self.see(two).diskStatus, 'IN_USE')
            self.assertEqual(self.see(two).diskSize, 40)
        with self.step('rename'):
            self.ModifyDisksAttributes(diskIds=[one, two], diskName='renamed')
            self.assertEqual({self.see(one).diskName, self.see(two).diskName}, {'renamed'})
        with self.step('detach from a stopped instance'):
            self.assertEqual(self.StopInstances(instanceIds=[instance]).instanceIds, [])
            power = lambda: self.DescribeInstancesStatus(instanceIds=[instance]).dataSet[0].instanceStatus
            self.wait(power, 'STOPPED')
            self.assertEqual(self.DetachDisks(diskIds=[two]).failedDiskIds, [])
            self.wait(lambda: self.see(two).diskStatus, 'AVAILABLE')
            self.assertIsNone(self.see(two).instanceId)
            self.StartInstances(instanceIds=[instance])
            self.wait(power, 'RUNNING')
        with self.step('change group and tags through the neighbouring services'):
            call(self.client(UserClient), user_models, 'AddResourceResourceGroup', resources=[one], resourceGroupId=group)
            self.assertEqual(self.see(one).resourceGroupName, 'blue')
            replace = tags(None, env='test', new='yes')
            call(self.client(ZrmClient), zrm_models, 'ModifyResourceTags', resourceUuid=one, replaceTags=replace)
            call(self.client(ZrmClient), zrm_models, 'ModifyResourceTags', resourceUuid=one, deleteTagKeys=['tier'])
            self.assertEqual({tag.key: tag.value for tag in self.see(one).tags.tags}, {'env': 'test', 'new': 'yes'})
        with self.step('the older version reads and writes the same state'):
            old = self.client(OldZecClient)
            self.assertEqual(call(old, old_models, 'DescribeDisks', diskIds=[one]).dataSet[0].diskName, 'renamed')
            call(old, old_models, 'ReleaseDisk', diskId=one)
        with self.step('release'):
            for disk in (two, three):
                self.ReleaseDisk(diskId=disk)
            self.wait(lambda: self.DescribeDisks(diskIds=list(mine)).totalCount, 0)


class SnapshotLife(Zenlayer):
    number = 2

    def test_flow(self):
        with self.step('create, and wait while it takes time'):
            self.settings(delays__zenlayer__snapshotCreateMs=5000)
            disk = self.disk('source')
            self.content('zenlayer', disk, 'first')
            first = self.snapshot(disk, 'shot-1', retentionTime=FOREVER)
            self.assertEqual((self.state(first), self.see(disk).diskStatus), ('CREATING', 'SNAPSHOT_CREATING'))
            self.wait(lambda: self.state(first), 'AVAILABLE')
            self.assertEqual(self.see(disk).diskStatus, 'AVAILABLE')
            self.settings(delays__zenlayer__snapshotCreateMs=None)
        with self.step('create more'):
            self.content('zenlayer', disk, 'second')
            shots = [first] + [self.snapshot(disk, f'shot-{n}') for n in range(2, 6)]
            boot = self.instance().systemDisk.diskId
            system = self.snapshot(boot, 'boot')
            every = shots + [system]
            self.wait(lambda: {self.state(shot) for shot in every}, {'AVAILABLE'})
        for filters, wanted in [
            ({}, every),
            ({'snapshotIds': []}, every),
            ({'snapshotIds': [first, NOWHERE]}, [first]),
            ({'zoneId': ZONE}, every),
            ({'zoneId': 'nowhere-1a'}, []),
            ({'status': 'AVAILABLE'}, every),
            ({'status': 'FAILED'}, []),
            ({'diskIds': [disk]}, shots),
            ({'diskType': 'SYSTEM'}, [system]),
            ({'diskType': 'DATA'}, shots),
            ({'snapshotType': 'Manual'}, every),
            ({'snapshotType': 'Auto'}, []),
            ({'snapshotName': 'shot'}, shots),
            ({'snapshotName': '^shot-1$'}, [first]),
            ({'resourceGroupId': self.see(disk).resourceGroupId}, every),
            ({'resourceGroupId': NOWHERE}, []),
        ]:
            with self.check(f'list by {", ".join(filters) or "nothing"}: {len(wanted)}'):
                found = self.DescribeSnapshots(pageSize=1000, **filters)
                self.assertEqual({shot.snapshotId for shot in found.dataSet}, set(wanted))
                self.assertEqual(found.totalCount, len(wanted))
        with self.step('list page by page'):
            pages = [self.DescribeSnapshots(diskIds=[disk], pageSize=2, pageNum=page) for page in (1, 2, 3, 4)]
            self.assertEqual([len(page.dataSet) for page in pages], [2, 2, 1, 0])
            self.assertEqual({page.totalCount for page in pages}, {5})
            # All but the first were made at one instant; there the id decides, newest first.
            self.assertEqual([shot.snapshotId for page in pages for shot in page.dataSet], shots[::-1])
        with self.step('modify'):
            look = lambda: self.DescribeSnapshots(snapshotIds=[first]).dataSet[0]
            self.ModifySnapshotsAttribute(snapshotIds=[first], snapshotName='kept')
            self.assertEqual((look().snapshotName, look().retentionTime), ('kept', FOREVER))
            self.ModifySnapshotsAttribute(snapshotIds=[first], retentionTime='2026-04-01T00:00:00Z')
            self.assertEqual(look().retentionTime, '2026-04-01T00:00:00Z')
            self.ModifySnapshotsAttribute(snapshotIds=[first], isPermanent=True)
            self.assertIsNone(look().retentionTime)
        with self.step('roll back'):
            self.settings(delays__zenlayer__rollbackMs=2000)
            self.ApplySnapshot(snapshotId=first, diskId=disk)
            self.assertEqual((self.state(first), self.see(disk).diskStatus), ('ROLLING_BACK', 'ROLLING_BACK'))
            self.wait(lambda: (self.state(first), self.see(disk).diskStatus), ('AVAILABLE', 'AVAILABLE'))
            self.assertEqual(self.content('zenlayer', disk), 'first')
        with self.step('new disk from it'):
            copy = self.disk('copy', size=25, snapshotId=shots[1])
            self.wait(lambda: self.see(copy).diskStatus, 'AVAILABLE')
            self.assertEqual((self.content('zenlayer', copy), self.see(copy).diskSize), ('second', 25))
        with self.step('the older version reads and writes the same state'):
            old = self.client(OldZecClient)
            made = call(old, old_models, 'CreateSnapshot', diskId=disk, snapshotName='old').snapshotId
            seen = call(old, old_models, 'DescribeSnapshots', snapshotIds=[made]).dataSet[0]
            self.assertEqual((seen.snapshotName, seen.diskId, vars(seen.resourceGroup)['resourceGroupId']), ('old', disk, UUID))
            self.assertEqual(call(old, old_models, 'DeleteSnapshots', snapshotIds=[made]).snapshotIds, [])
            self.wait(lambda: self.state(made), None)
        with self.step('delete'):
            self.assertEqual(self.DeleteSnapshots(snapshotIds=shots[:2]).snapshotIds, [])
            self.wait(lambda: self.DescribeSnapshots(snapshotIds=shots[:2]).totalCount, 0)
            self.assertEqual(self.DeleteSnapshots(snapshotIds=[shots[2], NOWHERE]).snapshotIds, [NOWHERE])
            self.assertEqual(self.DescribeSnapshots(diskIds=[disk]).totalCount, 2)


class PolicyLife(Zenlayer):
    number = 3

    def test_flow(self):
        look = lambda: self.DescribeAutoSnapshotPolicies(autoSnapshotPolicyIds=[daily]).dataSet[0]
        shots = lambda: sorted(
            (shot.createTime, shot.retentionTime, shot.snapshotType)
            for shot in self.DescribeSnapshots(diskIds=[disk], snapshotType='Auto').dataSet
        )
        with self.step('create'):
            disk = self.disk('guarded')
            daily = self.CreateAutoSnapshotPolicy(
                zoneId=ZONE, autoSnapshotPolicyName='daily', repeatWeekDays=[7, 1, 2, 3, 4, 5, 6], hours=[21, 9, 21],
                retentionDays=1, tags=tags(models.TagAssociation, env='prod'),
            ).autoSnapshotPolicyId
            other = self.CreateAutoSnapshotPolicy(
                zoneId=ZONE, autoSnapshotPolicyName='other', repeatWeekDays=[1], hours=[0]
            ).autoSnapshotPolicyId
            self.assertEqual((look().repeatWeekDays, look().hours), ([1, 2, 3, 4, 5, 6, 7], [9, 21]))
        for filters, wanted in [
            ({}, {daily, other}),
            ({'autoSnapshotPolicyIds': [daily, NOWHERE]}, {daily}),
            ({'zoneIds': [ZONE]}, {daily, other}),
            ({'zoneIds': ['nowhere-1a']}, set()),
            ({'autoSnapshotPolicyName': 'ail'}, {daily}),
            ({'resourceGroupId': look().resourceGroup.resourceGroupId}, {daily, other}),
            ({'tagKeys': ['env']}, {daily}),
            ({'tags': tags(None, env='test')}, set()),
            ({'pageSize': 1, 'pageNum': 2}, {daily}),
        ]:
            with self.check(f'list by {", ".join(filters) or "nothing"}: {len(wanted)}'):
                found = self.DescribeAutoSnapshotPolicies(**filters)
                self.assertEqual({policy.autoSnapshotPolicyId for policy in found.dataSet}, wanted)
        with self.step('modify'):
            self.ModifyAutoSnapshotPolicy(autoSnapshotPolicyId=other, autoSnapshotPolicyName='weekly', hours=[3, 2])
            seen = self.DescribeAutoSnapshotPolicies(autoSnapshotPolicyIds=[other]).dataSet[0]
            self.assertEqual(
                (seen.autoSnapshotPolicyName, seen.hours, seen.repeatWeekDays, seen.retentionDays),
                ('weekly', [2, 3], [1], -1),
            )
        with self.step('attach'):
            self.ApplyAutoSnapshotPolicy(autoSnapshotPolicyId=daily, diskIds=[disk])
            self.assertEqual(self.see(disk).autoSnapshotPolicyId, daily)
            self.assertEqual((look().diskNum, look().diskIdSet), (1, [disk]))
        with self.step('a day passes: automatic snapshots'):
            # Monday 08:00Z to Tuesday 08:00Z.
            self.advance('P1D')
            self.assertEqual(shots(), [
                ('2026-01-05T09:00:00Z', '2026-01-06T09:00:00Z', 'Auto'),
                ('2026-01-05T21:00:00Z', '2026-01-06T21:00:00Z', 'Auto'),
            ])
        with self.step('two more: they expire'):
            self.advance('P2D')
            self.assertEqual([made for made, _, _ in shots()], ['2026-01-07T09:00:00Z', '2026-01-07T21:00:00Z'])
        with self.step('detach: none any more'):
            self.CancelAutoSnapshotPolicy(autoSnapshotPolicyId=daily, diskIds=[disk])
            self.assertIsNone(self.see(disk).autoSnapshotPolicyId)
            self.assertEqual((look().diskNum, look().diskIdSet), (0, []))
            self.advance('P2D')
            self.assertEqual(shots(), [])
        with self.step('delete'):
            self.DeleteAutoSnapshotPolicies(autoSnapshotPolicyIds=[daily, other])
            self.assertEqual(self.DescribeAutoSnapshotPolicies().totalCount, 0)


class Refusals(Zenlayer):
    number = 4

    def refused(self, code, act):
        with self.assertRaises(ZenlayerCloudSdkException) as caught:
            act()
        error = caught.exception
        self.assertEqual((error.get_code(), error.get_request_id()), (code, REQUEST_ID))
        self.assertTrue(error.get_message())

    def test_flow(self):
        with self.step('prepare'):
            away = self.other_zone()
            instance, boot = self.instance().instanceId, self.instance().systemDisk.diskId
            disk = self.disk('disk', size=30)
            used, spare, gone, leaving = (self.disk(name) for name in ('used', 'spare', 'gone', 'leaving'))
            far = self.disk('far', zone=away)
            shot, dying, kept = self.snapshot(disk, 'shot'), self.snapshot(spare, 'dying'), self.snapshot(spare, 'kept')
            system = self.snapshot(boot, 'system')
            week = {'zoneId': ZONE, 'autoSnapshotPolicyName': 'week', 'repeatWeekDays': [1], 'hours': [1]}
            policy = self.CreateAutoSnapshotPolicy(**week).autoSnapshotPolicyId
            second = self.CreateAutoSnapshotPolicy(**week).autoSnapshotPolicyId
            self.ApplyAutoSnapshotPolicy(autoSnapshotPolicyId=policy, diskIds=[disk])
            self.AttachDisks(diskIds=[used], instanceId=instance)
            self.settings(delays__zenlayer__snapshotDeleteMs=60000, delays__zenlayer__releaseMs=60000)
            self.DeleteSnapshots(snapshotIds=[dying])
            self.ReleaseDisk(diskId=gone)
        probe = lambda client: lambda: call(client, models, 'DescribeDisks')
        with self.check('wrong secret'):
            self.refused('AUTHFAILURE_SIGNATURE_FAILURE', probe(self.client(password='wrong')))
        with self.check('unknown key'):
            self.refused('AUTHFAILURE_INVALID_AUTHORIZATION', probe(self.client(key='nobody')))
        for name, shift in (('late', -301), ('early', 330)):
            with self.check(f'timestamp too {name}'), mock.patch('time.time', return_value=time.time() + shift):
                self.refused('AUTHFAILURE_SIGNATURE_EXPIRED', probe(self.client()))
        new = {'zoneId': ZONE, 'diskName': 'new', 'diskSize': 20}
        for code, action, members in [
            ('INVALID_DISK_NOT_FOUND', 'CreateSnapshot', {'diskId': NOWHERE, 'snapshotName': 'x'}),
            ('MISSING_PARAMETER', 'CreateSnapshot', {'diskId': disk}),
            ('INVALID_PARAMETER_TYPE', 'CreateSnapshot', {'diskId': disk, 'snapshotName': 7}),
            ('INVALID_PARAMETER_EXCEED_LENGTH', 'CreateSnapshot', {'diskId': disk, 'snapshotName': 'x' * 65}),
            ('INVALID_PARAMETER_DATE_FORMAT_ERROR', 'CreateSnapshot', {'diskId': disk, 'snapshotName': 'x', 'retentionTime': 'soon'}),
            ('INVALID_SNAPSHOT_RETENTION_TIME', 'CreateSnapshot', {'diskId': disk, 'snapshotName': 'x', 'retentionTime': '2026-01-06T07:59:59Z'}),
            ('UNSUPPORTED_OPERATION_DISK_STATUS', 'CreateSnapshot', {'diskId': far, 'snapshotName': 'x'}),
            ('INVALID_PARAMETER_VALUE', 'DescribeSnapshots', {'status': 'NORMAL'}),
            ('INVALID_PARAMETER_EXCEED_MAXIMUM', 'DescribeSnapshots', {'pageSize': 1001}),
            ('INVALID_PARAMETER_LESS_MINIMUM', 'DescribeSnapshots', {'pageNum': 0}),
            ('INVALID_DISK_SNAPSHOT_NOT_FOUND', 'ModifySnapshotsAttribute', {'snapshotIds': [shot, NOWHERE], 'snapshotName': 'x'}),
            ('INVALID_PARAMETER_LESS_LENGTH', 'ModifySnapshotsAttribute', {'snapshotIds': [shot], 'snapshotName': ''}),
            ('INVALID_SNAPSHOT_RETENTION_TIME', 'ModifySnapshotsAttribute', {'snapshotIds': [shot], 'retentionTime': NOW}),
            ('INVALID_DISK_NOT_FOUND', 'ApplySnapshot', {'snapshotId': shot, 'diskId': NOWHERE}),
            ('INVALID_DISK_SNAPSHOT_NOT_FOUND', 'ApplySnapshot', {'snapshotId': NOWHERE, 'diskId': disk}),
            ('INVALID_DISK_SNAPSHOT_NOT_FOUND', 'ApplySnapshot', {'snapshotId': shot, 'diskId': used}),
            ('OPERATION_DENIED_DISK_SNAPSHOT_STATUS', 'ApplySnapshot', {'snapshotId': dying, 'diskId': spare}),
            ('INVALID_DISK_SNAPSHOT_NOT_FOUND', 'DeleteSnapshots', {'snapshotIds': [NOWHERE]}),
            ('OPERATION_DENIED_DISK_SNAPSHOT_STATUS', 'DeleteSnapshots', {'snapshotIds': [dying]}),
            ('INVALID_ZONE_NOT_FOUND', 'CreateAutoSnapshotPolicy', week | {'zoneId': 'nowhere-1a'}),
            ('INVALID_SNAPSHOT_REGION_NOT_SUPPORT', 'CreateAutoSnapshotPolicy', week | {'zoneId': away}),
            ('INVALID_RETENTION_DAYS', 'CreateAutoSnapshotPolicy', week | {'retentionDays': 0}),
            ('INVALID_PARAMETER_PATTERN_ERROR', 'CreateAutoSnapshotPolicy', week | {'autoSnapshotPolicyName': '-x-'}),
            ('INVALID_PARAMETER_LESS_LENGTH', 'CreateAutoSnapshotPolicy', week | {'autoSnapshotPolicyName': 'x'}),
            ('INVALID_PARAMETER_EXCEED_MAXIMUM', 'CreateAutoSnapshotPolicy', week | {'hours': [24]}),
            ('INVALID_PARAMETER_LESS_MINIMUM', 'CreateAutoSnapshotPolicy', week | {'repeatWeekDays': [0]}),
            ('OPERATION_FAILED_RESOURCE_GROUP_NOT_FOUND', 'CreateAutoSnapshotPolicy', week | {'resourceGroupId': 'none'}),
            ('INVALID_AUTO_SNAPSHOT_POLICY_NOT_FOUND', 'ModifyAutoSnapshotPolicy', {'autoSnapshotPolicyId': NOWHERE, 'hours': [1]}),
            ('INVALID_AUTO_SNAPSHOT_POLICY_NOT_FOUND', 'DeleteAutoSnapshotPolicies', {'autoSnapshotPolicyIds': [policy, NOWHERE]}),
            ('INVALID_AUTO_SNAPSHOT_POLICY_NOT_FOUND', 'ApplyAutoSnapshotPolicy', {'autoSnapshotPolicyId': NOWHERE, 'diskIds': [disk]}),
            ('INVALID_AUTO_SNAPSHOT_ZONE_MISMATCH', 'ApplyAutoSnapshotPolicy', {'autoSnapshotPolicyId': policy, 'diskIds': [far]}),
            ('INVALID_DISK_AUTO_SNAPSHOT_POLICY_EXIST', 'ApplyAutoSnapshotPolicy', {'autoSnapshotPolicyId': second, 'diskIds': [disk]}),
            ('INVALID_DISK_NOT_FOUND', 'ApplyAutoSnapshotPolicy', {'autoSnapshotPolicyId': policy, 'diskIds': [NOWHERE]}),
            ('INVALID_AUTO_SNAPSHOT_POLICY_NOT_FOUND', 'CancelAutoSnapshotPolicy', {'autoSnapshotPolicyId': NOWHERE, 'diskIds': [disk]}),
            ('INVALID_ZONE_NOT_FOUND', 'CreateDisks', new | {'zoneId': 'nowhere-1a'}),
            ('INVALID_PARAMETER_LESS_MINIMUM', 'CreateDisks', new | {'diskSize': 19}),
            ('INVALID_PARAMETER_VALUE', 'CreateDisks', new | {'diskCategory': 'Tape'}),
            ('INVALID_DISK_SNAPSHOT_NOT_FOUND', 'CreateDisks', new | {'snapshotId': NOWHERE}),
            ('INVALID_DISK_SNAPSHOT_SIZE_MISMATCH', 'CreateDisks', new | {'snapshotId': shot}),
            ('OPERATION_DENIED_DISK_SYSTEM_TYPE', 'CreateDisks', new | {'snapshotId': system, 'diskSize': 500}),
            ('INVALID_INSTANCE_NOT_FOUND', 'CreateDisks', new | {'instanceId': NOWHERE}),
            ('INVALID_DISK_AND_INSTANCE_ZONE_MISMATCHED', 'CreateDisks', new | {'zoneId': away, 'instanceId': instance}),
            ('INVALID_DISK_NOT_FOUND', 'AttachDisks', {'diskIds': [NOWHERE], 'instanceId': instance}),
            ('INVALID_INSTANCE_NOT_FOUND', 'AttachDisks', {'diskIds': [disk], 'instanceId': NOWHERE}),
            ('INVALID_DISK_NOT_PORTABLE', 'AttachDisks', {'diskIds': [boot], 'instanceId': instance}),
            ('UNSUPPORTED_OPERATION_DISK_ATTACHED', 'AttachDisks', {'diskIds': [used], 'instanceId': instance}),
            ('INVALID_DISK_AND_INSTANCE_ZONE_MISMATCHED', 'AttachDisks', {'diskIds': [far], 'instanceId': instance}),
            ('UNSUPPORTED_OPERATION_INSTANCE_STATUS', 'DetachDisks', {'diskIds': [used]}),
            ('UNSUPPORTED_OPERATION_DISK_STATUS', 'DetachDisks', {'diskIds': [disk], 'instanceCheckFlag': False}),
            ('INVALID_DISK_NOT_PORTABLE', 'DetachDisks', {'diskIds': [boot], 'instanceCheckFlag': False}),
            ('INVALID_PARAMETER_LESS_MINIMUM', 'ResizeDisk', {'diskId': disk, 'diskSize': 30}),
            ('INVALID_PARAMETER_EXCEED_MAXIMUM', 'ResizeDisk', {'diskId': disk, 'diskSize': 32769}),
            ('INVALID_DISK_NOT_FOUND', 'ReleaseDisk', {'diskId': NOWHERE}),
            ('INVALID_DISK_NOT_PORTABLE', 'ReleaseDisk', {'diskId': boot}),
            ('UNSUPPORTED_OPERATION_DISK_STATUS', 'ReleaseDisk', {'diskId': used}),
            ('UNSUPPORTED_OPERATION_DISK_STATUS', 'RenewDisk', {'diskId': disk}),
            ('UNSUPPORTED_OPERATION_DISK_STATUS', 'ModifyDisksAttributes', {'diskIds': [gone], 'diskName': 'x'}),
            ('INVALID_INSTANCE_NOT_FOUND', 'StopInstances', {'instanceIds': [NOWHERE]}),
            ('UNSUPPORTED_OPERATION_INSTANCE_STATUS', 'StartInstances', {'instanceIds': [instance]}),
        ]:
            with self.check(f'{action} {", ".join(members)}: {code}'):
                self.refused(code, lambda: getattr(self, action)(**members))
        with self.check('RenewDisk of a boot disk'):
            self.refused('UNSUPPORTED_OPERATION_DISK_SYSTEM_TYPE', lambda: self.RenewDisk(diskId=boot))
        neighbours = [
            (UserClient, user_models, 'OPERATION_FAILED_RESOURCE_NOT_FOUND', 'AddResourceResourceGroup',
             {'resources': [disk, NOWHERE], 'resourceGroupId': self.see(disk).resourceGroupId}),
            (UserClient, user_models, 'OPERATION_FAILED_RESOURCE_GROUP_NOT_FOUND', 'AddResourceResourceGroup',
             {'resources': [disk], 'resourceGroupId': 'none'}),
            (ZrmClient, zrm_models, 'OPERATION_FAILED_RESOURCE_NOT_FOUND', 'ModifyResourceTags',
             {'resourceUuid': NOWHERE, 'deleteTagKeys': ['x']}),
            (OldZecClient, old_models, 'INVALID_DISK_NOT_FOUND', 'ChangeDisksAttach', {'diskIds': [NOWHERE], 'instanceId': instance}),
            (OldZecClient, old_models, 'UNSUPPORTED_OPERATION_DISK_STATUS', 'ChangeDisksAttach', {'diskIds': [disk], 'instanceId': instance}),
            (OldZecClient, old_models, 'UNSUPPORTED_OPERATION_DISK_ATTACH_REPEATED', 'ChangeDisksAttach',
             {'diskIds': [used], 'instanceId': instance}),
        ]
        for kind, module, code, action, members in neighbours:
            with self.check(f'{action} {", ".join(members)}: {code}'):
                self.refused(code, lambda: call(self.client(kind), module, action, **members))
        with self.check('snapshot quota'):
            self.settings(zenlayer__snapshotQuota=1)
            self.refused('INVALID_SNAPSHOT_QUOTA_EXCEED', lambda: self.snapshot(disk, 'x'))
        with self.check('instance full'):
            self.settings(zenlayer__instanceDiskLimit=1)
            self.refused('LIMIT_EXCEEDED_INSTANCE_CAN_ATTACH', lambda: self.AttachDisks(diskIds=[disk], instanceId=instance))
        with self.check('recycle bin'):
            self.settings(zenlayer__recycleBin=True, delays__zenlayer__releaseMs=None)
            self.ReleaseDisk(diskId=spare)
            self.assertEqual(self.see(spare).diskStatus, 'RECYCLED')
            self.refused('OPERATION_FAILED_FOR_RECYCLE_RESOURCE', lambda: self.ModifyDisksAttributes(diskIds=[spare], diskName='x'))
            self.refused('OPERATION_DENIED_DISK_STATUS', lambda: self.ApplySnapshot(snapshotId=kept, diskId=spare))
            self.settings(delays__zenlayer__recycleMs=60000)
            self.ReleaseDisk(diskId=leaving)
            self.refused('UNSUPPORTED_OPERATION_DISK_BEING_RECYCLE', lambda: self.ReleaseDisk(diskId=leaving))
            self.RenewDisk(diskId=spare)
            self.assertEqual(self.see(spare).diskStatus, 'AVAILABLE')
        with self.check('nothing changed'):
            self.assertEqual(self.DescribeSnapshots(diskIds=[disk]).totalCount, 1)
            self.assertEqual(self.DescribeAutoSnapshotPolicies().totalCount, 2)
            self.assertEqual(self.see(disk).diskSize, 30)


class Concurrency(Zenlayer):
    number = 5

    def test_flow(self):
        with self.step('50 threads in one world'):
            shared = self.disk('shared')

            def life(n):
                zec = self.client()
                mine = call(zec, models, 'CreateDisks', zoneId=ZONE, diskName=f'disk-{n}', diskSize=20).diskIds[0]
                shots = [
                    call(zec, models, 'CreateSnapshot', diskId=disk, snapshotName=f'shot-{n}').snapshotId
                    for disk in (mine, shared)
                ]
                seen = call(zec, models, 'DescribeSnapshots', snapshotIds=shots)
                call(zec, models, 'DeleteSnapshots', snapshotIds=shots[:1])
                return mine, shots, {shot.diskId for shot in seen.dataSet}

            lives = self.together([lambda n=n: life(n) for n in range(50)])
            self.assertEqual(len({disk for disk, _, _ in lives}), 50)
            self.assertEqual(len({shot for _, shots, _ in lives for shot in shots}), 100)
            for disk, _, seen in lives:
                self.assertEqual(seen, {disk, shared})
            self.assertEqual(self.DescribeSnapshots(diskIds=[shared]).totalCount, 50)
            self.assertEqual(self.DescribeSnapshots(snapshotName='^shot-').totalCount, 50)
            self.assertEqual(self.DescribeDisks(diskName='^disk-').totalCount, 50)
        with self.step('20 worlds at once'):

            def world(n):
                zec = self.client(key=f'{CLIENT}-w{n}')
                before = call(zec, models, 'DescribeDisks').totalCount
                for _ in range(n):
                    call(zec, models, 'CreateDisks', zoneId=ZONE, diskName=f'world-{n}', diskSize=20)
                found = call(zec, models, 'DescribeDisks', pageSize=1000)
                return found.totalCount - before, {disk.diskName for disk in found.dataSet if disk.diskName.startswith('world-')}

            worlds = self.together([lambda n=n: world(n) for n in range(1, 21)])
            self.assertEqual(worlds, [(n, {f'world-{n}'}) for n in range(1, 21)])


class Decoding(Zenlayer):
    number = 6

    def members(self, model, wanted):
        """Every member of the typed model, none left out, against what was sent."""
        plain = lambda value: {k: plain(v) for k, v in vars(value).items()} if hasattr(value, 'serialize') else (
            [plain(item) for item in value] if isinstance(value, list) else value)
        self.assertEqual(plain(model), wanted)

    def test_flow(self):
        group = {'resourceGroupId': UUID, 'resourceGroupName': 'Default Resource Group'}
        pairs = {'tags': [{'key': 'env', 'value': 'prod'}, {'key': '键', 'value': 'ü<&>'}]}
        with self.step('disk'):
            instance = self.instance()
            made = self.CreateDisks(
                zoneId=ZONE, diskName='decoded', diskSize=21, diskCategory='Basic NVMe SSD', instanceId=instance.instanceId,
                tags=tags(models.TagAssociation, **{'env': 'prod', '键': 'ü<&>'}), burstingEnabled=True,
            )
            self.members(made, {'requestId': REQUEST_ID, 'diskIds': [ID], 'orderNumber': Like(r'\d+')})
            disk = made.diskIds[0]
            wanted = {
                'diskId': disk, 'diskName': 'decoded', 'zoneId': ZONE, 'diskType': 'DATA', 'portable': True,
                'diskCategory': 'Basic NVMe SSD', 'diskSize': 21, 'diskStatus': 'IN_USE',
                'instanceId': instance.instanceId, 'instanceName': instance.instanceName, 'createTime': NOW,
                'expiredTime': None, 'period': None, **group, 'serial': Like(r'[0-9a-z]{20}'), 'snapshotAbility': True,
            }
            current = {'regionId': 'asia-east-1', 'autoSnapshotPolicyId': None, 'tags': pairs, 'burstingEnabled': True}
            self.members(self.DescribeDisks(diskIds=[disk]), {
                'requestId': REQUEST_ID, 'totalCount': 1, 'dataSet': [wanted | current]})
        with self.step('disk without tags'):
            bare = self.see(self.disk('bare'))
            self.members(bare, wanted | current | {
                'diskId': ID, 'diskName': 'bare', 'diskCategory': 'Standard NVMe SSD', 'diskSize': 20, 'diskStatus': 'AVAILABLE',
                'instanceId': None, 'instanceName': None, 'tags': {'tags': []}, 'burstingEnabled': False})
        with self.step('disk in the older version'):
            seen = call(self.client(OldZecClient), old_models, 'DescribeDisks', diskIds=[disk]).dataSet[0]
            both = {name: value for name, value in (wanted | current).items() if name in vars(seen)}
            self.members(seen, both | ({'chargeType': Like(r'\w+')} if 'chargeType' in vars(seen) else {}))
        with self.step('snapshot'):
            name = '快 照 <&> "ü"'
            made = self.CreateSnapshot(diskId=disk, snapshotName=name, retentionTime=FOREVER)
            self.members(made, {'requestId': REQUEST_ID, 'snapshotId': ID})
            shot = {
                'snapshotId': made.snapshotId, 'snapshotName': name, 'zoneId': ZONE, 'status': 'AVAILABLE',
                'snapshotType': 'Manual', 'retentionTime': FOREVER, 'diskId': disk, 'createTime': NOW, 'diskAbility': True,
                'resourceGroup': group,
            }
            self.members(self.DescribeSnapshots(snapshotIds=[made.snapshotId]), {
                'requestId': REQUEST_ID, 'totalCount': 1, 'dataSet': [shot]})
        with self.step('policy'):
            made = self.CreateAutoSnapshotPolicy(
                zoneId=ZONE, autoSnapshotPolicyName='p/1', repeatWeekDays=[5, 1], hours=[23, 0],
                tags=tags(models.TagAssociation, **{'env': 'prod', '键': 'ü<&>'}),
            )
            self.members(made, {'requestId': REQUEST_ID, 'autoSnapshotPolicyId': Like(r'\S+')})
            self.ApplyAutoSnapshotPolicy(autoSnapshotPolicyId=made.autoSnapshotPolicyId, diskIds=[disk])
            policy = {
                'autoSnapshotPolicyId': made.autoSnapshotPolicyId, 'zoneId': ZONE, 'autoSnapshotPolicyName': 'p/1',
                'repeatWeekDays': [1, 5], 'hours': [0, 23], 'retentionDays': -1, 'diskNum': 1, 'createTime': NOW,
                'resourceGroup': group, 'diskIdSet': [disk], 'tags': pairs,
            }
            self.members(self.DescribeAutoSnapshotPolicies(), {
                'requestId': REQUEST_ID, 'totalCount': 1, 'dataSet': [policy]})
        with self.step('void answers and failure lists'):
            self.members(self.ResizeDisk(diskId=disk, diskSize=30), {'requestId': REQUEST_ID})
            self.members(self.AttachDisks(diskIds=[bare.diskId], instanceId=instance.instanceId), {
                'requestId': REQUEST_ID, 'failedDiskIds': []})
            self.members(self.DetachDisks(diskIds=[disk], instanceCheckFlag=False), {
                'requestId': REQUEST_ID, 'failedDiskIds': []})
            self.members(self.DeleteSnapshots(snapshotIds=[shot['snapshotId']]), {
                'requestId': REQUEST_ID, 'snapshotIds': []})
        with self.step('zones, categories, groups'):
            zone = next(zone for zone in self.DescribeZones().zoneSet if zone.zoneId == ZONE)
            self.assertEqual((zone.regionId, type(zone.zoneName), type(zone.supportSecurityGroup)), ('asia-east-1', str, bool))
            kinds = self.DescribeDiskCategory(zoneId=ZONE).categoryZoneSet
            self.assertEqual({kind for row in kinds for kind in row.categorySet}, {'Basic NVMe SSD', 'Standard NVMe SSD'})
            price = self.InquiryPriceCreateDisks(zoneId=ZONE, diskSize=20, diskAmount=1).dataDiskPrice
            self.assertIsInstance(price.unitPrice or price.originalPrice, (int, float))
            groups = call(self.client(UserClient), user_models, 'DescribeResourceGroups').resourceGroups
            self.assertIn('Default Resource Group', [group.name for group in groups])


class FaultsOfZenlayer(Faults, Zenlayer):
    provider = 'zenlayer'
    calls = {
        'DescribeDisks': lambda flow: flow.DescribeDisks(),
        'CreateDisks': lambda flow: flow.CreateDisks(zoneId=ZONE, diskName='disk', diskSize=20),
        'ApplyAutoSnapshotPolicy': lambda flow: flow.ApplyAutoSnapshotPolicy(autoSnapshotPolicyId=NOWHERE, diskIds=[NOWHERE]),
        'RenewDisk': lambda flow: flow.RenewDisk(diskId=NOWHERE),
        'CreateSnapshot': lambda flow: flow.CreateSnapshot(diskId=NOWHERE, snapshotName='shot'),
        'ApplySnapshot': lambda flow: flow.ApplySnapshot(snapshotId=NOWHERE, diskId=NOWHERE),
        'CreateAutoSnapshotPolicy': lambda flow: flow.CreateAutoSnapshotPolicy(
            zoneId=ZONE, autoSnapshotPolicyName='week', repeatWeekDays=[1], hours=[1]
        ),
        'AttachDisks': lambda flow: flow.AttachDisks(diskIds=[NOWHERE], instanceId=NOWHERE),
        'ReleaseDisk': lambda flow: flow.ReleaseDisk(diskId=NOWHERE),
        # In the first version alone.
        'ChangeDisksAttach': lambda flow: call(
            flow.client(OldZecClient), old_models, 'ChangeDisksAttach', diskIds=[NOWHERE], instanceId=NOWHERE
        ),
    }

    def said(self, thrown):
        self.assertIsInstance(thrown, ZenlayerCloudSdkException)
        return thrown.get_code(), thrown.get_message(), thrown.get_request_id()

    def test_flow(self):
        self.produce_all()
        with self.check('throttling that passes is retried, and nobody notices'):
            with self.fault({'error': 'REQUEST_LIMIT_EXCEEDED'}, 'DescribeDisks', times=2):
                self.assertTrue(self.DescribeDisks().dataSet)
            self.assertEqual(self.codes('DescribeDisks', 3), ['REQUEST_LIMIT_EXCEEDED'] * 2 + [None])
        with self.check('nothing else is retried'):
            before = self.calls_so_far()
            with self.fault({'error': 'INTERNAL_SERVER_ERROR'}, 'DescribeDisks', times=1):
                with self.assertRaises(ZenlayerCloudSdkException):
                    self.DescribeDisks()
            self.assertEqual(self.calls_so_far(), before + 1)
        with self.check('a create whose answer was another one is made'):
            disk = self.disk('lost')
            self.wait(lambda: self.see(disk).diskStatus, 'AVAILABLE')
            with self.fault({'error': 'INTERNAL_SERVER_ERROR', 'after': True}, 'CreateSnapshot', times=1):
                with self.assertRaises(ZenlayerCloudSdkException):
                    self.snapshot(disk, 'lost')
            self.assertEqual([each.snapshotName for each in self.DescribeSnapshots(diskIds=[disk]).dataSet], ['lost'])
