import type { Composed } from '../../clouds/cloud.ts'
import type { Probe } from '../probe.ts'
import { isEchoed, verdict } from '../readers.ts'

/** Ids that no account has. */
export const NO_VOLUME = 'v-zzzzzzzz'
export const NO_SNAPSHOT = 's-zzzzzzzz'
export const NO_POLICY = 'asp-zzzzzzzz'
const NO_INSTANCE = 'i-zzzzzzzz'

const JSON_TYPE: [string, string] = ['content-type', 'application/json;charset=utf-8']
const ZONES: Composed = { method: 'GET', url: '/v2/zone', headers: [JSON_TYPE] }

function posted(text: string): Composed {
  return { method: 'POST', url: '/v2/asp', headers: [JSON_TYPE], body: { text } }
}
const ECHO = 'snapstand-compare'
const MINUTE_MS = 60_000

/** What refusals look like: nothing can come of any of these calls. */
export const refusals: readonly Probe[] = [
  {
    question: 'Q5',
    asks: 'the errors of operations whose tables could not be read',
    steps: [
      {
        name: 'create',
        call: 'CreateVolume',
        input: { body: { cdsSizeInGB: 5, zoneName: 'no-zone-z' } },
        isRefused: true
      },
      { name: 'snapshot', call: 'CreateVolume', input: { body: { snapshotId: NO_SNAPSHOT } }, isRefused: true },
      {
        name: 'resize',
        call: 'ResizeVolume',
        input: { params: { volumeId: NO_VOLUME }, body: { newCdsSizeInGB: 10 } },
        isRefused: true
      },
      {
        name: 'attach',
        call: 'AttachVolume',
        input: { params: { volumeId: NO_VOLUME }, body: { instanceId: NO_INSTANCE } },
        isRefused: true
      },
      {
        name: 'tag',
        call: 'BindTagVolume',
        input: { params: { volumeId: NO_VOLUME }, body: { changeTags: [{ tagKey: 'a', tagValue: 'b' }] } },
        isRefused: true
      }
    ],
    reads: {
      'CreateVolume in no zone': verdict('create'),
      'CreateVolume of no snapshot': verdict('snapshot'),
      ResizeVolume: verdict('resize'),
      AttachVolume: verdict('attach'),
      BindTagVolume: verdict('tag')
    },
    decides: 'baidu.md 5.3'
  },
  {
    question: 'Q16',
    asks: 'what operations say to an unknown policy',
    steps: [
      { name: 'update', call: 'UpdateAsp', input: { body: { aspId: NO_POLICY } }, isRefused: true },
      {
        name: 'detach',
        call: 'DetachAsp',
        input: { params: { aspId: NO_POLICY }, body: { volumeIds: [NO_VOLUME] } },
        isRefused: true
      },
      { name: 'get', call: 'GetAsp', input: { params: { aspId: NO_POLICY } } },
      {
        name: 'create',
        call: 'CreateVolume',
        input: { body: { cdsSizeInGB: 5, autoSnapshotPolicy: { autoSnapshotPolicyId: NO_POLICY } } },
        isRefused: true
      }
    ],
    reads: {
      UpdateAsp: verdict('update'),
      DetachAsp: verdict('detach'),
      GetAsp: verdict('get'),
      CreateVolume: verdict('create')
    },
    decides: 'baidu.md 5.1'
  },
  {
    question: 'Q28',
    asks: 'whether the x-bce-request-id of the client comes back',
    steps: [{ name: 'named', call: ZONES, change: { headers: { 'x-bce-request-id': ECHO } } }],
    reads: { 'x-bce-request-id': isEchoed('named', 'x-bce-request-id', ECHO) },
    decides: 'baidu.md 1.4'
  },
  {
    question: 'Q29',
    asks: 'the code of a call without Authorization',
    steps: [{ name: 'unsigned', call: ZONES, change: { without: ['authorization'] } }],
    reads: { answer: verdict('unsigned') },
    decides: 'baidu.md 2.5'
  },
  {
    question: 'Q30',
    asks: 'how far clocks may differ',
    steps: [
      { name: 'near', call: ZONES, change: { skewMs: -20 * MINUTE_MS } },
      { name: 'ahead', call: ZONES, change: { skewMs: 29 * MINUTE_MS } },
      { name: 'far', call: ZONES, change: { skewMs: 31 * MINUTE_MS } }
    ],
    reads: { '20 min behind': verdict('near'), '29 min ahead': verdict('ahead'), '31 min ahead': verdict('far') },
    decides: 'baidu.md 2.5'
  },
  {
    question: 'Q31',
    asks: 'whether bad bodies are MalformedJSON or BadRequest',
    steps: [
      { name: 'cut', call: posted('{"name":') },
      { name: 'list', call: posted('[]') },
      { name: 'text', call: posted('"name"') },
      { name: 'type', call: posted('{"name":1}') },
      { name: 'large', call: posted(`{${' '.repeat(1024 ** 2)}}`) }
    ],
    reads: {
      'cut off': verdict('cut'),
      'a list': verdict('list'),
      'a text': verdict('text'),
      'another type': verdict('type'),
      'over 1 MiB': verdict('large')
    },
    decides: 'baidu.md 3.2'
  },
  {
    question: 'Q32',
    asks: 'what an unknown path or method gets',
    steps: [
      { name: 'path', call: { ...ZONES, url: '/v2/nothing' } },
      { name: 'method', call: { ...ZONES, method: 'DELETE', url: '/v2/zone' } },
      { name: 'version', call: { ...ZONES, url: '/v9/zone' } }
    ],
    reads: {
      'another path': verdict('path'),
      'another method': verdict('method'),
      'another version': verdict('version')
    },
    decides: 'baidu.md 3.2'
  }
]
