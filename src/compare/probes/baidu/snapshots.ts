import type { Probe, Step } from '../probe.ts'
import { idForm, member, path, verdict } from '../readers.ts'
import { NO_SNAPSHOT } from './refusals.ts'

const makeVolume = (number: string): Step => ({
  name: 'make volume',
  call: 'CreateVolume',
  input: { body: { name: `{tag}-${number}`, cdsSizeInGB: 5, storageType: 'cloud_hp1', zoneName: '{zone}' } },
  keep: { ownVolume: 'volumeIds.0' }
})
const volumeMade: Step = {
  name: 'volume made',
  call: 'GetVolume',
  input: { params: { volumeId: '{ownVolume}' } },
  until: /"status":"Available"/
}
const make = (number: string): Step => ({
  name: 'make',
  call: 'CreateSnapshot',
  input: { body: { volumeId: '{disk}', snapshotName: `{tag}-${number}` } },
  keep: { own: 'snapshotId' }
})
const made: Step = {
  name: 'made',
  call: 'GetSnapshot',
  input: { params: { snapshotId: '{own}' } },
  until: /"status":"(?:Available|CreatedFailed)"/
}

/** What takes a volume and its snapshots of the account, small and removed in the end. */
export const snapshots: readonly Probe[] = [
  {
    question: 'Q7',
    asks: 'whether a clientToken remembers a request that failed',
    writes: true,
    needs: ['zone'],
    steps: [
      makeVolume('7'),
      {
        name: 'early',
        call: 'CreateSnapshot',
        input: { query: { clientToken: '{tag}-7' }, body: { volumeId: '{ownVolume}', snapshotName: '{tag}-7' } }
      },
      volumeMade,
      {
        name: 'again',
        call: 'CreateSnapshot',
        input: { query: { clientToken: '{tag}-7' }, body: { volumeId: '{ownVolume}', snapshotName: '{tag}-7' } },
        keep: { own: 'snapshotId' }
      },
      made
    ],
    reads: { first: verdict('early'), again: verdict('again') },
    decides: 'baidu.md 1.9'
  },
  {
    question: 'Q21',
    asks: 'the code of the 409 for a volume in a wrong state',
    writes: true,
    needs: ['zone'],
    steps: [
      makeVolume('21'),
      { name: 'early', call: 'CreateSnapshot', input: { body: { volumeId: '{ownVolume}', snapshotName: '{tag}-21' } } },
      volumeMade
    ],
    reads: { answer: verdict('early') },
    decides: 'baidu.md 5.2.1'
  },
  {
    question: 'Q22',
    asks: 'the codes of the 403 and 404 of snapshot delete',
    writes: true,
    needs: ['disk'],
    steps: [
      { name: 'unknown', call: 'DeleteSnapshot', input: { params: { snapshotId: NO_SNAPSHOT } }, isRefused: true },
      make('22'),
      { name: 'early', call: 'DeleteSnapshot', input: { params: { snapshotId: '{own}' } } },
      made
    ],
    reads: { unknown: verdict('unknown'), 'in the making': verdict('early') },
    decides: 'baidu.md 5.2.4'
  },
  {
    question: 'Q23',
    asks: 'the code of the 403 for attaching across zones',
    writes: true,
    needs: ['otherZone', 'instance'],
    steps: [
      {
        name: 'make volume',
        call: 'CreateVolume',
        input: { body: { name: '{tag}-23', cdsSizeInGB: 5, storageType: 'cloud_hp1', zoneName: '{otherZone}' } },
        keep: { ownVolume: 'volumeIds.0' }
      },
      volumeMade,
      {
        name: 'attach',
        call: 'AttachVolume',
        input: { params: { volumeId: '{ownVolume}' }, body: { instanceId: '{instance}' } }
      }
    ],
    reads: { answer: verdict('attach') },
    decides: 'baidu.md 5.3.4'
  },
  {
    question: 'Q24',
    asks: 'what brings the 403 of rollback',
    writes: true,
    needs: ['disk'],
    steps: [
      make('24'),
      {
        name: 'early',
        call: 'RollbackVolume',
        input: { params: { volumeId: '{disk}' }, body: { snapshotId: '{own}' } }
      },
      made
    ],
    reads: { 'a snapshot in the making': verdict('early') },
    decides: 'baidu.md 5.3.8'
  },
  {
    question: 'Q25',
    asks: 'whether making a snapshot shows in the status of the volume',
    writes: true,
    needs: ['disk'],
    steps: [
      make('25'),
      {
        name: 'meanwhile',
        call: 'GetVolume',
        input: { params: { volumeId: '{disk}' } },
        until: /"status":"(?:Available|InUse)"/
      },
      made
    ],
    reads: { volume: path('meanwhile', 'volume.status') },
    decides: 'baidu.snapshotMarksVolume'
  },
  {
    question: 'Q26',
    asks: 'chains: form of the id, words of status, unit of chainSize',
    writes: true,
    needs: ['disk', 'snapshot'],
    steps: [{ name: 'chains', call: 'ListSnapchain', input: { query: { volumeId: '{disk}' } } }],
    reads: {
      id: idForm('chains', 'snapchains.0.chainId'),
      status: member('chains', 'snapchains.0.status'),
      chainSize: member('chains', 'snapchains.0.chainSize')
    },
    decides: 'baidu.md 4.3'
  },
  {
    question: 'Q27',
    asks: 'how progress is written',
    writes: true,
    needs: ['snapshot'],
    steps: [{ name: 'snapshot', call: 'GetSnapshot', input: { params: { snapshotId: '{snapshot}' } } }],
    reads: { progress: member('snapshot', 'snapshot.progress') },
    decides: 'baidu.md 4.2'
  },
  {
    question: 'Q33',
    asks: 'whether v2 or v3 shows a recycled volume',
    writes: true,
    needs: ['zone'],
    steps: [
      makeVolume('33'),
      volumeMade,
      {
        name: 'release',
        call: {
          method: 'POST',
          url: '/v2/volume/{ownVolume}',
          headers: [['content-type', 'application/json']],
          body: { json: { recycle: 'on' } }
        }
      },
      { name: 'v2', call: 'GetVolume', input: { params: { volumeId: '{ownVolume}' } } },
      { name: 'v3', call: 'GetVolumeV3', input: { params: { volumeId: '{ownVolume}' } } }
    ],
    reads: { release: verdict('release'), v2: verdict('v2'), v3: verdict('v3') },
    decides: 'baidu.md 5.3.6'
  }
]
