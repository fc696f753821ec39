import { Type } from '@sinclair/typebox'
import { REGIONS } from '../matters/regions.ts'
import { snapshotRefusal } from '../rules/states.ts'
import { snapshotInState, unknown, why } from '../wire/reasons.ts'
import { Name, SnapshotParams, TokenQuery } from '../wire/schemas.ts'
import { operation } from './operation.ts'

const Region = Type.Union(REGIONS.map(({ id }) => Type.Literal(id)))
const path = '/v2/snapshot/remote_copy/:snapshotId'

export const remoteCopySnapshot = operation({
  name: 'RemoteCopySnapshot',
  summary: 'Copy a snapshot into other regions.',
  source: 'page Copy snapshot across regions (baidu.md 5.2.9)',
  route: { method: 'PUT', path },
  // Cloud: the page's structure line says PUT, its example POST; every SDK sends PUT.
  aliases: [{ method: 'POST', path }],
  request: {
    params: SnapshotParams,
    query: TokenQuery,
    // Cloud: here a bad parameter of any kind is OperationDenied.
    body: Type.Object(
      { destRegionInfos: Type.Array(Type.Object({ name: Name, destRegion: Region }), { minItems: 1 }) },
      { alwaysRefusal: 'OperationDenied' }
    )
  },
  response: Type.Object({ result: Type.Array(Type.Object({ region: Type.String(), snapshotId: Type.String() })) }),
  makes: 'snapshot',
  errors: ['OperationDenied', 'NoSuchObject', 'snapshot.CannotCopy'],
  reach: {
    OperationDenied: 'Any bad parameter, a wrong type too; an unknown region; a snapshot that is not Available.',
    NoSuchObject: 'An id that no snapshot has.',
    'snapshot.CannotCopy': 'A snapshot of an encrypted volume (proposed).'
  },
  wording: { OperationDenied: { message: 'Operation not available' } },
  notes: ['The copy is listed in the same world, without a volume (proposed); createMethod is MIGRATION (inferred).'],
  run({ params, body, cloud, fail }) {
    const source = cloud.findSnapshot(params.snapshotId)
    if (!source) throw fail('NoSuchObject', unknown('params.snapshotId', params.snapshotId))
    if (source.detail.encrypted) throw fail('snapshot.CannotCopy', why('params.snapshotId', 'It is encrypted.'))
    const refusal = snapshotRefusal('RemoteCopySnapshot', source)
    if (refusal) throw fail(refusal, snapshotInState('params.snapshotId', source))
    const result = body.destRegionInfos.map(({ name, destRegion }) => {
      const detail = { desc: '', encrypted: false, package: false, templateId: null, insnapId: null }
      const copy = cloud.copySnapshot(source, { name, expiresAt: null, detail })
      return { region: destRegion, snapshotId: copy.id }
    })
    return { result }
  }
})
