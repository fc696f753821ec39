import { Type } from '@sinclair/typebox'
import { statement } from '../../evidence.ts'
import { REGIONS } from '../matters/regions.ts'
import { snapshotRefusal } from '../rules/states.ts'
import { inferred, page, unsaid } from '../sources.ts'
import { snapshotInState, unknown, why } from '../wire/reasons.ts'
import { Name, OwnTokenQuery, SnapshotParams } from '../wire/schemas.ts'
import { operation } from './operation.ts'

const Region = Type.Union(REGIONS.map(({ id }) => Type.Literal(id)))
const path = '/v2/snapshot/remote_copy/:snapshotId'

export const remoteCopySnapshot = operation({
  name: 'RemoteCopySnapshot',
  summary: 'Copy a snapshot into other regions.',
  evidence: page('Copy snapshot across regions', '5.2.9'),
  route: { method: 'PUT', path },
  // Cloud: the page's structure line says PUT, its example POST; every SDK sends PUT.
  aliases: [{ method: 'POST', path }],
  request: {
    params: SnapshotParams,
    query: OwnTokenQuery,
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
    'snapshot.CannotCopy': statement('A snapshot of an encrypted volume.', unsaid('5.2.9'))
  },
  wording: { OperationDenied: { message: 'Operation not available' } },
  notes: [
    statement('The copy is listed in the same world, without a volume.', unsaid('5.2.9')),
    statement('createMethod is MIGRATION.', inferred('a comment of the Java SDK', '5.2.9')),
    statement('A snapshot that is not Available, or an unknown region, is OperationDenied.', unsaid('5.2.9'))
  ],
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
