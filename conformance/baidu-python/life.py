"""The life of a volume with all that snapshots it, by the wall clock and without Snapstand's own API: `npm run rehearse` records it."""

import time

import baidu_flows as flows
import test_flows  # gives the flows the calls of this SDK


class Life(flows.Baidu):
    number = 1

    def advance(self, duration):
        """What is waited for comes by itself."""
        time.sleep(0.15)

    def test_life(self):
        with self.step('find the place'):
            self.assertIn(flows.ZONE, [zone['zone_name'] for zone in self.ListZones()['zones']])
            instance, _ = self.instance()
        with self.step('create and attach'):
            volume = self.volume('life', tags=flows.TAGS)
            self.ready(volume)
            self.attach(volume, instance)
        with self.step('snapshots'):
            first = self.snapshot(volume, 'first', desc='第一')
            self.wait(lambda: self.state(first), 'Available')
            second = self.snapshot(volume, 'second')
            self.wait(lambda: self.state(second), 'Available')
            self.ListSnapshots(volume_id=volume)
            self.pages('ListVolumes', 'volumes')
            self.ListSnapchain(volume_id=volume)
        with self.step('refusals'):
            self.refused(404, 'NoSuchObject', lambda: self.snapshot('v-nowhere0', 'none'))
            self.refused(404, 'NoSuchObject', lambda: self.state('s-nowhere0'))
        with self.step('policy'):
            policy = self.CreateAsp(name='daily', time_points=[20, 9], repeat_weekdays=[6, 0], retention_days='3')['asp_id']
            self.AttachAsp(asp_id=policy, volume_ids=[volume])
            self.assertEqual(self.see(volume)['auto_snapshot_policy']['id'], policy)
            self.UpdateAsp(asp_id=policy, name='weekly', time_points=[3, '2'], repeat_weekdays=[5], retention_days=9)
            self.GetAsp(asp_id=policy)
            self.ListAsps()
            self.DetachAsp(asp_id=policy, volume_ids=[volume])
            self.DeleteAsp(asp_id=policy)
        with self.step('roll back'):
            self.DetachVolume(volume_id=volume, instance_id=instance)
            self.ready(volume)
            self.RollbackVolume(volume_id=volume, snapshot_id=first)
            self.ready(volume)
        with self.step('a volume from a snapshot, and the end of all'):
            made = self.CreateVolume(snapshot_id=second, name='copy', zone_name=flows.ZONE, billing={'payment_timing': 'Postpaid'})
            copy = made['volume_ids'][0]
            self.ready(copy)
            for snapshot in (first, second):
                self.DeleteSnapshot(snapshot_id=snapshot)
            for each in (volume, copy):
                self.ReleaseVolume(volume_id=each)
            self.refused(404, 'NoSuchObject', lambda: self.see(volume))
