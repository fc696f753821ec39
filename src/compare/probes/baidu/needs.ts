import type { Needs } from '../catalogue.ts'
import type { Step } from '../probe.ts'

const volume = (name: string, keep: string): readonly Step[] => [
  {
    name: 'volume',
    call: 'CreateVolume',
    input: {
      body: {
        name: `{tag}-${name}`,
        cdsSizeInGB: 5,
        storageType: 'cloud_hp1',
        zoneName: '{zone}',
        tags: [{ tagKey: 'snapstand', tagValue: '{tag}' }]
      }
    },
    keep: { [keep]: 'volumeIds.0' }
  },
  {
    name: 'free',
    call: 'GetVolume',
    input: { params: { volumeId: `{${keep}}` } },
    until: /"status":"(?:Available|Error)"/
  }
]

/** What probes of Baidu work with. */
export const needs: Needs = {
  zone: { steps: [{ name: 'zones', call: 'ListZones', keep: { zone: 'zones.0.zoneName' } }] },
  otherZone: { steps: [{ name: 'zones', call: 'ListZones', keep: { otherZone: 'zones.1.zoneName' } }] },
  disk: { needs: ['zone'], steps: volume('disk', 'disk') },
  otherDisk: { needs: ['zone'], steps: volume('other', 'otherDisk') },
  snapshot: {
    needs: ['disk'],
    steps: [
      {
        name: 'snapshot',
        call: 'CreateSnapshot',
        input: { body: { volumeId: '{disk}', snapshotName: '{tag}-snapshot' } },
        keep: { snapshot: 'snapshotId' }
      },
      {
        name: 'made',
        call: 'GetSnapshot',
        input: { params: { snapshotId: '{snapshot}' } },
        until: /"status":"(?:Available|CreatedFailed)"/
      }
    ]
  },
  policy: {
    steps: [
      {
        name: 'policy',
        call: 'CreateAsp',
        input: { body: { name: '{tag}-policy', timePoints: [0], repeatWeekdays: [1], retentionDays: 1 } },
        keep: { policy: 'aspId' }
      }
    ]
  }
}

/** What there is, before anything is asked: Snapstand starts with it. */
export const overview: readonly Step[] = [
  { name: 'zones', call: 'ListZones' },
  { name: 'instances', call: 'ListInstances', input: { query: { maxKeys: '1000' } } },
  { name: 'volumes', call: 'ListVolumes', input: { query: { maxKeys: '1000' } } },
  { name: 'snapshots', call: 'ListSnapshots', input: { query: { maxKeys: '1000' } } },
  { name: 'policies', call: 'ListAsps', input: { query: { maxKeys: '1000' } } }
]
