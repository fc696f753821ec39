"""The seven flows of Baidu, for both Python SDKs. A program sets Baidu.api to its adapter:

Api(key, secret, late=0) calls an operation of the SDK by its name, with members in snake case, and gives what the typed
models hold, as plain values in snake case. `lacks` names operations and members (`ListVolumes.name`) that the SDK has not;
`error(thrown)` is status, code, message and request id of the SDK's own error, and fails on any other.
"""

from faults import Faults
from harness import CLIENT, NOW, Flow, Like, secret

ZONE = 'cn-bj-a'
UUID = Like(r'[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}')
TAGS = [{'tag_key': 'env', 'tag_value': 'prod'}, {'tag_key': '键', 'tag_value': 'ü'}]
NEVER = '1971-01-01T00:00:01Z'


def names(kind):
    return Like(kind + r'-[0-9A-Za-z]{8}')


class Blank:
    """Equal to what a client makes of a member that has no value."""

    def __eq__(self, other):
        return other in (None, '')

    def __repr__(self):
        return 'Blank()'


class Baidu(Flow):
    api = None

    def client(self, key=None, password=None, **more):
        key = key or self.key
        return self.api(key, password or secret(key), **more)

    def setUp(self):
        super().setUp()
        self.bcc = self.client()

    def __getattr__(self, operation):
        """self.GetVolume(volume_id=…) calls the operation of that name."""
        if not operation[:1].isupper():
            raise AttributeError(operation)
        return lambda **members: self.bcc.call(operation, **members)

    def has(self, *wanted):
        return not any(name in self.api.lacks for name in wanted)

    def volume(self, name, size=20, zone=ZONE, **more):
        made = self.CreateVolume(
            name=name, cds_size_in_gb=size, zone_name=zone, purchase_count=1, billing={'payment_timing': 'Postpaid'}, **more
        )
        return made['volume_ids'][0]

    def see(self, volume):
        return self.GetVolume(volume_id=volume)['volume']

    def snapshot(self, volume, name, **more):
        return self.CreateSnapshot(volume_id=volume, snapshot_name=name, **more)['snapshot_id']

    def state(self, snapshot):
        return self.GetSnapshot(snapshot_id=snapshot)['snapshot']['status']

    def ready(self, *volumes):
        self.wait(lambda: {self.see(volume)['status'] for volume in volumes}, {'Available'})

    def instance(self):
        """The instance, and its system volume: the way to them is the list of volumes."""
        found = [each for each in self.ListVolumes()['volumes'] if each['type'] == 'System' and each['attachments']]
        self.assertEqual([each['zone_name'] for each in found if each['zone_name'] == ZONE], [ZONE])
        boot = next(each for each in found if each['zone_name'] == ZONE)
        return boot['attachments'][0]['instance_id'], boot['id']

    def attach(self, volume, instance):
        self.AttachVolume(volume_id=volume, instance_id=instance)
        self.wait(lambda: self.see(volume)['status'], 'InUse')

    def refused(self, status, code, act):
        with self.assertRaises(Exception) as caught:
            act()
        seen = self.api.error(caught.exception)
        self.assertEqual((*seen[:2], seen[3]), (status, code, UUID))
        self.assertTrue(seen[2])

    def pages(self, operation, member, **more):
        """Every page, as the client's users follow the markers."""
        pages, marker = [], None
        while True:
            page = self.bcc.call(operation, max_keys=2, marker=marker, **more)
            pages.append([each['id'] for each in page[member]])
            self.assertLess(len(pages), 50)
            if not page['is_truncated']:
                self.assertIsNone(page.get('next_marker') or None)
                return pages
            marker = page['next_marker']

    def same(self, seen, wanted):
        """Every member that the model holds against what was sent; a missing member counts as None."""

        def fill(value, like):
            if isinstance(value, dict) and isinstance(like, dict):
                known = {name: fill(value.get(name), like[name]) for name in like}
                return known | {name: more for name, more in value.items() if name not in like and more is not None}
            if isinstance(value, list) and isinstance(like, list) and len(value) == len(like):
                return [fill(*both) for both in zip(value, like)]
            return value

        self.assertEqual(fill(seen, wanted), wanted)


class VolumeLife(Baidu):
    number = 1

    def test_flow(self):
        with self.step('find zones and instance'):
            zones = [zone['zone_name'] for zone in self.ListZones()['zones']]
            self.assertIn(ZONE, zones)
            other = next(zone for zone in zones if zone.endswith('e'))
            instance, boot = self.instance()
        with self.step('create two alike, one in the other zone'):
            pair = self.CreateVolume(
                name='pair', cds_size_in_gb=50, zone_name=ZONE, storage_type='cloud_hp1', purchase_count=2,
                billing={'payment_timing': 'Postpaid'}, tags=TAGS,
            )
            one, two = pair['volume_ids']
            three = self.volume('third', zone=other)
            self.ready(one, two, three)
        with self.step('attach'):
            made = self.AttachVolume(volume_id=two, instance_id=instance)
            self.assertEqual(made['volume_attachment']['instance_id'], instance)
            self.wait(lambda: self.see(two)['status'], 'InUse')
            self.assertEqual([each['instance_id'] for each in self.see(two)['attachments']], [instance])
        mine = {one: 'one', two: 'two', three: 'three', boot: 'boot'}
        for filters, wanted in [
            ({}, {'one', 'two', 'three', 'boot'}),
            ({'instance_id': instance}, {'two', 'boot'}),
            ({'instance_id': 'i-nowhere0'}, set()),
            ({'zone_name': other}, {'three'}),
            ({'zone_name': ZONE}, {'one', 'two', 'boot'}),
            ({'name': 'third'}, {'three'}),
            ({'charge_filter': 'postpay'}, {'one', 'two', 'three', 'boot'}),
            ({'charge_filter': 'prepay'}, set()),
            ({'usage_filter': 'system'}, {'boot'}),
            ({'usage_filter': 'data'}, {'one', 'two', 'three'}),
            ({'volume_ids': f'{one},{three}'}, {'one', 'three'}),
            ({'zone_name': ZONE, 'instance_id': instance}, {'two', 'boot'}),
        ]:
            if self.has(*(f'ListVolumes.{name}' for name in filters)):
                with self.check(f'list by {", ".join(filters) or "nothing"}: {sorted(wanted)}'):
                    found = self.ListVolumes(**filters)['volumes']
                    self.assertEqual({mine[each['id']] for each in found if each['id'] in mine}, wanted)
        with self.step('list page by page'):
            pages = self.pages('ListVolumes', 'volumes')
            every = [each['id'] for each in self.ListVolumes()['volumes']]
            self.assertEqual([volume for page in pages for volume in page], every)
            self.assertEqual({len(page) for page in pages[:-1]}, {2})
        with self.step('resize while in use'):
            self.ResizeVolume(volume_id=two, new_cds_size_in_gb=60, new_volume_type='cloud_hp1')
            self.wait(lambda: self.see(two)['status'], 'InUse')
            self.assertEqual(self.see(two)['disk_size_in_gb'], 60)
        if self.has('RenameVolume'):
            with self.step('rename'):
                self.RenameVolume(volume_id=one, name='renamed 中')
                self.assertEqual(self.see(one)['name'], 'renamed 中')
        with self.step('modify'):
            self.ModifyCdsAttribute(volume_id=one, cds_name='modified', desc='说明')
            self.assertEqual((self.see(one)['name'], self.see(one)['desc']), ('modified', '说明'))
        with self.step('tags'):
            self.BindTagVolume(volume_id=one, change_tags=[{'tag_key': 'more', 'tag_value': 'yes'}])
            self.UnbindTagVolume(volume_id=one, change_tags=TAGS[:1])
            pairs = {each['tag_key']: each['tag_value'] for each in self.see(one)['tags']}
            self.assertEqual(pairs, {'键': 'ü', 'more': 'yes'})
        with self.step('detach'):
            self.DetachVolume(volume_id=two, instance_id=instance)
            self.ready(two)
            self.assertEqual(self.see(two)['attachments'] or [], [])
        with self.step('release'):
            for volume in (one, two, three):
                self.ReleaseVolume(volume_id=volume, **({'auto_snapshot': 'on'} if volume == two else {}))
                self.refused(404, 'NoSuchObject', lambda: self.see(volume))


class SnapshotLife(Baidu):
    number = 2

    def test_flow(self):
        with self.step('create, and wait while it takes time'):
            self.settings(delays__baidu__snapshotCreateMs=5000)
            volume = self.volume('source')
            self.ready(volume)
            self.content('baidu', volume, 'first')
            first = self.snapshot(volume, 'shot-1', desc='第一')
            self.assertEqual(self.state(first), 'Creating')
            self.wait(lambda: self.state(first), 'Available')
            self.settings(delays__baidu__snapshotCreateMs=None)
        with self.step('create more'):
            self.content('baidu', volume, 'second')
            other = self.volume('other')
            self.ready(other)
            shots = [first] + [self.snapshot(volume, f'shot-{n}') for n in range(2, 6)]
            foreign = self.snapshot(other, 'foreign')
            self.wait(lambda: {self.state(shot) for shot in (*shots, foreign)}, {'Available'})
        with self.step('list page by page'):
            pages = self.pages('ListSnapshots', 'snapshots')
            self.assertEqual([len(page) for page in pages], [2, 2, 2])
            # Oldest first; of those made at one instant the order must only be stable.
            self.assertEqual(pages[0][0], first)
            self.assertEqual({shot for page in pages for shot in page}, {*shots, foreign})
        for volumes, wanted in [((volume, shots)), ((other, [foreign])), (('v-nowhere0', []))]:
            with self.check(f'list by volume_id: {len(wanted)}'):
                found = self.ListSnapshots(volume_id=volumes)['snapshots'] or []
                self.assertEqual({each['id'] for each in found}, set(wanted))
        if self.has('ModifySnapshotAttribute'):
            with self.step('modify'):
                self.ModifySnapshotAttribute(snapshot_id=first, snapshot_name='kept', retention_in_days=3, desc='新')
                seen = self.GetSnapshot(snapshot_id=first)['snapshot']
                # The clock stood at 08:00:00 and has moved only while this flow waited.
                self.assertEqual((seen['name'], seen['desc'], seen['expire_time']), ('kept', '新', Like(r'2026-01-08T08:00:\d\dZ')))
        with self.step('chain'):
            chain = self.ListSnapchain(volume_id=volume)
            self.assertEqual((chain['total_count'], len(chain['snapchains'])), (1, 1))
            row = chain['snapchains'][0]
            self.assertEqual((row['manual_snap_count'], row['auto_snap_count'], row['chain_size']), (5, 0, '100'))
            self.BindTagSnapchain(chain_id=row['chain_id'], change_tags=TAGS)
            self.UnbindTagSnapchain(chain_id=row['chain_id'], change_tags=TAGS[:1])
            self.assertEqual(self.ListSnapchain(volume_id=volume, page_no=2, page_size=10)['snapchains'] or [], [])
        if self.has('DescribeSnapshotsUsage'):
            with self.step('usage'):
                usage = self.DescribeSnapshotsUsage()
                counts = [usage[f'{kind}snapshot_count'] for kind in ('', 'auto_', 'manual_')]
                self.assertEqual((counts, usage['snapshot_capacity']), ([6, 0, 6], 120))
        with self.step('roll back'):
            self.RollbackVolume(volume_id=volume, snapshot_id=first)
            self.ready(volume)
            self.assertEqual(self.content('baidu', volume), 'first')
        with self.step('new volume from it'):
            more = {'cds_size_in_gb': 25} if self.has('CreateVolume.size beside snapshot') else {}
            made = self.CreateVolume(
                snapshot_id=shots[1], name='copy', zone_name=ZONE, billing={'payment_timing': 'Postpaid'}, **more
            )
            copy = made['volume_ids'][0]
            self.ready(copy)
            self.assertEqual(self.content('baidu', copy), 'second')
            seen = self.see(copy)
            self.assertEqual((seen['source_snapshot_id'], seen['disk_size_in_gb']), (shots[1], 25 if more else 20))
        with self.step('copy to another region'):
            made = self.RemoteCopySnapshot(snapshot_id=first, dest_region_infos=[{'name': 'away', 'dest_region': 'gz'}])
            self.same(made['result'], [{'region': 'gz', 'snapshot_id': names('s')}])
        with self.step('share'):
            self.assertEqual(self.CreateSnapshotShare(snapshot_id=shots[2], account_ids=['account-1'])['snapshot_id'], shots[2])
            row = self.ListSnapshotShare(marker='', max_keys=10)['result'][0]
            self.assertEqual((row['source_snapshot_id'], row['account_id']), (shots[2], 'account-1'))
            self.CancelSnapshotShare(source_snapshot_id=shots[2], account_ids=['account-1'], share_snapshot_id='')
            self.assertEqual(self.ListSnapshotShare(marker='', max_keys=10)['result'] or [], [])
        with self.step('delete'):
            for shot in shots[:2]:
                self.DeleteSnapshot(snapshot_id=shot)
                self.refused(404, 'NoSuchObject', lambda: self.state(shot))
            self.assertEqual(len(self.ListSnapshots(volume_id=volume)['snapshots']), 3)


class PolicyLife(Baidu):
    number = 3

    def test_flow(self):
        look = lambda: self.GetAsp(asp_id=daily)['auto_snapshot_policy']

        def made():
            found = self.ListSnapshots(volume_id=volume)['snapshots'] or []
            return sorted((each['create_time'], each['expire_time'], each['create_method']) for each in found)

        with self.step('create'):
            instance, _ = self.instance()
            volume = self.volume('guarded')
            self.attach(volume, instance)
            daily = self.CreateAsp(
                name='daily', time_points=[20, 9, 20], repeat_weekdays=[6, 0, 1, 2, 3, 4, 5], retention_days='1'
            )['asp_id']
            other = self.CreateAsp(name='other', time_points=[0], repeat_weekdays=[0], retention_days='-1')['asp_id']
            self.assertEqual((look()['time_points'], look()['repeat_weekdays']), ([9, 20], [0, 1, 2, 3, 4, 5, 6]))
        with self.step('attach'):
            self.AttachAsp(asp_id=daily, volume_ids=[volume])
            self.assertEqual((look()['volume_count'], self.see(volume)['auto_snapshot_policy']['id']), (1, daily))
        for filters, wanted in [
            ({}, {daily, other}),
            ({'asp_name': 'ail'}, {daily}),
            ({'asp_name': 'nothing'}, set()),
            ({'volume_name': 'guarded'}, {daily}),
            ({'marker': other}, {other}),
        ]:
            with self.check(f'list by {", ".join(filters) or "nothing"}: {len(wanted)}'):
                found = self.ListAsps(**filters)['auto_snapshot_policys'] or []
                self.assertEqual({each['id'] for each in found}, wanted)
        with self.step('list page by page'):
            self.assertEqual(self.pages('ListAsps', 'auto_snapshot_policys'), [[daily, other]])
        with self.step('modify'):
            self.UpdateAsp(asp_id=other, name='weekly', time_points=[3, '2'], repeat_weekdays=[5], retention_days=9)
            self.UpdateAsp(asp_id=other, name='every week', time_points=None, repeat_weekdays=None, retention_days=None)
            seen = self.GetAsp(asp_id=other)['auto_snapshot_policy']
            self.assertEqual(
                [seen[member] for member in ('name', 'time_points', 'repeat_weekdays', 'retention_days')],
                ['every week', [2, 3], [5], 9],
            )
        with self.step('a day passes: automatic snapshots'):
            # Hours are UTC+8: from Monday 16:00 to Tuesday 16:00 there.
            self.advance('P1D')
            self.assertEqual(made(), [
                ('2026-01-05T12:00:00Z', '2026-01-06T12:00:00Z', 'auto'),
                ('2026-01-06T01:00:00Z', '2026-01-07T01:00:00Z', 'auto'),
            ])
            self.assertEqual(look()['last_execute_time'], '2026-01-06T01:00:00Z')
        with self.step('two more: they expire'):
            self.advance('P2D')
            self.assertEqual([at for at, _, _ in made()], ['2026-01-07T12:00:00Z', '2026-01-08T01:00:00Z'])
        with self.step('detach: none any more'):
            self.DetachAsp(asp_id=daily, volume_ids=[volume])
            self.assertEqual((look()['volume_count'], self.see(volume).get('auto_snapshot_policy')), (0, None))
            self.advance('P2D')
            self.assertEqual(made(), [])
        with self.step('delete'):
            for policy in (daily, other):
                self.DeleteAsp(asp_id=policy)
                self.refused(404, 'NoSuchObject', lambda: self.GetAsp(asp_id=policy))
            self.assertEqual(self.ListAsps()['auto_snapshot_policys'] or [], [])


class Refusals(Baidu):
    number = 4

    def test_flow(self):
        with self.step('prepare'):
            instance, boot = self.instance()
            other = next(zone['zone_name'] for zone in self.ListZones()['zones'] if zone['zone_name'] != ZONE)
            volume, used, spare, far = self.volume('volume', 50), self.volume('used'), self.volume('spare'), self.volume('far', zone=other)
            self.ready(volume, used, spare, far)
            self.attach(used, instance)
            shot, foreign, of_used = (self.snapshot(each, 'shot') for each in (volume, spare, used))
            policy = self.CreateAsp(name='policy', time_points=[1], repeat_weekdays=[1], retention_days='1')['asp_id']
            self.ModifyVolumeDeleteProtectionV2(volume_ids=[spare], enable_delete_protection=True)
        with self.check('wrong secret'):
            self.refused(400, 'SignatureDoesNotMatch', lambda: self.client(password='wrong').call('ListAsps'))
        with self.check('unknown key'):
            self.refused(403, 'InvalidAccessKeyId', lambda: self.client(key='nobody').call('ListAsps'))
        with self.check('expired timestamp'):
            self.refused(400, 'RequestExpired', lambda: self.client(late=1900).call('ListAsps'))
        gone = {'volume_id': 'v-nowhere0'}
        new = {'name': 'new', 'zone_name': ZONE, 'billing': {'payment_timing': 'Postpaid'}}
        asp = {'name': 'asp', 'time_points': [1], 'repeat_weekdays': [1], 'retention_days': '1'}
        table = [
            (400, 'Asp.NameInvalid', 'CreateAsp', asp | {'name': '1st'}),
            (400, 'Asp.NameInvalid', 'CreateAsp', asp | {'name': 'x' * 66}),
            (400, 'Asp.RetentionDaysInvalid', 'CreateAsp', asp | {'retention_days': '0'}),
            (400, 'Asp.RetentionDaysInvalid', 'CreateAsp', asp | {'retention_days': '10001'}),
            (400, 'Asp.TimePointsInvalid', 'CreateAsp', asp | {'time_points': [24]}),
            (400, 'Asp.RepeatWeekdaysInvalid', 'CreateAsp', asp | {'repeat_weekdays': [7]}),
            (404, 'NoSuchObject', 'UpdateAsp', asp | {'asp_id': 'asp-nowhere0'}),
            (400, 'Asp.TimePointsInvalid', 'UpdateAsp', asp | {'asp_id': policy, 'time_points': [-1]}),
            (404, 'NoSuchObject', 'GetAsp', {'asp_id': 'asp-nowhere0'}),
            (404, 'NoSuchObject', 'DeleteAsp', {'asp_id': 'asp-nowhere0'}),
            (404, 'NoSuchObject', 'AttachAsp', {'asp_id': 'asp-nowhere0', 'volume_ids': [used]}),
            (404, 'NoSuchObject', 'AttachAsp', {'asp_id': policy, 'volume_ids': [used, 'v-nowhere0']}),
            (400, 'Asp.VolumeStatusInvalid', 'AttachAsp', {'asp_id': policy, 'volume_ids': [volume]}),
            (404, 'NoSuchObject', 'DetachAsp', {'asp_id': 'asp-nowhere0', 'volume_ids': [used]}),
            (400, 'BadRequest', 'ListAsps', {'marker': 'asp-nowhere0'}),
            (404, 'NoSuchObject', 'CreateSnapshot', gone | {'snapshot_name': 'shot'}),
            (400, 'Snapshot.SnapshotNameInvalid', 'CreateSnapshot', {'volume_id': volume, 'snapshot_name': '1st'}),
            (404, 'NoSuchObject', 'GetSnapshot', {'snapshot_id': 's-nowhere0'}),
            (404, 'NoSuchObject', 'DeleteSnapshot', {'snapshot_id': 's-nowhere0'}),
            (400, 'BadRequest', 'ListSnapshots', {'max_keys': 0}),
            (400, 'BadRequest', 'ListSnapshots', {'marker': 's-nowhere0'}),
            (404, 'NoSuchObject', 'RemoteCopySnapshot', {'snapshot_id': 's-nowhere0', 'dest_region_infos': [{'name': 'x', 'dest_region': 'gz'}]}),
            (409, 'OperationDenied', 'RemoteCopySnapshot', {'snapshot_id': shot, 'dest_region_infos': [{'name': 'x', 'dest_region': 'mars'}]}),
            (400, 'BadRequest', 'CreateVolume', new | {'cds_size_in_gb': 4}),
            (404, 'NoSuchObject', 'CreateVolume', new | {'snapshot_id': 's-nowhere0'}),
            (404, 'NoSuchObject', 'CreateVolume', new | {'cds_size_in_gb': 20, 'instance_id': 'i-nowhere0'}),
            (404, 'NoSuchObject', 'GetVolume', gone),
            (404, 'NoSuchObject', 'AttachVolume', gone | {'instance_id': instance}),
            (404, 'NoSuchObject', 'AttachVolume', {'volume_id': volume, 'instance_id': 'i-nowhere0'}),
            (409, 'Volume.DistNotAvailable', 'AttachVolume', {'volume_id': used, 'instance_id': instance}),
            (403, 'AccessDenied', 'AttachVolume', {'volume_id': far, 'instance_id': instance}),
            (400, 'Volume.DiskNotAttachedInstance', 'DetachVolume', {'volume_id': volume, 'instance_id': instance}),
            (409, 'OperationDenied', 'DetachVolume', {'volume_id': boot, 'instance_id': instance}),
            (400, 'BadRequest', 'ResizeVolume', {'volume_id': volume, 'new_cds_size_in_gb': 50, 'new_volume_type': None}),
            (404, 'NoSuchObject', 'ResizeVolume', gone | {'new_cds_size_in_gb': 60, 'new_volume_type': None}),
            (404, 'NoSuchObject', 'RollbackVolume', {'volume_id': volume, 'snapshot_id': 's-nowhere0'}),
            (404, 'NoSuchObject', 'RollbackVolume', {'volume_id': volume, 'snapshot_id': foreign}),
            (409, 'OperationDenied', 'RollbackVolume', {'volume_id': used, 'snapshot_id': of_used}),
            (404, 'NoSuchObject', 'ReleaseVolume', gone),
            (409, 'Volume.DiskStatusCannotBeDeleted', 'ReleaseVolume', {'volume_id': used}),
            (403, 'Volume.SystemDiskCannotBeDeleted', 'ReleaseVolume', {'volume_id': boot}),
            (409, 'OperationDenied', 'ReleaseVolume', {'volume_id': spare}),
            (404, 'NoSuchObject', 'BindTagSnapchain', {'chain_id': 'sl-nowhere0', 'change_tags': TAGS}),
        ]
        if self.has('CreateVolume.size beside snapshot'):
            table.append((400, 'BadRequest', 'CreateVolume', new | {'snapshot_id': shot, 'cds_size_in_gb': 49}))
        for status, code, operation, members in table:
            if self.has(operation):
                with self.check(f'{operation} {", ".join(members)}: {status} {code}'):
                    self.refused(status, code, lambda: self.bcc.call(operation, **members))
        with self.check('states of the seed'):
            self.refused(409, 'Volume.InstanceStatusCannotAttach', lambda: self.AttachVolume(volume_id=far, instance_id='i-Expired1'))
            sealed = self.snapshot('v-Sealed01', 'sealed')
            regions = [{'name': 'away', 'dest_region': 'gz'}]
            self.refused(403, 'snapshot.CannotCopy', lambda: self.RemoteCopySnapshot(snapshot_id=sealed, dest_region_infos=regions))
            self.refused(400, 'BadRequest', lambda: self.CreateSnapshotShare(snapshot_id=sealed, account_ids=['account-1']))
        with self.check('while something takes time'):
            self.settings(delays__baidu__snapshotCreateMs=60000, delays__baidu__diskCreateMs=60000)
            slow, fresh = self.snapshot(volume, 'slow'), self.volume('fresh')
            self.refused(403, 'SnapshotOperationForbidden', lambda: self.DeleteSnapshot(snapshot_id=slow))
            self.refused(403, 'SnapshotOperationForbidden', lambda: self.RollbackVolume(volume_id=volume, snapshot_id=slow))
            self.refused(409, 'OperationDenied', lambda: self.snapshot(fresh, 'early'))
            self.refused(409, 'Volume.DistNotAvailable', lambda: self.AttachVolume(volume_id=fresh, instance_id=instance))
            self.refused(409, 'Volume.DiskStatusCannotBeDeleted', lambda: self.ReleaseVolume(volume_id=fresh))
        with self.check('snapshot limit'):
            self.settings(baidu__manualSnapshotLimit=1)
            self.refused(403, 'Instance.SnapshotLimitExceeded', lambda: self.snapshot(used, 'more'))
        if self.has('client_token'):
            with self.check('a token for another request'):
                self.snapshot(far, 'one', client_token='token')
                self.refused(403, 'IdempotentParameterMismatch', lambda: self.snapshot(far, 'two', client_token='token'))
        with self.check('nothing changed'):
            self.assertEqual(self.see(volume)['disk_size_in_gb'], 50)
            self.assertEqual(len(self.ListAsps()['auto_snapshot_policys']), 1)
            self.assertEqual({each['name'] for each in self.ListVolumes()['volumes']} & {'new'}, set())


class Concurrency(Baidu):
    number = 5

    def test_flow(self):
        with self.step('50 threads in one world'):
            shared = self.volume('shared')
            self.ready(shared)

            def life(n):
                bcc = self.client()
                made = bcc.call('CreateVolume', name=f'volume-{n}', cds_size_in_gb=20, zone_name=ZONE,
                                purchase_count=1, billing={'payment_timing': 'Postpaid'})
                mine = made['volume_ids'][0]
                shots = [
                    bcc.call('CreateSnapshot', volume_id=volume, snapshot_name=f'shot-{n}')['snapshot_id']
                    for volume in (mine, shared)
                ]
                of = [bcc.call('GetSnapshot', snapshot_id=shot)['snapshot']['volume_id'] for shot in shots]
                bcc.call('DeleteSnapshot', snapshot_id=shots[0])
                return mine, shots, of

            lives = self.together([lambda n=n: life(n) for n in range(50)])
            self.assertEqual(len({mine for mine, _, _ in lives}), 50)
            self.assertEqual(len({shot for _, shots, _ in lives for shot in shots}), 100)
            for mine, _, of in lives:
                self.assertEqual(of, [mine, shared])
            self.assertEqual(len(self.ListSnapshots()['snapshots']), 50)
            self.assertEqual(self.see(shared)['snapshot_num'], '50')
        if self.has('client_token'):
            with self.step('50 equal requests with one token'):
                calls = [lambda: self.client().call('CreateSnapshot', volume_id=shared, snapshot_name='once', client_token='once')] * 50
                self.assertEqual(len({made['snapshot_id'] for made in self.together(calls)}), 1)
                self.assertEqual(len(self.ListSnapshots()['snapshots']), 51)
        with self.step('20 worlds at once'):

            def world(n):
                bcc = self.client(key=f'{CLIENT}-w{n}')
                for _ in range(n):
                    bcc.call('CreateVolume', name=f'world-{n}', cds_size_in_gb=20, zone_name=ZONE,
                             purchase_count=1, billing={'payment_timing': 'Postpaid'})
                found = [each['name'] for each in bcc.call('ListVolumes')['volumes']]
                return [name for name in found if name.startswith('world-')]

            worlds = self.together([lambda n=n: world(n) for n in range(1, 21)])
            self.assertEqual(worlds, [[f'world-{n}'] * n for n in range(1, 21)])


class Decoding(Baidu):
    number = 6

    def test_flow(self):
        with self.step('volume'):
            instance, _ = self.instance()
            volume = self.volume('decoded', 50, storage_type='cloud_hp1', description='说明', tags=TAGS)
            self.ready(volume)
            wanted = {
                'id': volume, 'volume_id': volume, 'name': 'decoded', 'desc': '说明', 'description': '说明', 'type': 'Cds', 'is_system_volume': False,
                'storage_type': 'cloud_hp1', 'disk_size_in_gb': 50, 'status': 'Available', 'payment_timing': 'Postpaid',
                'create_time': NOW, 'expire_time': None, 'zone_name': ZONE, 'region_id': 'bj', 'attachments': [],
                'source_snapshot_id': Blank(), 'snapshot_num': '0', 'auto_snapshot_policy': None, 'tags': TAGS,
                'enable_auto_renew': False, 'auto_renew_time': 0, 'encrypted': False, 'product_category': 'BCC',
                'enable_delete_protection': False, 'res_group_infos': [], 'delete_with_instance': False,
                'delete_auto_snapshot': False, 'encrypt_key': Blank(), 'encrypt_key_spec': Blank(), 'cluster_id': Blank(),
            }
            wanted = {name: value for name, value in wanted.items() if self.has(f'Volume.{name}')}
            self.same(self.see(volume), wanted)
        with self.step('policy'):
            policy = self.CreateAsp(name='p /.-_中', time_points=[23, 0], repeat_weekdays=[6, 0], retention_days='-1')['asp_id']
            self.attach(volume, instance)
            self.AttachAsp(asp_id=policy, volume_ids=[volume])
            short = {
                'id': policy, 'name': 'p /.-_中', 'time_points': [0, 23], 'repeat_weekdays': [0, 6], 'retention_days': -1,
                'status': 'active',
            }
            long = short | {
                'created_time': NOW, 'updated_time': NOW, 'deleted_time': NEVER, 'last_execute_time': NEVER, 'volume_count': 1,
            }
            self.same(self.GetAsp(asp_id=policy), {'auto_snapshot_policy': long})
            self.same(self.ListAsps(), {
                'marker': Blank(), 'is_truncated': False, 'next_marker': Blank(), 'max_keys': 1000, 'auto_snapshot_policys': [long]})
        with self.step('snapshot'):
            more = {'tags': TAGS} | ({'retention_in_days': 7} if self.has('CreateSnapshot.retention_in_days') else {})
            shot = self.snapshot(volume, 'shot 中', desc='描述，：。', **more)
            seen = {
                'id': shot, 'name': 'shot 中', 'size_in_gb': 50, 'create_time': NOW, 'status': 'Available',
                'create_method': 'MANUAL', 'volume_id': volume, 'desc': '描述，：。',
                'expire_time': '2026-01-12T08:00:00Z' if self.has('CreateSnapshot.retention_in_days') else Blank(),
                'package': False, 'template_id': Blank(), 'insnap_id': Blank(), 'encrypted': False, 'progress': '100', 'tags': TAGS,
            }
            self.same(self.GetSnapshot(snapshot_id=shot), {'snapshot': seen})
            self.same(self.ListSnapshots(max_keys=5), {
                'marker': Blank(), 'is_truncated': False, 'next_marker': Blank(), 'max_keys': 5, 'snapshots': [seen]})
        with self.step('chain'):
            self.same(self.ListSnapchain(volume_id=volume)['snapchains'], [{
                'chain_id': names('sl'), 'status': Like(r'\w+'), 'chain_size': '50', 'instance_id': instance, 'user_id': Like(r'\S+'),
                'volume_id': volume, 'volume_size': 50, 'manual_snap_count': 1, 'auto_snap_count': 0, 'create_time': NOW}])
        with self.step('volume in use'):
            attachment = {
                'volume_id': volume, 'instance_id': instance, 'device': Like(r'/dev/vd[b-z]'), 'serial': Like(r'\S{20}')}
            used = wanted | {
                'status': 'InUse', 'attachments': [attachment], 'snapshot_num': '1', 'auto_snapshot_policy': short,
                'auto_snapshot_policy_infos': [short]}
            self.same(self.see(volume), used)
            self.same(self.ListVolumes(max_keys=1, marker=volume), {
                'marker': volume, 'is_truncated': False, 'next_marker': Blank(), 'max_keys': 1, 'volumes': [used]})


WEEK = {'name': 'week', 'time_points': [1], 'repeat_weekdays': [1], 'retention_days': '1'}
VOLUME, SNAPSHOT, POLICY, INSTANCE = 'v-00000000', 's-00000000', 'asp-00000000', 'i-00000000'


class FaultsOfBaidu(Faults, Baidu):
    provider = 'baidu'
    calls = {
        'ListAsps': lambda flow: flow.ListAsps(),
        'CreateAsp': lambda flow: flow.CreateAsp(**WEEK),
        'AttachAsp': lambda flow: flow.AttachAsp(asp_id=POLICY, volume_ids=[VOLUME]),
        'CreateSnapshot': lambda flow: flow.snapshot(VOLUME, 'shot'),
        'AttachVolume': lambda flow: flow.AttachVolume(volume_id=VOLUME, instance_id=INSTANCE),
        'DetachVolume': lambda flow: flow.DetachVolume(volume_id=VOLUME, instance_id=INSTANCE),
        'ReleaseVolume': lambda flow: flow.ReleaseVolume(volume_id=VOLUME),
        'DeleteSnapshot': lambda flow: flow.DeleteSnapshot(snapshot_id=SNAPSHOT),
        'RemoteCopySnapshot': lambda flow: flow.RemoteCopySnapshot(
            snapshot_id=SNAPSHOT, dest_region_infos=[{'dest_region': 'gz', 'name': 'copy'}]
        ),
    }

    def said(self, thrown):
        _, *said = self.api.error(thrown)
        return tuple(said)

    def test_flow(self):
        self.produce_all()
        with self.check('an error of the server that passes is retried, and nobody notices'):
            with self.fault({'error': 'InternalError'}, 'ListAsps', times=2):
                self.assertEqual(self.ListAsps()['auto_snapshot_policys'], [])
            self.assertEqual(self.codes('ListAsps', 3), ['InternalError', 'InternalError', None])
        with self.check('a refusal is not retried'):
            before = self.calls_so_far()
            with self.fault({'error': 'OptInRequired'}, 'ListAsps', times=1):
                self.refused(403, 'OptInRequired', self.ListAsps)
            self.assertEqual(self.calls_so_far(), before + 1)
        with self.check('an error that stays is told after as many calls as the SDK makes'):
            before = self.calls_so_far()
            with self.fault({'error': 'InternalError'}, 'ListAsps'):
                self.refused(500, 'InternalError', self.ListAsps)
            self.assertEqual(self.calls_so_far(), before + 4)
        if self.has('client_token'):
            with self.check('a create whose answer was lost is made once, by its token'):
                volume = self.volume('lost')
                self.ready(volume)
                with self.fault({'connection': 'reset', 'after': True}, 'CreateSnapshot', times=1):
                    snapshot = self.snapshot(volume, 'lost', client_token='once')
                self.assertEqual(len(self.journal('CreateSnapshot', 2)), 2)
                held = self.ListSnapshots(volume_id=volume)['snapshots']
                self.assertEqual([each['id'] for each in held], [snapshot])
