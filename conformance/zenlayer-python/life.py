"""The life of a disk with all that snapshots it, by the wall clock and without Snapstand's own API: `npm run rehearse` records it."""

import datetime
import time

import test_flows as flows


class Life(flows.Zenlayer):
    number = 1

    def advance(self, duration):
        """What is waited for comes by itself."""
        time.sleep(0.15)

    def later(self, days):
        at = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=days)
        return at.strftime('%Y-%m-%dT00:00:00Z')

    def refused(self, code, act):
        with self.assertRaises(flows.ZenlayerCloudSdkException) as caught:
            act()
        self.assertEqual(caught.exception.code, code)

    def test_life(self):
        with self.step('find the place'):
            self.assertIn(flows.ZONE, [zone.zoneId for zone in self.DescribeZones().zoneSet])
            instance = self.instance().instanceId
        with self.step('create and attach'):
            disk = self.disk('life', tags=flows.tags(flows.models.TagAssociation, env='prod'))
            self.wait(lambda: self.see(disk).diskStatus, 'AVAILABLE')
            self.AttachDisks(diskIds=[disk], instanceId=instance)
            self.wait(lambda: self.see(disk).diskStatus, 'IN_USE')
        with self.step('snapshots'):
            first = self.snapshot(disk, 'first', retentionTime=self.later(7))
            self.wait(lambda: self.state(first), 'AVAILABLE')
            second = self.snapshot(disk, 'second')
            self.wait(lambda: self.state(second), 'AVAILABLE')
            for filters in ({'diskIds': [disk]}, {'snapshotName': 'first'}, {'pageSize': 1, 'pageNum': 2}, {'status': 'FAILED'}):
                self.DescribeSnapshots(**filters)
            self.ModifySnapshotsAttribute(snapshotIds=[first], snapshotName='kept', retentionTime=self.later(14))
            self.assertEqual(self.DescribeSnapshots(snapshotIds=[first]).dataSet[0].snapshotName, 'kept')
        with self.step('refusals'):
            self.refused('INVALID_DISK_NOT_FOUND', lambda: self.snapshot(flows.NOWHERE, 'none'))
            self.refused('INVALID_SNAPSHOT_RETENTION_TIME', lambda: self.snapshot(disk, 'none', retentionTime='2025-01-02T00:00:00Z'))
        with self.step('roll back'):
            self.DetachDisks(diskIds=[disk], instanceCheckFlag=False)
            self.wait(lambda: self.see(disk).diskStatus, 'AVAILABLE')
            self.ApplySnapshot(snapshotId=first, diskId=disk)
            self.wait(lambda: self.see(disk).diskStatus, 'AVAILABLE')
        with self.step('policy'):
            policy = self.CreateAutoSnapshotPolicy(
                zoneId=flows.ZONE, autoSnapshotPolicyName='daily', repeatWeekDays=[1, 3], hours=[21, 9], retentionDays=3
            ).autoSnapshotPolicyId
            self.ApplyAutoSnapshotPolicy(autoSnapshotPolicyId=policy, diskIds=[disk])
            self.assertEqual(self.see(disk).autoSnapshotPolicyId, policy)
            self.ModifyAutoSnapshotPolicy(autoSnapshotPolicyId=policy, autoSnapshotPolicyName='weekly', repeatWeekDays=[5])
            self.DescribeAutoSnapshotPolicies(autoSnapshotPolicyIds=[policy])
            self.CancelAutoSnapshotPolicy(autoSnapshotPolicyId=policy, diskIds=[disk])
            self.DeleteAutoSnapshotPolicies(autoSnapshotPolicyIds=[policy])
        with self.step('a disk from a snapshot, and the end of all'):
            copy = self.disk('copy', size=25, snapshotId=second)
            self.wait(lambda: self.see(copy).diskStatus, 'AVAILABLE')
            self.DeleteSnapshots(snapshotIds=[first, second])
            self.wait(lambda: self.DescribeSnapshots(snapshotIds=[first, second]).totalCount, 0)
            for each in (disk, copy):
                self.ReleaseDisk(diskId=each)
            self.wait(lambda: {found.diskStatus for found in self.DescribeDisks(diskIds=[disk, copy]).dataSet} - {'RECYCLED', 'RECYCLE'}, set())
